import { NavLink } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { mayDo, useMe } from '../auth/use-me.ts';
import type { NavItem } from './nav-item.ts';
import { NAV_ITEMS } from './nav-items.ts';
import classes from './shell.module.css';

export function Navigation() {
  const { role } = useMe();
  const { pathname } = useLocation();
  return NAV_ITEMS.filter((item) => mayDo(role, item.role)).map((item) => {
    const { to, label, icon: Icon } = item;
    const isHere = belongs(pathname, item);
    return (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={label}
        leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
        active={isHere}
        className={classes.link}
        {...(isHere ? { 'aria-current': 'page' as const } : {})}
      />
    );
  });
}

function belongs(pathname: string, { to, also = [] }: NavItem): boolean {
  return [to, ...also].some((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)));
}
