import type { Session, Warehouse } from '../warehouse.ts';
import { snowflakeDialect } from './dialect.ts';
import type { SnowflakeOptions } from './options.ts';
import { SnowflakeSession } from './session.ts';

/** Every statement costs a part of a second, and keeps a virtual warehouse awake. */
const ANSWERS_LAST_MS = 10_000;

/**
 * The warehouse in Snowflake. Nothing is opened before a session is asked for. Other processes may use the same database at
 * the same time.
 */
export function openSnowflake(options: SnowflakeOptions): Warehouse {
  if (options.authType === 'password') {
    options.log.warn(
      { code: 'warehouse_password' },
      'The warehouse signs in with a password alone, which Snowflake is about to end; use a key pair',
    );
  }
  const sessions = new Set<SnowflakeSession>();
  let open = true;
  return {
    dialect: snowflakeDialect,
    readOnly: options.readOnly,
    answersLastMs: ANSWERS_LAST_MS,
    async session(): Promise<Session> {
      if (!open) throw new Error('This warehouse is closed.');
      const session = await SnowflakeSession.open(options, (closed) => sessions.delete(closed));
      sessions.add(session);
      return session;
    },
    async [Symbol.asyncDispose]() {
      if (!open) return;
      open = false;
      await Promise.all([...sessions].map((session) => session[Symbol.asyncDispose]()));
    },
  };
}
