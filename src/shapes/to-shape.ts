import type { DeliverOutcome } from '../delivery/deliver.ts';
import { estimateBytes } from '../delivery/estimate-bytes.ts';
import type { CountedDelivery, NotDelivered, Plan, PlannedDelivery } from '../delivery/plan.ts';
import type { Run } from '../ledger/run.ts';
import type { DeliverOutput, PlanOutput, RunShape } from './shapes.ts';

/** From the engine's values to the documented shapes. */

export function planShape(plan: Plan<CountedDelivery>): PlanOutput {
  return {
    at: plan.at.toISOString(),
    deliveries: plan.deliveries.map(deliveryShape),
    notDelivered: plan.notDelivered.map(notDeliveredShape),
  };
}

function deliveryShape(delivery: CountedDelivery): PlanOutput['deliveries'][number] {
  const { candidate, counts, run } = delivery;
  const { config, entry, slot, next, spec } = candidate;
  const { from, to } = spec.exposures.window;
  return {
    agencyId: config.agencyId,
    advertiserId: config.advertiserId,
    advertiserName: config.displayName,
    destination: entry.destination,
    segmentId: delivery.segmentId,
    segmentName: delivery.segmentName,
    cadence: config.cadence,
    slot: slot.id,
    due: delivery.due,
    nextSlot: next.id,
    nextDueAt: next.dueAt.toISOString(),
    window: { from: from?.toISOString() ?? null, to: to.toISOString() },
    selected: counts.selected,
    dropped: counts.dropped,
    suppressed: counts.suppressed,
    identifiers: counts.identifiers,
    rows: counts.written,
    estimatedBytes: estimateBytes(delivery),
    lastRun: run === null ? null : { runId: run.id, state: run.state },
    readiness: [...delivery.rules].map(({ rule, status, detail }) => ({ rule, status, detail })),
  };
}

function notDeliveredShape(refusal: NotDelivered): PlanOutput['notDelivered'][number] {
  const { config, destination, segmentId, reason, detail, rules } = refusal;
  return {
    agencyId: config.agencyId,
    advertiserId: config.advertiserId,
    advertiserName: config.displayName,
    destination,
    segmentId,
    reason,
    detail,
    readiness: rules.map(({ rule, status, detail: why }) => ({ rule, status, detail: why })),
  };
}

export function runToShape(run: Run): RunShape {
  const files = run.manifest?.files ?? [];
  return {
    runId: run.id,
    deliveryId: run.deliveryId,
    ...run.delivery,
    segmentName: run.segmentName,
    slot: run.slot,
    generation: run.generation,
    state: run.state,
    reason: run.reason,
    attempts: run.attempts,
    failures: run.failures,
    plannedAt: run.plannedAt,
    dueAt: run.dueAt,
    late: run.late,
    deadlineAt: run.deadlineAt,
    retryAt: run.retryAt,
    hold: run.hold === null ? null : { ...run.hold },
    cancelRequested: run.cancelRequestedAt !== null,
    startedAt: run.startedAt,
    stagedAt: run.stagedAt,
    finishedAt: run.finishedAt,
    confirmedAt: run.confirmedAt,
    selected: run.selected,
    dropped: run.dropped,
    suppressed: run.suppressed,
    identifiers: run.identifiers,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    files: files.map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 })),
    receipt:
      run.receipt === null
        ? null
        : {
            ...run.receipt,
            reasons: { ...run.receipt.reasons },
            files: [...run.receipt.files],
            details: { ...run.receipt.details },
          },
    error: run.error,
  };
}

export function deliverShape(outcome: DeliverOutcome): DeliverOutput {
  return {
    at: outcome.plan.at.toISOString(),
    runs: outcome.runs.map(({ run }) => runToShape(run)),
    upToDate: outcome.upToDate.map(slotShape),
    elsewhere: outcome.elsewhere.map(slotShape),
    notDelivered: outcome.notDelivered.map(notDeliveredShape),
  };
}

function slotShape({ candidate, segmentId }: PlannedDelivery): DeliverOutput['upToDate'][number] {
  const { config, entry, slot } = candidate;
  return {
    agencyId: config.agencyId,
    advertiserId: config.advertiserId,
    destination: entry.destination,
    segmentId,
    slot: slot.id,
  };
}
