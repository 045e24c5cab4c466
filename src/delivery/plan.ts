import type { SegmentCounts } from '../audience/count.ts';
import { type Audience, countAudiences } from '../audience/count-audiences.ts';
import { openSuppression, type Suppression } from '../audience/suppression.ts';
import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { listConfigs } from '../config/advertiser-config-store.ts';
import type { DestinationEntry } from '../config/destination-entry.ts';
import type { Settings } from '../config/settings.ts';
import type { Secrets } from '../destinations/destination.ts';
import { deliveryId } from '../ledger/delivery-key.ts';
import type { DeliveryState } from '../ledger/delivery-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Run } from '../ledger/run.ts';
import { openReach, type Reach } from '../reach/reach.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { withNames } from './advertiser-names.ts';
import { audienceIdOf, type Candidate, segmentIdOf, segmentNameOf } from './candidate.ts';
import { checkDestination, unknownAdvertiser } from './check-filter.ts';
import { configRules } from './config-rules.ts';
import { floorRule, rowsRule } from './data-rules.ts';
import { countLiving, isBlocked, judgeEntry, judgeSources } from './judge-entry.ts';
import type { Order } from './order.ts';
import { allRules, firstBlocker, type RuleResult } from './readiness.ts';
import { freshnessJudge } from './source-facts.ts';

/** What is due, and why everything else is not. A plan reads and counts; it writes nothing. */

export interface PlanRequest {
  readonly at: Date;
  readonly agencyId?: string | undefined;
  readonly advertiserId?: string | undefined;
  readonly destination?: string | undefined;
  /** A slot by its name, instead of the current one of each delivery. */
  readonly slot?: string | undefined;
  /** Where look-backs end, where that is not `at`: for slots that are made up for. */
  readonly asOf?: Date | undefined;
}

/** A segment that can be delivered. */
export interface PlannedDelivery extends Order {
  readonly deliveryId: string;
  /** Null where counting was left to the cut. */
  readonly counts: SegmentCounts | null;
  /** False when the slot has been delivered already. */
  readonly due: boolean;
  /** The slot's newest run, if it has any. */
  readonly run: Run | null;
  readonly rules: readonly RuleResult[];
}

export interface CountedDelivery extends PlannedDelivery {
  readonly counts: SegmentCounts;
}

/** An advertiser, a destination entry or a segment that is not delivered, with the reason. */
export interface NotDelivered {
  readonly config: AdvertiserConfig;
  readonly destination: string | null;
  readonly segmentId: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly rules: readonly RuleResult[];
  /** Set when the delivery is in order but for its data: the ledger gets a skipped run for the slot. */
  readonly skipped: { readonly candidate: Candidate; readonly segment: string; readonly counts: SegmentCounts | null } | null;
}

export interface Plan<D extends PlannedDelivery = PlannedDelivery> {
  readonly at: Date;
  readonly deliveries: readonly D[];
  readonly notDelivered: readonly NotDelivered[];
}

export interface PlanDeps {
  readonly session: Session;
  readonly catalogue: Catalogue;
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly signal?: AbortSignal | undefined;
  /** Told before each audience is counted. */
  readonly onStep?: ((done: number, total: number, name: string) => void) | undefined;
}

/** Somebody must be meant; without any configuration there is nothing to be told apart. */
function checkAdvertiser(configs: readonly AdvertiserConfig[], { agencyId, advertiserId }: PlanRequest): void {
  if (configs.length === 0 || (agencyId === undefined && advertiserId === undefined)) return;
  const isMeant = (config: AdvertiserConfig): boolean =>
    (agencyId === undefined || config.agencyId === agencyId) &&
    (advertiserId === undefined || config.advertiserId === advertiserId);
  if (configs.some(isMeant)) return;
  throw unknownAdvertiser(agencyId, advertiserId);
}

/** A plan with all counts. */
export async function makePlan(deps: PlanDeps, request: PlanRequest): Promise<Plan<CountedDelivery>> {
  const plan = await planWith(deps, request, async (open) => open);
  return {
    ...plan,
    deliveries: plan.deliveries.map((delivery) => {
      if (delivery.counts === null) throw new Error('A delivery of the plan has not been counted.');
      return { ...delivery, counts: delivery.counts };
    }),
  };
}

/**
 * A plan for who cuts at once what is due, and so counts it: an audience of one segment is counted here only where the slot's last run was
 * skipped, so that it is not begun in vain again and again.
 */
export function planToCut(deps: PlanDeps, request: PlanRequest): Promise<Plan> {
  return planWith(deps, request, (open) => withoutCuts(deps.ledger, open));
}

type Choose = (open: readonly Uncounted[]) => Promise<readonly Uncounted[]>;

