import { AquariusError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Run, RunFacts } from '../ledger/run.ts';
import { withResource } from '../lib/with-resource.ts';
import type { Candidate } from './candidate.ts';
import { segmentIdOf, segmentNameOf } from './candidate.ts';
import type { Engine, RunProgress } from './engine.ts';
import { attempt, LEASE_MS } from './execute.ts';
import { makePlan, type NotDelivered, type Plan, type PlannedDelivery, type PlanRequest } from './plan.ts';
import { releaseOrphans } from './release-orphans.ts';
import { settleOutbox } from './settle-outbox.ts';

/** Plans, and makes a run of everything that is due. */

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
  readonly runs: readonly Delivered[];
  /** Deliveries whose slot had been delivered before. */
  readonly upToDate: readonly PlannedDelivery[];
  /** Deliveries that another process is working on. */
  readonly elsewhere: readonly PlannedDelivery[];
}

export interface DeliverHooks {
  readonly onPlanned?: (plan: Plan) => void;
  readonly onPlanStep?: (done: number, total: number, name: string) => void;
  /** Called when a run begins; what it does is told to the progress that is returned. */
  readonly onRun: (delivery: PlannedDelivery, runId: string) => RunProgress;
  readonly onEnd?: (delivered: Delivered) => void;
}

/** Waits between the attempts of one call, in milliseconds; a partner's own wait is honoured up to the last of them. */
const RETRY_WAITS_MS = [1_000, 5_000, 30_000];

export async function deliver(engine: Engine, request: DeliverRequest, hooks: DeliverHooks): Promise<DeliverOutcome> {
  await releaseOrphans(engine);
  await settleOutbox(engine);
  const plan = await planNow(engine, request, hooks);
  hooks.onPlanned?.(plan);
  const runs: Delivered[] = [];
  const elsewhere: PlannedDelivery[] = [];
  for (const refusal of plan.notDelivered) {
    const run = await recordSkip(engine, refusal);
    if (run !== null) runs.push({ run, failure: null });
  }
  const due = plan.deliveries.filter((delivery) => delivery.due || request.force);
  for (const delivery of due) {
    const delivered = await deliverOne(engine, delivery, request.force && !delivery.due, hooks);
    if (delivered === null) elsewhere.push(delivery);
    else {
      runs.push(delivered);
      hooks.onEnd?.(delivered);
      // Stopped from outside: what has not begun gets no attempt, and the next call takes it up.
      if (engine.signal.aborted && delivered.failure !== null) break;
    }
    await settleOutbox(engine);
  }
  await settleOutbox(engine);
  return { plan, runs, upToDate: plan.deliveries.filter((delivery) => !due.includes(delivery)), elsewhere };
}

async function planNow(engine: Engine, request: PlanRequest, hooks: DeliverHooks): Promise<Plan> {
  const { catalogue, ledger, settings, secrets, signal } = engine;
  return withResource(engine.warehouse.session(), (session) =>
    makePlan({ session, catalogue, ledger, settings, secrets, signal, onStep: hooks.onPlanStep }, request),
  );
}

