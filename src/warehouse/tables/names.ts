import { boolean, integer, required, type TableSpec, text, timestamp } from '../table-spec.ts';

export const agencyAdvertiser: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'REF_AGENCY_ADVERTISER',
  meaning: 'Names of agencies and advertisers.',
  grain: 'reference',
  key: ['AGENCY_ID', 'ADVERTISER_ID'],
  optional: true,
  columns: [
    text('AGENCY_ID', 'The agency.', required),
    text('ADVERTISER_ID', 'The advertiser.', required),
    text('ADVERTISER_NAME', 'Advertiser name, maybe behind a CRM code.'),
    text('AGENCY_NAME', 'Agency name.'),
    timestamp('CREATED_AT', 'When the row was made.'),
    timestamp('UPDATED_AT', 'When the row was last changed.'),
  ],
};

export const dspPlatform: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'REF_DSP_PLATFORM',
  meaning: 'Names of ad platforms; the truth about platform types.',
  grain: 'reference',
  key: ['PLATFORM_TYPE_ID'],
  unique: true,
  optional: true,
  columns: [
    text('PLATFORM_TYPE_ID', 'Platform type.', { required: true, notBlank: true }),
    text('PLATFORM_NAME', 'Name.'),
    text('DSP_SHORT_NAME', 'Short name.'),
    text('DSP_CATEGORY', 'Category.'),
    boolean('IS_ACTIVE', 'Whether it is in use.'),
    text('NOTES', 'Notes.'),
  ],
};

export const reportType: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'REF_REPORT_TYPE',
  meaning: 'Kinds of reports.',
  grain: 'reference',
  key: ['REPORT_TYPE_ID'],
  unique: true,
  optional: true,
  columns: [
    text('REPORT_TYPE_ID', 'Report type.', { required: true, notBlank: true }),
    text('REPORT_TYPE_CODE', 'Short name.'),
    text('EXPOSURE_SOURCE', 'What reached people.'),
    text('OUTCOME_TYPE', 'What came of it.'),
    text('DISPLAY_NAME', 'Name.'),
    text('DESCRIPTION', 'What it shows.'),
    boolean('IS_ACTIVE', 'Whether it is in use.'),
    integer('SORT_ORDER', 'Where it stands in lists.'),
  ],
};
