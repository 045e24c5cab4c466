import { transientError } from '../errors.ts';
import type { Claim } from '../ledger/lease.ts';
import type { Run } from '../ledger/run.ts';
import type { Engine, RunProgress } from './engine.ts';
import type { PlannedDelivery } from './plan.ts';
import { isSendable, send } from './send.ts';
import { stageAudience } from './stage-audience.ts';

/** One attempt of a run, from whatever step the last one reached to the partner's receipt. */

/** How long a worker holds a run without a sign of life. */
export const LEASE_MS = 60_000;

/** Gives the run in its end state; a failure is thrown, for the caller to record. */
export async function attempt(
  engine: Engine,
  delivery: PlannedDelivery,
  claim: Claim,
  progress: RunProgress,
  signal: AbortSignal,
): Promise<Run> {
  const { ledger } = engine;
  const { token } = claim;
  const runId = claim.run.id;
  const resumed = await resumable(engine, claim.run, signal);
  let staged = resumed;
  if (staged === null) {
    const { from, to } = delivery.candidate.spec.exposures.window;
    await ledger.advance(runId, token, 'extracting', { windowFrom: from?.toISOString() ?? null, windowTo: to.toISOString() });
    const cutId = token === 1 ? runId : `${runId}-${token}`;
    const result = await stageAudience(
      engine,
      { delivery, runId, cutId, plannedAt: new Date(claim.run.plannedAt) },
      progress,
      signal,
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
  await ledger.advance(runId, token, 'delivering', {}, { resumed: resumed !== null });
  const receipt = await send(engine, delivery.candidate.destination, prefix, manifest, progress, signal);
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
