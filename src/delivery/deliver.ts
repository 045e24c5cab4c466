import { AquariusError } from '../errors.ts';
import { deliveryId } from '../ledger/delivery-key.ts';
import type { Run } from '../ledger/run.ts';
import { isFinished } from '../ledger/states.ts';
import { inLanes, type Lanes } from '../lib/in-lanes.ts';
import { withResource } from '../lib/with-resource.ts';
import { beginStep } from './begin-step.ts';
import { segmentIdOf, segmentNameOf } from './candidate.ts';
import { collectCosts } from './collect-costs.ts';
import { cutAhead } from './cut-ahead.ts';
import { findDelivered } from './delivered-before.ts';
import { type DueRun, type PlanningOf, planDue } from './due-runs.ts';
import type { Engine, RunProgress } from './engine.ts';
import { followRun } from './follow-run.ts';
import { freshenReach } from './fresh-reach.ts';
import { LEASE_MS } from './heartbeat.ts';
import { deliveryKeyOf, lastPlanned, runFactsOf } from './order.ts';
import {
  type CountedDelivery,
  makePlan,
  type NotDelivered,
  type Plan,
  type PlannedDelivery,
  type PlanRequest,
  planToCut,
} from './plan.ts';
import { releaseOrphans } from './release-orphans.ts';
import { resolveRun, staleHold } from './resolve-run.ts';
import { settleOutbox } from './settle-outbox.ts';
import { tooFewOf } from './too-few.ts';
import { type Settled, type Worked, work } from './work.ts';

/** Plans, and works through everything that is due, for somebody who waits for it. */

export interface DeliverRequest extends PlanRequest {
  /** Makes a new run even of what the slot has delivered already. */
  readonly force: boolean;
}

/** One run that this call worked on. `failure` is what was thrown, for exit codes and hints. */
export interface Delivered {
  readonly run: Run;
  readonly failure: unknown;
}

export interface DeliverOutcome {
  readonly plan: Plan;
  /** What the plan says, and what was found to be too small when it was cut. */
  readonly notDelivered: readonly NotDelivered[];
  readonly runs: readonly Delivered[];
  /** Deliveries whose slot had been delivered before. */
  readonly upToDate: readonly PlannedDelivery[];
  /** Deliveries that another process is working on, and that were not over while this call waited for them. */
  readonly elsewhere: readonly PlannedDelivery[];
}

export interface DeliverHooks {
  /** Told the rows of the logs that have been prepared, and how many there are to be. */
  readonly onReach?: (done: number, total: number) => void;
  /** Told the plan, with all counts. Without it nothing is counted before it is cut. */
  readonly onPlanned?: (plan: Plan<CountedDelivery>) => void;
  readonly onPlanStep?: (done: number, total: number, name: string) => void;
  /** Called when a run begins; what it does is told to the progress that is returned. */
  readonly onRun: (delivery: PlannedDelivery, runId: string) => RunProgress;
  readonly onEnd?: (delivered: Delivered) => void;
}

/** Further attempts that somebody who waits is made to wait for, and the longest wait before one. */
const ROUNDS = 3;
const PATIENCE_MS = 60_000;
/** Between two copies of what was delivered into the warehouse's log: one delivery by itself takes as long as many. What a crash leaves out is copied by the next call. */
const SETTLE_EVERY_MS = 15_000;

export async function deliver(given: Engine, request: DeliverRequest, hooks: DeliverHooks): Promise<DeliverOutcome> {
  const call = given.ledger.store.newId();
  const engine = { ...given, about: call };
  await releaseOrphans(engine);
  await settleOutbox(engine);
  const plan = await planNow(engine, request, hooks);
  const skipped: Delivered[] = [];
  const planning = await planningOf(engine, plan, request);
  for (const refusal of plan.notDelivered) {
    const run = await recordSkip(engine, refusal, planning);
    if (run !== null) skipped.push({ run, failure: null });
  }
  const due = plan.deliveries.filter((delivery) => delivery.due || request.force);
  const ended = new Map<PlannedDelivery, Delivered | null>();
  const delivered = await findDelivered(engine, new Set(due.map(({ candidate }) => candidate.slot.id)), engine.signal);
  const runs = await planDue(engine, due, planning, request.force);
  let settledAt = engine.clock.now().getTime();
  await withResource(Promise.resolve(cutAhead(engine, due)), (cutsAhead) =>
    inLanes(runs, lanesOf(engine, due), async ({ delivery, runId }) => {
      const end = await deliverOne({ ...engine, cutsAhead, delivered }, delivery, runId, hooks);
      ended.set(delivery, end);
      if (end !== null) hooks.onEnd?.(end);
      const now = engine.clock.now().getTime();
      if (now - settledAt < SETTLE_EVERY_MS) return;
      settledAt = now;
      await settleOutbox(engine);
    }),
  );
  await settleOutbox(engine);
  await collectCosts(engine, { call, runIds: due.flatMap((delivery) => ended.get(delivery)?.run.id ?? []) });
  return {
    plan,
    notDelivered: [
      ...plan.notDelivered,
      ...due.flatMap((delivery) => tooFewOf(delivery, ended.get(delivery)?.run ?? null) ?? []),
    ],
    runs: [...skipped, ...due.flatMap((delivery) => ended.get(delivery) ?? [])],
    upToDate: plan.deliveries.filter((delivery) => !due.includes(delivery)),
    elsewhere: due.filter((delivery) => ended.get(delivery) === null),
  };
}

