import { currentSlot, parseCadence, slotById } from '../config/cadence.ts';
import { segmentNameOf } from '../delivery/candidate.ts';
import { checkDestination, unknownAdvertiser } from '../delivery/check-filter.ts';
import type { Engine } from '../delivery/engine.ts';
import { judgeEntry } from '../delivery/judge-entry.ts';
import { lastPlanned, runFactsOf } from '../delivery/order.ts';
import { type Asking, generationOf, planSegments } from '../delivery/plan-segments.ts';
import type { Actor } from '../ledger/actor.ts';
import type { DeliveryState } from '../ledger/delivery-state.ts';
import type { PlannedRun } from '../ledger/plan-run.ts';
import type { Run } from '../ledger/run.ts';
import { type BackfillRange, slotsToMakeUp, type WantedSlot } from './backfill-slots.ts';
import { isSegmentOf } from './deliveries-overview.ts';
import { isMeant, readStandingOrders, type StandingOrder } from './standing-orders.ts';

/** What somebody wants to have delivered now, without waiting for its slot or for its end. */
export interface TriggerRequest {
  readonly agencyId?: string | undefined;
  readonly advertiserId?: string | undefined;
  readonly destination?: string | undefined;
  /** A slot by its name, instead of the current one. */
  readonly slot?: string | undefined;
  /** Every slot that was due in this time, instead of the current one. */
  readonly backfill?: BackfillRange | undefined;
  /** Makes a new run even of what the slot has delivered already. */
  readonly force: boolean;
  /** A name of this asking: the same one makes no second run, also when the first call broke off. */
  readonly requestKey?: string | undefined;
}

export interface NotPlanned {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly destination: string;
  readonly segmentId: string;
  readonly reason: string;
  readonly detail: string;
}

export interface Triggered {
  /** The runs of the wanted slots: made now, put back into the queue, or as they are. */
  readonly runs: readonly PlannedRun[];
  readonly notPlanned: readonly NotPlanned[];
}

/** Puts the wanted slots into the queue. A failed or skipped run is tried again; one that was delivered is left, unless forced. */
export async function trigger(engine: Engine, request: TriggerRequest, actor: Actor): Promise<Triggered> {
  const at = await engine.ledger.now();
  const { orders: all, living } = await readStandingOrders(engine, at);
  const orders = all.filter((order) => isMeant(order, request));
  const { agencyId, advertiserId, destination } = request;
  checkDestination(engine.settings, destination);
  if (orders.length === 0 && (agencyId !== undefined || advertiserId !== undefined))
    throw unknownAdvertiser(agencyId, advertiserId);
  const states = await engine.ledger.deliveries();
  const last = lastPlanned(states);
  const paused = new Map(states.flatMap(({ id, paused: state }) => (state === null ? [] : [[id, state] as const])));
  const runs: PlannedRun[] = [];
  const agencies = new Map<string, string>();
  const notPlanned: NotPlanned[] = [];
  const meant: (readonly [StandingOrder, readonly WantedSlot[]])[] = [];
  for (const order of orders) {
    const pause = paused.get(order.deliveryId);
    const refusal = order.blocker ?? (pause === undefined ? null : { reason: 'paused', detail: pauseDetail(pause) });
    if (refusal !== null || order.candidate === null) {
      notPlanned.push({ ...order.key, reason: refusal?.reason ?? 'not_checked', detail: refusal?.detail ?? '' });
      continue;
    }
    // The segments of a split audience are paused by themselves.
    for (const state of states)
      if (order.split && state.paused !== null && isSegmentOf(state, order))
        notPlanned.push({ ...order.key, segmentId: state.segmentId, reason: 'paused', detail: pauseDetail(state.paused) });
    meant.push([order, wantedSlots(engine, order, request, at)]);
  }
  // Every slot has been found before the first run is made: a slot that there is not makes none.
  for (const [order, wanted] of meant) {
    for (const slot of wanted) {
      const planned = await triggerSlot(engine, order, slot, { at, last, paused: new Set(paused.keys()), living }, request);
      for (const { runId } of planned) agencies.set(runId, order.key.agencyId);
      runs.push(...planned);
    }
  }
  for (const planned of runs) {
    if (!planned.created) await takeUpAgain(engine, planned, actor);
  }
  await engine.ledger.recordAction(
    actor,
    runs
      .filter(({ created }) => created)
      .map(({ runId, slot }) => ({
        action: 'run.trigger',
        agencyId: agencies.get(runId) ?? null,
        subjectKind: 'run',
        subjectId: runId,
        before: null,
        after: { slot, force: request.force },
      })),
  );
  return { runs, notPlanned };
}

function pauseDetail({ by, reason }: NonNullable<DeliveryState['paused']>): string {
  return reason ?? `paused by ${by}`;
}

interface Circumstances {
  readonly at: Date;
  readonly last: ReadonlyMap<string, string>;
  readonly paused: ReadonlySet<string>;
  readonly living: ReadonlyMap<string, number>;
}

function wantedSlots(engine: Engine, { config }: StandingOrder, request: TriggerRequest, at: Date): readonly WantedSlot[] {
  const cadence = parseCadence(config.cadence);
  const { cadence: defaults } = engine.settings.defaults;
  if (request.backfill !== undefined) return slotsToMakeUp(cadence, request.backfill, at, defaults);
  const slot = request.slot === undefined ? currentSlot(cadence, at, defaults) : slotById(cadence, request.slot, defaults);
  return [{ slot, asOf: null }];
}

async function triggerSlot(
  engine: Engine,
  { config, entry, key, deliveryId, split }: StandingOrder,
  { slot, asOf }: WantedSlot,
  { at, last, paused, living }: Circumstances,
  asking: Asking,
): Promise<readonly PlannedRun[]> {
  if (split) {
    const { agencyId, advertiserId } = key;
    const request = { at, agencyId, advertiserId, entry, slot: slot.id, ...(asOf === null ? {} : { asOf }) };
    return planSegments(engine, request, last, paused, asking);
  }
  const { catalogue, settings, secrets } = engine;
  const deps = { catalogue, settings, secrets, at, slot, asOf: asOf ?? undefined, living };
  const { candidate } = await judgeEntry(deps, config, entry);
  if (candidate === null) return [];
  return engine.ledger.planRuns([
    {
      delivery: key,
      slot: slot.id,
      ...generationOf(asking),
      facts: runFactsOf(
        candidate,
        segmentNameOf(candidate, '', null),
        { at, lastPlannedAt: last.get(deliveryId) ?? null, asOf },
        settings.defaults,
      ),
    },
  ]);
}

/** The slot's run is there already: one that failed, was skipped or waits is put back into the queue. */
async function takeUpAgain({ ledger, settings }: Engine, { runId }: PlannedRun, actor: Actor): Promise<Run | null> {
  const run = await ledger.runById(runId);
  if (run === null || (run.state !== 'failed' && run.state !== 'skipped' && run.retryAt === null)) return run;
  return ledger.retry(runId, actor, settings.defaults.slotDeadlineHours * 3_600_000);
}
