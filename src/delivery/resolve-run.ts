import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { listConfigs } from '../config/advertiser-config-store.ts';
import type { DestinationEntry } from '../config/destination-entry.ts';
import type { Run } from '../ledger/run.ts';
import { openReach } from '../reach/reach.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { withNames } from './advertiser-names.ts';
import { segmentIdOf, segmentNameOf } from './candidate.ts';
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
export function resolveRun(engine: Engine, run: Run, signal: AbortSignal): Promise<Settled> {
  return withSession(engine, (session) => resolve(engine, session, run, signal));
}

async function resolve(engine: Engine, session: Session, run: Run, signal: AbortSignal): Promise<Settled> {
  const { catalogue, settings } = engine;
  const { agencyId, advertiserId } = run.delivery;
  const agency = await listConfigs(session, catalogue, { agencyId });
  const own = await withNames(
    session,
    catalogue,
    agency.filter((config) => config.advertiserId === advertiserId),
  );
  const at = engine.clock.now();
  const deps: JudgeDeps = {
    ...engine,
    at,
    slot: { id: run.slot, dueAt: new Date(run.dueAt) },
    asOf: run.asOf === null ? undefined : new Date(run.asOf),
    living: countLiving(agency),
  };
  const found = findEntry(own, run);
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
    await freshenFor({ ...engine, signal }, session, catalogue, candidate.spec.exposures);
    const reach = openReach(session, catalogue);
    const fresh = freshnessJudge(session, catalogue, reach, settings.policy, at);
    const judged = await judgeSources(deps, reach, candidate, fresh, signal);
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