/** As many at once as a worker takes, and no more to one destination than it takes. */
function lanesOf({ settings, signal }: Engine, due: readonly PlannedDelivery[]): Lanes<DueRun> {
  const concurrency = new Map(due.map(({ candidate: { destination } }) => [destination.name, destination.limits.concurrency]));
  return {
    limit: settings.worker.parallel,
    laneOf: ({ delivery: { candidate } }) => candidate.destination.name,
    limitOf: (name) => concurrency.get(name) ?? 1,
    // Stopped from outside: what has not begun gets no attempt, and the next call takes it up.
    isOver: () => signal.aborted,
  };
}

async function planNow(engine: Engine, request: PlanRequest, hooks: DeliverHooks): Promise<Plan> {
  const { catalogue, ledger, settings, secrets, signal } = engine;
  return withResource(engine.warehouse.session(), async (session) => {
    await freshenReach(engine, session, catalogue, hooks.onReach);
    beginStep(session, engine.about, 'plan');
    const deps = { session, catalogue, ledger, settings, secrets, signal, onStep: hooks.onPlanStep };
    if (hooks.onPlanned === undefined) return planToCut(deps, request);
    const plan = await makePlan(deps, request);
    hooks.onPlanned(plan);
    return plan;
  });
}

/** Tells of each delivery how its run is planned. */
async function planningOf({ ledger }: Engine, plan: Plan, { asOf }: PlanRequest): Promise<PlanningOf> {
  const last = lastPlanned(await ledger.deliveries());
  return (id) => ({ at: plan.at, lastPlannedAt: last.get(id) ?? null, asOf: asOf ?? null });
}

/** Null when another process has the run and is not done with it. */
async function deliverOne(
  engine: Engine,
  delivery: PlannedDelivery,
  runId: string,
  hooks: DeliverHooks,
): Promise<Delivered | null> {
  const progress = hooks.onRun(delivery, runId);
  try {
    return await untilOver(engine, delivery, runId, progress);
  } finally {
    progress.end?.();
  }
}

async function untilOver(
  engine: Engine,
  delivery: PlannedDelivery,
  runId: string,
  progress: RunProgress,
): Promise<Delivered | null> {
  const { ledger, signal } = engine;
  let worked: Worked | null = null;
  for (let round = 0; ; round += 1) {
    const claim = await ledger.claim(runId, engine.owner, LEASE_MS, { reopen: true });
    if (claim === null) {
      // It waits for a person, or is another process's, whose work is then watched.
      const now = await followRun(engine, runId, progress);
      if (now.hold !== null || isFinished(now.state)) return { run: now, failure: null };
      // Given back, or its worker is silent and its lease should have run out by now.
      if (signal.aborted || round === ROUNDS) return worked;
      continue;
    }
    worked = await work(engine, claim, (now) => settle(now, delivery, claim.run), progress, signal);
    const { failure, retryInMs } = worked;
    if (retryInMs === null || round === ROUNDS || retryInMs > PATIENCE_MS || signal.aborted) return worked;
    if (retryInMs > 0) progress.step(`${failureCode(failure)}, waiting ${Math.ceil(retryInMs / 1000)} s to try again`);
    await engine.sleep(retryInMs, signal).catch(() => {});
  }
}

const failureCode = (failure: unknown): string => (failure instanceof AquariusError ? failure.code : 'failed');

/** What a plan found out just now needs not be found out again, unless the run was made for another look-back. */
async function settle(engine: Engine, delivery: PlannedDelivery, run: Run): Promise<Settled> {
  const { to } = delivery.candidate.spec.exposures.window;
  if (run.asOf !== null && run.asOf !== to.toISOString()) return resolveRun(engine, run, engine.signal);
  const stale = run.manifest === null ? staleHold(delivery.rules, run, engine.settings.policy.staleSource) : null;
  return stale ?? { kind: 'order', order: delivery };
}

/** A delivery that is switched on but cannot go out gets a skipped run for its slot, so that the ledger tells why. */
export async function recordSkip(engine: Engine, refusal: NotDelivered, planning: PlanningOf): Promise<Run | null> {
  const { skipped, reason, detail } = refusal;
  if (skipped === null) return null;
  const { candidate, segment, counts } = skipped;
  const segmentId = refusal.segmentId ?? segmentIdOf(candidate, segment);
  const segmentName = segmentNameOf(candidate, segment, counts?.segmentName ?? null);
  const key = deliveryKeyOf(candidate, segmentId);
  const { run } = await engine.ledger.planRun({
    delivery: key,
    slot: candidate.slot.id,
    generation: 'regular',
    facts: runFactsOf(candidate, segmentName, planning(deliveryId(key)), engine.settings.defaults),
  });
  if (run.state === 'delivered' || run.state === 'partial') return null;
  if (run.state === 'skipped' && run.reason === reason) return run;
  const claim = await engine.ledger.claim(run.id, engine.owner, LEASE_MS, { reopen: true });
  if (claim === null) return null;
  const findings =
    counts === null
      ? {}
      : {
          selected: counts.selected,
          suppressed: counts.suppressed,
          dropped: counts.dropped,
          identifiers: counts.identifiers,
          written: 0,
        };
  return engine.ledger.advance(run.id, claim.token, 'skipped', { ...findings, reason }, { detail });
}
