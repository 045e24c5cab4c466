import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/** All that differs between SQLite and PostgreSQL as a control store. Everything else in this room is written once. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  /** Column type of text that compares by its bytes, so that both sort alike. */
  readonly text: RawBuilder<string>;
  /** The current time for leases, as the schema writes times: one clock for all processes that share the store. */
  now(): RawBuilder<string>;
  /** The time `ms` milliseconds from now, by the same clock. */
  after(ms: number): RawBuilder<string>;
  /** A query for the rows of two texts each that a JSON array of such pairs has, bound as one value. */
  pairs(json: string): RawBuilder<unknown>;
  /** A query for one row with the number `found`, 0 when there is no such table. */
  tableExists(name: string): RawBuilder<{ found: number }>;
  /** Held until the end of the transaction by whoever migrates; null where beginning a transaction is lock enough. */
  readonly migrationLock: RawBuilder<unknown> | null;
  /** Statements that make the database refuse to change or remove the table's rows. */
  appendOnly(table: string): readonly RawBuilder<unknown>[];
  /** Statements that let an append-only table's rows be removed with those of runs whose details have expired, and no others. */
  expirable(table: string): readonly RawBuilder<unknown>[];
  /** Whether rows that are read to be changed must be locked. SQLite lets one transaction write at a time. */
  readonly rowLocks: boolean;
  /** Keeps other writers of the table away until the end of the transaction; null where they are anyway. */
  writeLock(table: string): RawBuilder<unknown> | null;
  /** Runs a transaction without waiting for the disk where that is safe; the next one that waits makes it durable too. */
  commitLater<T>(db: Kysely<Tables>, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** The driver's error as an `AquariusError` when a person can act on it; otherwise the error itself. */
  classify(error: unknown): unknown;
}
