import { booleanOf, idText, isNoId, textOf } from '../../config/values.ts';
import { sql } from '../../lib/sql.ts';
import { type DomainOwners, hostOf, readDomains } from '../../pixel/domains.ts';
import { timeSql } from '../../warehouse/time-column.ts';
import { type AdminContext, inScope } from '../context.ts';
import type { RowKey } from '../row-journal.ts';

/** The rows of ADVERTISER_DOMAIN_MAPPING. */

export const DOMAIN_TABLE = 'ADVERTISER_DOMAIN_MAPPING';

/** The columns that tell its rows apart. */
export const DOMAIN_KEY = ['Agency_Id', 'Advertiser_id', 'URL'] as const;

/** What to tell where there is none. */
export const NO_DOMAINS = `${DOMAIN_TABLE} is missing: no domain belongs to anybody.`;

export interface DomainRow {
  readonly agencyId: string;
  /** Null when the row names nobody. */
  readonly advertiserId: string | null;
  readonly advertiserName: string | null;
  /** As it is stored. */
  readonly url: string;
  /** What it means; null when it is no host. */
  readonly host: string | null;
  readonly isPoi: boolean;
  readonly createdAt: Date | null;
  /** The texts of its key columns. */
  readonly key: RowKey;
}

/** The rows of all agencies in scope. */
export async function readDomainRows(ctx: AdminContext): Promise<readonly DomainRow[]> {
  const { session, catalogue } = ctx;
  const table = catalogue.table(DOMAIN_TABLE);
  if (!table.exists) return [];
  const { dialect } = session;
  const rows = await session.all(
    sql`SELECT ${dialect.text(table.column('Agency_Id'))} AS agency, ${dialect.text(table.column('Advertiser_id'))} AS advertiser,
        ${dialect.text(table.column('URL'))} AS url, ${dialect.text(table.column('ADVERTISER_NAME'))} AS name,
        ${dialect.text(table.column('IS_POI'))} AS is_poi, ${timeSql(dialect, table, 'CREATED_AT')} AS created_at
      FROM ${table.ref} WHERE ${inScope(ctx, table, 'Agency_Id')}`,
    { signal: ctx.signal },
  );
  const stored = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
  return rows.map((row) => {
    const advertiserId = idText(row.advertiser);
    const url = stored(row.url);
    return {
      agencyId: idText(row.agency),
      advertiserId: isNoId(advertiserId) ? null : advertiserId,
      advertiserName: textOf(row.name) || null,
      url: url ?? '',
      host: hostOf(url ?? ''),
      isPoi: booleanOf(row.is_poi) === true,
      createdAt: row.created_at instanceof Date ? row.created_at : null,
      key: [stored(row.agency), stored(row.advertiser), url],
    };
  });
}

/** Who owns which hosts of an agency. */
export function ownersAmong(rows: readonly DomainRow[], agencyId: string): DomainOwners {
  return readDomains(
    rows.flatMap((row) =>
      row.agencyId === agencyId && row.advertiserId !== null ? [{ advertiserId: row.advertiserId, url: row.url }] : [],
    ),
  );
}

/** Hosts that an advertiser has, each once. */
export function hostsOf(rows: readonly DomainRow[], advertiserId: string): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => (row.advertiserId === advertiserId && row.host !== null ? [row.host] : [])));
}
