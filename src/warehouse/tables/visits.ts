import { date, identifier, required, requiredIdentifier, type TableSpec, text } from '../table-spec.ts';

export const storeVisits: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'STORE_VISITS',
  meaning: 'Visits to stores by devices that saw an ad; complete about four days late.',
  grain: 'row',
  key: [],
  optional: true,
  columns: [
    text('AGENCY_ID', 'The agency.', required),
    text('QUORUM_ADVERTISER_ID', 'The advertiser.', required),
    text('MAID', 'Mobile ad id; an identifier.', requiredIdentifier),
    date('STORE_VISIT_DATE', 'Day of the visit.', required),
    text('INSERTION_ORDER_ID', 'The campaign.'),
    text('LINE_ITEM_ID', 'The line item.'),
  ],
};

export const webToStore: TableSpec = {
  schema: 'DERIVED_TABLES',
  name: 'WEB_TO_STORE_VISIT_ATTRIBUTION',
  meaning: 'Store visits after web visits. Its MAIDs are mostly made from IPs and are never delivered.',
  grain: 'row',
  key: [],
  optional: true,
  columns: [
    text('AGENCY_ID', 'The agency.', required),
    text('ADVERTISER_ID', 'The advertiser.', required),
    text('MAID', 'Device or an id made from an IP; not a source of audiences.', identifier),
    text('HOUSEHOLD_ID', 'The household.', requiredIdentifier),
    date('STORE_VISIT_DATE', 'Day of the visit.', required),
    text('WEB_VISIT_IP', 'IP address of the web visit.', identifier),
  ],
};

export const devicesCaptured: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'SEGMENT_DEVICES_CAPTURED',
  meaning: 'Devices seen at places; the better source of out-of-home exposure where a site has it.',
  grain: 'row',
  key: [],
  optional: true,
  columns: [
    text('DEVICE_ID', 'Mobile ad id; an identifier.', requiredIdentifier),
    date('DRIVE_BY_DATE', 'Day it was seen.', required),
    text('SEGMENT_MD5', 'The place.', required),
  ],
};
