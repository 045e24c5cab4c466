import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './entry-list.module.css';

/** Entries of a log, newest first; `label` says of which. */
export function EntryList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Stack component="ul" gap="xs" className={classes.list} aria-label={label}>
      {children}
    </Stack>
  );
}
