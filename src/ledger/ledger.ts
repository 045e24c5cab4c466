import type { Confirmation } from '../destinations/destination.ts';
import type { Acknowledgement } from './acknowledgements.ts';
import type { Actor } from './actor.ts';
import type { Alert, Condition, Notification } from './alert.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { AuditFilter, Change } from './audit-log.ts';
import type { RecordedConfirmation } from './confirmation.ts';
import type { NewCost, RunCost } from './costs.ts';
import type { DeliveryFilter } from './deliveries.ts';
import type { DeliveryKey } from './delivery-key.ts';
import type { DeliverySlot } from './delivery-slot.ts';
import type { DeliveryState } from './delivery-state.ts';
import type { BreakerPolicy, DestinationState } from './destination-state.ts';
import type { FeedCheck } from './feed-checks.ts';
import type { DayCount, DeliverySizes, HistoryFilter } from './history.ts';
import type { HoldReason } from './hold.ts';
import type { IdempotentRequest, IdempotentResponse } from './idempotency.ts';
import type { Claim } from './lease.ts';
import type { OutboxEntry } from './outbox.ts';
import type { PlannedRun, PlanRequest } from './plan-run.ts';
import type { QueueRequest } from './queue.ts';
import type { FailureOptions } from './record-failure.ts';
import type { Run, RunFindings } from './run.ts';
import type { StoredProgress } from './run-progress.ts';
import type { Attempt, RunFilter, UnfinishedRun } from './run-queries.ts';
import type { NextState } from './states.ts';
import type { LedgerStatistics } from './statistics.ts';
import type { Step, StepDetail } from './step.ts';
import type { Store } from './store.ts';

/**
 * The ledger: what was planned, tried, staged, delivered and refused, in the control store. This room keeps the one truth about
 * runs and hands it to the warehouse's copy; it never runs anything, and never holds a device id.
 *
 * It is the queue as well: a run is worked on by whoever claims it. Every method is atomic, and durable when it resolves. When the
 * store is away they throw `control_store_unreachable` or another `transient` error. The contract of each method stands with the
 * function of that name in this room.
 */
export interface Ledger extends AsyncDisposable {
  /** The control store itself, for rooms that keep tables of their own in it. */
  readonly store: Store;

  /** The store's time: the same for all processes that share it. */
  now(): Promise<Date>;

  planRun(request: PlanRequest): Promise<{ readonly run: Run; readonly created: boolean }>;
  planRuns(requests: readonly PlanRequest[]): Promise<readonly PlannedRun[]>;
  plannedSlots(pairs: readonly DeliverySlot[]): Promise<ReadonlySet<string>>;
  markSplitPlanned(pair: DeliverySlot): Promise<void>;
  splitPlanned(pairs: readonly DeliverySlot[]): Promise<ReadonlySet<string>>;

  claim(runId: string, owner: string, leaseMs: number, options?: { readonly reopen?: boolean }): Promise<Claim | null>;
  claimNext(request: QueueRequest): Promise<Claim | null>;
  renew(runId: string, token: number, leaseMs: number, progress?: StoredProgress): Promise<{ readonly cancelRequested: boolean }>;
  release(runId: string, token: number): Promise<boolean>;
  releaseCancelled(): Promise<readonly Run[]>;

  advance(runId: string, token: number, state: NextState, findings?: RunFindings, detail?: StepDetail): Promise<Run>;
  hold(runId: string, token: number, reason: HoldReason, detail: string, recheckInMs?: number): Promise<Run>;
  recordFailure(runId: string, token: number, error: unknown, options: FailureOptions): Promise<Run>;

  dueConfirmations(limit: number): Promise<readonly string[]>;
  confirmationOf(runId: string): Promise<RecordedConfirmation | null>;
  doubtfulRuns(): Promise<readonly { readonly runId: string; readonly said: RecordedConfirmation }[]>;
  recordConfirmation(runId: string, confirmation: Confirmation, againInMs?: number | null): Promise<Run>;

  cancel(runId: string, actor: Actor): Promise<Run>;
  retry(runId: string, actor: Actor, deadlineMs: number): Promise<Run>;
  approve(runId: string, actor: Actor): Promise<Run>;
  reject(runId: string, actor: Actor): Promise<Run>;
  pauseDelivery(key: DeliveryKey, actor: Actor): Promise<DeliveryState>;
  resumeDelivery(key: DeliveryKey, actor: Actor): Promise<DeliveryState>;

  runById(idOrPrefix: string): Promise<Run | null>;
  progressOf(runId: string): Promise<StoredProgress | null>;
  runs(filter?: RunFilter): Promise<readonly Run[]>;
  runsOf(ids: readonly string[]): Promise<readonly Run[]>;
  stepsOf(runId: string): Promise<readonly Step[]>;
  attemptsOf(runId: string): Promise<readonly Attempt[]>;
  latestRuns(pairs: readonly DeliverySlot[]): Promise<readonly Run[]>;
  lastDelivered(deliveryId: string): Promise<Run | null>;
  unfinished(): Promise<readonly UnfinishedRun[]>;
  deliveries(filter?: DeliveryFilter): Promise<readonly DeliveryState[]>;
  deliveryById(idOrPrefix: string): Promise<DeliveryState | null>;

  destinations(): Promise<readonly DestinationState[]>;
  recordDestination(
    name: string,
    outcome: { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string },
    policy: BreakerPolicy,
  ): Promise<DestinationState>;

  recordAction(actor: Actor, changes: readonly Change[]): Promise<void>;
  auditLog(filter?: AuditFilter): Promise<readonly AuditEntry[]>;
  idempotent(request: IdempotentRequest, work: () => Promise<IdempotentResponse>): Promise<IdempotentResponse>;

  updateAlerts(
    conditions: readonly Condition[],
    channels: readonly string[],
    known?: ReadonlySet<string>,
  ): Promise<readonly Alert[]>;
  forgetAlerts(before: Date): Promise<void>;
  alerts(filter?: { readonly state?: 'firing' | 'resolved'; readonly limit?: number }): Promise<readonly Alert[]>;
  acknowledgements(): Promise<readonly Acknowledgement[]>;
  acknowledgeAlert(key: string, actor: Actor, agencyIds: 'all' | readonly string[]): Promise<Acknowledgement>;
  feedChecks(): Promise<readonly FeedCheck[]>;
  recordFeedChecks(checks: readonly FeedCheck[]): Promise<void>;
  takeNotification(leaseMs: number): Promise<Notification | null>;
  notificationDone(id: string): Promise<void>;
  notificationFailed(id: string, retryInMs: number | null): Promise<void>;

  costsCountedTo(): Promise<Date | null>;
  recordCosts(costs: readonly NewCost[], after: Date | null, to: Date): Promise<void>;
  shareCosts(callId: string, runIds: readonly string[]): Promise<void>;
  costsOf(runId: string): Promise<readonly RunCost[]>;

  statistics(): Promise<LedgerStatistics>;
  runsByDay(filter: HistoryFilter): Promise<readonly DayCount[]>;
  sizesOverTime(
    filter: HistoryFilter & { readonly deliveryId?: string; readonly limit: number },
  ): Promise<readonly DeliverySizes[]>;
  pendingOutbox(limit: number): Promise<readonly OutboxEntry[]>;
  outboxDone(ids: readonly string[]): Promise<void>;
  expiredStages(before: Date, limit: number): Promise<readonly { readonly runId: string; readonly stagePrefix: string }[]>;
  stageExpired(runId: string): Promise<void>;
  expireDetails(before: Date, limit: number): Promise<number>;
}
