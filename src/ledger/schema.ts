import type { Generated } from 'kysely';
import type { Actor } from './actor.ts';
import type { AlertKind } from './alert.ts';
import type { HoldReason } from './hold.ts';
import type { RunState } from './states.ts';
import type { UserTables } from './user-tables.ts';

/**
 * The tables as Kysely sees them; columns are snake_case in the database. One portable subset for SQLite and PostgreSQL:
 * - times are ISO 8601 UTC text with milliseconds, always 24 characters: it sorts, is read by people in any SQL shell, needs no
 *   driver's idea of a time zone, and is what the API and the manifests write anyway;
 * - JSON is text, a boolean is 0 or 1, counts are 64-bit integers.
 */
export interface Tables extends UserTables {
  deliveries: DeliveriesTable;
  runs: RunsTable;
  attempts: AttemptsTable;
  steps: StepsTable;
  outbox: OutboxTable;
  ledgerSchema: LedgerSchemaTable;
  splitSlots: SplitSlotsTable;
  destinationStates: DestinationStatesTable;
  totals: TotalsTable;
  audit: AuditTable;
  idempotencyKeys: IdempotencyKeysTable;
  alerts: AlertsTable;
  notifications: NotificationsTable;
  confirmations: ConfirmationsTable;
  alertAcknowledgements: AlertAcknowledgementsTable;
  feedChecks: FeedChecksTable;
  costs: CostsTable;
  costShares: CostSharesTable;
  costMarks: CostMarksTable;
}

interface LedgerSchemaTable {
  version: number;
  name: string;
  appliedAt: string;
}

export interface DeliveriesTable {
  id: string;
  agencyId: string;
  advertiserId: string;
  destination: string;
  segmentId: string;
  createdAt: string;
  pausedAt: string | null;
  pausedBy: string | null;
  pauseReason: string | null;
  /** What follows is brought up to date with every change of a run, in its transaction. */
  failures: Generated<number>;
  lastRunId: string | null;
  lastDeliveredAt: string | null;
  lastWritten: number | null;
}

export interface RunsTable {
  id: string;
  deliveryId: string;
  /** Copies of the delivery's, for the indexes of lists. */
  agencyId: string;
  advertiserId: string;
  destination: string;
  slot: string;
  generation: number;
  state: RunState;
  reason: string | null;
  plannedAt: string;
  startedAt: string | null;
  stagedAt: string | null;
  sentAt: string | null;
  finishedAt: string | null;
  confirmedAt: string | null;
  windowFrom: string | null;
  windowTo: string;
  configVersion: number;
  dueAt: string;
  deadlineAt: string;
  asOf: string | null;
  programVersion: string;
  segmentName: string;
  destinationType: string;
  mode: 'merged' | 'split';
  refresh: 'full' | 'incremental';
  joinStrategy: string | null;
  exposureSource: string | null;
  lookbackDays: number | null;
  lookbackEffectiveDays: number | null;
  identifierTypes: string;
  late: number;
  selected: number | null;
  written: number | null;
  suppressed: number | null;
  rowsAdded: number | null;
  rowsRemoved: number | null;
  dropped: string | null;
  identifiers: string | null;
  stagePrefix: string | null;
  manifest: string | null;
  receipt: string | null;
  errorKind: 'config' | 'transient' | 'rejected' | 'bug' | null;
  errorCode: string | null;
  errorMessage: string | null;
  errorHint: string | null;
  /** The number of attempts so far, and with it the token of the newest. */
  attempts: number;
  leaseOwner: string | null;
  leaseUntil: string | null;
  /** Nobody takes the run by itself before this. */
  retryAt: string | null;
  failures: number;
  hold: HoldReason | null;
  holdDetail: string | null;
  heldAt: string | null;
  /** Hold reasons with commas between them. */
  approvals: string;
  cancelRequestedAt: string | null;
  /** JSON. */
  progress: string | null;
  /** When the staged files were removed, and when steps, attempts and texts were. */
  stageExpiredAt: string | null;
  detailsExpiredAt: string | null;
  /** What the run was asked for under, or null. */
  requestKey: string | null;
}

