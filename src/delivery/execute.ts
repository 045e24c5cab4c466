import type { Receipt } from '../destinations/destination.ts';
import type { Manifest } from '../format/manifest.ts';
import type { Claim } from '../ledger/lease.ts';
import type { Run } from '../ledger/run.ts';
import { FIRST_ASK_MS } from './ask-confirmation.ts';
import { countFindings, cutRun } from './cut-run.ts';
import type { Engine } from './engine.ts';
import { type GuardFinding, headerGuard, sizeGuard } from './guards.ts';
import type { Heartbeat } from './heartbeat.ts';
import { forgetEarlierRefusals, isStillNoted, settleDelivered } from './held-by-partner.ts';
import type { Order } from './order.ts';
import { refusalReason } from './refusal-reason.ts';
import { isSendable, type StagedSet, send } from './send.ts';

/** One attempt of a run, from whatever step the last one reached to the partner's receipt. */

/** Gives the run in its end state, or held; a failure is thrown, for the caller to record. */
export async function attempt(engine: Engine, order: Order, claim: Claim, heart: Heartbeat): Promise<Run> {
  const { ledger, trace } = engine;
  const { token, run } = claim;
  const runId = run.id;
  const newer = await newerDelivered(engine, run);
  if (newer !== null) {
    return ledger.advance(runId, token, 'skipped', { reason: refusalReason(run, 'superseded') }, { by: newer });
  }
  const resumed = await resumable(engine, run, heart.signal);
  const cut = resumed === null ? await cutRun(engine, order, claim, heart) : ({ kind: 'staged', set: resumed } as const);
  if (cut.kind === 'over') return cut.run;
  const { prefix, manifest } = cut.set;
  // What was being sent when an attempt broke off has passed the guards.
  if (run.state !== 'delivering') {
    const finding = await findingOf(engine, order, run, manifest);
    if (finding !== null) return ledger.hold(runId, token, finding.reason, finding.detail);
  }
  if (resumed !== null) await forgetEarlierRefusals(engine, prefix, manifest);
  await ledger.advance(runId, token, 'delivering', {}, { resumed: resumed !== null });
  const receipt =
    manifest.files.length === 0
      ? NOTHING_TO_SEND
      : await trace.span('deliver', { run: runId, destination: order.candidate.entry.destination, slot: run.slot }, () =>
          send(engine, order.candidate.destination, cut.set, heart),
        );
  const canBeAsked = order.candidate.destination.confirm !== null && manifest.files.length > 0;
  const delivered = await ledger.advance(
    runId,
    token,
    receipt.rejected === 0 ? 'delivered' : 'partial',
    { receipt, ...(canBeAsked && { confirmInMs: FIRST_ASK_MS }) },
    { accepted: receipt.accepted },
  );
  await settleDelivered(engine, order.candidate, manifest);
  return delivered;
}

/**
 * A run for a later slot that was delivered while this one waited to be tried again: an old audience never comes after a newer one. A
 * slot that somebody asked for on purpose is delivered whatever came since.
 */
async function newerDelivered({ ledger }: Engine, run: Run): Promise<string | null> {
  if (run.generation > 0 || run.asOf !== null || run.attempts < 2) return null;
  const last = await ledger.lastDelivered(run.deliveryId);
  return last !== null && last.dueAt > run.dueAt && (last.finishedAt ?? '') > run.plannedAt ? last.id : null;
}

/** Why a person must look at a set before it is sent, or null. */
async function findingOf({ ledger, settings }: Engine, order: Order, run: Run, manifest: Manifest): Promise<GuardFinding | null> {
  const delivery = await ledger.deliveryById(run.deliveryId);
  const size = sizeGuard(countFindings(manifest.counts).written, delivery, run.approvals, settings.guards);
  if (size !== null || order.candidate.capabilities.headersFixed !== true) return size;
  const last = await ledger.lastDelivered(run.deliveryId);
  return headerGuard(manifest, last?.manifest ?? null, run.approvals);
}

/** The partner holds everybody already, and need not be asked. */
const NOTHING_TO_SEND: Receipt = {
  accepted: 0,
  rejected: 0,
  reasons: {},
  reference: 'nothing has changed',
  files: [],
  details: {},
};

/** The staged set of an earlier attempt, if it may still be sent as it is. */
async function resumable(engine: Engine, run: Run, signal: AbortSignal): Promise<StagedSet | null> {
  const { stagePrefix: prefix, manifest } = run;
  if (prefix === null || manifest === null) return null;
  const isGood = (await isSendable(engine, prefix, manifest, signal)) && (await isStillNoted(engine, prefix, manifest));
  return isGood ? { prefix, manifest, isResumed: true } : null;
}
