import { Socket } from 'node:net';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { configError } from '../errors.ts';
import { postgresEngine } from './postgres-engine.ts';
import { makeStore, type Store, type StoreDeps } from './store.ts';

const INT8 = 20;

/** 64-bit integers as numbers; one that a number cannot hold is refused, never rounded. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('An integer of the control store is larger than a number can hold.');
  return value;
}

function poolConfig(url: string, readOnly: boolean): pg.PoolConfig {
  return {
    connectionString: url,
    application_name: 'aquarius',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    lock_timeout: 20_000,
    idle_in_transaction_session_timeout: 60_000,
    // Also when the server has gone without closing the connection.
    query_timeout: 45_000,
    keepAlive: true,
    ...(readOnly && { options: '-c default_transaction_read_only=on' }),
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? parseInt8 : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  };
}

/** `user@host:port/database` of a URL. The parser's own error is not passed on: it quotes the URL, and with it the password. */
function placeOf(config: pg.PoolConfig): string {
  try {
    const { user, host, port, database } = new pg.Client(config);
    return `${user}@${host}:${port}/${database}`;
  } catch {
    throw configError('control_store_url', 'The URL of the control store cannot be read.', {
      hint: 'Write it as postgres://user:password@host:5432/database, with special characters of the password percent-encoded.',
    });
  }
}

/** A store in a PostgreSQL database. Connects when it is first used. */
export function openPostgresStore(url: string, deps: StoreDeps): Store {
  // `pg` forgets a connection that fails while it logs in, and leaves it open until the server loses patience.
  const sockets = new Set<Socket>();
  const stream = () => {
    const socket = new Socket();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const config = poolConfig(url, deps.readOnly);
  const engine = postgresEngine(placeOf(config));
  const pool = new pg.Pool({ ...config, stream });
  // A connection that breaks while nobody uses it is replaced by the pool when it is next needed.
  pool.on('error', () => {});
  // One that breaks in the middle of a transaction, between two statements, fails the next statement: it must not end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  const store = makeStore(new PostgresDialect({ pool }), engine, deps);
  return {
    ...store,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      for (const socket of sockets) socket.destroy();
    },
  };
}
