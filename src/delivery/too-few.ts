import type { Run } from '../ledger/run.ts';
import { floorRule, rowsRule } from './data-rules.ts';
import type { NotDelivered, PlannedDelivery } from './plan.ts';
import { allRules, firstBlocker } from './readiness.ts';

/** What a plan would have said of a delivery of which the cut found too few identifiers; null for any other. */
export function tooFewOf({ candidate, segmentId, counts, rules }: PlannedDelivery, run: Run | null): NotDelivered | null {
  if (counts !== null || run?.state !== 'skipped' || (run.reason !== 'empty' && run.reason !== 'below_minimum')) return null;
  const fitting = Object.values(run.identifiers ?? {}).reduce((sum, count) => sum + count, 0);
  const written = fitting + (run.dropped?.BELOW_FILE_MINIMUM ?? 0);
  const found = run.selected === 0 ? [rowsRule(0)] : [rowsRule(1), floorRule(candidate, { written })];
  const judged = allRules([...rules.filter(({ status }) => status !== 'NOT_CHECKED'), ...found]);
  const blocker = firstBlocker(judged);
  if (blocker === null) return null;
  return {
    config: candidate.config,
    destination: candidate.entry.destination,
    segmentId: run.selected === 0 ? null : segmentId,
    reason: blocker.reason,
    detail: blocker.detail,
    rules: judged,
    skipped: null,
  };
}
