import { Link, type LinkProps } from '@tanstack/react-router';
import classes from './screen-tabs.module.css';

interface ScreenTabsProps {
  /** What they are, for those who do not see them. */
  readonly label: string;
  readonly tabs: readonly { readonly to: NonNullable<LinkProps['to']>; readonly label: string }[];
}

/** The screens of an area, each with an address of its own. */
export function ScreenTabs({ label, tabs }: ScreenTabsProps) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map(({ to, label: words }) => (
        <Link key={to} to={to} className={classes.tab} activeOptions={{ includeSearch: false }}>
          {words}
        </Link>
      ))}
    </nav>
  );
}
