import { z } from 'zod';
import { DAY_MS } from '../../lib/clock.ts';
import { ident, integer, join, type Sql, type SqlValue, sql } from '../../lib/sql.ts';
import { idSql } from '../../reach/text-sql.ts';
import type { DeliveryLogPage, DeliveryLogQuery } from '../../shapes/config/delivery.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import { missingColumns } from '../../warehouse/missing-columns.ts';
import type { ColumnType } from '../../warehouse/table-spec.ts';
import { timeSql } from '../../warehouse/time-column.ts';
import type { Row, Session } from '../../warehouse/warehouse.ts';
import { type AdminContext, inScope } from '../context.ts';

type LogRow = DeliveryLogPage['rows'][number];

const TABLE = 'SEGMENT_DELIVERY_DETAILS';

/** The words that this program writes. */
const STATUSES: ReadonlySet<string> = new Set([
  'PLANNED',
  'RUNNING',
  'STAGED',
  'SENDING',
  'DELIVERED',
  'CONFIRMED',
  'PARTIAL',
  'FAILED',
  'REFUSED',
  'EMPTY',
  'SKIPPED',
]);

/** A page of the warehouse's record of deliveries, newest first. Rows of an earlier system are among them, with their own words. */
export async function deliveryLog(admin: AdminContext, query: DeliveryLogQuery): Promise<DeliveryLogPage> {
  const table = admin.catalogue.table(TABLE);
  const missing = table.exists ? missingColumns(table) : [];
  if (!table.exists || missing.length > 0) {
    const what = table.exists ? `${TABLE} has no ${missing.join(', ')}` : `There is no ${TABLE}`;
    return {
      rows: [],
      total: 0,
      truncated: false,
      warnings: [`${what}; \`aquarius doctor\` prints the statement that adds it.`],
    };
  }
  const { session } = admin;
  const where = join([inScope(admin, table), ...conditions(admin, table, query)], ' AND ');
  const [counted] = await session.all(sql`SELECT count(*) AS found FROM ${table.ref} WHERE ${where}`);
  const columns = table.spec.columns.map(
    ({ name, type }) => sql`${shownAs(admin.session, table, name, type)} AS ${ident(`shown_${name}`)}`,
  );
  const rows = await session.all(
    sql`SELECT ${join(columns)} FROM ${table.ref} WHERE ${where}
      ORDER BY ${plannedAt(admin.session, table)} DESC NULLS LAST, ${table.column('DELIVERY_ID')} DESC, ${table.column('PART_NO')}
      LIMIT ${integer(query.limit)} OFFSET ${integer(query.offset)}`,
  );
  const total = Number(counted?.found ?? 0);
  return { rows: rows.map(logRow), total, truncated: query.offset + rows.length < total, warnings: [] };
}

function shownAs({ dialect }: Session, table: BoundTable, name: string, type: ColumnType): Sql {
  if (name === 'AGENCY_ID' || name === 'ADVERTISER_ID') return idSql(dialect, table.column(name));
  if (type === 'timestamp') return timeSql(dialect, table, name);
  return type === 'integer' ? table.column(name) : dialect.text(table.column(name));
}

/** Rows of an earlier system may not say when they were planned. */
function plannedAt({ dialect }: Session, table: BoundTable): Sql {
  const times = ['PLANNED_AT', 'STARTED_AT', 'FINISHED_AT'].map((name) => timeSql(dialect, table, name));
  return sql`coalesce(${join(times)})`;
}

function conditions({ session }: AdminContext, table: BoundTable, query: DeliveryLogQuery): readonly Sql[] {
  const { dialect } = session;
  const { agencyId, advertiserId, destination, segmentId, slot, status, from, to } = query;
  const same = (value: string | undefined, expression: Sql): readonly Sql[] =>
    value === undefined ? [] : [sql`${expression} = ${value}`];
  const text = (name: string): Sql => dialect.text(table.column(name));
  const time = plannedAt(session, table);
  return [
    ...same(agencyId, idSql(dialect, table.column('AGENCY_ID'))),
    ...same(advertiserId, idSql(dialect, table.column('ADVERTISER_ID'))),
    ...same(destination, text('DESTINATION_NAME')),
    ...same(segmentId, text('SEGMENT_ID')),
    ...same(slot, text('SLOT')),
    ...same(status?.trim().toUpperCase(), sql`upper(trim(${text('STATUS')}))`),
    ...(from === undefined ? [] : [sql`${time} >= ${new Date(`${from}T00:00:00Z`)}`]),
    ...(to === undefined ? [] : [sql`${time} < ${new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS)}`]),
  ];
}

function logRow(row: Row): LogRow {
  const of = (name: string): SqlValue => row[`shown_${name}`] ?? null;
  const text = (name: string): string | null => (of(name) === null || of(name) === '' ? null : String(of(name)));
  const count = (name: string): number | null => {
    const value = of(name);
    return value === null || !Number.isFinite(Number(value)) ? null : Math.round(Number(value));
  };
  const time = (name: string): string | null => {
    const value = of(name);
    return value instanceof Date ? value.toISOString() : null;
  };
  const status = String(of('STATUS') ?? '');
  return {
    deliveryId: String(of('DELIVERY_ID') ?? ''),
    partNo: count('PART_NO') ?? 1,
    partCount: count('PART_COUNT'),
    runId: text('RUN_ID'),
    slot: text('SLOT'),
    agencyId: String(of('AGENCY_ID') ?? ''),
    advertiserId: text('ADVERTISER_ID'),
    segmentId: text('SEGMENT_ID'),
    segmentName: text('SEGMENT_NAME'),
    destination: text('DESTINATION_NAME'),
    destinationType: text('DESTINATION_TYPE'),
    deliveryMode: text('DELIVERY_MODE'),
    pushMode: text('PUSH_MODE'),
    joinStrategy: text('JOIN_STRATEGY'),
    exposureSource: text('EXPOSURE_SOURCE'),
    lookbackDays: count('LOOKBACK_DAYS'),
    lookbackEffectiveDays: count('LOOKBACK_EFFECTIVE_DAYS'),
    identifierTypes: (text('IDENTIFIER_TYPES') ?? '')
      .split(',')
      .map((type) => type.trim())
      .filter((type) => type !== ''),
    identifierCounts: countsOf(text('IDENTIFIER_COUNTS')),
    rowsTotal: count('ROWS_TOTAL'),
    rowsAdded: count('ROWS_ADDED'),
    rowsRemoved: count('ROWS_REMOVED'),
    rowsRejected: count('ROWS_REJECTED'),
    rejectReasons: countsOf(text('REJECT_REASONS')),
    fileName: text('FILE_NAME'),
    fileBytes: count('FILE_BYTES'),
    fileSha256: text('FILE_SHA256'),
    status,
    isKnownStatus: STATUSES.has(status),
    errorKind: text('ERROR_KIND'),
    errorMessage: text('ERROR_MESSAGE'),
    partnerReference: text('PARTNER_REFERENCE'),
    attempts: count('ATTEMPTS'),
    plannedAt: time('PLANNED_AT'),
    startedAt: time('STARTED_AT'),
    stagedAt: time('STAGED_AT'),
    sentAt: time('SENT_AT'),
    finishedAt: time('FINISHED_AT'),
    configVersion: count('CONFIG_VERSION'),
    programVersion: text('PROGRAM_VERSION'),
  };
}

/** Numbers by name; null for what is no such thing, as an earlier system may have left it. */
function countsOf(text: string | null): Record<string, number> | null {
  if (text === null) return null;
  try {
    return COUNTS.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const COUNTS = z.record(z.string(), z.number());
