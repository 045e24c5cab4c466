import type { Kysely, Selectable } from 'kysely';
import type { Receipt } from '../destinations/destination.ts';
import { AquariusError, type ErrorKind } from '../errors.ts';
import type { AudienceCounts, Manifest } from '../format/manifest.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import type { DeliveryKey } from './delivery-key.ts';
import type { RunsTable, Tables } from './schema.ts';
import type { RunState } from './states.ts';

/** What is known about a run when it is planned. Times are ISO 8601 UTC. */
export interface RunFacts {
  /** Null for an audience that never expires. */
  readonly windowFrom: string | null;
  readonly windowTo: string;
  readonly configVersion: number;
  readonly segmentName: string;
  /** The adapter: `liveramp-sftp`. */
  readonly destinationType: string;
  readonly mode: 'merged' | 'split';
  readonly refresh: 'full' | 'incremental';
  readonly joinStrategy: string | null;
  readonly exposureSource: string | null;
  /** Null for an audience that never expires. */
  readonly lookbackDays: number | null;
  readonly identifierTypes: readonly IdentifierType[];
  /** Planned after its slot was over. */
  readonly late: boolean;
}

/** What an attempt finds out, given to `advance` with the state that it belongs to. A field left out stays as it is. */
export interface RunFindings {
  readonly windowFrom?: string | null;
  readonly windowTo?: string;
  readonly joinStrategy?: string;
  readonly exposureSource?: string;
  /** The lookback, capped by the data that there is. */
  readonly lookbackEffectiveDays?: number;
  readonly selected?: number;
  readonly written?: number;
  readonly suppressed?: number;
  readonly dropped?: AudienceCounts['dropped'];
  readonly identifiers?: AudienceCounts['identifiers'];
  /** For `incremental`. */
  readonly rowsAdded?: number;
  readonly rowsRemoved?: number;
  /** Key prefix of the staged files. */
  readonly stagePrefix?: string;
  readonly manifest?: Manifest;
  readonly receipt?: Receipt;
  /**
   * A code, with more after a colon if need be. Skips: `empty`, `below_minimum`, `already_delivered`; any other code is one of
   * readiness.
   */
  readonly reason?: string;
}

/** A failure as the ledger keeps it. `bug` is one that nobody has classified. */
export interface RunError {
  readonly kind: ErrorKind | 'bug';
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** One execution for one slot. Times are ISO 8601 UTC text with milliseconds. */
export interface Run extends RunFacts {
  readonly id: string;
  readonly deliveryId: string;
  readonly delivery: DeliveryKey;
  readonly slot: string;
  /** 0 for the regular run of the slot, 1 and up for those asked for again. */
  readonly generation: number;
  readonly state: RunState;
  readonly reason: string | null;
  readonly plannedAt: string;
  /** When the first attempt began. */
  readonly startedAt: string | null;
  readonly stagedAt: string | null;
  /** When sending began. */
  readonly sentAt: string | null;
  readonly finishedAt: string | null;
  /** When the partner's confirmation was recorded, after `delivered`. */
  readonly confirmedAt: string | null;
  readonly programVersion: string;
  readonly lookbackEffectiveDays: number | null;
  readonly selected: number | null;
  readonly written: number | null;
  readonly suppressed: number | null;
  readonly dropped: AudienceCounts['dropped'] | null;
  readonly identifiers: AudienceCounts['identifiers'] | null;
  readonly rowsAdded: number | null;
  readonly rowsRemoved: number | null;
  readonly stagePrefix: string | null;
  readonly manifest: Manifest | null;
  readonly receipt: Receipt | null;
  /** Why it failed, or why the last attempt did when it is to be retried. */
  readonly error: RunError | null;
  readonly attempts: number;
  readonly leaseOwner: string | null;
  readonly leaseUntil: string | null;
  readonly retryAt: string | null;
}

/** Runs with their deliveries, to be narrowed, ordered and given to `toRun`. */
export function selectRuns(db: Kysely<Tables>) {
  return db
    .selectFrom('runs')
    .innerJoin('deliveries', 'deliveries.id', 'runs.deliveryId')
    .selectAll('runs')
    .select(['deliveries.agencyId', 'deliveries.advertiserId', 'deliveries.destination', 'deliveries.segmentId']);
}

function json<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}

/** A row of `selectRuns` as a run. */
export function toRun(row: Selectable<RunsTable> & DeliveryKey): Run {
  const { agencyId, advertiserId, destination, segmentId, errorKind, errorCode, errorMessage, errorHint, ...rest } = row;
  return {
    ...rest,
    delivery: { agencyId, advertiserId, destination, segmentId },
    late: row.late === 1,
    identifierTypes: row.identifierTypes === '' ? [] : (row.identifierTypes.split(',') as IdentifierType[]),
    dropped: json(row.dropped),
    identifiers: json(row.identifiers),
    manifest: json(row.manifest),
    receipt: json(row.receipt),
    error: errorKind === null ? null : { kind: errorKind, code: errorCode ?? '', message: errorMessage ?? '', hint: errorHint },
  };
}

/** The run with this id, or null. */
export async function findRun(db: Kysely<Tables>, runId: string): Promise<Run | null> {
  const row = await selectRuns(db).where('runs.id', '=', runId).executeTakeFirst();
  return row === undefined ? null : toRun(row);
}

/** The run with this id, which must exist. */
export async function loadRun(db: Kysely<Tables>, runId: string): Promise<Run> {
  return toRun(await selectRuns(db).where('runs.id', '=', runId).executeTakeFirstOrThrow());
}

/** Findings as columns. */
export function findingColumns(findings: RunFindings) {
  const { dropped, identifiers, manifest, receipt, ...plain } = findings;
  return {
    ...plain,
    ...(dropped && { dropped: JSON.stringify(dropped) }),
    ...(identifiers && { identifiers: JSON.stringify(identifiers) }),
    ...(manifest && { manifest: JSON.stringify(manifest) }),
    ...(receipt && { receipt: JSON.stringify(receipt) }),
  };
}

/** PostgreSQL's text holds no NUL, and the warehouse's copy takes 2,000 characters. */
function storable(text: string): string {
  return text.replaceAll('\0', '').slice(0, 2_000);
}

/**
 * Any thrown value as the ledger keeps it. The message of an unknown error may quote data, and with it a device id, so of those
 * only the name and the place in our code are kept.
 */
export function toRunError(error: unknown): RunError {
  if (error instanceof AquariusError) {
    const { kind, code, message, hint } = error;
    return { kind, code, message: storable(message), hint: hint === undefined ? null : storable(hint) };
  }
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const place = error instanceof Error ? /^ {4}at .*?\b(src\/[\w./-]+:\d+)/m.exec(error.stack ?? '')?.[1] : undefined;
  return {
    kind: 'bug',
    code: 'bug',
    message: `Unexpected ${name}${place === undefined ? '' : ` at ${place}`}.`,
    hint: 'This is a mistake in Aquarius; please report it with the id of the run.',
  };
}
