import type { RunState } from './states.ts';

/**
 * The tables as Kysely sees them; columns are snake_case in the database. One portable subset for SQLite and PostgreSQL:
 * - times are ISO 8601 UTC text with milliseconds, always 24 characters: it sorts, is read by people in any SQL shell, needs no
 *   driver's idea of a time zone, and is what the API and the manifests write anyway;
 * - JSON is text, a boolean is 0 or 1, counts are 64-bit integers.
 */
export interface Tables {
  deliveries: DeliveriesTable;
  runs: RunsTable;
  attempts: AttemptsTable;
  steps: StepsTable;
  outbox: OutboxTable;
  ledgerSchema: LedgerSchemaTable;
}

interface LedgerSchemaTable {
  version: number;
  name: string;
  appliedAt: string;
}

interface DeliveriesTable {
  id: string;
  agencyId: string;
  advertiserId: string;
  destination: string;
  segmentId: string;
  createdAt: string;
}

export interface RunsTable {
  id: string;
  deliveryId: string;
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