/** `choose` says what is counted. */
async function planWith(deps: PlanDeps, request: PlanRequest, choose: Choose): Promise<Plan> {
  const { session, catalogue, settings } = deps;
  checkDestination(settings, request.destination);
  const configs = await listConfigs(session, catalogue);
  checkAdvertiser(configs, request);
  const wanted = await withNames(
    session,
    catalogue,
    configs.filter(
      ({ agencyId, advertiserId }) =>
        (request.agencyId === undefined || agencyId === request.agencyId) &&
        (request.advertiserId === undefined || advertiserId === request.advertiserId),
    ),
  );
  const reach = openReach(session, catalogue, settings.policy);
  const work: Work = {
    ...deps,
    request,
    reach,
    fresh: freshnessJudge(session, catalogue, reach, settings.policy, request.at),
    suppressions: new Map(),
    living: countLiving(configs),
    paused: new Map((await deps.ledger.deliveries({ paused: true })).map((delivery) => [delivery.id, delivery])),
  };
  const found: (Verdict | Uncounted)[] = [];
  for (const [index, config] of wanted.entries()) {
    deps.onStep?.(index, wanted.length, config.displayName ?? config.advertiserId);
    found.push(...(await planAdvertiser(work, config)));
  }
  const open = found.filter((each) => each.kind === 'uncounted');
  const chosen = new Set(await choose(open));
  const counts = await countAudiences(
    session,
    [...chosen].map(({ audience }) => audience),
    (agencyId) => suppressionOf(work, agencyId),
    deps.signal,
  );
  await reach.assertStill();
  const verdicts = found.flatMap((each): readonly Verdict[] => {
    if (each.kind !== 'uncounted') return [each];
    return chosen.has(each) ? planSegments(work, each, counts) : [readyVerdict(each.candidate, each.rules, '', null)];
  });
  const deliveries = verdicts.flatMap((verdict) => (verdict.kind === 'ready' ? [verdict.delivery] : []));
  return {
    at: request.at,
    deliveries: await withRuns(deps.ledger, deliveries),
    notDelivered: verdicts.flatMap((verdict) => (verdict.kind === 'not' ? [verdict.refusal] : [])),
  };
}

interface Work extends PlanDeps {
  readonly request: PlanRequest;
  readonly reach: Reach;
  readonly fresh: (sources: readonly string[]) => Promise<RuleResult>;
  readonly suppressions: Map<string, Promise<Suppression>>;
  /** Advertisers of each agency that are not INACTIVE. */
  readonly living: ReadonlyMap<string, number>;
  /** Deliveries that wait for a person to resume them. */
  readonly paused: ReadonlyMap<string, DeliveryState>;
}

type Unjudged = Omit<PlannedDelivery, 'due' | 'run'>;
type Verdict = { readonly kind: 'ready'; readonly delivery: Unjudged } | { readonly kind: 'not'; readonly refusal: NotDelivered };

async function planAdvertiser(work: Work, config: AdvertiserConfig): Promise<readonly (Verdict | Uncounted)[]> {
  const { destination } = work.request;
  const entries = config.destinations.filter((entry) => destination === undefined || entry.destination === destination);
  const verdicts: (Verdict | Uncounted)[] = [];
  for (const entry of entries) verdicts.push(...(await planEntry(work, config, entry)));
  if (verdicts.length > 0) return verdicts;
  if (config.destinations.length > 0) return [];
  const rules = configRules(config, null);
  const blocker = firstBlocker(rules);
  return [refuse({ config, destination: null, rules, blocker })];
}

interface Refusal {
  readonly config: AdvertiserConfig;
  readonly destination: string | null;
  readonly segmentId?: string;
  readonly rules: readonly RuleResult[];
  readonly blocker: { readonly reason: string; readonly detail: string } | null;
  readonly skipped?: NotDelivered['skipped'];
}

function refuse({ config, destination, segmentId, rules, blocker, skipped }: Refusal): Verdict {
  return {
    kind: 'not',
    refusal: {
      config,
      destination,
      segmentId: segmentId ?? null,
      reason: blocker?.reason ?? 'not_checked',
      detail: blocker?.detail ?? '',
      rules: allRules(rules),
      skipped: skipped ?? null,
    },
  };
}

async function planEntry(
  work: Work,
  config: AdvertiserConfig,
  entry: DestinationEntry,
): Promise<readonly (Verdict | Uncounted)[]> {
  const { at, slot, asOf } = work.request;
  const { rules: judged, candidate } = await judgeEntry({ ...work, at, slot, asOf }, config, entry);
  const rules = [...judged];
  const say: Say = (segmentId, skipped) =>
    refuse({
      config,
      destination: entry.destination,
      rules,
      blocker: firstBlocker(rules) ?? pauseOf(work, config, entry, segmentId),
      ...(segmentId === undefined ? {} : { segmentId }),
      ...(skipped === undefined ? {} : { skipped }),
    });
  if (candidate === null || isBlocked(rules)) return [say()];
  const segmentId = audienceIdOf({ config, entry });
  if (pauseOf(work, config, entry, segmentId) !== null) return [say(segmentId)];
  return [await planAudience(work, candidate, rules, say)];
}

type Say = (segmentId?: string, skipped?: NotDelivered['skipped']) => Verdict;

