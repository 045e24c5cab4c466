import type { Run } from '../../api/types.ts';
import { wordsOf } from '../../lib/format.ts';

/** In a few words why a run is where it is; null when there is nothing to say. */
export function reasonWords({ hold, state, reason, error, retryAt, cancelRequested, receipt }: Run): string | null {
  if (cancelRequested) return 'is being stopped';
  if (hold !== null) return wordsOf(hold.reason);
  if (state === 'skipped' && reason !== null) return wordsOf(reason);
  if (error !== null) return retryAt === null ? error.code : `${error.code}, is tried again`;
  if (state === 'partial' && receipt !== null) return `${receipt.rejected} refused`;
  return null;
}