/** Null when another process has the run. */
async function deliverOne(
  engine: Engine,
  delivery: PlannedDelivery,
  again: boolean,
  hooks: DeliverHooks,
): Promise<Delivered | null> {
  const { ledger } = engine;
  const run =
    delivery.run !== null && !again
      ? delivery.run
      : (
          await ledger.planRun({
            delivery: keyOf(delivery.candidate, delivery.segmentId),
            slot: delivery.candidate.slot.id,
            generation: again ? 'again' : 'regular',
            facts: factsOf(delivery.candidate, delivery.segmentName),
          })
        ).run;
  const progress = hooks.onRun(delivery, run.id);
  const deadline = AbortSignal.timeout(engine.settings.defaults.slotDeadlineHours * 3_600_000);
  const signal = AbortSignal.any([engine.signal, deadline]);
  for (let round = 0; ; round += 1) {
    const claim = await ledger.claim(run.id, engine.owner, LEASE_MS, { reopen: true });
    if (claim === null) return null;
    const lease = keepLease(ledger, run.id, claim.token, signal);
    try {
      return { run: await attempt(engine, delivery, claim, progress, lease.signal), failure: null };
    } catch (error) {
      const failure = lease.signal.aborted ? stopped(lease.signal, error) : error;
      const wait = waitBefore(failure, round);
      const failed = await ledger.recordFailure(run.id, claim.token, failure, {
        retryable: wait !== null || engine.signal.aborted,
      });
      if (wait === null || signal.aborted) return { run: failed, failure };
      progress.step(`waiting ${Math.ceil(wait / 1000)} s to try again`);
      await engine.sleep(wait, signal).catch(() => {});
    } finally {
      lease.end();
    }
  }
}

/** The next wait in milliseconds, or null when there is nothing to be gained by another attempt. */
function waitBefore(failure: unknown, round: number): number | null {
  if (!(failure instanceof AquariusError) || failure.kind !== 'transient' || failure.code === 'stopped') return null;
  const planned = RETRY_WAITS_MS[round];
  if (planned === undefined) return null;
  if (failure.code === 'suppression_changed') return 0;
  return Math.min(Math.max(planned, failure.retryAfterMs ?? 0), RETRY_WAITS_MS.at(-1) ?? planned);
}

function stopped(signal: AbortSignal, cause: unknown): unknown {
  if (signal.reason instanceof AquariusError) return signal.reason;
  const timedOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return new AquariusError(
    'transient',
    timedOut ? 'deadline' : 'stopped',
    timedOut ? "The slot's deadline passed." : 'The run was stopped.',
    {
      hint: 'Run `aquarius deliver` again: it goes on from the last step that was finished.',
      cause,
    },
  );
}

/** Renews the lease while the attempt works; an attempt that has lost it is aborted. */
function keepLease(
  ledger: Ledger,
  runId: string,
  token: number,
  outer: AbortSignal,
): { readonly signal: AbortSignal; end(): void } {
  const lost = new AbortController();
  const timer = setInterval(() => {
    ledger.renew(runId, token, LEASE_MS).catch((error: unknown) => lost.abort(error));
  }, LEASE_MS / 4);
  timer.unref();
  return { signal: AbortSignal.any([outer, lost.signal]), end: () => clearInterval(timer) };
}

/** A delivery that is switched on but cannot go out gets a skipped run for its slot, so that the ledger tells why. */
async function recordSkip(engine: Engine, refusal: NotDelivered): Promise<Run | null> {
  const { skipped, reason, detail } = refusal;
  if (skipped === null) return null;
  const { candidate, segment, counts } = skipped;
  const segmentId = refusal.segmentId ?? segmentIdOf(candidate, segment);
  const { run } = await engine.ledger.planRun({
    delivery: keyOf(candidate, segmentId),
    slot: candidate.slot.id,
    generation: 'regular',
    facts: factsOf(candidate, segmentNameOf(candidate, segment, counts?.segmentName ?? null)),
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

function keyOf({ config, entry }: Candidate, segmentId: string) {
  return { agencyId: config.agencyId, advertiserId: config.advertiserId, destination: entry.destination, segmentId };
}

function factsOf(candidate: Candidate, segmentName: string): RunFacts {
  const { config, entry, destination, spec, lookbackDays } = candidate;
  const { window } = spec.exposures;
  return {
    windowFrom: window.from?.toISOString() ?? null,
    windowTo: window.to.toISOString(),
    configVersion: config.configVersion,
    segmentName,
    destinationType: destination.type,
    mode: entry.mode,
    refresh: entry.refresh,
    joinStrategy: config.joinStrategy,
    exposureSource: config.exposureSource,
    lookbackDays,
    identifierTypes: spec.identifiers,
    late: candidate.late,
  };
}
