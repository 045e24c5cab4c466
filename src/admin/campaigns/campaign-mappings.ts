import { decodedName } from '../../lib/decoded-name.ts';
import { ident, join, type Sql, sql } from '../../lib/sql.ts';
import { idSql, platformSql, presentIdSql } from '../../reach/text-sql.ts';
import type { CampaignMappingRow, MAPPING_PROBLEMS } from '../../shapes/config/campaigns.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import { timeSql } from '../../warehouse/time-column.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import { advertiserNames } from '../advertisers/advertiser-names.ts';
import type { AdminContext } from '../context.ts';
import { campaignText, platformOf, presentId } from './campaign-key.ts';
import { holdsText, namedAdvertisers } from './dsp-rows.ts';
import { impressionDays } from './impression-days.ts';
import { campaignFacts } from './impression-facts.ts';
import { byId, indexMappings, specificityOf, usesFourKeys } from './mapping-index.ts';
import { mappingProblems, rivalsOf } from './mapping-problems.ts';
import { mappingState } from './mapping-state.ts';
import type { MappingWorld } from './mapping-world.ts';
import { type Platforms, readPlatforms } from './platforms.ts';
import { type CampaignMapping, MAPPINGS, mappingsOf } from './read-mappings.ts';
import { strategiesOf } from './strategies.ts';

