import { integer, join, type Sql, sql } from '../../lib/sql.ts';
import { idSql, isIdSql } from '../../reach/text-sql.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import { STORE_LIST_STATES, type StoreListRow } from '../../shapes/config/store-lists.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import { type AdminContext, inScope } from '../context.ts';
import { UPLOADS } from './upload-store-list.ts';

export interface StoreListFilter {
  readonly advertiserId?: string | undefined;
  readonly status?: StoreListRow['STATUS'] | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Lists of stores that were handed in, newest first. */
export async function listStoreLists(
  ctx: AdminContext,
  { advertiserId, status, limit, offset }: StoreListFilter,
): Promise<Listed<StoreListRow>> {
  const { session, catalogue } = ctx;
  const table = catalogue.table(UPLOADS);
  if (!table.exists)
    return { rows: [], total: 0, warnings: [`${UPLOADS} is missing in the warehouse: nothing can be handed in.`] };
  const conditions = [inScope(ctx, table)];
  if (advertiserId !== undefined) conditions.push(isIdSql(session.dialect, table.column('ADVERTISER_ID'), advertiserId));
  if (status !== undefined) conditions.push(sql`upper(trim(${table.column('STATUS')})) = ${status}`);
  const where = join(conditions, ' AND ');
  const [count] = await session.all(sql`SELECT count(*) AS found FROM ${table.ref} WHERE ${where}`);
  const rows = await session.all(
    sql`${selectUploads(ctx)} WHERE ${where} ORDER BY ${table.column('UPLOAD_ID')} DESC LIMIT ${integer(limit)} OFFSET ${integer(offset)}`,
  );
  return { rows: rows.map(readUpload), total: Number(count?.found ?? 0) };
}

/** The columns of uploads, by the names that `readUpload` knows. */
export function selectUploads({ session: { dialect }, catalogue }: Pick<AdminContext, 'session' | 'catalogue'>): Sql {
  const table = catalogue.table(UPLOADS);
  const c = (name: string) => table.column(name);
  return sql`SELECT ${c('UPLOAD_ID')} AS id, ${idSql(dialect, c('AGENCY_ID'))} AS agency, ${idSql(dialect, c('ADVERTISER_ID'))} AS advertiser,
      ${c('FILE_NAME')} AS name, ${c('STORAGE_KEY')} AS storage_key, ${c('BYTES')} AS size, ${c('SHA256')} AS sha, ${c('ROWS_TOTAL')} AS row_count,
      upper(trim(${c('STATUS')})) AS status, ${c('ERROR')} AS error, ${c('UPLOADED_BY')} AS uploaded_by, ${c('UPLOADED_AT')} AS uploaded_at
    FROM ${table.ref}`;
}

export function readUpload(row: Row): StoreListRow {
  const textOrNull = (value: unknown): string | null => (value === null || value === '' ? null : String(value));
  const countOrNull = (value: unknown): number | null => (value === null ? null : Number(value));
  return {
    UPLOAD_ID: String(row.id),
    AGENCY_ID: String(row.agency),
    ADVERTISER_ID: String(row.advertiser),
    FILE_NAME: textOrNull(row.name),
    BYTES: countOrNull(row.size),
    SHA256: textOrNull(row.sha),
    ROWS_TOTAL: countOrNull(row.row_count),
    // What another program wrote and nobody here knows waits as well.
    STATUS: STORE_LIST_STATES.find((state) => state === row.status) ?? 'RECEIVED',
    ERROR: textOrNull(row.error),
    UPLOADED_BY: textOrNull(row.uploaded_by),
    UPLOADED_AT: row.uploaded_at instanceof Date ? row.uploaded_at.toISOString() : null,
  };
}
