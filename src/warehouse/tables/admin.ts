import { boolean, integer, json, required, type TableSpec, text, timestamp } from '../table-spec.ts';

export const configAuditLog: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'CONFIG_AUDIT_LOG',
  meaning: 'Who changed which configuration or mapping, when, and what it was before and since.',
  grain: 'reference',
  key: ['AUDIT_ID'],
  optional: true,
  columns: [
    text('AUDIT_ID', 'The entry; sorts by time.', required),
    timestamp('AT', 'When it was done.', required),
    text('ACTOR', 'Who did it.', required),
    text('ROLE', 'In what role.'),
    text('AGENCY_ID', 'The agency that it concerns.', required),
    text('ADVERTISER_ID', 'The advertisers that it concerns, with commas between; empty for none.'),
    text('ACTION', 'What was done, such as `campaign.map`.', required),
    text('REASON', 'Why, in their words.'),
    json('BEFORE', 'The rows that it concerns as they were, by table.'),
    json('AFTER', 'The rows that it concerns as they are since, by table.'),
    text('REQUEST_ID', 'Names the request in the log.'),
    text('UNDOES', 'The entry that it takes back.'),
  ],
};

export const pixelDomainSetting: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'PIXEL_DOMAIN_SETTING',
  meaning: 'What people decided about a domain that pixels report: to ignore it, or which platform it runs on.',
  grain: 'reference',
  key: ['AGENCY_ID', 'DOMAIN'],
  optional: true,
  columns: [
    text('AGENCY_ID', 'The agency.', required),
    text('DOMAIN', 'The registrable domain.', required),
    boolean('IS_IGNORED', 'Whether it is left out of discovery.'),
    text('PLATFORM_OVERRIDE', 'The platform of the site, as somebody chose it; wins over detection.'),
    text('NOTE', 'Why.'),
    text('UPDATED_BY', 'Who decided it last.'),
    timestamp('UPDATED_AT', 'When.'),
  ],
};

export const storeListUpload: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'STORE_LIST_UPLOAD',
  meaning: 'Lists of stores that people handed in.',
  grain: 'reference',
  key: ['UPLOAD_ID'],
  optional: true,
  columns: [
    text('UPLOAD_ID', 'The upload; sorts by time.', required),
    text('AGENCY_ID', 'The agency.', required),
    text('ADVERTISER_ID', 'The advertiser.', required),
    text('FILE_NAME', 'The name that the file had.'),
    text('STORAGE_KEY', 'Where the file is kept in the stage.'),
    integer('BYTES', 'Its size.'),
    text('SHA256', 'Its SHA-256.'),
    integer('ROWS_TOTAL', 'Rows below the header.'),
    text('STATUS', '`RECEIVED`, `PROCESSED` or `REJECTED`.'),
    text('ERROR', 'Why it was rejected.'),
    text('UPLOADED_BY', 'Who handed it in.'),
    timestamp('UPLOADED_AT', 'When.'),
  ],
};
