import { transientError } from '../errors.ts';
import type { AudienceCounts } from '../format/manifest.ts';
import type { Claim } from '../ledger/lease.ts';
import type { Run } from '../ledger/run.ts';
import { deliveredBefore } from './delivered-before.ts';
import type { Engine } from './engine.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Order } from './order.ts';
import { cutIdOf } from './remove-cuts.ts';
import { isSendable, type StagedSet } from './send.ts';
import { stageAudience, stagePrefixOf } from './stage-audience.ts';

/** A staged set, or the run in its end state where there is nothing to send. */
export type CutResult = { readonly kind: 'staged'; readonly set: StagedSet } | { readonly kind: 'over'; readonly run: Run };

/** Cuts the audience of a run and stages its files, unless the slot was delivered by a run that the ledger has forgotten. */
export async function cutRun(engine: Engine, order: Order, { token, run }: Claim, heart: Heartbeat): Promise<CutResult> {
  const { ledger, trace } = engine;
  const { signal, progress } = heart;
  const runId = run.id;
  const before = await deliveredBefore(engine, run, signal);
  if (before !== null) {
    return { kind: 'over', run: await ledger.advance(runId, token, 'skipped', { reason: 'already_delivered' }, { run: before }) };
  }
  const { from, to } = order.candidate.spec.exposures.window;
  const cutId = cutIdOf(runId, token);
  await ledger.advance(runId, token, 'extracting', {
    windowFrom: from?.toISOString() ?? null,
    windowTo: to.toISOString(),
    // Known before the first file is put, so that what a broken-off attempt leaves can be found and removed.
    stagePrefix: stagePrefixOf(order, cutId),
  });
  const about = { run: runId, destination: order.candidate.entry.destination, slot: run.slot };
  const result = await trace.span('stage', about, () =>
    stageAudience(engine, { order, runId, cutId, plannedAt: new Date(run.plannedAt) }, progress, signal),
  );
  if (result.kind === 'skipped') {
    const { counts, reason, detail } = result;
    return { kind: 'over', run: await ledger.advance(runId, token, 'skipped', { ...countFindings(counts), reason }, { detail }) };
  }
  const { prefix, manifest } = result;
  const { changes } = manifest;
  await ledger.advance(
    runId,
    token,
    'staged',
    {
      ...countFindings(manifest.counts),
      ...(changes && { rowsAdded: changes.added, rowsRemoved: changes.removed + changes.optedOut }),
      stagePrefix: prefix,
      manifest,
    },
    { files: manifest.files.length },
  );
  if (!(await isSendable(engine, prefix, manifest, signal))) {
    throw transientError('suppression_changed', 'The suppression list changed while the audience was being staged.', {
      hint: 'It is cut again without whoever was added.',
    });
  }
  return { kind: 'staged', set: { prefix, manifest, isResumed: false } };
}

/** What a run keeps of its audience's counts. */
export function countFindings(counts: AudienceCounts) {
  const { selected, suppressed, dropped, identifiers } = counts;
  return {
    selected,
    suppressed,
    dropped,
    identifiers,
    written: Object.values(identifiers).reduce((sum, count) => sum + count, 0),
  };
}
