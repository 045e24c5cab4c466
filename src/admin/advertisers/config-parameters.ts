import { CONFIG_FIELDS, type ConfigField, fieldOf } from '../../config/config-fields.ts';
import { parseJson } from '../../config/values.ts';

/** Columns of a configuration under the names that the API gives them: `DELIVERY_CADENCE` is `delivery_cadence`. */

export function parameterOf(column: string): string {
  return column.toLowerCase();
}

/** The field of a parameter, or undefined when it is none. */
export function fieldOfParameter(name: string): ConfigField | undefined {
  return CONFIG_FIELDS.find(({ column }) => parameterOf(column) === name);
}

/** The path of a problem as the caller wrote it: `DELIVERY_DESTINATIONS[0].refresh` is `delivery_destinations[0].refresh`. */
export function parameterPath(path: string): string {
  const [column = ''] = /^[A-Z_]+/.exec(path) ?? [];
  return CONFIG_FIELDS.some((field) => field.column === column) ? parameterOf(column) + path.slice(column.length) : path;
}

/** What a column holds, as the API shows it: lists and destinations as arrays, the default where nothing was said or it is unreadable. */
export function shownValue(
  column: string,
  value: unknown,
  key: { readonly agencyId: string; readonly advertiserId: string },
): unknown {
  const field = fieldOf(column);
  const reading = field.read(value, key);
  if (!('value' in reading)) return value ?? null;
  if (column === 'DELIVERY_DESTINATIONS') return parseJson(String(reading.value));
  if (column.endsWith('_IDS')) return reading.value === null ? [] : String(reading.value).split(',');
  return reading.value;
}