interface AttemptsTable {
  runId: string;
  no: number;
  startedAt: string;
  owner: string;
  program: string;
}

interface StepsTable {
  runId: string;
  /** Counted over the whole run, from 1. */
  seq: number;
  /** 0 for what happens outside an attempt. */
  attempt: number;
  at: string;
  step: string;
  detail: string;
}

interface OutboxTable {
  /** `<run id>-<seq of the step, six digits>`: sorts by run, then by age. */
  id: string;
  runId: string;
  seq: number;
  /** Rows of SEGMENT_DELIVERY_DETAILS as JSON; null once the warehouse has them. */
  details: string | null;
  createdAt: string;
  doneAt: string | null;
}

/** Slots of split audiences for which their segments' runs were planned. The delivery is that of the whole audience, which has no row. */
interface SplitSlotsTable {
  deliveryId: string;
  slot: string;
  plannedAt: string;
}

export interface DestinationStatesTable {
  name: string;
  failures: number;
  /** Set from the moment that the breaker opens until it closes. */
  openedAt: string | null;
  openUntil: string | null;
  coolDownMs: number | null;
  /** No run begins before this. */
  nextStartAt: string | null;
  errorCode: string | null;
  errorMessage: string | null;
}

/** Finished runs, counted when they finish: counting a million rows for every look would take too long. */
interface TotalsTable {
  destination: string;
  state: RunState;
  /** Runs that are in this state now. */
  current: number;
  /** Times that a run has come into this state. */
  finished: number;
  /** What the partner took. */
  rows: number;
  bytes: number;
}

export interface AuditTable {
  id: string;
  at: string;
  actor: string;
  via: Actor['via'];
  action: string;
  agencyId: string | null;
  subjectKind: string;
  subjectId: string;
  reason: string | null;
  /** JSON. */
  before: string | null;
  after: string | null;
}

interface IdempotencyKeysTable {
  scope: string;
  key: string;
  requestHash: string;
  /** Null while the first request is at work. */
  status: number | null;
  body: string | null;
  createdAt: string;
}

export interface AlertsTable {
  key: string;
  kind: AlertKind;
  agencyId: string | null;
  message: string;
  detail: string;
  state: 'firing' | 'resolved';
  firedAt: string;
  resolvedAt: string | null;
}

interface AlertAcknowledgementsTable {
  /** Of the alert. */
  key: string;
  /** When the alert fired that was meant: one that fires again is another. */
  firedAt: string;
  at: string;
  actor: string;
  note: string;
}

interface FeedChecksTable {
  feed: string;
  newestAt: string | null;
  checkedAt: string;
}

interface NotificationsTable {
  /** Sorts by time. */
  id: string;
  channel: string;
  event: 'fired' | 'resolved';
  alertKey: string;
  /** The alert as it was, as JSON. */
  alert: string;
  attempts: number;
  nextAt: string;
  leaseUntil: string | null;
  doneAt: string | null;
  failedAt: string | null;
}

export interface ConfirmationsTable {
  runId: string;
  state: 'pending' | 'confirmed' | 'doubtful';
  /** When the partner is asked next; null when it is not asked any more. */
  askAt: string | null;
  /** When it answered last. */
  at: string | null;
  code: string | null;
  message: string | null;
  hint: string | null;
  /** The partner's own counts, as JSON. */
  counts: string;
}

/** What the warehouse's statements have cost, by what they were run for. */
interface CostsTable {
  /** The id of a run, or of a call that worked for several. */
  spentFor: string;
  step: string;
  statements: number;
  bytesScanned: number;
  elapsedMs: number;
  credits: number;
}

/** For which runs a call has worked. */
interface CostSharesTable {
  runId: string;
  callId: string;
}

interface CostMarksTable {
  warehouse: string;
  /** By the warehouse's clock. */
  countedTo: string;
}
