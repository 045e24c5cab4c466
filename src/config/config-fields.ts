import type { Problem } from '../errors.ts';
import { AquariusError } from '../errors.ts';
import { closest } from '../lib/did-you-mean.ts';
import { formatCadence, parseCadence } from './cadence.ts';
import { DEFAULTS } from './defaults.ts';
import { readDestinations } from './destination-entry.ts';
import { booleanOf, idText, integerOf, textOf } from './values.ts';

/**
 * The columns of REF_ADVERTISER_CONFIG that people set: their names, and how a value is read. Values from the table, from a form, from
 * a file and from the command line all come through here, so that they mean the same everywhere.
 */

/** What a column holds, as it is written: JSON as compact text, null for nothing. */
export type FieldValue = string | number | boolean | null;

export type FieldReading = { readonly value: FieldValue } | { readonly problems: readonly Problem[] };

/** The advertiser whose column is read. */
export interface ConfigKey {
  readonly agencyId: string;
  readonly advertiserId: string;
}

export interface ConfigField {
  readonly column: string;
  /** Other names, besides the column in any letter case, as camelCase and with dots. */
  readonly aliases: readonly string[];
  readonly describe: string;
  /** The words to choose from; none where it is no choice. */
  readonly allowed: readonly string[];
  /** Words of the earlier system: kept where they are, never written anew. */
  readonly legacy: readonly string[];
  /** Reads a value; blank means the default. Undefined stands for a column that the table does not have. */
  read(value: unknown, key: ConfigKey): FieldReading;
}

interface Naming {
  readonly column: string;
  readonly describe: string;
  readonly aliases?: readonly string[];
}

const refuse = (column: string, message: string, hint?: string): FieldReading => ({
  problems: [{ path: column, message, ...(hint === undefined ? {} : { hint }) }],
});

const isNothing = (value: unknown): boolean => value === undefined || /^(null)?$/i.test(textOf(value));

function words<Word extends string>(
  naming: Naming,
  allowed: readonly Word[],
  blank: Word,
  legacy: readonly string[] = [],
): ConfigField {
  return {
    aliases: [],
    ...naming,
    allowed,
    legacy,
    read(value) {
      if (isNothing(value)) return { value: blank };
      const word = textOf(value).toUpperCase();
      if ([...allowed, ...legacy].includes(word)) return { value: word };
      const near = closest(word, allowed);
      return refuse(
        naming.column,
        `must be one of ${allowed.join(', ')}`,
        near === undefined ? undefined : `Did you mean ${near}?`,
      );
    },
  };
}

function flag(naming: Naming, blank: boolean | null): ConfigField {
  return {
    aliases: [],
    allowed: [],
    legacy: [],
    ...naming,
    read(value) {
      const read = booleanOf(value);
      return read === undefined ? refuse(naming.column, 'must be true or false') : { value: read ?? blank };
    },
  };
}

function text(naming: Naming): ConfigField {
  return {
    aliases: [],
    allowed: [],
    legacy: [],
    ...naming,
    read(value) {
      const read = isNothing(value) ? null : textOf(value);
      if (read === null) return { value: null };
      if (typeof value === 'object') return refuse(naming.column, 'must be text');
      if (/\p{Cc}/u.test(read)) return refuse(naming.column, 'must not hold control characters');
      return read.length > 200 ? refuse(naming.column, 'must have at most 200 characters') : { value: read };
    },
  };
}

/** Numbers in a comma list, each once, in the order given. */
function idList(naming: Naming): ConfigField {
  return {
    aliases: [],
    allowed: [],
    legacy: [],
    ...naming,
    read(value) {
      if (isNothing(value)) return { value: null };
      const ids = (Array.isArray(value) ? value : textOf(value).split(',')).map(idText).filter((id) => id !== '');
      if (!ids.every((id) => /^\d{1,15}$/.test(id)))
        return refuse(naming.column, 'must be numbers with commas between, such as 9,23');
      return { value: [...new Set(ids.map(Number))].join(',') };
    },
  };
}

const attributionWindow: ConfigField = {
  column: 'ATTRIBUTION_WINDOW_DAYS',
  aliases: ['windowDays'],
  allowed: [],
  legacy: [],
  describe: 'Days between an ad and a visit that count as its effect, 1 to 90.',
  read(value) {
    const days = integerOf(value);
    if (days === null) return { value: DEFAULTS.attributionWindowDays };
    const valid = days !== undefined && days >= 1 && days <= 90;
    return valid ? { value: days } : refuse('ATTRIBUTION_WINDOW_DAYS', 'must be a whole number from 1 to 90');
  },
};

const cadence: ConfigField = {
  column: 'DELIVERY_CADENCE',
  aliases: ['cadence'],
  allowed: [],
  legacy: [],
  describe: 'How often it is delivered: DAILY, WEEKLY, MONTHLY, or CRON with five fields and TZ=zone.',
  read(value) {
    if (isNothing(value)) return { value: DEFAULTS.cadence };
    try {
      return { value: formatCadence(parseCadence(textOf(value))) };
    } catch (error) {
      if (!(error instanceof AquariusError)) throw error;
      // A problem's message is no whole sentence.
      return refuse('DELIVERY_CADENCE', error.message.replace(/\.$/, ''), error.hint);
    }
  },
};

