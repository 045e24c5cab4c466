import type { Alert } from '../ledger/alert.ts';
import type { RecordedConfirmation } from '../ledger/confirmation.ts';
import type { DeliveryState } from '../ledger/delivery-state.ts';
import type { DestinationState } from '../ledger/destination-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Run } from '../ledger/run.ts';
import type { UnfinishedRun } from '../ledger/run-queries.ts';
import type { PlanFacts } from './plan-facts.ts';

/** What the conditions are judged by. */
export interface Facts {
  /** The store's time. */
  readonly now: Date;
  readonly deliveries: readonly DeliveryState[];
  readonly unfinished: readonly UnfinishedRun[];
  /** Runs that failed or had rows rejected and are the newest of their delivery, by id. */
  readonly troubled: ReadonlyMap<string, Run>;
  /** Newest runs of deliveries whose partner says that something is wrong. */
  readonly doubtful: readonly { readonly run: Run; readonly said: RecordedConfirmation }[];
  readonly destinations: readonly DestinationState[];
  readonly firing: readonly Alert[];
  /** Since when the oldest change of a run waits for the warehouse's copy, ISO 8601 UTC; null when none does. */
  readonly outboxOldestAt: string | null;
  /** Null when planning failed: what depends on it stays as it was. */
  readonly plan: PlanFacts | null;
  /** Null when it is not known: what was told stays as it was. */
  readonly storeLists: readonly WaitingStoreList[] | null;
}

/** A list of stores that somebody handed in and nobody has worked on. */
export interface WaitingStoreList {
  readonly uploadId: string;
  readonly agencyId: string;
  readonly advertiserId: string;
  /** Null for a list that was not read. */
  readonly rows: number | null;
}

/** What the ledger cannot know. */
export interface OutsideFacts {
  readonly plan: PlanFacts | null;
  /** Names in aquarius.yaml. A breaker of any other destination has lost its meaning. */
  readonly destinations: readonly string[];
  /** Null or left out when it is not known. */
  readonly storeLists?: readonly WaitingStoreList[] | null;
}

type FactSource = Pick<
  Ledger,
  'now' | 'deliveries' | 'unfinished' | 'runsOf' | 'doubtfulRuns' | 'destinations' | 'alerts' | 'statistics'
>;

/** Runs read for their error or receipt. Any beyond are told of without it. */
const TROUBLED = 1_000;

/** Alerts that can fire at once: far above the number of deliveries. */
const FIRING = 1_000_000;

/** Reads what is needed in nine queries, however many deliveries there are. */
export async function gatherFacts(ledger: FactSource, outside: OutsideFacts): Promise<Facts> {
  // What is firing is read first: an alert that another process fires meanwhile is not taken for one that stays as it was.
  const firing = await ledger.alerts({ state: 'firing', limit: FIRING });
  const now = await ledger.now();
  const deliveries = await ledger.deliveries();
  const unfinished = await ledger.unfinished();
  const newest = deliveries.flatMap(({ lastRun }) => (lastRun === null ? [] : [lastRun]));
  const failed = newest.filter(({ state }) => state === 'failed' || state === 'partial');
  const troubled = await ledger.runsOf(failed.slice(0, TROUBLED).map(({ id }) => id));
  const doubtful = await ledger.doubtfulRuns();
  const doubtfulRuns = new Map((await ledger.runsOf(doubtful.map(({ runId }) => runId))).map((run) => [run.id, run]));
  const destinations = await ledger.destinations();
  const { outbox } = await ledger.statistics();
  return {
    now,
    deliveries,
    unfinished,
    troubled: new Map(troubled.map((run) => [run.id, run])),
    doubtful: doubtful.flatMap(({ runId, said }) => {
      const run = doubtfulRuns.get(runId);
      return run === undefined ? [] : [{ run, said }];
    }),
    destinations: destinations.filter(({ name }) => outside.destinations.includes(name)),
    firing,
    outboxOldestAt: outbox.oldestAt,
    plan: outside.plan,
    storeLists: outside.storeLists ?? null,
  };
}
