import { checkAudienceFile } from '../audience-file.ts';
import type { Ctx, ReadableFile, ReadableSet, Receipt } from '../destination.ts';
import { deliverOptOuts } from './privacy/deliver-opt-outs.ts';
import { refuseUnfit } from './refuse-unfit.ts';
import type { LiverampSettings } from './settings.ts';

/** Hands files over by the adapter's transport: into its usual place, or into the one for RampIDs. */
export type HandOver = (set: ReadableSet, place: 'usual' | 'rampIds', ctx: Ctx) => Promise<Receipt>;

/**
 * Delivers a set to LiveRamp: opt-outs through its Privacy API, before anything else; files of RampIDs into a place of their own where
 * the settings name one; all other files into the usual place. A PGP key that is not in force is a `config` error `pgp_key` before that.
 */
export async function deliverToLiveramp(
  set: ReadableSet,
  settings: LiverampSettings,
  ctx: Ctx,
  handOver: HandOver,
): Promise<Receipt> {
  refuseUnfit(set, settings);
  // Files may have waited since they were cut: a key that is no more in force is one that LiveRamp may have thrown away.
  await checkAudienceFile(settings, ctx);
  const optOuts = set.files.filter(({ action }) => action === 'optOut');
  const files = set.files.filter(({ action }) => action !== 'optOut');
  const rampIds = settings.rampIdFolder === undefined ? [] : files.filter(isOfRampIds);
  const usual = files.filter((file) => !rampIds.includes(file));

  const receipts: Receipt[] = [];
  let done = 0;
  async function run(some: readonly ReadableFile[], work: (part: ReadableSet, partCtx: Ctx) => Promise<Receipt>): Promise<void> {
    const before = done;
    const part = { ...set, files: some, manifest: { ...set.manifest, rows: some.reduce((sum, { rows }) => sum + rows, 0) } };
    receipts.push(await work(part, { ...ctx, onProgress: (bytes) => ctx.onProgress?.(before + bytes) }));
    done += some.reduce((sum, { bytes }) => sum + bytes, 0);
  }
  if (optOuts.length > 0) await run(optOuts, (part, partCtx) => deliverOptOuts(part, settings.privacyApi, partCtx));
  if (rampIds.length > 0) await run(rampIds, (part, partCtx) => handOver(part, 'rampIds', partCtx));
  if (usual.length > 0 || receipts.length === 0) await run(usual, (part, partCtx) => handOver(part, 'usual', partCtx));
  return sumOf(receipts, set);
}

const isOfRampIds = ({ identifiers }: ReadableFile): boolean => (identifiers.RAMPID ?? 0) > 0;

/** One receipt of several. The last one is of the usual place where there is one, and its facts stand. */
function sumOf(receipts: readonly Receipt[], set: ReadableSet): Receipt {
  const reasons: Record<string, number> = {};
  for (const receipt of receipts)
    for (const [reason, rows] of Object.entries(receipt.reasons)) reasons[reason] = (reasons[reason] ?? 0) + rows;
  const files = receipts.flatMap((receipt) => receipt.files);
  return {
    accepted: receipts.reduce((sum, { accepted }) => sum + accepted, 0),
    rejected: receipts.reduce((sum, { rejected }) => sum + rejected, 0),
    reasons,
    reference: receipts.at(-1)?.reference ?? '',
    files: set.files.flatMap(({ name }) => files.find((file) => file.name === name) ?? []),
    details: Object.assign({}, ...receipts.map(({ details }) => details)),
  };
}
