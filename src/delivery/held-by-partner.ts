import { type CutOf, forgetRefusals, unsettledCuts } from '../audience/member-changes.ts';
import type { RefreshRule } from '../audience/resend.ts';
import { type CutEnd, doubtMembers, settleCut } from '../audience/settle-cut.ts';
import { codeOf } from '../errors.ts';
import type { Manifest } from '../format/manifest.ts';
import { deliveryId } from '../ledger/delivery-key.ts';
import type { Run } from '../ledger/run.ts';
import { DAY_MS } from '../lib/clock.ts';
import { inTurn } from '../lib/in-turn.ts';
import type { Session, Warehouse } from '../warehouse/warehouse.ts';
import type { Candidate } from './candidate.ts';
import type { Engine } from './engine.ts';
import { withSession } from './with-session.ts';

/** What partners hold, kept for deliveries that need it: incremental ones, and those whose partner can take opt-outs away. */

/** Two that wrote the same rows of the warehouse at once would be in each other's way. */
const settling = inTurn<Warehouse>();

/** Whether it is kept for a candidate's segments. */
export function keepsMembers({ entry, capabilities }: Pick<Candidate, 'entry' | 'capabilities'>): boolean {
  return entry.refresh === 'incremental' || capabilities.optOuts || capabilities.removes;
}

/** How long the partner remembers, and how often it is told. */
export function refreshRule({ entry, capabilities, slot, next }: Candidate, now: Date): RefreshRule {
  return {
    now,
    ttlDays: daysKept({ entry, capabilities }),
    intervalMs: next.dueAt.getTime() - slot.dueAt.getTime(),
  };
}

const daysKept = ({ entry, capabilities }: Pick<Candidate, 'entry' | 'capabilities'>): number | null =>
  entry.ttlDays ?? capabilities.ttlDays;

/**
 * Whoever was told with another time to keep, or under another name of the segment at the partner, may be gone there sooner or later than
 * what holds now would say. Everybody is doubted then: told once more, or taken away.
 */
export async function doubtIfTermsChanged(
  { warehouse, catalogue, ledger }: Engine,
  session: Session,
  holding: CutOf['holding'],
  candidate: Pick<Candidate, 'entry' | 'capabilities'>,
): Promise<void> {
  const manifest = (await ledger.lastDelivered(deliveryId(holding)))?.manifest;
  if (manifest?.changes === undefined) return;
  const { terms, changes } = manifest;
  const days = daysKept(candidate);
  // Sets of earlier versions tell of the entry's own time alone.
  const lastDays = changes.keptDays === undefined ? (terms?.ttlDays ?? days) : changes.keptDays;
  const isSameSegment = (terms?.partnerReference ?? null) === (candidate.entry.partnerReference ?? null);
  if (lastDays !== days || !isSameSegment) await settling(warehouse, () => doubtMembers(session, catalogue, holding));
}

/** The cut that a staged set is of, by where it is in the stage. */
export function cutOf(prefix: string, manifest: Manifest): CutOf {
  return { cutId: prefix.slice(prefix.lastIndexOf('/') + 1), runId: manifest.runId, holding: holdingOf(manifest) };
}

function holdingOf({ agencyId, advertiserId, destination, segmentId }: Manifest): CutOf['holding'] {
  return { agencyId, advertiserId, destination, segmentId };
}

/** Makes every earlier cut of a segment part of what the partner holds, by how its run ended. */
export function settleMembers(engine: Engine, session: Session, holding: CutOf['holding'], rule: RefreshRule): Promise<void> {
  const { warehouse, catalogue, ledger, settings } = engine;
  return settling(warehouse, async () => {
    for (const { cutId, runId } of await unsettledCuts(session, catalogue, holding)) {
      const end = endOf(await ledger.runById(runId), cutId, rule, settings.retention.runDetailsDays);
      await settleCut(session, catalogue, { cutId, runId, holding }, end);
    }
  });
}

/** The same when a run has just been delivered, as a courtesy to whoever looks: a failure is made up for before the next cut. */
export async function settleDelivered(engine: Engine, candidate: Candidate, manifest: Manifest): Promise<void> {
  if (manifest.changes === undefined) return;
  const rule = refreshRule(candidate, engine.clock.now());
  try {
    await withSession(engine, (session) => settleMembers(engine, session, holdingOf(manifest), rule), 'log');
  } catch (error) {
    engine.log.warn({ runId: manifest.runId, code: codeOf(error) }, 'what the partner holds is recorded before the next cut');
  }
}

function endOf(run: Run | null, cutId: string, rule: RefreshRule, keptDays: number): CutEnd {
  const { now } = rule;
  // An earlier cut of a run that was cut again may have been on its way.
  if (run === null || run.stagePrefix?.endsWith(`/${cutId}`) !== true) return { kind: 'unknown', at: now };
  if (run.sentAt === null) return { kind: 'never-sent' };
  if (run.state !== 'delivered' && run.state !== 'partial') return { kind: 'unknown', at: now };
  const forgetBefore = new Date(now.getTime() - keptDays * DAY_MS);
  // By the time to keep that held then: what has changed since is looked at when this is known.
  const then = run.manifest?.changes?.keptDays;
  return {
    kind: 'taken',
    sentAt: new Date(run.sentAt),
    rule: then === undefined ? rule : { ...rule, ttlDays: then },
    forgetBefore,
  };
}

/** Who was refused in one attempt may be taken in the next. */
export async function forgetEarlierRefusals(engine: Engine, prefix: string, manifest: Manifest): Promise<void> {
  if (manifest.changes === undefined) return;
  const { cutId } = cutOf(prefix, manifest);
  await withSession(engine, (session) => forgetRefusals(session, engine.catalogue, cutId), 'log');
}

/** Whether a staged set still says what has changed: another delivery of the segment since then makes it stale. */
export async function isStillNoted(engine: Engine, prefix: string, manifest: Manifest): Promise<boolean> {
  if (manifest.changes === undefined || manifest.rows === 0) return true;
  const { cutId, holding } = cutOf(prefix, manifest);
  const cuts = await withSession(engine, (session) => unsettledCuts(session, engine.catalogue, holding), 'log');
  return cuts.some((cut) => cut.cutId === cutId);
}