export interface MappingQuery {
  readonly agency_id?: string | undefined;
  readonly advertiser_id?: string | undefined;
  readonly state?: CampaignMappingRow['STATE'] | undefined;
  readonly problem?: (typeof MAPPING_PROBLEMS)[number] | 'ANY' | undefined;
  readonly platform_type?: string | undefined;
  readonly dsp_advertiser_id?: string | undefined;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const RECENT_DAYS = 14;

/** A mapping with all that its row says. */
interface FullMapping extends CampaignMapping {
  readonly row: Row;
}

/** Mappings with what becomes of them. */
export async function listMappings(ctx: AdminContext, query: MappingQuery): Promise<Listed<CampaignMappingRow>> {
  const table = ctx.catalogue.table(MAPPINGS);
  if (!table.exists) return { rows: [], total: 0, warnings: [`There are no mappings: there is no ${MAPPINGS}.`] };
  const names = await advertiserNames(ctx);
  const mappings = await readFull(ctx, table, query.agency_id);
  const world = { names, mappings, index: indexMappings(mappings, strategiesOf(names)) };
  const platforms = await readPlatforms(ctx);
  const listed = mappings
    .filter((mapping) => isAskedFor(mapping, query, world))
    .toSorted(
      (left, right) =>
        byId(left.agencyId, right.agencyId) ||
        byId(left.platform ?? '', right.platform ?? '') ||
        byId(left.dsp ?? '', right.dsp ?? '') ||
        byId(left.io ?? '', right.io ?? '') ||
        byId(left.li ?? '', right.li ?? '') ||
        byId(left.advertiserId ?? '', right.advertiserId ?? '') ||
        byId(left.mappingId ?? '', right.mappingId ?? ''),
    );
  const page = listed.slice(query.offset, query.offset + query.limit);
  const { of, warnings } = await recentImpressions(ctx, world, page);
  return { rows: page.map((mapping) => rowOf(mapping, world, platforms, of(mapping))), total: listed.length, warnings };
}

function isAskedFor(mapping: FullMapping, query: MappingQuery, world: MappingWorld): boolean {
  const { agencyId, platform, dsp, io, li, advertiserId, row } = mapping;
  const { advertiser_id: advertiser, platform_type: platformType, dsp_advertiser_id: dspId, state, problem } = query;
  if (advertiser !== undefined && advertiserId !== presentId(advertiser)) return false;
  if (platformType !== undefined && platform !== platformOf(platformType)) return false;
  if (dspId !== undefined && dsp !== presentId(dspId)) return false;
  if (state !== undefined && mappingState(world.index, mapping) !== state) return false;
  if (problem !== undefined && !mappingProblems(mapping, world).some(({ code }) => problem === 'ANY' || code === problem))
    return false;
  const advertiserName = advertiserId === null ? null : world.names.advertiser(agencyId, advertiserId);
  const texts = NAMES.map((column) => nameOf(row[column]));
  return holdsText(query.search, [mapping.mappingId, dsp, io, li, advertiserId, advertiserName, ...texts]);
}

const NAMES = [
  'ADVERTISER_NAME_FROM_DSP',
  'INSERTION_ORDER_NAME_FROM_DSP',
  'LINE_ITEM_NAME_FROM_DSP',
  'CAMPAIGN_NAME_MANUAL',
] as const;

async function readFull(ctx: AdminContext, table: BoundTable, agencyId: string | undefined): Promise<readonly FullMapping[]> {
  const { dialect } = ctx.session;
  const id = (column: string): Sql => presentIdSql(dialect, table.column(column));
  const cells = table.spec.columns.map(({ name, type }) => {
    const read = type === 'timestamp' ? timeSql(dialect, table, name) : dialect.text(table.column(name));
    return sql`${read} AS ${ident(name)}`;
  });
  const batches = ctx.session.query(
    sql`SELECT ${join(cells)}, ${idSql(dialect, table.column('AGENCY_ID'))} AS k_agency,
        ${platformSql(dialect, table.column('DSP_PLATFORM_TYPE'))} AS k_platform, ${id('DSP_ADVERTISER_ID')} AS k_dsp,
        ${id('INSERTION_ORDER_ID')} AS k_io, ${id('LINE_ITEM_ID')} AS k_li, ${id('QUORUM_ADVERTISER_ID')} AS k_advertiser
      FROM ${table.ref} WHERE ${mappingsOf(ctx, table, { agencyId })}`,
    { signal: ctx.signal },
  );
  const found: FullMapping[] = [];
  for await (const batch of batches) {
    for (const row of batch) {
      found.push({
        mappingId: textOf(row.MAPPING_ID),
        agencyId: textOf(row.k_agency) ?? '',
        ...{ platform: textOf(row.k_platform), dsp: textOf(row.k_dsp), io: textOf(row.k_io), li: textOf(row.k_li) },
        advertiserId: textOf(row.k_advertiser),
        row,
      });
    }
  }
  return found;
}

/** Impressions that each mapping of a page gives its advertiser. */
async function recentImpressions(
  ctx: AdminContext,
  { index }: MappingWorld,
  page: readonly CampaignMapping[],
): Promise<{ readonly of: (mapping: CampaignMapping) => number | null; readonly warnings: readonly string[] }> {
  const dsps = [...new Set(page.flatMap(({ dsp }) => dsp ?? []))];
  const agencyIds = [...new Set(page.map(({ agencyId }) => agencyId))];
  const days = await impressionDays(ctx, { days: RECENT_DAYS, agencyIds, dsps });
  const given = new Map<string, number>();
  const add = (key: string, impressions: number): void => void given.set(key, (given.get(key) ?? 0) + impressions);
  for await (const batch of campaignFacts(ctx, days, RECENT_DAYS)) {
    for (const facts of batch) {
      const owners = index.ownersOf(facts);
      const [winner] = index.judge(facts).winning;
      for (const owner of owners) {
        // By ADM_PREFIX a mapping gives all of its DSP advertiser, whatever else it names.
        if (!usesFourKeys(index.strategies, facts.agencyId, owner))
          add(givenByAny(facts.agencyId, facts.dsp, owner), facts.impressions);
        else if (winner?.advertiserId === owner) add(claimText(winner), facts.impressions);
      }
    }
  }
  return {
    of(mapping) {
      const { agencyId, dsp, advertiserId } = mapping;
      if (days.table === null) return null;
      if (advertiserId === null) return 0;
      switch (index.strategies.of(agencyId, advertiserId)) {
        case 'ADM_PREFIX':
          return given.get(givenByAny(agencyId, dsp, advertiserId)) ?? 0;
        case 'DIRECT_AG':
          return 0;
        case 'PCM_4KEY':
        case null:
          return given.get(claimText(mapping)) ?? 0;
      }
    },
    warnings: days.warnings,
  };
}

const claimText = (mapping: CampaignMapping): string => `${mapping.advertiserId} ${campaignText(mapping)}`;
const givenByAny = (agencyId: string, dsp: string | null, advertiserId: string): string =>
  `${advertiserId} ${campaignText({ agencyId, platform: null, dsp, io: null, li: null })}`;

function rowOf(mapping: FullMapping, world: MappingWorld, platforms: Platforms, recent: number | null): CampaignMappingRow {
  const { agencyId, platform, dsp, io, li, advertiserId, row } = mapping;
  const { names, index } = world;
  return {
    MAPPING_ID: mapping.mappingId,
    AGENCY_ID: agencyId,
    DSP_PLATFORM_TYPE: trimmed(row.DSP_PLATFORM_TYPE),
    DSP_ADVERTISER_ID: dsp,
    INSERTION_ORDER_ID: io,
    LINE_ITEM_ID: li,
    QUORUM_ADVERTISER_ID: advertiserId,
    DATA_SOURCE: trimmed(row.DATA_SOURCE),
    ADVERTISER_NAME_FROM_DSP: nameOf(row.ADVERTISER_NAME_FROM_DSP),
    INSERTION_ORDER_NAME_FROM_DSP: nameOf(row.INSERTION_ORDER_NAME_FROM_DSP),
    LINE_ITEM_NAME_FROM_DSP: nameOf(row.LINE_ITEM_NAME_FROM_DSP),
    // A person typed it: nothing in it is encoded.
    CAMPAIGN_NAME_MANUAL: trimmed(row.CAMPAIGN_NAME_MANUAL),
    IMPRESSION_COUNT: numberOf(row.IMPRESSION_COUNT),
    IMPRESSIONS_14DAY_ROLLING: numberOf(row.IMPRESSIONS_14DAY_ROLLING),
    REACH_14DAY_ROLLING: numberOf(row.REACH_14DAY_ROLLING),
    FIRST_IMPRESSION_TIMESTAMP: instantOf(row.FIRST_IMPRESSION_TIMESTAMP),
    LAST_IMPRESSION_TIMESTAMP: instantOf(row.LAST_IMPRESSION_TIMESTAMP),
    CAMPAIGN_START_DATE: dayOf(row.CAMPAIGN_START_DATE),
    CAMPAIGN_END_DATE: dayOf(row.CAMPAIGN_END_DATE),
    CREATED_AT: instantOf(row.CREATED_AT),
    MODIFIED_AT: instantOf(row.MODIFIED_AT),
    PLATFORM_TYPE_ID: platform,
    PLATFORM_NAME: platforms.nameOf(platform),
    AGENCY_NAME: names.agency(agencyId),
    ADVERTISER_NAME: advertiserId === null ? null : names.advertiser(agencyId, advertiserId),
    SPECIFICITY: specificityOf(mapping),
    STATE: mappingState(index, mapping),
    CONFLICT_WITH: namedAdvertisers(names, agencyId, rivalsOf(mapping, world)),
    IMPRESSIONS_14D: recent,
    PROBLEMS: mappingProblems(mapping, world),
  };
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const trimmed = (value: unknown): string | null => textOf(value)?.trim() || null;
const nameOf = (value: unknown): string | null => {
  const text = trimmed(value);
  return text === null ? null : decodedName(text);
};
const numberOf = (value: unknown): number | null => {
  const text = trimmed(value);
  return text === null || !Number.isFinite(Number(text)) ? null : Number(text);
};
const instantOf = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const dayOf = (value: unknown): string | null => textOf(value)?.slice(0, 10) || null;
