import { Burger } from '@mantine/core';
import { AgencySwitcher } from './agency-switcher.tsx';
import { Brand } from './brand.tsx';
import { SearchButton } from './search/search-button.tsx';
import classes from './shell.module.css';
import { UserMenu } from './user-menu.tsx';

export function Header({ isOpen, onToggle }: { readonly isOpen: boolean; readonly onToggle: () => void }) {
  return (
    <>
      <a href="#screen" className={classes.skip}>
        Skip to the screen
      </a>
      <Burger opened={isOpen} onClick={onToggle} hiddenFrom="md" size="sm" aria-label="Navigation" aria-expanded={isOpen} />
      <Brand />
      <div className={classes.grow} />
      <SearchButton />
      <AgencySwitcher />
      <UserMenu />
    </>
  );
}
