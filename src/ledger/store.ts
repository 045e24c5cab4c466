import { CamelCasePlugin, type Dialect, Kysely, type Transaction } from 'kysely';
import { AquariusError } from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Engine } from './engine.ts';
import { makeRunId, RUN_ID_RANDOM_BYTES } from './run-id.ts';
import type { Tables } from './schema.ts';

/** What the operations of this room need: the database, the time, and who is asking. */
export interface Store extends AsyncDisposable {
  readonly engine: Engine;
  /** For libraries that make queries of their own: their failures are not classified. Everything else uses `read` and `write`. */
  readonly db: Kysely<Tables>;
  readonly clock: Clock;
  /** Version of this program, kept with every attempt. */
  readonly program: string;
  /** Source of randomness for ids. */
  readonly random: (bytes: number) => Uint8Array;
  /** An id that sorts by time; those of one process in the order in which they were made. */
  newId(): string;
  /** Runs queries outside a transaction. */
  read<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction, durable when this resolves, without effect when it rejects. `work` awaits nothing but its own
   * queries: SQLite's one write lock is held meanwhile.
   */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>, options?: WriteOptions): Promise<T>;
}

export interface WriteOptions {
  /**
   * Not to wait for the disk where the store and everybody who writes to it are on one machine, since that is most of a short transaction's
   * time. A process that dies loses nothing. A power cut may take the newest of these back, with all who knew of them, though none that
   * is older than a transaction that was waited for. Only for what nothing outside rests on, and what is found out again.
   */
  readonly commitLater?: boolean;
}

/** The time as the schema writes times. */
export function timestamp(store: Store): string {
  return store.clock.now().toISOString();
}

export interface StoreDeps {
  readonly clock: Clock;
  readonly program: string;
  readonly random: (bytes: number) => Uint8Array;
  readonly readOnly: boolean;
}

/** Ids of one instant follow each other: the random part goes up by one. */
function sortableIds(clock: Clock, random: (bytes: number) => Uint8Array): () => string {
  let instant = Number.NaN;
  let part = 0n;
  return () => {
    const now = clock.now();
    // The first bit is left free, so that counting up never comes to its end.
    part = now.getTime() === instant ? part + 1n : BigInt(`0x${Buffer.from(random(RUN_ID_RANDOM_BYTES)).toString('hex')}`) >> 1n;
    instant = now.getTime();
    return makeRunId(now, Buffer.from(part.toString(16).padStart(RUN_ID_RANDOM_BYTES * 2, '0'), 'hex'));
  };
}

/** A store over a dialect; whoever makes it disposes of it, and with it of the dialect's connections. */
export function makeStore(dialect: Dialect, engine: Engine, { clock, program, random }: StoreDeps): Store {
  const db = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
  const classified = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw error instanceof AquariusError ? error : engine.classify(error);
    }
  };
  return {
    engine,
    db,
    clock,
    program,
    random,
    newId: sortableIds(clock, random),
    read: (work) => classified(work(db)),
    write: (work, { commitLater = false } = {}) =>
      classified(commitLater ? engine.commitLater(db, work) : db.transaction().execute(work)),
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}
