import { Tooltip } from '@mantine/core';
import { instantText, relativeText } from '../lib/format.ts';
import { timeZone } from '../lib/time-zone.ts';
import { useNow } from '../lib/use-now.ts';
import classes from './instant.module.css';
import { NoValue } from './no-value.tsx';

interface InstantProps {
  /** ISO 8601; null is shown as a dash. */
  readonly at: string | null;
  /** `relative`: how long ago, or in how long. `both`: the time, and how long ago. */
  readonly as?: 'time' | 'relative' | 'both';
  readonly seconds?: boolean;
  /** Among many others, as in a table: it does not take the keyboard's focus. */
  readonly inTable?: boolean;
}

const RELATIVE_EVERY_MS = 15_000;

/** A time as the reader wants it (theirs or UTC), with UTC to the second when it is pointed at or focused. */
export function Instant({ at, as = 'time', seconds = false, inTable = false }: InstantProps) {
  const zone = timeZone.use();
  if (at === null) return <NoValue />;
  const exact = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  const time = instantText(at, zone, { seconds });
  const shown = as === 'time' ? time : <Relative at={at} prefix={as === 'both' ? `${time}, ` : ''} />;
  if (inTable) {
    return (
      <time dateTime={exact} title={`${exact} (${time})`} className={classes.inTable}>
        {shown}
      </time>
    );
  }
  return (
    <Tooltip label={as === 'relative' ? `${time} · ${exact}` : exact} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time is to be read without a mouse too */}
      <time dateTime={exact} tabIndex={0}>
        {shown}
      </time>
    </Tooltip>
  );
}

function Relative({ at, prefix }: { readonly at: string; readonly prefix: string }) {
  const now = useNow(RELATIVE_EVERY_MS);
  return (
    <>
      {prefix}
      {relativeText(at, now)}
    </>
  );
}
