import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { AdvertiserConfig } from './advertiser-config.ts';
import { CONFIG_FIELDS, type ConfigField, type FieldValue } from './config-fields.ts';
import { csvLine } from './csv.ts';
import { type ConfigFilter, configTable, readConfigs } from './read-configs.ts';
import { textOf } from './values.ts';

/** The configuration as text that imports back without a change: what can be set, for every advertiser. */
export async function exportConfigs(
  session: Session,
  catalogue: Catalogue,
  format: 'csv' | 'json',
  filter: ConfigFilter = {},
): Promise<string> {
  const table = configTable(catalogue);
  const fields = CONFIG_FIELDS.filter(({ column }) => table.has(column));
  const configs = await readConfigs(session, table, filter);
  if (format === 'json')
    return `${JSON.stringify(
      configs.map((config) => asObject(config, fields)),
      null,
      2,
    )}\n`;
  const header = csvLine(['AGENCY_ID', 'ADVERTISER_ID', ...fields.map(({ column }) => column)]);
  return (
    header +
    configs
      .map((config) => csvLine([config.agencyId, config.advertiserId, ...fields.map((field) => asCell(config, field))]))
      .join('')
  );
}

/** A column's value as it is understood, or as it is written where it cannot be. */
function exported(config: AdvertiserConfig, field: ConfigField): FieldValue {
  const stored = config.row[field.column];
  const reading = field.read(stored, config);
  return 'value' in reading ? reading.value : textOf(stored);
}

function asCell(config: AdvertiserConfig, field: ConfigField): string {
  const value = exported(config, field);
  // An empty cell would leave the column's default in place, and the look-back's is not null.
  if (value === null) return field.column === 'DELIVERY_LOOKBACK_DAYS' ? 'null' : '';
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
}

function asObject(config: AdvertiserConfig, fields: readonly ConfigField[]): Record<string, unknown> {
  const { agencyId, advertiserId } = config;
  const values = fields.map((field): [string, unknown] => {
    const value = exported(config, field);
    const readable = field.column === 'DELIVERY_DESTINATIONS' && 'value' in field.read(value, config);
    return [field.column, readable ? JSON.parse(String(value)) : value];
  });
  return { AGENCY_ID: agencyId, ADVERTISER_ID: advertiserId, ...Object.fromEntries(values) };
}
