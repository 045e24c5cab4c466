import type { Change } from '../audience/changes.ts';
import { noteMembers, unsettledCuts } from '../audience/member-changes.ts';
import { countMembers, doubtMembers, settleCut, unsettleMembers } from '../audience/settle-cut.ts';
import type { ReadableFile } from '../destinations/destination.ts';
import { readMembers } from '../destinations/members/read-members.ts';
import { configError } from '../errors.ts';
import { membersLayout } from '../format/layouts/members.ts';
import type { Manifest, ManifestFile } from '../format/manifest.ts';
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
 * Builds anew what a partner holds of a segment: from the staged files of its delivered runs, as far as they are still there, and from
 * what is known, since whoever is in files that are gone would be forgotten otherwise. None of it counts as certain: the next delivery
 * sends everybody once more and takes away whoever is not in the audience. A delivery that is being worked on is a `config` error
 * `delivery_busy`.
 */
export async function resync(engine: Engine, key: DeliveryKey, signal: AbortSignal): Promise<Resynced> {
  const { ledger, warehouse, catalogue } = engine;
  const id = deliveryId(key);
  if ((await ledger.unfinished()).some((run) => run.deliveryId === id && run.leaseOwner !== null))
    throw configError('delivery_busy', 'A run of this delivery is being worked on.', {
      hint: 'Wait until it is over, or cancel it: `aquarius runs`.',
    });
  const runs = await ledger.runs({ deliveryId: id, states: ['delivered', 'partial'], limit: MOST_RUNS });
  const sets: Replayable[] = [];
  for (const run of runs.toReversed()) {
    const set = await replayable(engine, run, signal);
    if (set !== null) sets.push(set);
  }
  return withResource(warehouse.session(), async (session) => {
    await unsettleMembers(session, catalogue, { cutId: `resync-${id}`, runId: NO_RUN, holding: key });
    for (const set of sets) await replay(engine, session, set, signal);
    // Whoever was known, or was on the way, may be held too.
    const end = { kind: 'unknown', at: engine.clock.now() } as const;
    for (const cut of await unsettledCuts(session, catalogue, key))
      await settleCut(session, catalogue, { ...cut, holding: key }, end);
    await doubtMembers(session, catalogue, key);
    const members = await countMembers(session, catalogue, key);
    return { replayed: sets.length, unreadable: runs.length - sets.length, members };
  });
}

/** Of which no ledger knows: should a resync break off, its notes count as those of a run that broke off. */
const NO_RUN = 'resync';

interface Replayable {
  readonly prefix: string;
  readonly manifest: Manifest;
  readonly sentAt: Date;
}

/** What is needed to read the files of a run once more; null when they are gone, or in a partner's own form. */
async function replayable({ stage }: Engine, run: Run, signal: AbortSignal): Promise<Replayable | null> {
  const { manifest, stagePrefix: prefix, sentAt } = run;
  if (manifest === null || prefix === null || sentAt === null || manifest.layout !== membersLayout().name) return null;
  for (const { name } of manifest.files) if ((await stage.stat(`${prefix}/${name}`, signal)) === null) return null;
  return { prefix, manifest, sentAt: new Date(sentAt) };
}

async function replay(
  { stage, catalogue }: Engine,
  session: Session,
  { prefix, manifest, sentAt }: Replayable,
  signal: AbortSignal,
): Promise<void> {
  const cut = cutOf(prefix, manifest);
  for (const file of manifest.files) {
    const readable: ReadableFile = { ...file, open: () => stage.open(`${prefix}/${file.name}`, { signal }) };
    for await (const members of readMembers([readable], BATCH, signal))
      await noteMembers(session, catalogue, cut, changeOf(file), members);
  }
  await settleCut(session, catalogue, cut, {
    kind: 'taken',
    sentAt,
    rule: { now: sentAt, ttlDays: null, intervalMs: 0 },
    forgetBefore: new Date(0),
  });
}

const changeOf = ({ action }: ManifestFile): Change => action ?? 'add';
