import { keyText } from '../../config/read-configs.ts';
import { booleanOf } from '../../config/values.ts';
import { type Sql, sql } from '../../lib/sql.ts';
import { hostOf } from '../../pixel/domains.ts';
import { idSql, presentIdSql } from '../../reach/text-sql.ts';
import { type AdminContext, inScope } from '../context.ts';
import { type PlaceRows, readPlaceRows } from './place-rows.ts';

/** What is assigned to advertisers, counted as `derivedCounts` counts it for one of them. */

export interface Assigned {
  /** Campaign keys, each once. */
  readonly campaigns: number;
  /** Hosts, each once, in the alphabet's order. */
  readonly hosts: readonly string[];
  /** Hosts that are store locators. */
  readonly locators: number;
  /** Rows of places: one for each place, unless a place was assigned twice. */
  readonly places: number;
}

export interface AssignedToAll {
  of(agencyId: string, advertiserId: string): Assigned;
  /** Everybody who has something, as the tables name them. */
  readonly advertisers: readonly { readonly agencyId: string; readonly advertiserId: string; readonly by: AssignedBy }[];
  readonly places: PlaceRows;
  /** Tables that are missing, in words. */
  readonly warnings: readonly string[];
}

type AssignedBy = 'campaigns' | 'domains' | 'places';

const NOTHING: Assigned = { campaigns: 0, hosts: [], locators: 0, places: 0 };

/** What is assigned to everybody in scope. Reads the mappings and domains, and counts the places. */
export async function readAssigned(ctx: AdminContext): Promise<AssignedToAll> {
  const campaigns = await countCampaigns(ctx);
  const domains = await readHosts(ctx);
  const places = await readPlaceRows(ctx);
  const keysOf = (counts: ReadonlyMap<string, unknown>, by: AssignedBy) =>
    [...counts.keys()].map((key) => {
      const [agencyId = '', advertiserId = ''] = JSON.parse(key) as string[];
      return { agencyId, advertiserId, by };
    });
  return {
    of(agencyId, advertiserId) {
      const key = keyText({ agencyId, advertiserId });
      const hosts = domains.get(key);
      return {
        campaigns: campaigns.get(key) ?? 0,
        hosts: hosts === undefined ? NOTHING.hosts : [...hosts.keys()].sort(),
        locators: hosts === undefined ? 0 : [...hosts.values()].filter(Boolean).length,
        places: places.of(agencyId, advertiserId),
      };
    },
    advertisers: [...keysOf(campaigns, 'campaigns'), ...keysOf(domains, 'domains'), ...keysOf(places.byKey, 'places')],
    places,
    warnings: ['PIXEL_CAMPAIGN_MAPPING_V2', 'ADVERTISER_DOMAIN_MAPPING', 'SEGMENT_MD5_MAPPING']
      .filter((name) => !ctx.catalogue.table(name).exists)
      .map((name) => `${name} is missing: what it holds counts as nothing.`),
  };
}

async function countCampaigns(ctx: AdminContext): Promise<ReadonlyMap<string, number>> {
  const table = ctx.catalogue.table('PIXEL_CAMPAIGN_MAPPING_V2');
  if (!table.exists) return new Map();
  const { dialect } = ctx.session;
  const of = (column: string): Sql => presentIdSql(dialect, table.column(column));
  const rows = await ctx.session.all(sql`SELECT agency, advertiser, count(*) AS found FROM (
      SELECT DISTINCT ${idSql(dialect, table.column('AGENCY_ID'))} AS agency, ${of('QUORUM_ADVERTISER_ID')} AS advertiser,
        ${idSql(dialect, table.column('DSP_PLATFORM_TYPE'))} AS k_platform, ${of('DSP_ADVERTISER_ID')} AS k_dsp,
        ${of('INSERTION_ORDER_ID')} AS k_io, ${of('LINE_ITEM_ID')} AS k_li
      FROM ${table.ref} WHERE ${inScope(ctx, table)}) WHERE advertiser IS NOT NULL GROUP BY agency, advertiser`);
  return new Map(
    rows.map(({ agency, advertiser, found }) => [
      keyText({ agencyId: String(agency), advertiserId: String(advertiser) }),
      Number(found),
    ]),
  );
}

/** By advertiser: its hosts, and whether each is a store locator. */
async function readHosts(ctx: AdminContext): Promise<ReadonlyMap<string, ReadonlyMap<string, boolean>>> {
  const table = ctx.catalogue.table('ADVERTISER_DOMAIN_MAPPING');
  const found = new Map<string, Map<string, boolean>>();
  if (!table.exists) return found;
  const { dialect } = ctx.session;
  const batches = ctx.session.query(sql`SELECT ${idSql(dialect, table.column('Agency_Id'))} AS agency,
      ${presentIdSql(dialect, table.column('Advertiser_id'))} AS advertiser, ${dialect.text(table.column('URL'))} AS url,
      ${table.column('IS_POI')} AS is_poi
    FROM ${table.ref} WHERE ${inScope(ctx, table, 'Agency_Id')}`);
  for await (const batch of batches) {
    for (const { agency, advertiser, url, is_poi: isPoi } of batch) {
      const host = advertiser === null ? null : hostOf(String(url ?? ''));
      if (host === null) continue;
      const key = keyText({ agencyId: String(agency), advertiserId: String(advertiser) });
      const hosts = found.get(key) ?? new Map<string, boolean>();
      hosts.set(host, hosts.get(host) === true || booleanOf(isPoi) === true);
      found.set(key, hosts);
    }
  }
  return found;
}