/** Why a delivery that is in order is not made: somebody or a rule has paused it. */
function pauseOf(
  { paused }: Work,
  { agencyId, advertiserId }: AdvertiserConfig,
  { destination }: DestinationEntry,
  segmentId: string | undefined,
): { readonly reason: string; readonly detail: string } | null {
  if (segmentId === undefined) return null;
  const state = paused.get(deliveryId({ agencyId, advertiserId, destination, segmentId }))?.paused ?? null;
  if (state === null) return null;
  const why = state.reason === null ? '' : `: ${state.reason}`;
  return {
    reason: 'paused',
    detail: `paused by ${state.by} since ${state.at.slice(0, 10)}${why}; \`aquarius deliveries resume\` lets it run again`,
  };
}

/** A delivery that is in order as far as can be told without counting. */
interface Uncounted {
  readonly kind: 'uncounted';
  readonly audience: Audience;
  readonly candidate: Candidate;
  /** Of which `say` tells. */
  readonly rules: RuleResult[];
  readonly say: Say;
}

async function planAudience(work: Work, candidate: Candidate, rules: RuleResult[], say: Say): Promise<Verdict | Uncounted> {
  const { rules: judged, exposures } = await judgeSources(work, work.reach, candidate, work.fresh, work.signal);
  rules.push(...judged);
  if (isBlocked(rules)) return say();
  return { kind: 'uncounted', audience: { spec: candidate.spec, exposures }, candidate, rules, say };
}

/** Those of several segments, and those whose slot's last run was skipped. */
async function withoutCuts(ledger: Ledger, open: readonly Uncounted[]): Promise<readonly Uncounted[]> {
  const slots = new Map(
    open
      .filter(({ audience }) => audience.spec.mode === 'merged')
      .map((each) => [each, { deliveryId: idOf(each.candidate, segmentIdOf(each.candidate, '')), slot: each.candidate.slot.id }]),
  );
  const runs = await ledger.latestRuns([...slots.values()]);
  const skipped = new Set(runs.flatMap((run) => (run.state === 'skipped' ? [`${run.deliveryId} ${run.slot}`] : [])));
  return open.filter((each) => {
    const slot = slots.get(each);
    return slot === undefined || skipped.has(`${slot.deliveryId} ${slot.slot}`);
  });
}

function idOf({ config: { agencyId, advertiserId }, entry: { destination } }: Candidate, segmentId: string): string {
  return deliveryId({ agencyId, advertiserId, destination, segmentId });
}

function suppressionOf({ suppressions, session, catalogue, signal }: Work, agencyId: string): Promise<Suppression> {
  const opened = suppressions.get(agencyId) ?? openSuppression(session, catalogue, agencyId, signal);
  suppressions.set(agencyId, opened);
  return opened;
}

function planSegments(
  work: Work,
  { audience, candidate, rules, say }: Uncounted,
  counted: ReadonlyMap<Audience, readonly SegmentCounts[]>,
): readonly Verdict[] {
  const { config, entry } = candidate;
  const segments = counted.get(audience) ?? [];
  rules.push(rowsRule(segments.length));
  if (segments.length === 0) return [say(undefined, { candidate, segment: '', counts: null })];
  const shared = [...rules];
  return segments.map((counts): Verdict => {
    rules.splice(0, rules.length, ...shared, floorRule(candidate, counts));
    const segmentId = segmentIdOf(candidate, counts.segment);
    if (firstBlocker(rules) !== null) return say(segmentId, { candidate, segment: counts.segment, counts });
    if (pauseOf(work, config, entry, segmentId) !== null) return say(segmentId);
    return readyVerdict(candidate, rules, counts.segment, counts);
  });
}

function readyVerdict(
  candidate: Candidate,
  rules: readonly RuleResult[],
  segment: string,
  counts: SegmentCounts | null,
): Verdict {
  const segmentId = segmentIdOf(candidate, segment);
  return {
    kind: 'ready',
    delivery: {
      candidate,
      segment,
      segmentId,
      segmentName: segmentNameOf(candidate, segment, counts?.segmentName ?? null),
      deliveryId: idOf(candidate, segmentId),
      counts,
      rules: allRules(rules),
    },
  };
}

/** Looks up all slots' runs in one go. What was delivered once is not due; anything else of the slot is taken up again. */
async function withRuns(ledger: Ledger, deliveries: readonly Unjudged[]): Promise<readonly PlannedDelivery[]> {
  const pairs = deliveries.map(({ deliveryId: id, candidate }) => ({ deliveryId: id, slot: candidate.slot.id }));
  const newest = new Map((await ledger.latestRuns(pairs)).map((run) => [`${run.deliveryId} ${run.slot}`, run]));
  return deliveries.map((delivery) => {
    const run = newest.get(`${delivery.deliveryId} ${delivery.candidate.slot.id}`) ?? null;
    return { ...delivery, run, due: run === null || !isDone(run) };
  });
}

/** A run asked for on top of a delivered one is no longer owed when it was skipped, nor is what an earlier ledger has delivered. */
function isDone({ state, generation, reason }: Run): boolean {
  if (state === 'delivered' || state === 'partial') return true;
  return state === 'skipped' && (generation > 0 || reason === 'already_delivered');
}
