import type { Sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { ProductName } from './day-ledger.ts';
import type { Chunk } from './source-days.ts';

/** Something that is made of the logs day by day, and kept. Each day is made anew as a whole, from what the log holds then. */
export interface Product {
  readonly name: ProductName;
  /** The logs that it is made of, as far as the warehouse has them. */
  sources(catalogue: Catalogue): readonly BoundTable[];
  /** Changes whenever days that are made would be made differently now: the version of the rules, and the log's columns. */
  shape(log: BoundTable): string;
  /** Whether identifiers are made of the log, which must then be seen unmasked. */
  readonly readsIdentifiers: boolean;
  /** Whether days beyond the longest look-back are needed all the same. */
  readonly keepsAll: boolean;
  /** Removes what was made of a chunk's days, or of the whole log. */
  clear(session: Session, catalogue: Catalogue, log: BoundTable, chunk: Chunk | null): Promise<void>;
  /** Removes what is older than a day. */
  prune(session: Session, catalogue: Catalogue, log: BoundTable, before: Date): Promise<number>;
  /**
   * Works out what a chunk's days will be; `rows` is the condition on the log, under `l`. Outside of any transaction, since a warehouse
   * may end one when a table is made.
   */
  prepare(
    session: Session,
    catalogue: Catalogue,
    log: BoundTable,
    chunk: Chunk,
    rows: Sql,
    signal?: AbortSignal,
  ): Promise<PreparedDays>;
}

/** What is ready to be put in. */
export interface PreparedDays {
  /** Makes the days and says how many rows they have; within a transaction, in which no table is made. */
  write(): Promise<number>;
  /** Tables that are not needed afterwards. */
  readonly tables: readonly Sql[];
}
