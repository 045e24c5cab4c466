import { type TableSpec, text, timestamp } from '../table-spec.ts';

export const suppression: TableSpec = {
  schema: 'BASE_TABLES',
  name: 'SUPPRESSION',
  meaning: 'Identifiers that must never be delivered: opt-outs, deletion requests, consent signals.',
  grain: 'row',
  key: ['IDENTIFIER_TYPE', 'IDENTIFIER_VALUE', 'AGENCY_ID'],
  columns: [
    text('IDENTIFIER_TYPE', 'Type of the identifier, or `*` for any.', { required: true, notBlank: true }),
    text('IDENTIFIER_VALUE', 'The canonical identifier, or its SHA-256.', { required: true, notBlank: true, sensitive: true }),
    text('AGENCY_ID', 'The agency it holds for; empty or `*` means all.'),
    text('REASON', 'Why.'),
    timestamp('SINCE', 'When it became known.'),
    text('SOURCE', 'Who said so.'),
  ],
};
