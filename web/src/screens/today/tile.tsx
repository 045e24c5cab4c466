import { Link, type LinkProps } from '@tanstack/react-router';
import { countText } from '../../lib/format.ts';
import classes from './tile.module.css';

interface TileProps {
  readonly label: string;
  readonly count: number;
  /** `+` when there may be more. */
  readonly more?: string;
  /** Of a count above 0. */
  readonly tone: 'warn' | 'bad';
  readonly to: LinkProps['to'];
  readonly search: Readonly<Record<string, string>>;
}

/** A number that leads to the list behind it. */
export function Tile({ label, count, more = '', tone, to, search }: TileProps) {
  return (
    <li>
      <Link to={to as '/runs'} search={search} className={classes.tile} data-tone={count === 0 ? 'none' : tone}>
        <span className={classes.count}>
          {countText(count)}
          {count === 0 ? '' : more}
        </span>
        <span className={classes.label}>{label}</span>
      </Link>
    </li>
  );
}
