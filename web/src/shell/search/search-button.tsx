import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import classes from './search.module.css';

const Search = lazy(async () => ({ default: (await import('./search.tsx')).Search }));

const KEY = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

/** Opens the search, as Ctrl-K or Cmd-K does anywhere. What it needs is loaded when it is first opened. */
export function SearchButton() {
  const [isOpen, setOpen] = useState(false);
  useHotkeys([['mod+K', () => setOpen(true)]], []);
  return (
    <>
      <UnstyledButton
        className={classes.field}
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K Meta+K"
        visibleFrom="sm"
      >
        <IconSearch size={16} aria-hidden />
        <span>Find an advertiser</span>
        <Kbd size="xs" aria-hidden>
          {KEY}
        </Kbd>
      </UnstyledButton>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        hiddenFrom="sm"
        aria-label="Find an advertiser"
        onClick={() => setOpen(true)}
      >
        <IconSearch size={20} aria-hidden />
      </ActionIcon>
      {isOpen && (
        <Suspense fallback={null}>
          <Search onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
