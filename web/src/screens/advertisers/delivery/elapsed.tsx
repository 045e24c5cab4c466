import { useState } from 'react';
import { durationText } from '../../../lib/format.ts';
import { useNow } from '../../../lib/use-now.ts';

/** How long it has been on the page. */
export function Elapsed() {
  const now = useNow(1_000);
  const [since] = useState(now);
  const seconds = Math.floor((now - since) / 1000);
  return seconds < 1 ? null : <span aria-hidden>{durationText(seconds * 1000)}</span>;
}
