import { boolean, date, integer, required, type TableSpec, text, timestamp } from '../table-spec.ts';

export const campaignMapping: TableSpec = {
  schema: 'REF_DATA',
  name: 'PIXEL_CAMPAIGN_MAPPING_V2',
  meaning: 'Which advertiser a platform’s campaigns belong to.',
  grain: 'reference',
  key: ['AGENCY_ID', 'DSP_PLATFORM_TYPE', 'DSP_ADVERTISER_ID', 'INSERTION_ORDER_ID', 'LINE_ITEM_ID', 'QUORUM_ADVERTISER_ID'],
  columns: [
    integer('MAPPING_ID', 'Number of the mapping.'),
    text('AGENCY_ID', 'The agency, compared as text.', required),
    text('DSP_PLATFORM_TYPE', 'Platform type; a mapping whose type is not a number matches nothing.', required),
    text('DSP_ADVERTISER_ID', 'The advertiser’s id inside the platform.', required),
    text('INSERTION_ORDER_ID', 'The campaign; blank matches any.', required),
    text('LINE_ITEM_ID', 'The line item; blank matches any.', required),
    text('QUORUM_ADVERTISER_ID', 'The advertiser; blank or 0 means unmapped.', required),
    text('DATA_SOURCE', 'Where the mapping came from; `ADMIN_CONFIG` was made on screen.'),
    text('ADVERTISER_NAME_FROM_DSP', 'Advertiser name as the platform writes it.'),
    text('INSERTION_ORDER_NAME_FROM_DSP', 'Campaign name as the platform writes it, maybe URL-encoded several times.'),
    text('LINE_ITEM_NAME_FROM_DSP', 'Line item name as the platform writes it.'),
    text('CAMPAIGN_NAME_MANUAL', 'Campaign name given by a person.'),
    integer('IMPRESSION_COUNT', 'Impressions seen.'),
    integer('IMPRESSIONS_14DAY_ROLLING', 'Impressions of the last 14 days.'),
    integer('REACH_14DAY_ROLLING', 'Reach of the last 14 days.'),
    timestamp('FIRST_IMPRESSION_TIMESTAMP', 'First impression seen.'),
    timestamp('LAST_IMPRESSION_TIMESTAMP', 'Newest impression seen.'),
    date('CAMPAIGN_START_DATE', 'First day of the campaign.'),
    date('CAMPAIGN_END_DATE', 'Last day of the campaign.'),
    timestamp('CREATED_AT', 'When the mapping was made.'),
    timestamp('MODIFIED_AT', 'When the mapping was last changed.'),
  ],
};

export const domainMapping: TableSpec = {
  schema: 'DERIVED_TABLES',
  name: 'ADVERTISER_DOMAIN_MAPPING',
  meaning: 'Which advertiser a site belongs to. Two columns are in mixed case.',
  grain: 'reference',
  key: ['Agency_Id', 'Advertiser_id', 'URL'],
  optional: true,
  columns: [
    text('Agency_Id', 'The agency.', required),
    text('Advertiser_id', 'The advertiser.', required),
    text('URL', 'Free text: maybe with scheme, path, query or `www.`; new rows hold a normalised host.', required),
    text('ADVERTISER_NAME', 'Name of the advertiser.'),
    boolean('IS_POI', 'Whether the page is a store locator.'),
    timestamp('CREATED_AT', 'When the row was made.'),
  ],
};
