import { required, type TableSpec, text } from '../table-spec.ts';

export const segmentMapping: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'SEGMENT_MD5_MAPPING',
  meaning: 'The places assigned to an advertiser.',
  grain: 'reference',
  key: ['AGENCY_ID', 'ADVERTISER_ID', 'SEGMENT_MD5'],
  optional: true,
  columns: [
    text('SEGMENT_MD5', 'The place, 32 hexadecimal digits.', required),
    text('SEGMENT_UNIQUE_ID', 'The place’s id in SEGMENT_METADATA, such as `S-10005595`.'),
    text('ADVERTISER_ID', 'The advertiser.', required),
    text('AGENCY_ID', 'The agency.'),
  ],
};

export const segmentMetadata: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'SEGMENT_METADATA',
  meaning: 'Brand and whereabouts of places.',
  grain: 'reference',
  key: ['SEGMENT_UNIQUE_ID'],
  optional: true,
  columns: [
    text('SEGMENT_UNIQUE_ID', 'The place; joined by this, not by its MD5.', required),
    text('BRAND', 'Brand.'),
    text('CATEGORY', 'Category of the brand; sensitive categories are never delivered.'),
    text('DMA_NAME', 'Market area.'),
    text('ZIP_CODE', 'Postal code.'),
  ],
};

export const segmentDetail: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'SEGMENT_DETAIL',
  meaning: 'More about places: names, and whether they are in use.',
  grain: 'reference',
  key: ['SEGMENT_UNIQUE_ID'],
  optional: true,
  columns: [
    text('SEGMENT_UNIQUE_ID', 'The place.', required),
    text('SEGMENT_ID', 'Its number.'),
    text('SEGMENT_NAME', 'Its name.'),
    text('AGENCY_ID', 'The agency that it belongs to; one of them is the library.'),
    text('ADVERTISER_ID', 'The advertiser that it belongs to.'),
    text('REGION', 'Region.'),
    text('SEGMENT_TYPE', '5 is a geofence.'),
    text('STATUS', '1 is active.'),
    text('PROCESSING_ALGO', 'How visits are found.'),
  ],
};
