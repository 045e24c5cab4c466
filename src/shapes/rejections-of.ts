import type { Settings } from '../config/settings.ts';
import { namedDestination } from '../delivery/named-destination.ts';
import type { Run } from '../ledger/run.ts';
import type { Rejection } from './rejections.ts';

/** Why rows of a run were refused, the most frequent reason first. */
export function rejectionsOf(settings: Settings, { delivery, receipt }: Pick<Run, 'delivery' | 'receipt'>): readonly Rejection[] {
  const advice = namedDestination(settings, delivery.destination)?.advice ?? {};
  return Object.entries(receipt?.reasons ?? {})
    .map(([reason, rows]) => ({ reason, rows, advice: Object.hasOwn(advice, reason) ? (advice[reason] ?? null) : null }))
    .sort((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1));
}
