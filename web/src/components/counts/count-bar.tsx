import { countText } from '../../lib/format.ts';
import classes from './counts.module.css';
import type { CountPart } from './counts-of.ts';

/** Selected = delivered + suppressed + dropped, to be seen; the table says the same to those who do not see. */
export function CountBar({ parts }: { readonly parts: readonly CountPart[] }) {
  return (
    <div className={classes.bar} aria-hidden>
      {parts.map(({ kind, name, count }) => (
        <span key={`${kind} ${name}`} data-kind={kind} title={`${name}: ${countText(count)}`} style={{ flexGrow: count }} />
      ))}
    </div>
  );
}
