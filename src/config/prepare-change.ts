import type { Problem } from '../errors.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { AdvertiserConfig } from './advertiser-config.ts';
import type { ConfigChanges } from './assignments.ts';
import { type ConfigField, type ConfigKey, type FieldValue, fieldOf } from './config-fields.ts';
import { DEFAULTS } from './defaults.ts';
import { integerOf, isNoId, noId, textOf } from './values.ts';

/** What a change would write to an advertiser's row, decided before anything is written. */
export interface PreparedChange {
  readonly before: AdvertiserConfig | null;
  /** New values by column; empty when everything is as it should be already. */
  readonly writes: ReadonlyMap<string, FieldValue>;
  readonly problems: readonly Problem[];
}

/** A flag and the count of assignments that it stands for. */
const COUNTED: Readonly<Record<string, string>> = {
  HAS_IMPRESSION_TRACKING: 'CAMPAIGN_MAPPING_COUNT',
  HAS_STORE_VISIT_ATTRIBUTION: 'SEGMENT_COUNT',
  HAS_WEB_VISIT_ATTRIBUTION: 'WEB_PIXEL_URL_COUNT',
};

/** A list and the column that counts it. */
const LIST_COUNTS: Readonly<Record<string, string>> = {
  PLATFORM_TYPE_IDS: 'PLATFORM_COUNT',
  REPORT_TYPE_IDS: 'REPORT_TYPE_COUNT',
};

/** Reads a change against the row that is there, or against the defaults of a new one. */
export function prepareChange(
  table: BoundTable,
  key: ConfigKey,
  before: AdvertiserConfig | null,
  changes: ConfigChanges,
  newStrategy: string,
): PreparedChange {
  const problems: Problem[] = [];
  if (isNoId(key.agencyId)) problems.push(noId('AGENCY_ID'));
  if (isNoId(key.advertiserId)) problems.push(noId('ADVERTISER_ID'));
  const writes = new Map<string, FieldValue>(before === null ? newRow(table, newStrategy) : []);
  for (const [field, value] of changes) {
    if (before !== null && isAsWritten(before.row[field.column], value)) continue;
    const reading = field.read(value, key);
    if ('problems' in reading) {
      problems.push(...reading.problems);
      continue;
    }
    const stored = before === null ? undefined : field.read(before.row[field.column], key);
    if (stored !== undefined && 'value' in stored && stored.value === reading.value) continue;
    const problem = obstacle(table, field, reading.value, before);
    if (problem === undefined) writes.set(field.column, reading.value);
    else problems.push(problem);
  }
  for (const [list, count] of Object.entries(LIST_COUNTS)) {
    const ids = writes.get(list);
    if (ids !== undefined && table.has(count)) writes.set(count, ids === null ? 0 : String(ids).split(',').length);
  }
  return { before, writes, problems };
}

/** Writing back what was read is no change, even where it could not be written anew. */
function isAsWritten(stored: unknown, value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && textOf(value) !== '' && textOf(value) === textOf(stored);
}

function obstacle(
  table: BoundTable,
  field: ConfigField,
  value: FieldValue,
  before: AdvertiserConfig | null,
): Problem | undefined {
  const { column } = field;
  if (!table.has(column)) {
    return {
      path: column,
      message: 'is not a column of the table',
      hint: 'Add the column, or map its name under tables: in aquarius.yaml.',
    };
  }
  if (field.legacy.includes(String(value)))
    return { path: column, message: `${String(value)} is kept where it is and not set anew` };
  const counter = COUNTED[column];
  const count = counter === undefined ? undefined : integerOf(before?.row[counter]);
  if (typeof value === 'boolean' && typeof count === 'number' && value !== count > 0) {
    return {
      path: column,
      message: `contradicts ${counter}, which is ${count}`,
      hint: 'Change the assignments; the flag follows them.',
    };
  }
  return undefined;
}

function newRow(table: BoundTable, strategy: string): [string, FieldValue][] {
  const values: [string, FieldValue][] = [
    ['CONFIG_STATUS', DEFAULTS.newStatus],
    ['EXPOSURE_SOURCE', DEFAULTS.exposureSource],
    ['IMPRESSION_JOIN_STRATEGY', strategy],
    ['MATCH_STRATEGY', DEFAULTS.matchStrategy],
    ['ATTRIBUTION_WINDOW_DAYS', DEFAULTS.attributionWindowDays],
    ['DELIVERY_ENABLED', DEFAULTS.deliveryEnabled],
    ['DELIVERY_DESTINATIONS', '[]'],
    ['DELIVERY_CADENCE', DEFAULTS.cadence],
    ['DELIVERY_LOOKBACK_DAYS', DEFAULTS.lookbackDays],
  ];
  return values.filter(([column]) => table.has(fieldOf(column).column));
}

/** A new advertiser's strategy: its agency's, when all active advertisers there share one. */
export function strategyForNew(agency: readonly AdvertiserConfig[]): string {
  const used = new Set(agency.filter(({ status }) => status === 'ACTIVE').map(({ joinStrategy }) => joinStrategy));
  const [only] = used;
  return used.size === 1 && only !== undefined ? only : DEFAULTS.joinStrategy;
}
