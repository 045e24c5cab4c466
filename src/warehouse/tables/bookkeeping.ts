import { integer, required, requiredIdentifier, type TableSpec, text, timestamp } from '../table-spec.ts';

export const loadedFiles: TableSpec = {
  schema: 'AQUARIUS',
  name: 'LOADED_FILES',
  meaning: 'Files loaded by `aquarius load`, so that each is loaded once.',
  grain: 'reference',
  key: ['TABLE_NAME', 'SHA256'],
  unique: true,
  internal: true,
  columns: [
    text('TABLE_NAME', 'Table of the catalogue.', required),
    text('PATH', 'Absolute path when it was loaded.', required),
    integer('BYTES', 'Size.', required),
    timestamp('MODIFIED_AT', 'Time of its last change.', required),
    text('SHA256', 'SHA-256 of its content; a copy under another name is the same file.', required),
    integer('ROW_COUNT', 'Rows loaded.', required),
    timestamp('LOADED_AT', 'When it was loaded.', required),
  ],
};

export const memberChanges: TableSpec = {
  schema: 'AQUARIUS',
  name: 'MEMBER_CHANGES',
  meaning: 'What is being told to partners about members; becomes part of DELIVERED_MEMBERS when the delivery has ended.',
  grain: 'row',
  key: ['CUT_ID', 'CHANGE', 'IDENTIFIER_TYPE', 'IDENTIFIER_VALUE'],
  internal: true,
  columns: [
    text('CUT_ID', 'The staged set.', required),
    text('RUN_ID', 'The run.', required),
    text('AGENCY_ID', 'The agency.', required),
    text('ADVERTISER_ID', 'The advertiser.', required),
    text('DESTINATION_NAME', 'The destination.', required),
    text('SEGMENT_ID', 'The segment at the destination.', required),
    text('CHANGE', '`add`, `resend`, `remove`, `optOut`; `rejected` where the partner refused it.', required),
    text('IDENTIFIER_TYPE', 'Type of the identifier.', required),
    text('IDENTIFIER_VALUE', 'The canonical identifier.', requiredIdentifier),
  ],
};
