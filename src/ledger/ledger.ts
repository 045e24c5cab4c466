import type { Claim } from './lease.ts';
import type { OutboxEntry } from './outbox.ts';
import type { PlanRequest } from './plan-run.ts';
import type { FailureOptions } from './record-failure.ts';
import type { Run, RunFindings } from './run.ts';
import type { Attempt, DeliverySlot, RunFilter } from './run-queries.ts';
import type { NextState } from './states.ts';
import type { Step, StepDetail } from './step.ts';

/**
 * The ledger: what was planned, tried, staged, delivered and refused, in the control store. This room keeps the one truth about
 * runs and hands it to the warehouse's copy; it never runs anything, and never holds a device id.
 *
 * It is the queue as well: a run is worked on by whoever `claim`s it. Every method is atomic, and durable when it resolves. When the
 * store is away they throw `control_store_unreachable` or another `transient` error. The contract of each method stands with the
 * function of that name in this room.
 */
export interface Ledger extends AsyncDisposable {
  planRun(request: PlanRequest): Promise<{ readonly run: Run; readonly created: boolean }>;

  claim(runId: string, owner: string, leaseMs: number, options?: { readonly reopen?: boolean }): Promise<Claim | null>;
  renew(runId: string, token: number, leaseMs: number): Promise<void>;
  release(runId: string, token: number): Promise<boolean>;

  advance(runId: string, token: number, state: NextState, findings?: RunFindings, detail?: StepDetail): Promise<Run>;
  recordFailure(runId: string, token: number, error: unknown, options: FailureOptions): Promise<Run>;
  confirm(runId: string, detail?: StepDetail): Promise<Run>;

  runById(idOrPrefix: string): Promise<Run | null>;
  runs(filter?: RunFilter): Promise<readonly Run[]>;
  stepsOf(runId: string): Promise<readonly Step[]>;
  attemptsOf(runId: string): Promise<readonly Attempt[]>;
  latestRuns(pairs: readonly DeliverySlot[]): Promise<readonly Run[]>;
  lastDelivered(deliveryId: string): Promise<Run | null>;
  unfinished(): Promise<readonly Run[]>;

  pendingOutbox(limit: number): Promise<readonly OutboxEntry[]>;
  outboxDone(ids: readonly string[]): Promise<void>;
}
