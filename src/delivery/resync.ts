import type { Change } from '../audience/changes.ts';
import { noteMembers } from '../audience/member-changes.ts';
import { countMembers, doubtMembers, forgetMembers, settleCut } from '../audience/settle-cut.ts';
import type { ReadableFile } from '../destinations/destination.ts';
import { readMembers } from '../destinations/members/read-members.ts';
import { configError } from '../errors.ts';
import { membersLayout } from '../format/layouts/members.ts';
import type { ManifestFile } from '../format/manifest.ts';
import { type DeliveryKey, deliveryId } from '../ledger/delivery-key.ts';
import type { Run } from '../ledger/run.ts';
import { withResource } from '../lib/with-resource.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Engine } from './engine.ts';
import { cutOf } from './held-by-partner.ts';

/** What a resync found. */
export interface Resynced {
  /** Delivered runs whose staged files were read again. */
  readonly replayed: number;
  /** Delivered runs whose files are gone, or in a partner's own format. */
  readonly unreadable: number;
  /** Members that the partner is now thought to hold. */
  readonly members: number;
}

const BATCH = 2_000;
/** Runs of one delivery that are looked at, by far more than a stage keeps. */
const MOST_RUNS = 10_000;

/**
 * Builds anew what a partner holds of a segment, from the staged files of its delivered runs, as far as they are still there. None of it
 * counts as certain: the next delivery sends everybody once more and takes away whoever is not in the audience. A delivery that is being
 * worked on is a `config` error `delivery_busy`.
 */
export async function resync(engine: Engine, key: DeliveryKey, signal: AbortSignal): Promise<Resynced> {
  const { ledger, warehouse, catalogue } = engine;
  const id = deliveryId(key);
  if ((await ledger.unfinished()).some((run) => run.deliveryId === id && run.leaseOwner !== null))
    throw configError('delivery_busy', 'A run of this delivery is being worked on.', {
      hint: 'Wait until it is over, or cancel it: `aquarius runs`.',
    });
  const runs = await ledger.runs({ deliveryId: id, states: ['delivered', 'partial'], limit: MOST_RUNS });
  return withResource(warehouse.session(), async (session) => {
    await forgetMembers(session, catalogue, key);
    let replayed = 0;
    for (const run of runs.toReversed()) {
      if (await replay(engine, session, run, signal)) replayed += 1;
    }
    await doubtMembers(session, catalogue, key);
    return { replayed, unreadable: runs.length - replayed, members: await countMembers(session, catalogue, key) };
  });
}

/** Reads the files of a run once more; false when that cannot be done. */
async function replay(engine: Engine, session: Session, run: Run, signal: AbortSignal): Promise<boolean> {
  const { stage, catalogue } = engine;
  const { manifest, stagePrefix: prefix, sentAt } = run;
  if (manifest === null || prefix === null || sentAt === null || manifest.layout !== membersLayout().name) return false;
  for (const { name } of manifest.files) if ((await stage.stat(`${prefix}/${name}`, signal)) === null) return false;
  const cut = cutOf(prefix, manifest);
  for (const file of manifest.files) {
    const readable: ReadableFile = { ...file, open: () => stage.open(`${prefix}/${file.name}`, { signal }) };
    for await (const members of readMembers([readable], BATCH, signal))
      await noteMembers(session, catalogue, cut, changeOf(file), members);
  }
  const now = new Date(sentAt);
  await settleCut(session, catalogue, cut, {
    kind: 'taken',
    sentAt: now,
    rule: { now, ttlDays: null, intervalMs: 0 },
    forgetBefore: new Date(0),
  });
  return true;
}

const changeOf = ({ action }: ManifestFile): Change => action ?? 'add';
