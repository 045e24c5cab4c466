import type { SegmentCounts } from '../../audience/count.ts';
import { type Audience, countAudiences } from '../../audience/count-audiences.ts';
import { openSuppression } from '../../audience/suppression.ts';
import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import type { DestinationEntry } from '../../config/destination-entry.ts';
import { audienceIdOf, type Candidate, segmentIdOf, segmentNameOf } from '../../delivery/candidate.ts';
import { configRules } from '../../delivery/config-rules.ts';
import { floorRule, rowsRule } from '../../delivery/data-rules.ts';
import { type GuardFinding, sizeGuard } from '../../delivery/guards.ts';
import { countLiving, judgeEntry, judgeSources } from '../../delivery/judge-entry.ts';
import { allRules, firstBlocker, type ReadinessRule, type RuleResult } from '../../delivery/readiness.ts';
import { freshnessJudge } from '../../delivery/source-facts.ts';
import type { Secrets } from '../../destinations/destination.ts';
import { deliveryId } from '../../ledger/delivery-key.ts';
import type { DeliveryState } from '../../ledger/delivery-state.ts';
import { toRunError } from '../../ledger/run.ts';
import { openReach, type Reach } from '../../reach/reach.ts';
import type { AdminContext } from '../context.ts';

/**
 * Looks at an advertiser as a plan does, and goes on where a plan stops: who sets a delivery up is told everything that is missing at
 * once, and what would go once it is switched on. Reads and counts; writes nothing.
 */

export interface ExamineDeps extends Pick<AdminContext, 'session' | 'catalogue' | 'ledger' | 'settings' | 'signal'> {
  readonly secrets: Secrets;
  readonly at: Date;
}

export interface ExamineRequest {
  readonly config: AdvertiserConfig;
  /** All advertisers of the agency: one that is alone owns rows without a mapping. */
  readonly agency: readonly AdvertiserConfig[];
  /** Whether identifiers are counted. */
  readonly isCounted: boolean;
}

export interface Blocker {
  readonly reason: string;
  readonly detail: string;
}

/** A segment of an entry's audience. */
export interface ExaminedSegment {
  readonly segmentId: string;
  readonly segmentName: string;
  readonly counts: SegmentCounts;
  /** The first thing that keeps it from being delivered, be it the entry's or its own. */
  readonly blocker: Blocker | null;
  readonly isBelowMinimum: boolean;
  /** The standing order as the ledger knows it; null when it never ran. */
  readonly state: DeliveryState | null;
  /** Why a person would have to let it go. */
  readonly held: GuardFinding | null;
}

export interface ExaminedEntry {
  /** Null for an advertiser without any destination. */
  readonly entry: DestinationEntry | null;
  readonly candidate: Candidate | null;
  readonly audienceId: string | null;
  readonly rules: readonly RuleResult[];
  /** The first thing that keeps all of its segments from being delivered. */
  readonly blocker: Blocker | null;
  /** What keeps it from being counted: the first thing that blocks and is no mere switch. */
  readonly obstacle: ReturnType<typeof firstBlocker>;
  readonly paused: string | null;
  /** Null when nothing was counted. */
  readonly segments: readonly ExaminedSegment[] | null;
}

/** What the rows of the sources decide, but for counts. */
const DATA_RULES: readonly ReadinessRule[] = ['MAPPING', 'DOMAINS', 'PLACES', 'CONFLICTS', 'SOURCE_FRESH'];

interface Open {
  readonly entry: DestinationEntry;
  readonly candidate: Candidate | null;
  readonly rules: readonly RuleResult[];
  /** Null where it makes no sense to count. */
  readonly audience: Audience | null;
}

export async function examine(deps: ExamineDeps, request: ExamineRequest): Promise<readonly ExaminedEntry[]> {
  const { session, catalogue, ledger } = deps;
  const { config, isCounted } = request;
  if (config.destinations.length === 0) return [withoutDestinations(config)];
  const reach = openReach(session, catalogue, deps.settings.policy);
  const fresh = freshnessJudge(session, catalogue, reach, deps.settings.policy, deps.at);
  const open: Open[] = [];
  for (const entry of config.destinations) open.push(await judge(deps, request, entry, reach, fresh));
  const counted = await count(deps, isCounted ? open.flatMap(({ audience }) => audience ?? []) : []);
  await reach.assertStill();
  const { agencyId, advertiserId } = config;
  const states = await ledger.deliveries({ agencyIds: [agencyId], advertiserId });
  const byId = new Map(states.map((state) => [state.id, state]));
  return open.map((each) => {
    const { audience, rules } = each;
    if (audience === null) return conclude(deps, config, each, null, byId);
    if ('get' in counted) return conclude(deps, config, each, counted.get(audience) ?? null, byId);
    return conclude(deps, config, { ...each, rules: [...rules, ...counted] }, null, byId);
  });
}

