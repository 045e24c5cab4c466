import { configError } from '../errors.ts';
import { ident, join, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type AdvertiserConfig, readAdvertiserConfig } from './advertiser-config.ts';

/** Reading REF_ADVERTISER_CONFIG. */

export interface ConfigFilter {
  readonly agencyId?: string | undefined;
  readonly advertiserId?: string | undefined;
}

/** The table, which must be there with its key. */
export function configTable(catalogue: Catalogue): BoundTable {
  const table = catalogue.table('REF_ADVERTISER_CONFIG');
  if (table.exists && table.has('AGENCY_ID') && table.has('ADVERTISER_ID')) return table;
  throw configError('config_table_missing', 'The warehouse has no REF_ADVERTISER_CONFIG with AGENCY_ID and ADVERTISER_ID.', {
    hint: 'Create the table, or say under tables: in aquarius.yaml where it is.',
  });
}

/** Every configured advertiser, by agency and advertiser. Rows that share a key are all given, each with that as a problem. */
export async function readConfigs(
  session: Session,
  table: BoundTable,
  filter: ConfigFilter,
): Promise<readonly AdvertiserConfig[]> {
  const columns = columnNames(table).map((name) => sql`${table.column(name)} AS ${ident(name)}`);
  const rows = await session.all(sql`SELECT ${join(columns)} FROM ${table.ref} WHERE ${narrowed(session, table, filter)}`);
  const configs = rows
    .map(readAdvertiserConfig)
    .filter(({ agencyId }) => filter.agencyId === undefined || agencyId === filter.agencyId)
    .filter(({ advertiserId }) => filter.advertiserId === undefined || advertiserId === filter.advertiserId);
  return withDuplicates(configs).sort(byKey);
}

/** Columns that are read: those that the site's table has. */
function columnNames(table: BoundTable): readonly string[] {
  return table.spec.columns.map(({ name }) => name).filter((name) => table.has(name));
}

/**
 * A text that changes with every change of the table: the number of its rows, and a checksum over all that is read of them. The
 * warehouse makes it, which takes a fraction of reading the rows, and less where only some columns count.
 */
export async function configMark(session: Session, table: BoundTable, columns?: readonly string[]): Promise<string> {
  const { dialect } = session;
  const counted = columnNames(table).filter((name) => columns === undefined || columns.includes(name));
  const checksum = dialect.checksum(counted.map((name) => dialect.text(table.column(name))));
  const mark = sql`SELECT count(*) AS row_count, ${checksum} AS checksum FROM ${table.ref}`;
  const [row] = await session.all(mark);
  return JSON.stringify([mark.chunks, String(row?.row_count), String(row?.checksum)]);
}

/** Rows whose ids hold the wanted text. Which of them have it as their id is decided by the one reading of ids. */
function narrowed(session: Session, table: BoundTable, { agencyId, advertiserId }: ConfigFilter): Sql {
  const holds = (column: string, id: string | undefined): Sql[] =>
    id === undefined ? [] : [sql`${session.dialect.text(table.column(column))} LIKE ${`%${id}%`}`];
  const conditions = [...holds('AGENCY_ID', agencyId), ...holds('ADVERTISER_ID', advertiserId)];
  return conditions.length === 0 ? sql`TRUE` : join(conditions, ' AND ');
}

function withDuplicates(configs: readonly AdvertiserConfig[]): AdvertiserConfig[] {
  const counts = new Map<string, number>();
  for (const config of configs) counts.set(keyText(config), (counts.get(keyText(config)) ?? 0) + 1);
  return configs.map((config) => {
    const count = counts.get(keyText(config)) ?? 1;
    if (count === 1) return config;
    const problem = { path: 'ADVERTISER_ID', message: `has ${count} rows`, hint: 'Keep one row for each agency and advertiser.' };
    return { ...config, problems: [problem, ...config.problems] };
  });
}

/** One text for an agency and an advertiser. */
export function keyText({ agencyId, advertiserId }: Pick<AdvertiserConfig, 'agencyId' | 'advertiserId'>): string {
  return JSON.stringify([agencyId, advertiserId]);
}

const order = new Intl.Collator('en', { numeric: true });

function byKey(left: AdvertiserConfig, right: AdvertiserConfig): number {
  return order.compare(left.agencyId, right.agencyId) || order.compare(left.advertiserId, right.advertiserId);
}
