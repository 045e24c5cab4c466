import { configError } from '../errors.ts';
import { integer, join, sql } from '../lib/sql.ts';
import { idSql } from '../reach/text-sql.ts';
import type { Row } from '../warehouse/warehouse.ts';
import { type AdminContext, inScope } from './context.ts';
import type { AuditedRows } from './make-change.ts';
import type { RowsChange } from './row-journal.ts';
import type { StoredRow } from './row-text.ts';

/** Reading CONFIG_AUDIT_LOG. */

export interface ConfigAuditEntry {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly actor: string;
  readonly role: string | null;
  readonly agencyId: string;
  readonly advertiserIds: readonly string[];
  readonly action: string;
  readonly reason: string | null;
  readonly requestId: string | null;
  /** The entry that this one took back. */
  readonly undoes: string | null;
  /** The entry that took this one back. */
  readonly undoneBy: string | null;
  readonly changes: readonly RowsChange[];
}

export interface AuditFilter {
  readonly advertiserId?: string | undefined;
  readonly action?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** A page of the audit log, newest first, and how many entries there are in all. */
export async function listAudit(
  ctx: AdminContext,
  { advertiserId, action, limit, offset }: AuditFilter,
): Promise<{ readonly entries: readonly ConfigAuditEntry[]; readonly total: number }> {
  const table = ctx.catalogue.table('CONFIG_AUDIT_LOG');
  if (!table.exists) return { entries: [], total: 0 };
  const conditions = [inScope(ctx, table)];
  if (advertiserId !== undefined)
    conditions.push(
      sql`${`,${advertiserId},`} <> '' AND position(${`,${advertiserId},`} IN (',' || ${table.column('ADVERTISER_ID')} || ',')) > 0`,
    );
  if (action !== undefined) conditions.push(sql`${table.column('ACTION')} = ${action}`);
  const where = join(conditions, ' AND ');
  const [count] = await ctx.session.all(sql`SELECT count(*) AS found FROM ${table.ref} WHERE ${where}`);
  const rows = await ctx.session.all(
    sql`${select(ctx)} WHERE ${where} ORDER BY ${table.column('AUDIT_ID')} DESC LIMIT ${integer(limit)} OFFSET ${integer(offset)}`,
  );
  return { entries: rows.map(readEntry), total: Number(count?.found ?? 0) };
}

/** One entry, or a `config` error `audit_entry_unknown`. */
export async function auditEntry(ctx: AdminContext, id: string): Promise<ConfigAuditEntry> {
  const table = ctx.catalogue.table('CONFIG_AUDIT_LOG');
  const rows = table.exists
    ? await ctx.session.all(sql`${select(ctx)} WHERE ${inScope(ctx, table)} AND ${table.column('AUDIT_ID')} = ${id}`)
    : [];
  const [row] = rows;
  if (row !== undefined) return readEntry(row);
  throw configError('audit_entry_unknown', `There is no entry ${id} in the audit log.`, {
    hint: 'GET /api/config/audit-log lists them.',
  });
}

function select({ session: { dialect }, catalogue }: AdminContext) {
  const table = catalogue.table('CONFIG_AUDIT_LOG');
  const c = (name: string) => table.column(name);
  return sql`SELECT ${c('AUDIT_ID')} AS id, ${c('AT')} AS at, ${c('ACTOR')} AS actor, ${c('ROLE')} AS role,
      ${idSql(dialect, c('AGENCY_ID'))} AS agency, ${c('ADVERTISER_ID')} AS advertisers, ${c('ACTION')} AS action,
      ${c('REASON')} AS reason, ${c('REQUEST_ID')} AS request, ${c('UNDOES')} AS undoes,
      ${dialect.text(c('BEFORE'))} AS before_rows, ${dialect.text(c('AFTER'))} AS after_rows,
      (SELECT max(later.${c('AUDIT_ID')}) FROM ${table.ref} AS later WHERE later.${c('UNDOES')} = entry.${c('AUDIT_ID')}) AS undone_by
    FROM ${table.ref} AS entry`;
}

function readEntry(row: Row): ConfigAuditEntry {
  const textOrNull = (value: unknown): string | null => (value === null || value === '' ? null : String(value));
  const before = JSON.parse(String(row.before_rows)) as AuditedRows;
  const after = JSON.parse(String(row.after_rows)) as AuditedRows;
  const none: readonly StoredRow[] = [];
  return {
    id: String(row.id),
    at: (row.at as Date).toISOString(),
    actor: String(row.actor),
    role: textOrNull(row.role),
    agencyId: String(row.agency),
    advertiserIds: String(row.advertisers ?? '')
      .split(',')
      .filter((id) => id !== ''),
    action: String(row.action),
    reason: textOrNull(row.reason),
    requestId: textOrNull(row.request),
    undoes: textOrNull(row.undoes),
    undoneBy: textOrNull(row.undone_by),
    changes: before.changes.map((change, index) => ({
      ...change,
      before: before.rows[index] ?? none,
      after: after.rows[index] ?? none,
    })),
  };
}