/** What was counted, or the rules that could not be looked at since counting failed. */
async function count(
  { session, catalogue, signal }: ExamineDeps,
  audiences: readonly Audience[],
): Promise<ReadonlyMap<Audience, readonly SegmentCounts[]> | readonly RuleResult[]> {
  try {
    return await countAudiences(session, audiences, (agencyId) => openSuppression(session, catalogue, agencyId, signal), signal);
  } catch (error) {
    signal.throwIfAborted();
    return unknown(['SOURCE_ROWS', 'FLOOR'], error);
  }
}

function withoutDestinations(config: AdvertiserConfig): ExaminedEntry {
  const rules = configRules(config, null);
  return {
    entry: null,
    candidate: null,
    audienceId: null,
    rules: allRules(rules),
    blocker: firstBlocker(rules),
    obstacle: obstacleOf(rules),
    paused: null,
    segments: null,
  };
}

type Fresh = (sources: readonly string[]) => Promise<RuleResult>;

async function judge(
  deps: ExamineDeps,
  { config, agency }: ExamineRequest,
  entry: DestinationEntry,
  reach: Reach,
  fresh: Fresh,
): Promise<Open> {
  const { rules, candidate } = await judgeEntry({ ...deps, slot: undefined, living: countLiving(agency) }, config, entry);
  if (candidate === null || fails(rules, ['SOURCE_ROW_LEVEL', 'SOURCE_PRESENT']))
    return { entry, candidate, rules, audience: null };
  try {
    const found = await judgeSources(deps, reach, candidate, fresh, deps.signal);
    const all = [...rules, ...found.rules];
    const audience = obstacleOf(all) === null ? { spec: candidate.spec, exposures: found.exposures } : null;
    return { entry, candidate, rules: all, audience };
  } catch (error) {
    deps.signal.throwIfAborted();
    return { entry, candidate, rules: [...rules, ...unknown(DATA_RULES, error)], audience: null };
  }
}

/** The message of a failure that nobody has classified may quote data: of that only the place is told. */
function unknown(rules: readonly ReadinessRule[], error: unknown): readonly RuleResult[] {
  const { message } = toRunError(error);
  return rules.map((rule) => ({ rule, status: 'UNKNOWN', detail: message }));
}

function fails(rules: readonly RuleResult[], names: readonly ReadinessRule[]): boolean {
  return firstBlocker(rules.filter(({ rule }) => names.includes(rule))) !== null;
}

/** What is only switched off is counted all the same: that is what somebody wants to know before switching it on. */
function obstacleOf(rules: readonly RuleResult[]): ReturnType<typeof firstBlocker> {
  const isSwitch = ({ rule, reason }: RuleResult): boolean =>
    rule === 'CONFIG_ACTIVE' || rule === 'DELIVERY_ON' || reason === 'destination_disabled';
  return firstBlocker(rules.filter((result) => !isSwitch(result)));
}

function conclude(
  { settings }: ExamineDeps,
  config: AdvertiserConfig,
  { entry, candidate, rules, audience }: Open,
  counted: readonly SegmentCounts[] | null,
  states: ReadonlyMap<string, DeliveryState>,
): ExaminedEntry {
  const { agencyId, advertiserId } = config;
  const { destination } = entry;
  const stateOf = (segmentId: string): DeliveryState | null =>
    states.get(deliveryId({ agencyId, advertiserId, destination, segmentId })) ?? null;
  const audienceId = audienceIdOf({ config, entry });
  const paused = pauseOf(stateOf(audienceId));
  const blocker = firstBlocker(rules) ?? pausedBlocker(paused);
  if (candidate === null || audience === null || counted === null) {
    const obstacle = obstacleOf(rules);
    return { entry, candidate, audienceId, rules: allRules(rules), blocker, obstacle, paused, segments: null };
  }
  const floors: RuleResult[] = [];
  const segments = counted.map((counts): ExaminedSegment => {
    const segmentId = segmentIdOf(candidate, counts.segment);
    const state = stateOf(segmentId);
    const floor = floorRule(candidate, counts);
    floors.push(floor);
    return {
      segmentId,
      segmentName: segmentNameOf(candidate, counts.segment, counts.segmentName),
      counts,
      blocker: blocker ?? firstBlocker([floor]) ?? pausedBlocker(pauseOf(state)),
      isBelowMinimum: floor.status === 'FAIL',
      state,
      held: sizeGuard(counts.written, state, [], settings.guards),
    };
  });
  const all = [...rules, rowsRule(segments.length), ...floors];
  return {
    ...{ entry, candidate, audienceId, paused, segments },
    rules: allRules(all),
    blocker: blocker ?? firstBlocker([rowsRule(segments.length)]),
    obstacle: firstBlocker([rowsRule(segments.length)]),
  };
}

function pauseOf(state: DeliveryState | null): string | null {
  if (state === null || state.paused === null) return null;
  const { by, at, reason } = state.paused;
  return `paused by ${by} since ${at.slice(0, 10)}${reason === null ? '' : `: ${reason}`}`;
}

const pausedBlocker = (paused: string | null): Blocker | null => (paused === null ? null : { reason: 'paused', detail: paused });
