import { CONFIG_FIELDS, type ConfigField } from '../../config/config-fields.ts';
import type { ConfigFieldRow } from '../../shapes/config/config-fields.ts';
import { parameterOf } from '../advertisers/config-parameters.ts';
import type { AdminContext } from '../context.ts';
import { WORDS } from './field-words.ts';

/** Every column that people set, explained, so that an editor needs no text of its own. */
export function listConfigFields(ctx: AdminContext): readonly ConfigFieldRow[] {
  const table = ctx.catalogue.table('REF_ADVERTISER_CONFIG');
  return CONFIG_FIELDS.map((field) => describeField(field, table.exists && table.has(field.column)));
}

/** What is said of a column besides its values. */
interface Facts {
  readonly kind: ConfigFieldRow['KIND'];
  readonly label: string;
  readonly nullMeans?: string;
  readonly list?: string;
  readonly range?: readonly [least: number | null, most: number];
  readonly informational?: string;
  readonly isDerived?: boolean;
}

const NO_NAME = 'The name of the warehouse is shown.';
const LONGEST_TEXT = 200;

const FACTS: Readonly<Record<string, Facts>> = {
  CONFIG_STATUS: { kind: 'choice', label: 'Status' },
  EXPOSURE_SOURCE: { kind: 'choice', label: 'Exposure source' },
  IMPRESSION_JOIN_STRATEGY: { kind: 'choice', label: 'Join strategy' },
  MATCH_STRATEGY: {
    kind: 'choice',
    label: 'Match strategy',
    informational: 'It has no effect: everything is reported by household.',
  },
  ATTRIBUTION_WINDOW_DAYS: {
    kind: 'number',
    label: 'Attribution window (days)',
    range: [1, 90],
    nullMeans: 'The default holds.',
  },
  HAS_IMPRESSION_TRACKING: { kind: 'flag', label: 'Impressions tracked', isDerived: true },
  HAS_STORE_VISIT_ATTRIBUTION: { kind: 'flag', label: 'Store visits attributed', isDerived: true },
  HAS_WEB_VISIT_ATTRIBUTION: { kind: 'flag', label: 'Web visits attributed', isDerived: true },
  PLATFORM_TYPE_IDS: {
    kind: 'list',
    label: 'Platforms',
    list: '/api/config/dsp-platforms',
    nullMeans: 'None is named.',
    informational: 'A note for people: which impressions count follows from the mappings.',
  },
  REPORT_TYPE_IDS: { kind: 'list', label: 'Report types', list: '/api/config/report-types', nullMeans: 'No report is chosen.' },
  WEB_PIXEL_INTEGRATION_TYPE: {
    kind: 'text',
    label: 'Site platform',
    range: [null, LONGEST_TEXT],
    nullMeans: 'It is not known.',
  },
  WEB_VISIT_SOURCE: { kind: 'choice', label: 'Web visit source', informational: 'A label only: it changes no figure.' },
  STORE_VISIT_SOURCE: { kind: 'choice', label: 'Store visit source' },
  CLIENT_IDENTIFIER: { kind: 'text', label: 'Client identifier', range: [null, LONGEST_TEXT], nullMeans: 'There is none.' },
  ADVERTISER_DISPLAY_NAME: { kind: 'text', label: 'Display name', range: [null, LONGEST_TEXT], nullMeans: NO_NAME },
  DELIVERY_ENABLED: { kind: 'flag', label: 'Deliver' },
  DELIVERY_DESTINATIONS: { kind: 'destinations', label: 'Destinations', list: '/api/config/destination-schemas' },
  DELIVERY_CADENCE: { kind: 'cadence', label: 'Cadence', list: '/api/config/cadence-preview' },
  DELIVERY_LOOKBACK_DAYS: {
    kind: 'number',
    label: 'Look-back (days)',
    range: [1, 365],
    nullMeans: 'Never expires: whoever was ever exposed stays in the audience.',
  },
};

function describeField(field: ConfigField, isPresent: boolean): ConfigFieldRow {
  const { column } = field;
  const facts = FACTS[column];
  if (facts === undefined) throw new Error(`nothing is said of ${column}`);
  const [least, most] = facts.range ?? [null, null];
  return {
    FIELD: parameterOf(column),
    COLUMN: column,
    KIND: facts.kind,
    LABEL: facts.label,
    MEANING: field.describe,
    VALUES:
      field.allowed.length === 0
        ? null
        : field.allowed.map((value) => ({ value, meaning: WORDS[column]?.[value] ?? field.describe })),
    LIST: facts.list ?? null,
    DEFAULT: defaultOf(field),
    MINIMUM: least,
    MAXIMUM: most,
    NULL_MEANS: facts.nullMeans ?? null,
    INFORMATIONAL: facts.informational ?? null,
    DERIVED: facts.isDerived ?? false,
    PRESENT: isPresent,
  };
}

/** What holds for a row that does not say. */
function defaultOf(field: ConfigField): ConfigFieldRow['DEFAULT'] {
  const reading = field.read(undefined, { agencyId: '1', advertiserId: '1' });
  return 'value' in reading && field.column !== 'DELIVERY_DESTINATIONS' ? reading.value : null;
}
