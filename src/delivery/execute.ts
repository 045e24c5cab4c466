import { transientError } from '../errors.ts';
import type { Claim } from '../ledger/lease.ts';
import type { Run } from '../ledger/run.ts';
import { deliveredBefore } from './delivered-before.ts';
import type { Engine } from './engine.ts';
import { sizeGuard } from './guards.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Order } from './order.ts';
import { isSendable, send } from './send.ts';
import { stageAudience, stagePrefixOf } from './stage-audience.ts';

/** One attempt of a run, from whatever step the last one reached to the partner's receipt. */

/** Gives the run in its end state, or held; a failure is thrown, for the caller to record. */
export async function attempt(engine: Engine, order: Order, claim: Claim, heart: Heartbeat): Promise<Run> {
  const { ledger, trace } = engine;
  const { token, run } = claim;
  const runId = run.id;
  const { signal, progress } = heart;
  const about = { run: runId, destination: order.candidate.entry.destination, slot: run.slot };
  const resumed = await resumable(engine, run, signal);
  let staged = resumed;
  if (staged === null) {
    const before = await deliveredBefore(engine, run, signal);
    if (before !== null) {
      return ledger.advance(runId, token, 'skipped', { reason: 'already_delivered' }, { run: before });
    }
    const { from, to } = order.candidate.spec.exposures.window;
    const cutId = token === 1 ? runId : `${runId}-${token}`;
    await ledger.advance(runId, token, 'extracting', {
      windowFrom: from?.toISOString() ?? null,
      windowTo: to.toISOString(),
      // Known before the first file is put, so that what a broken-off attempt leaves can be found and removed.
      stagePrefix: stagePrefixOf(order, cutId),
    });
    const result = await trace.span('stage', about, () =>
      stageAudience(engine, { order, runId, cutId, plannedAt: new Date(run.plannedAt) }, progress, signal),
    );
    if (result.kind === 'skipped') {
      return ledger.advance(
        runId,
        token,
        'skipped',
        { ...countFindings(result.counts), reason: result.reason },
        { detail: result.detail },
      );
    }
    const { prefix, manifest } = result;
    await ledger.advance(
      runId,
      token,
      'staged',
      { ...countFindings(manifest.counts), stagePrefix: prefix, manifest },
      { files: manifest.files.length },
    );
    if (!(await isSendable(engine, prefix, manifest, signal))) {
      throw transientError('suppression_changed', 'The suppression list changed while the audience was being staged.', {
        hint: 'It is cut again without whoever was added.',
      });
    }
    staged = result;
  }
  const { prefix, manifest } = staged;
  // What was being sent when an attempt broke off has passed the guards.
  if (run.state !== 'delivering') {
    const delivery = await ledger.deliveryById(run.deliveryId);
    const finding = sizeGuard(countFindings(manifest.counts).written, delivery, run.approvals, engine.settings.guards);
    if (finding !== null) return ledger.hold(runId, token, finding.reason, finding.detail);
  }
  await ledger.advance(runId, token, 'delivering', {}, { resumed: resumed !== null });
  const receipt = await trace.span('deliver', about, () =>
    send(engine, order.candidate.destination, { prefix, manifest }, heart),
  );
  return ledger.advance(
    runId,
    token,
    receipt.rejected === 0 ? 'delivered' : 'partial',
    { receipt },
    { accepted: receipt.accepted },
  );
}

/** The staged set of an earlier attempt, if it may still be sent as it is. */
async function resumable(engine: Engine, run: Run, signal: AbortSignal) {
  const { stagePrefix: prefix, manifest } = run;
  if (prefix === null || manifest === null) return null;
  return (await isSendable(engine, prefix, manifest, signal)) ? { prefix, manifest } : null;
}

function countFindings(counts: NonNullable<Run['manifest']>['counts']) {
  const { selected, suppressed, dropped, identifiers } = counts;
  return {
    selected,
    suppressed,
    dropped,
    identifiers,
    written: Object.values(identifiers).reduce((sum, count) => sum + count, 0),
  };
}
