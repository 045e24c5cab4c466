import type { Account } from './context.ts';
import { notFound } from './errors.ts';
import { decodeNames, encodeName } from './identifiers.ts';
import type { Session } from './session.ts';
import { textLiteral } from './transpile.ts';
import { typeName } from './types.ts';

/** A table of what Snowflake tells about itself: columns with their types, and rows of texts. */
interface SystemTable {
  readonly columns: readonly (readonly [string, string])[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const literal = (value: string | number | null): string =>
  value === null ? 'NULL' : typeof value === 'number' ? String(value) : textLiteral(value);

/** The query that gives such a table. */
export function tableSql({ columns, rows }: SystemTable): string {
  const list = columns.map(([name, type]) => `CAST("${name}" AS ${type}) AS "${name}"`).join(', ');
  const names = columns.map(([name]) => `"${name}"`).join(', ');
  const values = rows.length === 0 ? [columns.map(() => null)] : rows;
  const texts = values.map((row) => `(${row.map(literal).join(', ')})`).join(', ');
  return `(SELECT ${list} FROM (VALUES ${texts}) AS system_rows(${names})${rows.length === 0 ? ' WHERE false' : ''})`;
}

async function rowsOf(account: Account, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await account.engine.connection.runAndReadAll(sql)).getRowsJS() as readonly (readonly unknown[])[];
}

const text = (value: unknown): string => decodeNames(String(value));

/** Whether the role knows of a table; its own temporary ones it always does. */
function sees({ grants }: Account, session: Session, name: string): boolean {
  return (
    ['TABLE', 'VIEW'].some((on) => grants.sees(session.role, on, name)) ||
    grants.sees(session.role, 'TABLE', `${name.split('.').slice(0, 2).join('.')}.<TABLE>`)
  );
}

async function columns(account: Account, session: Session, database: string): Promise<SystemTable> {
  const found = await rowsOf(
    account,
    `SELECT schema_name, table_name, column_name, column_index, column_default, is_nullable, data_type, numeric_precision, numeric_scale
     FROM duckdb_columns() WHERE database_name = ${textLiteral(encodeName(database))} AND schema_name <> 'main' AND NOT internal
     ORDER BY schema_name, table_name, column_index`,
  );
  const rows = found
    .map(([schema, table, name, index, otherwise, nullable, type, precision, scale]) => [
      database,
      text(schema),
      text(table),
      text(name),
      Number(index),
      otherwise === null ? null : String(otherwise),
      nullable === true ? 'YES' : 'NO',
      typeName(String(type)),
      typeName(String(type)) === 'TEXT' ? 16_777_216 : null,
      typeName(String(type)) === 'NUMBER' ? Number(precision) : null,
      typeName(String(type)) === 'NUMBER' ? Number(scale) : null,
    ])
    .filter(([, schema, table]) => sees(account, session, `${database}.${schema}.${table}`));
  return {
    columns: [
      ['TABLE_CATALOG', 'VARCHAR'],
      ['TABLE_SCHEMA', 'VARCHAR'],
      ['TABLE_NAME', 'VARCHAR'],
      ['COLUMN_NAME', 'VARCHAR'],
      ['ORDINAL_POSITION', 'BIGINT'],
      ['COLUMN_DEFAULT', 'VARCHAR'],
      ['IS_NULLABLE', 'VARCHAR'],
      ['DATA_TYPE', 'VARCHAR'],
      ['CHARACTER_MAXIMUM_LENGTH', 'BIGINT'],
      ['NUMERIC_PRECISION', 'BIGINT'],
      ['NUMERIC_SCALE', 'BIGINT'],
    ],
    rows,
  };
}

async function tables(account: Account, session: Session, database: string): Promise<SystemTable> {
  const found = await rowsOf(
    account,
    `SELECT schema_name, table_name, 'BASE TABLE', estimated_size FROM duckdb_tables() WHERE database_name = ${textLiteral(encodeName(database))} AND NOT internal
     UNION ALL SELECT schema_name, view_name, 'VIEW', NULL FROM duckdb_views() WHERE database_name = ${textLiteral(encodeName(database))} AND NOT internal
     ORDER BY 1, 2`,
  );
  return {
    columns: [
      ['TABLE_CATALOG', 'VARCHAR'],
      ['TABLE_SCHEMA', 'VARCHAR'],
      ['TABLE_NAME', 'VARCHAR'],
      ['TABLE_TYPE', 'VARCHAR'],
      ['ROW_COUNT', 'BIGINT'],
    ],
    rows: found
      .map(([schema, table, type, size]) => [
        database,
        text(schema),
        text(table),
        String(type),
        size === null ? null : Number(size),
      ])
      .filter(([, schema, table]) => sees(account, session, `${database}.${schema}.${table}`)),
  };
}

async function schemata(account: Account, database: string): Promise<SystemTable> {
  return {
    columns: [
      ['CATALOG_NAME', 'VARCHAR'],
      ['SCHEMA_NAME', 'VARCHAR'],
    ],
    rows: [...(await account.engine.schemas(database)), 'INFORMATION_SCHEMA'].map((schema) => [database, schema]),
  };
}

async function sequences(account: Account, database: string): Promise<SystemTable> {
  const found = await rowsOf(
    account,
    `SELECT schema_name, sequence_name, start_value, increment_by FROM duckdb_sequences() WHERE database_name = ${textLiteral(encodeName(database))}`,
  );
  return {
    columns: [
      ['SEQUENCE_CATALOG', 'VARCHAR'],
      ['SEQUENCE_SCHEMA', 'VARCHAR'],
      ['SEQUENCE_NAME', 'VARCHAR'],
      ['START_VALUE', 'VARCHAR'],
      ['INCREMENT', 'VARCHAR'],
    ],
    rows: found.map(([schema, name, start, step]) => [database, text(schema), text(name), String(start), String(step)]),
  };
}

/** Statements of the session, or of all, newest first, with bytes that grow with what a statement gave. */
export function queryHistory(account: Account, session: Session | null, limit: number): SystemTable {
  const queries = account
    .history()
    .filter((query) => session === null || query.session === session)
    .toReversed()
    .slice(0, limit);
  const time = (at: Date | null) => (at === null ? null : at.toISOString().replace('T', ' ').replace('Z', '+00'));
  return {
    columns: [
      ['QUERY_ID', 'VARCHAR'],
      ['QUERY_TEXT', 'VARCHAR'],
      ['SESSION_ID', 'BIGINT'],
      ['USER_NAME', 'VARCHAR'],
      ['ROLE_NAME', 'VARCHAR'],
      ['WAREHOUSE_NAME', 'VARCHAR'],
      ['WAREHOUSE_SIZE', 'VARCHAR'],
      ['QUERY_TAG', 'VARCHAR'],
      ['EXECUTION_STATUS', 'VARCHAR'],
      ['ERROR_CODE', 'BIGINT'],
      ['START_TIME', 'TIMESTAMPTZ'],
      ['END_TIME', 'TIMESTAMPTZ'],
      ['TOTAL_ELAPSED_TIME', 'BIGINT'],
      ['EXECUTION_TIME', 'BIGINT'],
      ['BYTES_SCANNED', 'BIGINT'],
      ['ROWS_PRODUCED', 'BIGINT'],
      ['CREDITS_USED_CLOUD_SERVICES', 'DOUBLE'],
    ],
    rows: queries.map((query) => {
      const elapsed = (query.endedAt ?? account.now()).getTime() - query.startedAt.getTime();
      const rows = query.result?.total ?? 0;
      return [
        query.queryId,
        query.request.sql,
        query.session.id,
        account.user,
        query.role,
        query.warehouse,
        query.warehouse === null ? null : 'X-Small',
        query.request.tag ?? '',
        query.status === 'RUNNING' ? 'RUNNING' : query.status === 'SUCCESS' ? 'SUCCESS' : 'FAILED_WITH_ERROR',
        query.error === null ? null : Number(query.error.code),
        time(query.startedAt),
        time(query.endedAt),
        elapsed,
        elapsed,
        query.status === 'SUCCESS' ? 1_024 * (1 + rows) : 0,
        rows,
        0.000_01,
      ];
    }),
  };
}

/** A view of INFORMATION_SCHEMA, or what one of its functions gives, as a query. */
export async function systemTable(
  account: Account,
  session: Session,
  path: string,
  args: readonly { readonly name: string; readonly sql: string }[],
): Promise<string> {
  const parts = path.split('.');
  const name = parts.at(-1) ?? '';
  const database = parts.length > 2 ? (parts[0] ?? '') : session.database;
  if (database === null) throw notFound('Schema', 'INFORMATION_SCHEMA');
  const limit = Number(args.find((arg) => arg.name === 'RESULT_LIMIT')?.sql ?? '100');
  switch (name) {
    case 'COLUMNS':
      return tableSql(await columns(account, session, database));
    case 'TABLES':
      return tableSql(await tables(account, session, database));
    case 'SCHEMATA':
      return tableSql(await schemata(account, database));
    case 'SEQUENCES':
      return tableSql(await sequences(account, database));
    case 'QUERY_HISTORY_BY_SESSION':
      return tableSql(queryHistory(account, session, limit));
    case 'QUERY_HISTORY':
    case 'QUERY_HISTORY_BY_USER':
      return tableSql(queryHistory(account, null, limit));
    default:
      throw notFound('Object', path);
  }
}
