import { requiredIdentifier, type TableSpec, text } from '../table-spec.ts';

export const ipHousehold: TableSpec = {
  schema: 'HOUSEHOLD_CORE',
  name: 'IP_HOUSEHOLD_LOOKUP',
  meaning: 'The household behind an IP address.',
  grain: 'row',
  key: ['IP_ADDRESS'],
  optional: true,
  columns: [text('IP_ADDRESS', 'IP address.', requiredIdentifier), text('HOUSEHOLD_ID', 'The household.', requiredIdentifier)],
};

export const maidHousehold: TableSpec = {
  schema: 'HOUSEHOLD_CORE',
  name: 'MAID_HOUSEHOLD_LOOKUP',
  meaning: 'The household behind a mobile ad id.',
  grain: 'row',
  key: ['MAID'],
  optional: true,
  columns: [text('MAID', 'Mobile ad id.', requiredIdentifier), text('HOUSEHOLD_ID', 'The household.', requiredIdentifier)],
};
