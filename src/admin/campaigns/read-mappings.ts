import { type Sql, sql } from '../../lib/sql.ts';
import { idSql, platformSql, presentIdSql } from '../../reach/text-sql.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import { type AdminContext, inScope } from '../context.ts';
import type { Claim } from './mapping-index.ts';

/** Reading PIXEL_CAMPAIGN_MAPPING_V2: some ten thousand rows, all agencies together. */

export const MAPPINGS = 'PIXEL_CAMPAIGN_MAPPING_V2';

/** A row of the table, understood. */
export interface CampaignMapping extends Claim {
  /** Null where the site's table has no numbers. */
  readonly mappingId: string | null;
}

export interface MappingFilter {
  readonly agencyId?: string | undefined;
}

/** Every mapping in scope, also those that match nothing; none when there is no table. */
export async function readMappings(ctx: AdminContext, filter: MappingFilter = {}): Promise<readonly CampaignMapping[]> {
  const table = ctx.catalogue.table(MAPPINGS);
  if (!table.exists) return [];
  const { dialect } = ctx.session;
  const of = (column: string): Sql => presentIdSql(dialect, table.column(column));
  const found: CampaignMapping[] = [];
  const batches = ctx.session.query(
    sql`SELECT ${dialect.text(table.column('MAPPING_ID'))} AS mapping_id, ${idSql(dialect, table.column('AGENCY_ID'))} AS agency,
        ${platformSql(dialect, table.column('DSP_PLATFORM_TYPE'))} AS platform, ${of('DSP_ADVERTISER_ID')} AS dsp,
        ${of('INSERTION_ORDER_ID')} AS io, ${of('LINE_ITEM_ID')} AS li, ${of('QUORUM_ADVERTISER_ID')} AS advertiser
      FROM ${table.ref} WHERE ${mappingsOf(ctx, table, filter)}`,
    { signal: ctx.signal },
  );
  for await (const batch of batches) {
    for (const row of batch) {
      found.push({
        mappingId: textOf(row.mapping_id),
        agencyId: textOf(row.agency) ?? '',
        platform: textOf(row.platform),
        dsp: textOf(row.dsp),
        io: textOf(row.io),
        li: textOf(row.li),
        advertiserId: textOf(row.advertiser),
      });
    }
  }
  return found;
}

export function mappingsOf(ctx: AdminContext, table: BoundTable, { agencyId }: MappingFilter): Sql {
  const own = agencyId === undefined ? sql`TRUE` : sql`${idSql(ctx.session.dialect, table.column('AGENCY_ID'))} = ${agencyId}`;
  return sql`${inScope(ctx, table)} AND ${own}`;
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
