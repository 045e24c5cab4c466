import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { listConfigs } from '../config/advertiser-config-store.ts';
import type { DestinationEntry } from '../config/destination-entry.ts';
import type { Run } from '../ledger/run.ts';
import { openReach, type Reach } from '../reach/reach.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { withNames } from './advertiser-names.ts';
import { beginStep } from './begin-step.ts';
import { type Candidate, segmentIdOf, segmentNameOf } from './candidate.ts';
import type { Engine } from './engine.ts';
import { freshenFor } from './fresh-reach.ts';
import { countLiving, type JudgeDeps, judgeEntry, judgeSources } from './judge-entry.ts';
import { firstBlocker, type RuleResult } from './readiness.ts';
import { freshnessJudge } from './source-facts.ts';
import { withSession } from './with-session.ts';
import type { Settled } from './work.ts';

/** When a source that is stale is looked at again. */
const STALE_RECHECK_MS = 30 * 60_000;

/**
 * What a run of the queue delivers, from the configuration as it is now: a delivery that was switched off since the run was planned is
 * refused. Counts nothing; what the cut finds decides about that.
 */
export async function resolveRun(engine: Engine, run: Run, signal: AbortSignal): Promise<Settled> {
  const settled = (await resolveRuns(engine, [run], signal)).get(run.id);
  if (settled === undefined) throw new Error(`The run ${run.id} was not settled.`);
  return settled;
}

/**
 * The same for runs of one agency, whose configuration and mappings are read once for all of them. What fails for the first one is thrown;
 * another one that fails is left out.
 */
export function resolveRuns(
  engine: Engine,
  runs: readonly [Run, ...Run[]],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Settled>> {
  return withSession(
    engine,
    async (session) => {
      const agency = await listConfigs(session, engine.catalogue, { agencyId: runs[0].delivery.agencyId });
      const wanted = new Set(runs.map(({ delivery }) => delivery.advertiserId));
      const own = await withNames(
        session,
        engine.catalogue,
        agency.filter(({ advertiserId }) => wanted.has(advertiserId)),
      );
      const at = engine.clock.now();
      const reading: Reading = { session, at, own, living: countLiving(agency), judges: null, fresh: new Set() };
      const settled = new Map<string, Settled>();
      for (const run of runs) {
        try {
          settled.set(run.id, await resolve(engine, reading, run, signal));
        } catch (error) {
          if (run === runs[0]) throw error;
        }
      }
      return settled;
    },
    'plan',
  );
}

/** What was read for runs of one agency. */
interface Reading {
  readonly session: Session;
  readonly at: Date;
  /** The advertisers that the runs are of. */
  readonly own: readonly AdvertiserConfig[];
  readonly living: ReadonlyMap<string, number>;
  /** Made when the first run needs them, when its exposures are fresh. */
  judges: Judges | null;
  /** Sources and look-backs for which what is prepared has been brought up to date. */
  readonly fresh: Set<string>;
}

interface Judges {
  readonly reach: Reach;
  readonly freshness: ReturnType<typeof freshnessJudge>;
}

async function resolve(engine: Engine, reading: Reading, run: Run, signal: AbortSignal): Promise<Settled> {
  const { settings } = engine;
  const deps: JudgeDeps = {
    ...engine,
    at: reading.at,
    slot: { id: run.slot, dueAt: new Date(run.dueAt) },
    asOf: run.asOf === null ? undefined : new Date(run.asOf),
    living: reading.living,
  };
  const found = findEntry(
    reading.own.filter(({ advertiserId }) => advertiserId === run.delivery.advertiserId),
    run,
  );
  if (found === null) {
    return {
      kind: 'refused',
      reason: 'not_configured',
      detail: `DELIVERY_DESTINATIONS has no segment ${run.delivery.segmentId} for ${run.delivery.destination} any more`,
    };
  }
  const { config, entry, segment } = found;
  const { rules, candidate } = await judgeEntry(deps, config, entry);
  const blocker = firstBlocker(rules);
  if (candidate === null || blocker !== null) return refused(blocker);
  // A staged set was judged when it was cut, and goes as it is.
  if (run.manifest === null) {
    const { reach, freshness } = await judgesFor(engine, reading, candidate, signal);
    const judged = await judgeSources(deps, reach, candidate, freshness, signal);
    const dataBlocker = firstBlocker(judged.rules);
    if (dataBlocker !== null) return refused(dataBlocker);
    const stale = staleHold(judged.rules, run, settings.policy.staleSource);
    if (stale !== null) return stale;
  }
  return {
    kind: 'order',
    order: {
      candidate,
      segment,
      segmentId: run.delivery.segmentId,
      segmentName: entry.mode === 'split' ? run.segmentName : segmentNameOf(candidate, segment, null),
    },
  };
}

/** Brings what is prepared up to date where that was not done yet for such exposures; what was read before it is then read again. */
async function judgesFor(engine: Engine, reading: Reading, { spec }: Candidate, signal: AbortSignal): Promise<Judges> {
  const { catalogue, settings, about } = engine;
  const { session, fresh, at } = reading;
  const { sources, window } = spec.exposures;
  const key = JSON.stringify([sources, window.from]);
  if (reading.judges !== null && fresh.has(key)) return reading.judges;
  await freshenFor({ ...engine, signal }, session, catalogue, spec.exposures);
  fresh.add(key);
  beginStep(session, about, 'plan');
  const reach = openReach(session, catalogue, settings.policy);
  reading.judges = { reach, freshness: freshnessJudge(session, catalogue, reach, settings.policy, at) };
  return reading.judges;
}

function refused(blocker: ReturnType<typeof firstBlocker>): Settled {
  return { kind: 'refused', reason: blocker?.reason ?? 'not_checked', detail: blocker?.detail ?? '' };
}

/** A run whose sources are stale waits, unless a person has let it go. */
export function staleHold(
  rules: readonly RuleResult[],
  run: Pick<Run, 'approvals'>,
  policy: 'warn' | 'hold' | 'fail',
): Settled | null {
  const stale = rules.find(({ rule, status }) => rule === 'SOURCE_FRESH' && status === 'WARN');
  if (stale === undefined || policy !== 'hold' || run.approvals.includes('source_stale')) return null;
  return { kind: 'hold', reason: 'source_stale', detail: stale.detail, recheckInMs: STALE_RECHECK_MS };
}

/** The entry that the run's delivery was planned from, with the part of its audience that the run is for. */
function findEntry(configs: readonly AdvertiserConfig[], { delivery }: Run) {
  for (const config of configs) {
    for (const entry of config.destinations) {
      const segment = entry.destination === delivery.destination ? segmentOf(config, entry, delivery.segmentId) : null;
      if (segment !== null) return { config, entry, segment };
    }
  }
  return null;
}

/** The part of the entry's audience that a segment's id names, or null when it is none of it. */
function segmentOf(config: AdvertiserConfig, entry: DestinationEntry, segmentId: string): string | null {
  if (entry.mode !== 'split') return segmentIdOf({ config, entry }, '') === segmentId ? '' : null;
  const start = segmentIdOf({ config, entry }, '');
  return segmentId.startsWith(start) && segmentId.length > start.length ? segmentId.slice(start.length) : null;
}
