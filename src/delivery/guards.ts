import type { Settings } from '../config/settings.ts';
import type { Manifest } from '../format/manifest.ts';
import type { DeliveryState } from '../ledger/delivery-state.ts';
import type { HoldReason } from '../ledger/hold.ts';
import { changedHeaders, describeHeaderChanges } from './changed-headers.ts';

/** What makes a staged set wait for a person before it is sent. */

export interface GuardFinding {
  readonly reason: HoldReason;
  readonly detail: string;
}

/**
 * Whether a set of so many identifiers goes against what was delivered last: null when it may go. `approvals` are the guards that a
 * person has overruled for this run.
 */
export function sizeGuard(
  written: number,
  delivery: Pick<DeliveryState, 'lastDeliveredAt' | 'lastWritten'> | null,
  approvals: readonly HoldReason[],
  guards: Settings['guards'],
): GuardFinding | null {
  const last = delivery?.lastWritten ?? null;
  if (last === null) {
    if (!guards.approveFirstRun || approvals.includes('first_run')) return null;
    return { reason: 'first_run', detail: `${written} identifiers; nothing was delivered before` };
  }
  if (guards.maxSizeChange === null || approvals.includes('size_deviation') || last === 0) return null;
  const change = (written - last) / last;
  if (Math.abs(change) <= guards.maxSizeChange) return null;
  const sign = change > 0 ? '+' : '−';
  return {
    reason: 'size_deviation',
    detail: `${written} identifiers, ${last} the last time (${sign}${(Math.abs(change) * 100).toFixed(1)} %)`,
  };
}

/**
 * Whether a set's headers go against those of the set that the partner was given last, at a partner that stops at a changed one: null
 * when it may go. `before` is null when nothing is known of an earlier set.
 */
export function headerGuard(now: Manifest, before: Manifest | null, approvals: readonly HoldReason[]): GuardFinding | null {
  if (before === null || approvals.includes('header_changed')) return null;
  const changes = changedHeaders(before, now);
  return changes.length === 0 ? null : { reason: 'header_changed', detail: describeHeaderChanges(changes) };
}
