import { randomBytes } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { SnowflakeError } from './errors.ts';
import { quoteName } from './identifiers.ts';

export type Parameter = string | number | boolean;

/** What a session has unless it says otherwise. The time zone is not UTC, and a text of a float is not ours to choose. */
const DEFAULTS: Readonly<Record<string, Parameter>> = {
  TIMEZONE: 'America/Los_Angeles',
  TIMESTAMP_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM',
  TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF3',
  TIMESTAMP_LTZ_OUTPUT_FORMAT: '',
  TIMESTAMP_TZ_OUTPUT_FORMAT: '',
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  TIME_OUTPUT_FORMAT: 'HH24:MI:SS',
  BINARY_OUTPUT_FORMAT: 'HEX',
  JS_TREAT_INTEGER_AS_BIGINT: false,
  CLIENT_SESSION_KEEP_ALIVE: false,
  CLIENT_STAGE_ARRAY_BINDING_THRESHOLD: 100_000,
  QUERY_TAG: '',
  AUTOCOMMIT: true,
  QUOTED_IDENTIFIERS_IGNORE_CASE: false,
  STATEMENT_TIMEOUT_IN_SECONDS: 172_800,
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: 0,
  MULTI_STATEMENT_COUNT: 1,
};

/** Parameters that Snowflake knows and that change nothing here. */
const KNOWN = [
  'ABORT_DETACHED_QUERY',
  'BINARY_INPUT_FORMAT',
  'DATE_INPUT_FORMAT',
  'TIME_INPUT_FORMAT',
  'TWO_DIGIT_CENTURY_START',
  'WEEK_OF_YEAR_POLICY',
  'GEOGRAPHY_OUTPUT_FORMAT',
  'JSON_INDENT',
  'LOG_LEVEL',
  'TRACE_LEVEL',
  'DEFAULT_DDL_COLLATION',
  'TRANSACTION_DEFAULT_ISOLATION_LEVEL',
  'UNSUPPORTED_DDL_ACTION',
  'AUTOCOMMIT_API_SUPPORTED',
  'CLIENT_RESULT_CHUNK_SIZE',
  'CLIENT_RESULT_PREFETCH_SLOTS',
  'CLIENT_RESULT_PREFETCH_THREADS',
  'CLIENT_MEMORY_LIMIT',
  'CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY',
  'CLIENT_REQUEST_MFA_TOKEN',
  'CLIENT_STORE_TEMPORARY_CREDENTIAL',
  'CLIENT_TIMESTAMP_TYPE_MAPPING',
  'GCS_USE_DOWNSCOPED_CREDENTIAL',
  'ERROR_ON_NONDETERMINISTIC_MERGE',
  'ERROR_ON_NONDETERMINISTIC_UPDATE',
  'LOCK_TIMEOUT',
  'ROWS_PER_RESULTSET',
  'STRICT_JSON_OUTPUT',
  'TIMESTAMP_INPUT_FORMAT',
  'TIMESTAMP_TYPE_MAPPING',
  'TRANSACTION_ABORT_ON_ERROR',
  'USE_CACHED_RESULT',
  'WEEK_START',
  'QUERY_RESULT_FORMAT',
  'JS_QUERY_RESULT_FORMAT',
];

/** One sign-in: a connection of its own, with temporary tables, a transaction and parameters of its own. */
export class Session {
  readonly id: number;
  readonly connection: DuckDBConnection;
  token = randomBytes(24).toString('base64url');
  masterToken = randomBytes(24).toString('base64url');
  state: 'live' | 'expired' | 'ended' = 'live';
  masterExpired = false;
  role: string;
  warehouse: string | null;
  database: string | null;
  schema: string | null;
  inTransaction = false;
  readonly #parameters = new Map<string, Parameter>(Object.entries(DEFAULTS));
  /** The names of temporary tables, by the full name under which they were made. */
  readonly temporary = new Map<string, string>();
  /** What is running or waits, so that statements come one after the other. */
  busy: Promise<unknown> = Promise.resolve();

  constructor(
    id: number,
    connection: DuckDBConnection,
    place: { role: string; warehouse: string | null; database: string | null; schema: string | null },
  ) {
    this.id = id;
    this.connection = connection;
    this.role = place.role;
    this.warehouse = place.warehouse;
    this.database = place.database;
    this.schema = place.schema;
  }

  parameter(name: string): Parameter {
    return this.#parameters.get(name) ?? '';
  }

  /** All parameters, as answers tell them. */
  parameters(): readonly { readonly name: string; readonly value: Parameter }[] {
    return [...this.#parameters].map(([name, value]) => ({ name, value }));
  }

  async set(name: string, value: Parameter): Promise<void> {
    const key = name.toUpperCase();
    if (!(key in DEFAULTS) && !KNOWN.includes(key))
      throw new SnowflakeError('001006', '22023', `SQL compilation error:\ninvalid parameter '${key}'`);
    if (key === 'TIMEZONE') await this.connection.run(`SET TimeZone = '${String(value).replaceAll("'", "''")}'`);
    if (key === 'TIMESTAMP_NTZ_OUTPUT_FORMAT')
      await this.connection.run(`SET VARIABLE sf_ntz_digits = ${ntzDigits(String(value))}`);
    this.#parameters.set(key, value);
  }

  async unset(name: string): Promise<void> {
    await this.set(name, DEFAULTS[name.toUpperCase()] ?? '');
  }

  /** Tells the engine where names without a schema are. */
  async settle(): Promise<void> {
    if (this.database !== null)
      await this.connection.run(`USE ${quoteName(this.database)}.${quoteName(this.schema ?? 'PUBLIC')}`);
  }

  close(): void {
    this.state = 'ended';
    this.connection.closeSync();
  }
}

/** Places of a second that a time has as a text. Of the formats only those are known that differ in this alone. */
function ntzDigits(format: string): number {
  const known = /^YYYY-MM-DD HH24:MI:SS(?:\.FF([0-9]))?$/.exec(format);
  if (known === null) throw new SnowflakeError('000002', '0A000', `The format ${format} is not known here.`);
  return Number(known[1] ?? 0);
}
