import { join, raw, type Sql, type SqlValue, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/bound-table.ts';
import { typeFamily } from '../warehouse/type-family.ts';
import type { QueryOptions, Session } from '../warehouse/warehouse.ts';
import type { DeliveryDetails } from './details-row.ts';
import type { OutboxEntry } from './outbox.ts';

/** Rows put in by one statement: a few thousand bound values, which every warehouse takes. */
const ROWS_AT_ONCE = 100;

const TIME_COLUMNS: ReadonlySet<string> = new Set(['PLANNED_AT', 'STARTED_AT', 'STAGED_AT', 'SENT_AT', 'FINISHED_AT']);
const JSON_COLUMNS: ReadonlySet<string> = new Set(['IDENTIFIER_COUNTS', 'REJECT_REASONS']);

/**
 * How far an attempt is at each status; one that is not named is an end. An error beside it comes after the status itself. A run that
 * failed can still be cancelled, without an attempt in between.
 */
const PROGRESS = { PLANNED: 0, RUNNING: 2, STAGED: 4, SENDING: 6, SKIPPED: 10, CONFIRMED: 12 } as const;
const END = 8;

/**
 * Copies outbox entries into the warehouse's SEGMENT_DELIVERY_DETAILS in one transaction, each run's rows exactly once: the newest
 * entry of a run replaces whatever rows the run has there, and an entry that comes late, behind a newer one, changes
 * nothing. Optional columns that the table does not have are left out. When it fails nothing is written, and the entries stay
 * pending; a table that is missing or lacks its key is a `config` error of the catalogue.
 */
export async function writeDeliveryDetails(
  session: Session,
  table: BoundTable,
  entries: readonly OutboxEntry[],
  options: QueryOptions = {},
): Promise<void> {
  if (entries.length === 0) return;
  const newest = newestOfEachRun(entries);
  await session.transaction(async () => {
    for (let start = 0; start < newest.length; start += ROWS_AT_ONCE) {
      await replace(session, table, newest.slice(start, start + ROWS_AT_ONCE), options);
    }
  });
}

function newestOfEachRun(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const newest = new Map<string, OutboxEntry>();
  for (const entry of entries) {
    const other = newest.get(entry.runId);
    if (other === undefined || other.seq < entry.seq) newest.set(entry.runId, entry);
  }
  return [...newest.values()];
}

async function replace(
  session: Session,
  table: BoundTable,
  entries: readonly OutboxEntry[],
  options: QueryOptions,
): Promise<void> {
  const id = table.column('DELIVERY_ID');
  // Removing comes before looking, since it is what makes another writer of the same rows wait or fail.
  const outdated = entries.map((entry) => sql`(${id} = ${entry.runId}${notNewer(table, entry)})`);
  await session.execute(sql`DELETE FROM ${table.ref} WHERE ${join(outdated, ' OR ')}`, options);
  const ids = entries.map(({ runId }) => sql`${runId}`);
  const kept = await session.all(sql`SELECT DISTINCT ${id} AS run_id FROM ${table.ref} WHERE ${id} IN (${join(ids)})`, options);
  const newer = new Set(kept.map(({ run_id }) => run_id ?? null));
  const rows = entries.filter(({ runId }) => !newer.has(runId)).flatMap(({ details }) => details);
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await insert(session, table, rows.slice(start, start + ROWS_AT_ONCE), options);
  }
}

/** Condition on rows of the same run: they are not ahead of the entry, by attempt and then by progress within it. */
function notNewer(table: BoundTable, { details }: OutboxEntry): Sql {
  const entry = details[0];
  if (entry === undefined) return sql``;
  const cases = Object.entries(PROGRESS).map(([status, progress]) => raw(`WHEN '${status}' THEN ${progress}`));
  const attempts = sql`COALESCE(${table.column('ATTEMPTS')}, 0)`;
  const status = sql`CASE ${table.column('STATUS')} ${join(cases, ' ')} ELSE ${raw(String(END))} END`;
  const trouble = sql`CASE WHEN ${table.column('ERROR_KIND')} IS NULL THEN 0 ELSE 1 END`;
  return sql` AND (${attempts} < ${entry.ATTEMPTS} OR (${attempts} = ${entry.ATTEMPTS} AND ${status} + ${trouble} <= ${progressOf(entry)}))`;
}

function progressOf({ STATUS, ERROR_KIND }: DeliveryDetails): number {
  const progress = (PROGRESS as Readonly<Record<string, number>>)[STATUS] ?? END;
  return progress + (ERROR_KIND === null ? 0 : 1);
}

async function insert(
  session: Session,
  table: BoundTable,
  rows: readonly DeliveryDetails[],
  options: QueryOptions,
): Promise<void> {
  const names = Object.keys(rows[0] ?? {}).filter((name) => table.has(name));
  const columns = join(names.map((name) => table.column(name)));
  const selects = rows.map((row) => {
    const values: Readonly<Record<string, string | number | null>> = row;
    return sql`SELECT ${join(names.map((name) => bound(session, table, name, values[name] ?? null)))}`;
  });
  await session.execute(sql`INSERT INTO ${table.ref} (${columns}) ${join(selects, ' UNION ALL ')}`, options);
}

function bound(session: Session, table: BoundTable, name: string, value: string | number | null): Sql {
  const converted: SqlValue = typeof value === 'string' && TIME_COLUMNS.has(name) ? new Date(value) : value;
  // Snowflake would keep bound text as a JSON string where the site's column holds JSON; DuckDB reads it as JSON.
  const isJson = JSON_COLUMNS.has(name) && typeFamily(table.typeOf(name) ?? '') === 'json';
  return isJson && session.dialect.name === 'snowflake' ? sql`PARSE_JSON(${converted})` : sql`${converted}`;
}