const lookback: ConfigField = {
  column: 'DELIVERY_LOOKBACK_DAYS',
  aliases: ['lookbackDays', 'lookback'],
  allowed: [],
  legacy: [],
  describe: 'How far back exposures count, 1 to 365 days; null never expires.',
  read(value) {
    if (value === undefined) return { value: DEFAULTS.lookbackDays };
    // Blank text may be an accident, and never expiring is too much for an accident.
    const days = value !== null && textOf(value) === '' ? undefined : integerOf(value);
    if (days === null) return { value: null };
    const valid = days !== undefined && days >= 1 && days <= 365;
    return valid
      ? { value: days }
      : refuse('DELIVERY_LOOKBACK_DAYS', 'must be a whole number from 1 to 365, or null for never expires');
  },
};

const destinations: ConfigField = {
  column: 'DELIVERY_DESTINATIONS',
  aliases: ['destinations'],
  allowed: [],
  legacy: [],
  describe: 'Where it is delivered: a JSON array, one object for each destination and segment.',
  read(value, { agencyId, advertiserId }) {
    const { canonical, problems } = readDestinations(value, `${agencyId}_${advertiserId}`);
    return canonical === null ? { problems } : { value: JSON.stringify(canonical) };
  },
};

export const CONFIG_FIELDS: readonly ConfigField[] = [
  words(
    { column: 'CONFIG_STATUS', describe: 'Only ACTIVE advertisers are delivered and reported.', aliases: ['status'] },
    ['ACTIVE', 'INACTIVE', 'PENDING'],
    DEFAULTS.blankStatus,
  ),
  words(
    { column: 'EXPOSURE_SOURCE', describe: 'How people are reached: by ads, on the site, or at places.' },
    ['IMPRESSION', 'WEB', 'OOH'],
    DEFAULTS.exposureSource,
  ),
  words(
    {
      column: 'IMPRESSION_JOIN_STRATEGY',
      describe: 'How impressions are assigned to the advertiser.',
      aliases: ['joinStrategy', 'strategy'],
    },
    ['PCM_4KEY', 'ADM_PREFIX', 'DIRECT_AG'],
    DEFAULTS.joinStrategy,
  ),
  words(
    { column: 'MATCH_STRATEGY', describe: 'Informational: reports are by household.' },
    ['HOUSEHOLD', 'IP_MAID', 'DEVICE', 'IP_ONLY'],
    DEFAULTS.matchStrategy,
    ['MAID_PRIORITY'],
  ),
  attributionWindow,
  flag({ column: 'HAS_IMPRESSION_TRACKING', describe: 'Whether campaigns are mapped.' }, null),
  flag({ column: 'HAS_STORE_VISIT_ATTRIBUTION', describe: 'Whether places are assigned.' }, null),
  flag({ column: 'HAS_WEB_VISIT_ATTRIBUTION', describe: 'Whether domains are mapped.' }, null),
  idList({ column: 'PLATFORM_TYPE_IDS', describe: 'Platform types, as a comma list.' }),
  idList({ column: 'REPORT_TYPE_IDS', describe: 'Report types, as a comma list.' }),
  text({ column: 'WEB_PIXEL_INTEGRATION_TYPE', describe: 'Platform tag of the site.' }),
  words(
    { column: 'WEB_VISIT_SOURCE', describe: 'Label only.' },
    ['QUORUM_ADV_WEB_VISITS', 'PARAMOUNT_SITEVISITS'],
    DEFAULTS.webVisitSource,
  ),
  words(
    { column: 'STORE_VISIT_SOURCE', describe: 'Which store visit tables are read.' },
    ['BOTH', 'BASE', 'DERIVED'],
    DEFAULTS.storeVisitSource,
  ),
  text({ column: 'CLIENT_IDENTIFIER', describe: "The client's own identifier." }),
  text({ column: 'ADVERTISER_DISPLAY_NAME', describe: 'Name to show instead of the warehouse name.', aliases: ['displayName'] }),
  flag({ column: 'DELIVERY_ENABLED', describe: 'Whether anything is delivered.' }, DEFAULTS.deliveryEnabled),
  destinations,
  cadence,
  lookback,
];

/** Columns that the program keeps up to date itself. */
const KEPT = [
  'SEGMENT_COUNT',
  'POI_URL_COUNT',
  'WEB_PIXEL_URL_COUNT',
  'CAMPAIGN_MAPPING_COUNT',
  'PLATFORM_COUNT',
  'REPORT_TYPE_COUNT',
  'LAST_IMPRESSION_AT',
  'LAST_STORE_VISIT_AT',
  'LAST_WEB_VISIT_AT',
  'CREATED_AT',
  'UPDATED_AT',
  'CONFIG_VERSION',
];

const folded = (name: string): string => name.toLowerCase().replaceAll(/[\s_.-]/g, '');
const BY_NAME = new Map(
  CONFIG_FIELDS.flatMap((field) => [field.column, ...field.aliases].map((name) => [folded(name), field] as const)),
);

/** The field that a name means: the column in any case, camelCase, with dots, or an alias. */
export function fieldNamed(name: string): ConfigField | Problem {
  const field = BY_NAME.get(folded(name));
  if (field !== undefined) return field;
  if (KEPT.some((column) => folded(column) === folded(name))) {
    return { path: name, message: 'is kept by the program and cannot be set', hint: 'Leave it out.' };
  }
  const near = closest(name, [
    ...CONFIG_FIELDS.flatMap(({ column, aliases }) => [column, ...aliases]),
    'AGENCY_ID',
    'ADVERTISER_ID',
  ]);
  const hint = near === undefined ? `Known: ${CONFIG_FIELDS.map(({ column }) => column).join(', ')}.` : `Did you mean ${near}?`;
  return { path: name, message: 'unknown column', hint };
}

/** The field of a column. */
export function fieldOf(column: string): ConfigField {
  const field = CONFIG_FIELDS.find((candidate) => candidate.column === column);
  if (field === undefined) throw new Error(`no field ${column}`);
  return field;
}
