import { boolean, code, date, device, identifier, integer, required, type TableSpec, text, timestamp } from '../table-spec.ts';

/** What is prepared from the impression logs, so that an audience is a range read and no second pass over them. */

export const reachKeys: TableSpec = {
  schema: 'AQUARIUS',
  name: 'REACH_KEYS',
  meaning: 'Campaign keys as found in the impression logs, each with a number that prepared exposures refer to.',
  grain: 'reference',
  key: ['KEY_NO'],
  unique: true,
  optional: true,
  internal: true,
  columns: [
    integer('KEY_NO', 'Number of the key; the keys of one DSP advertiser have neighbouring numbers.', required),
    text('SOURCE', 'The log.', required),
    text('AGENCY_ID', 'The agency, trimmed.', required),
    text('PLATFORM', 'Platform type as digits; empty when it is not readable.'),
    text('DSP_ADVERTISER_ID', 'The advertiser’s id inside the platform; empty when blank.'),
    text('INSERTION_ORDER_ID', 'The campaign; empty when blank.'),
    text('LINE_ITEM_ID', 'The line item; empty when blank.'),
    text('ADVERTISER_ID', 'The advertiser that the rows name themselves; empty when blank.'),
    text('INSERTION_ORDER_NAME', 'The campaign’s name.'),
    text('RAW_AGENCY', 'The agency as the log has it.'),
    text('RAW_PLATFORM', 'The platform type as the log has it.'),
    text('RAW_DSP', 'The DSP advertiser as the log has it.'),
    text('RAW_IO', 'The campaign as the log has it.'),
    text('RAW_LI', 'The line item as the log has it.'),
    text('RAW_OWN', 'The advertiser as the log has it.'),
  ],
};

export const reachExposures: TableSpec = {
  schema: 'AQUARIUS',
  name: 'REACH_EXPOSURES',
  meaning: 'Every impression with its identifiers parsed, ordered by campaign: what audiences are cut from.',
  grain: 'row',
  key: [],
  optional: true,
  internal: true,
  columns: [
    integer('KEY_NO', 'The campaign key.', required),
    timestamp(
      'SEEN_AT',
      'When the impression was, UTC; 9999-12-31 when the log’s time is not readable, so that it is later than any window.',
      required,
    ),
    device('DEVICE', 'The device, where there is a valid id.', identifier),
    text('DEVICE_MISFIT', 'Text that is no device id.', identifier),
    code('DEVICE_REASON', 'Why it is none, see docs/reach.md.'),
    text('IP', 'Canonical address, or the text that is none.', identifier),
    code('IP_REASON', 'Why it is none, see docs/reach.md.'),
    text('RAMPID', 'RampID, or the text that is none.', identifier),
    code('RAMPID_REASON', 'Why it is none, see docs/reach.md.'),
    text('UID2', 'UID2, or the text that is none.', identifier),
    code('UID2_REASON', 'Why it is none, see docs/reach.md.'),
    text('UUID2', 'Xandr user id, or the text that is none.', identifier),
    code('UUID2_REASON', 'Why it is none, see docs/reach.md.'),
    code('DEVICE_TYPE', '1: IDFA, 2: GAID, where the row says so.'),
    code('CONSENT', '0: no opt-out, 1: a signal that cannot be read, 2: an opt-out.'),
  ],
};

export const reachDays: TableSpec = {
  schema: 'AQUARIUS',
  name: 'REACH_DAYS',
  meaning: 'Which days of which agency are prepared, and from what: the ledger of the incremental refresh.',
  grain: 'reference',
  key: ['PRODUCT', 'SOURCE', 'AGENCY_ID', 'DAY'],
  optional: true,
  internal: true,
  columns: [
    text('PRODUCT', '`EXPOSURES` or `SUMMARY`.', required),
    text('SOURCE', 'The log.', required),
    text('AGENCY_ID', 'The agency as the log has it.', required),
    date('DAY', 'UTC day; 0001-01-01 for rows whose time is not readable.', required),
    integer('SOURCE_ROWS', 'Rows of the log that it was made from.', required),
    timestamp('SOURCE_WATERMARK', 'The newest ingestion time among them.'),
    text('SOURCE_MARK', 'Checksum over their times.', required),
    boolean('KEPT', 'Whether its rows are kept; days beyond the longest look-back are not.', required),
    timestamp('BUILT_AT', 'When it was made.', required),
  ],
};

export const reachState: TableSpec = {
  schema: 'AQUARIUS',
  name: 'REACH_STATE',
  meaning: 'How far each log has been read.',
  grain: 'reference',
  key: ['PRODUCT', 'SOURCE'],
  optional: true,
  internal: true,
  columns: [
    text('PRODUCT', '`EXPOSURES` or `SUMMARY`.', required),
    text('SOURCE', 'The log.', required),
    text('SHAPE', 'Version of the rules and the columns that were there; another one asks for a rebuild.', required),
    integer('SOURCE_ROWS', 'Rows of the log when it was read.', required),
    timestamp('WATERMARK', 'The newest ingestion time then.'),
    date('HORIZON', 'The first day that is kept; empty when all are.'),
    timestamp('CHECKED_AT', 'When the log was last looked at.', required),
    integer('GENERATION', 'How often everything was made anew.', required),
    integer('VERSION', 'How often anything was made.', required),
  ],
};
