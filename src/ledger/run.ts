import type { Kysely, Selectable } from 'kysely';
import type { Receipt } from '../destinations/destination.ts';
import { AquariusError, type ErrorKind } from '../errors.ts';
import type { AudienceCounts, Manifest } from '../format/manifest.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import type { DeliveryKey } from './delivery-key.ts';
import type { Hold, HoldReason } from './hold.ts';
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
  /** Planned so long after its slot was due that the slot counts as missed; it runs once, late. */
  readonly late: boolean;
  /** When the slot was due. */
  readonly dueAt: string;
  /** After this the run is not tried again by itself. */
  readonly deadlineAt: string;
  /** Where the look-back ends; null for the time of the cut. Set for slots that are made up for on purpose. */
  readonly asOf: string | null;
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
  /** When the partner is asked what became of it, in milliseconds; left out for one that is not asked. */
  readonly confirmInMs?: number;
  /**
   * A code, with more after a colon if need be. Skips: `empty`, `below_minimum`, `already_delivered`, `superseded`, `cancelled`,
   * `rejected`; any other code is one of readiness.
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
  /** Failed attempts since somebody last asked for the run: what the wait before the next one grows with. */
  readonly failures: number;
  readonly leaseOwner: string | null;
  readonly leaseUntil: string | null;
  readonly retryAt: string | null;
  /** Set while the run waits for a person. */
  readonly hold: Hold | null;
  /** What a person has approved of this run: the guard does not ask again. */
  readonly approvals: readonly HoldReason[];
  /** Somebody wants it stopped; its worker does so at the next sign of life. */
  readonly cancelRequestedAt: string | null;
}

/** Runs with their deliveries, to be narrowed, ordered and given to `toRun`. */
export function selectRuns(db: Kysely<Tables>) {
  return db
    .selectFrom('runs')
    .innerJoin('deliveries', 'deliveries.id', 'runs.deliveryId')
    .selectAll('runs')
    .select('deliveries.segmentId');
}

function json<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}

function list<T extends string>(text: string): T[] {
  return text === '' ? [] : (text.split(',') as T[]);
}

/** What a run waits for a person for, from its columns. */
export function toHold({
  hold,
  holdDetail,
  heldAt,
  plannedAt,
}: Pick<Selectable<RunsTable>, 'hold' | 'holdDetail' | 'heldAt' | 'plannedAt'>): Hold | null {
  return hold === null ? null : { reason: hold, detail: holdDetail ?? '', at: heldAt ?? plannedAt };
}

/** A row of `selectRuns` as a run. */
export function toRun(row: Selectable<RunsTable> & { readonly segmentId: string }): Run {
  const { agencyId, advertiserId, destination, segmentId, errorKind, errorCode, errorMessage, errorHint, ...others } = row;
  const {
    hold,
    holdDetail,
    heldAt,
    progress: _progress,
    stageExpiredAt: _stage,
    detailsExpiredAt: _details,
    requestKey: _key,
    ...rest
  } = others;
  return {
    ...rest,
    delivery: { agencyId, advertiserId, destination, segmentId },
    late: row.late === 1,
    identifierTypes: list<IdentifierType>(row.identifierTypes),
    dropped: json(row.dropped),
    identifiers: json(row.identifiers),
    manifest: json(row.manifest),
    receipt: json(row.receipt),
    error: errorKind === null ? null : { kind: errorKind, code: errorCode ?? '', message: errorMessage ?? '', hint: errorHint },
    hold: toHold({ hold, holdDetail, heldAt, plannedAt: row.plannedAt }),
    approvals: list<HoldReason>(row.approvals),
  };
}

/** The run with this id, or null. */
export async function findRun(db: Kysely<Tables>, runId: string): Promise<Run | null> {
  const row = await selectRuns(db).where('runs.id', '=', runId).executeTakeFirst();
  return row === undefined ? null : toRun(row);
}

/** Columns of a run that nobody has, that waits for nothing and of which nothing is told. */
export const AT_REST = {
  leaseOwner: null,
  leaseUntil: null,
  retryAt: null,
  hold: null,
  holdDetail: null,
  heldAt: null,
  cancelRequestedAt: null,
  progress: null,
} as const;

/** Columns of a run without an error. */
export const NO_ERROR = { errorKind: null, errorCode: null, errorMessage: null, errorHint: null } as const;

/** The run with this id, which must exist. */
export async function loadRun(db: Kysely<Tables>, runId: string): Promise<Run> {
  return toRun(await selectRuns(db).where('runs.id', '=', runId).executeTakeFirstOrThrow());
}

/** Findings as columns. */
export function findingColumns(findings: RunFindings) {
  const { dropped, identifiers, manifest, receipt, confirmInMs: _later, ...plain } = findings;
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
