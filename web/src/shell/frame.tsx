import { AppShell } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './shell.module.css';

interface FrameProps {
  readonly header: ReactNode;
  readonly navigation: ReactNode;
  readonly content: ReactNode;
  /** Whether the navigation is shown where it does not fit beside the screen. */
  readonly isOpen: boolean;
}

/** Where things stand. It is the same before and after one is known, so that nothing jumps. */
export function Frame({ header, navigation, content, isOpen }: FrameProps) {
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <AppShell.Header className={classes.header}>{header}</AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label="Screens">
        {navigation}
      </AppShell.Navbar>
      <AppShell.Main id="screen">
        <div className={classes.content}>{content}</div>
      </AppShell.Main>
    </AppShell>
  );
}
