import { type Sql, type SqlValue, sql } from '../../lib/sql.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { ADVERTISERS, AGENCIES, type DemoAdvertiser, UNCONFIGURED } from './advertisers.ts';
import { CAMPAIGNS, MAPPINGS } from './campaigns.ts';
import { insertRows } from './insert.ts';
import { PLACES } from './places.ts';
import { PLATFORMS } from './platforms.ts';
import { DOMAINS } from './sites.ts';

type Fill = (session: Session, table: Sql, now: Date) => Promise<number>;

const YEAR_MS = 365 * 86_400_000;

function configRow(advertiser: DemoAdvertiser, now: Date): Record<string, SqlValue> {
  const own = <T extends { readonly advertiserId: string | null }>(all: readonly T[]) =>
    all.filter(({ advertiserId }) => advertiserId === advertiser.advertiserId);
  const platforms = [...new Set(own(CAMPAIGNS).map(({ platform }) => platform))];
  const segments = own(PLACES).length;
  const domains = own(DOMAINS);
  const campaigns = own(MAPPINGS).length;
  return {
    AGENCY_ID: advertiser.agencyId,
    ADVERTISER_ID: advertiser.advertiserId,
    CONFIG_STATUS: advertiser.status,
    EXPOSURE_SOURCE: advertiser.exposure,
    IMPRESSION_JOIN_STRATEGY: advertiser.strategy,
    MATCH_STRATEGY: 'HOUSEHOLD',
    ATTRIBUTION_WINDOW_DAYS: advertiser.attributionWindowDays,
    HAS_IMPRESSION_TRACKING: campaigns > 0,
    HAS_STORE_VISIT_ATTRIBUTION: segments > 0,
    HAS_WEB_VISIT_ATTRIBUTION: domains.length > 0,
    SEGMENT_COUNT: segments,
    POI_URL_COUNT: domains.filter(({ isPoi }) => isPoi).length,
    WEB_PIXEL_URL_COUNT: domains.length,
    CAMPAIGN_MAPPING_COUNT: campaigns,
    PLATFORM_TYPE_IDS: platforms.join(','),
    PLATFORM_COUNT: platforms.length,
    ADVERTISER_DISPLAY_NAME: null,
    CREATED_AT: new Date(now.getTime() - YEAR_MS),
    UPDATED_AT: new Date(now.getTime() - YEAR_MS / 12),
    CONFIG_VERSION: 1,
    DELIVERY_ENABLED: advertiser.deliveryEnabled,
    DELIVERY_DESTINATIONS: advertiser.destinations,
    DELIVERY_CADENCE: advertiser.cadence,
    DELIVERY_LOOKBACK_DAYS: advertiser.lookbackDays,
  };
}

/** At many sites the flag is text, with whatever people took for yes and no; so it is here. */
const config: Fill = async (session, table, now) => {
  await session.execute(sql`ALTER TABLE ${table} ALTER COLUMN DELIVERY_ENABLED TYPE VARCHAR`);
  return insertRows(
    session,
    table,
    ADVERTISERS.map((advertiser) => configRow(advertiser, now)),
  );
};

const names: Fill = (session, table, now) => {
  const agencyNames = new Map(AGENCIES.map(({ agencyId, name }) => [agencyId, name]));
  return insertRows(
    session,
    table,
    [...ADVERTISERS, UNCONFIGURED].map(({ agencyId, advertiserId, name }) => ({
      AGENCY_ID: agencyId,
      ADVERTISER_ID: advertiserId,
      ADVERTISER_NAME: name,
      AGENCY_NAME: agencyNames.get(agencyId) ?? null,
      CREATED_AT: new Date(now.getTime() - YEAR_MS),
      UPDATED_AT: new Date(now.getTime() - YEAR_MS),
    })),
  );
};

const campaignMappings: Fill = (session, table, now) =>
  insertRows(
    session,
    table,
    MAPPINGS.map((mapping, index) => {
      const campaign = CAMPAIGNS.find(({ dspAdvertiserId }) => dspAdvertiserId === mapping.dspAdvertiserId);
      return {
        MAPPING_ID: index + 1,
        AGENCY_ID: mapping.agencyId,
        DSP_PLATFORM_TYPE: mapping.platform,
        DSP_ADVERTISER_ID: mapping.dspAdvertiserId,
        INSERTION_ORDER_ID: mapping.insertionOrderId,
        LINE_ITEM_ID: mapping.lineItemId,
        QUORUM_ADVERTISER_ID: mapping.advertiserId,
        DATA_SOURCE: 'ADMIN_CONFIG',
        ADVERTISER_NAME_FROM_DSP: campaign?.dspAdvertiserName ?? null,
        CAMPAIGN_NAME_MANUAL: mapping.note,
        CREATED_AT: new Date(now.getTime() - YEAR_MS),
        MODIFIED_AT: new Date(now.getTime() - YEAR_MS),
      };
    }),
  );

const domainMappings: Fill = (session, table, now) =>
  insertRows(
    session,
    table,
    DOMAINS.map((domain) => ({
      Agency_Id: domain.agencyId,
      Advertiser_id: domain.advertiserId,
      URL: domain.url,
      ADVERTISER_NAME: ADVERTISERS.find(({ advertiserId }) => advertiserId === domain.advertiserId)?.name ?? null,
      IS_POI: domain.isPoi,
      CREATED_AT: new Date(now.getTime() - YEAR_MS),
    })),
  );

const platforms: Fill = (session, table) =>
  insertRows(
    session,
    table,
    PLATFORMS.map(([id, name, shortName, category]) => ({
      PLATFORM_TYPE_ID: id,
      PLATFORM_NAME: name,
      DSP_SHORT_NAME: shortName,
      DSP_CATEGORY: category,
      IS_ACTIVE: true,
      NOTES: null,
    })),
  );

const placeMappings: Fill = (session, table) =>
  insertRows(
    session,
    table,
    PLACES.map(({ md5, uniqueId, advertiserId, agencyId }) => ({
      SEGMENT_MD5: md5,
      SEGMENT_UNIQUE_ID: uniqueId,
      ADVERTISER_ID: advertiserId,
      AGENCY_ID: agencyId,
    })),
  );

const placeDetails: Fill = (session, table) =>
  insertRows(
    session,
    table,
    PLACES.map(({ uniqueId, brand, category, dma, zip }) => ({
      SEGMENT_UNIQUE_ID: uniqueId,
      BRAND: brand,
      CATEGORY: category,
      DMA_NAME: dma,
      ZIP_CODE: zip,
    })),
  );

/** The small tables that people keep, by the table that each fills. */
export const BUSINESS_TABLES: Readonly<Record<string, Fill>> = {
  REF_ADVERTISER_CONFIG: config,
  REF_AGENCY_ADVERTISER: names,
  PIXEL_CAMPAIGN_MAPPING_V2: campaignMappings,
  ADVERTISER_DOMAIN_MAPPING: domainMappings,
  REF_DSP_PLATFORM: platforms,
  SEGMENT_MD5_MAPPING: placeMappings,
  SEGMENT_METADATA: placeDetails,
};
