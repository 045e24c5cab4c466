import { type RawBuilder, sql } from 'kysely';
import { configError, transientError } from '../errors.ts';
import type { Engine } from './engine.ts';

/** An arbitrary constant that only migrations of this store lock. */
const MIGRATION_LOCK = 4_711_203_518;

/** `clock_timestamp()`, not `now()`: a statement that waited for a row lock must not decide by the time before it waited. */
function instant(ms: number): RawBuilder<string> {
  return sql<string>`to_char((clock_timestamp() + ${ms}::float8 * interval '1 millisecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** PostgreSQL: the workers are on several machines, so the database's clock is the one that they share. `place` names it without the password. */
export function postgresEngine(place: string): Engine {
  return {
    name: 'postgres',
    text: sql<string>`text collate "C"`,
    now: () => instant(0),
    after: (ms) => instant(ms),
    pairs: (json) => sql`select value ->> 0, value ->> 1 from jsonb_array_elements(${json}::jsonb)`,
    tableExists: (name) => sql`select count(to_regclass(${name})) as found`,
    migrationLock: sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`,
    appendOnly: (table) => [
      sql`create or replace function ledger_append_only() returns trigger language plpgsql as
        $$ begin raise exception 'append-only'; end $$`,
      sql`create trigger ${sql.id(`${table}_append_only`)} before update or delete on ${sql.id(table)}
        for each row execute function ledger_append_only()`,
    ],
    expirable: (table) => [
      sql`create or replace function ledger_expirable() returns trigger language plpgsql as
        $$ begin
          if tg_op = 'DELETE' and exists (select from runs where id = old.run_id and details_expired_at is not null) then
            return old;
          end if;
          raise exception 'append-only';
        end $$`,
      sql`drop trigger ${sql.id(`${table}_append_only`)} on ${sql.id(table)}`,
      sql`create trigger ${sql.id(`${table}_append_only`)} before update or delete on ${sql.id(table)}
        for each row execute function ledger_expirable()`,
    ],
    rowLocks: true,
    writeLock: (table) => sql`lock table ${sql.id(table)} in share row exclusive mode`,
    // A server that crashes would take back what its clients, who live on, were told: two could hold one run under the same number.
    commitLater: (db, work) => db.transaction().execute(work),
    classify: (error) => classify(error, place),
  };
}

/** Failures of the network, as Node and `pg` report them. */
const UNREACHABLE =
  /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT)|^Connection terminated|^timeout exceeded|^Query read timeout|^Client (has encountered a connection error|was closed)/;

/** Certificates that do not prove the server, as Node reports them. */
const TLS = /^(ERR_TLS_|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)/;

function classify(error: unknown, place: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const cause = { cause: error };
  // SQLSTATE classes: 08 connection, 57P0x shutdown, 53 resources, 28 authorisation, 3D database, 42501 privilege, 40 and 55P03 locks.
  if (/^28/.test(code) || error.message.startsWith('SASL'))
    return configError('control_store_credentials', `PostgreSQL at ${place} refused the login.`, {
      ...cause,
      hint: 'Check the user and the password in the URL, and that pg_hba.conf lets this machine in.',
    });
  if (TLS.test(code) || error.message === 'The server does not support SSL connections')
    return configError('control_store_tls', `PostgreSQL at ${place} offers no TLS that can be trusted.`, {
      ...cause,
      hint: 'Name the authority in the URL with sslrootcert, or correct sslmode.',
    });
  if (/^3D/.test(code))
    return configError('control_store_missing', `PostgreSQL at ${place} has no such database.`, {
      ...cause,
      hint: 'Create the database; its tables are made by themselves.',
    });
  if (code === '42501')
    return configError('control_store_access', `PostgreSQL at ${place} denies this user a permission.`, {
      ...cause,
      hint: 'Grant the user CREATE on the schema, and every right on the tables in it.',
    });
  if (/^(40|55P03|57014)/.test(code))
    return transientError('control_store_busy', `PostgreSQL at ${place} gave up waiting for a lock or a statement.`, {
      ...cause,
      hint: 'Try again; look for long transactions if it stays so.',
    });
  if (/^(08|53|57P|58|25006)/.test(code) || UNREACHABLE.test(code) || UNREACHABLE.test(error.message))
    return transientError('control_store_unreachable', `PostgreSQL at ${place} cannot be used at the moment.`, {
      ...cause,
      hint: 'Check that the server runs, takes connections from this machine and is the primary.',
    });
  return error;
}
