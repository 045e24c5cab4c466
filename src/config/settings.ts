import { z } from 'zod';
import { DESTINATIONS } from '../destinations/registry.ts';
import { secretReference } from '../destinations/secret-reference.ts';
import { folderStageSettings, s3StageSettings } from '../stage/settings.ts';
import type { TablePlacement } from '../warehouse/catalogue.ts';
import { TABLES } from '../warehouse/tables.ts';
import { adminSettings } from './admin-settings.ts';
import { WEEKDAYS } from './cadence.ts';
import {
  alertSettings,
  dropSettings,
  guardSettings,
  retentionSettings,
  serveSettings,
  workerSettings,
} from './operation-settings.ts';
import { pixelSettings } from './pixel-settings.ts';
import { userSettings } from './user-settings.ts';
import { type DuckDBSettings, type SnowflakeSettings, warehouseSettings } from './warehouse-settings.ts';

/**
 * aquarius.yaml: one strict schema, from which the types, the editors' JSON Schema and the documentation come. The settings of
 * stages and destinations belong to them; here they are put together.
 */

const columns = z
  .record(z.string().min(1), z.string().min(1))
  .describe('Physical names of columns that are called otherwise: LOGICAL_NAME: physical_name.');

const table = z.strictObject({
  schema: z.string().min(1).optional().describe('Schema of the table in the warehouse.'),
  name: z.string().min(1).optional().describe('Name of the table or view in its schema.'),
  files: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Files to read instead of a table of the warehouse; patterns are allowed, and paths are relative to this file.'),
  format: z.enum(['parquet', 'csv']).optional().describe('Format of the files; by default what their extension says.'),
  columns: columns.optional(),
});

const destinationName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be at most 63 lower-case letters, digits and hyphens, the first no hyphen');

/** The union of what the adapters take. Each one's schema is an object, or a union of objects, with its `type` as a literal. */
const adapters = DESTINATIONS.map(({ settings }) => settings) as unknown as readonly [z.core.$ZodTypeDiscriminable];
const destination = z.discriminatedUnion('type', adapters) as unknown as z.ZodType<{ readonly type: string }>;

const cadence = z.strictObject({
  hourUtc: z.int().min(0).max(23).default(6).describe('Hour at which daily, weekly and monthly deliveries are due, in UTC.'),
  weekday: z.enum(WEEKDAYS).default('MONDAY').describe('Day on which weekly deliveries are due.'),
  monthDay: z
    .int()
    .min(1)
    .max(31)
    .default(1)
    .describe("Day on which monthly deliveries are due; past a month's end it is the last day."),
});

const deviceType = z.strictObject({
  source: z
    .enum(['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG', 'STORE_VISITS'])
    .describe('Table whose device ids the rule is for.'),
  agency: z
    .union([z.string().min(1), z.int()])
    .optional()
    .describe('Only for this agency; such a rule comes before one for all agencies.'),
  rule: z
    .enum(['FIXED_IDFA', 'FIXED_GAID', 'UNKNOWN'])
    .describe('What ids are whose row does not say: all IDFA, all GAID, or of unknown type.'),
});

/** Kinds of places that the orders of the FTC against location brokers name, and the NAI's list of sensitive points of interest. */
const SENSITIVE_PLACES = [
  'medical',
  'health',
  'hospital',
  'clinic',
  'pharmac',
  'addiction',
  'reproductive',
  'church',
  'mosque',
  'synagogue',
  'temple',
  'religio',
  'worship',
  'military',
  'shelter',
  'refugee',
  'labor union',
  'labour union',
  'trade union',
  'school',
  'childcare',
  'day care',
  'daycare',
  'prison',
  'correction',
  'protest',
  'political',
];

const policy = z.strictObject({
  minAudience: z
    .int()
    .min(1)
    .default(1000)
    .describe('Fewest identifiers of a segment. Destinations and deliveries can only raise it.'),
  deviceTypes: z
    .array(deviceType)
    .default([])
    .describe('Rules for device ids whose table does not say whether they are IDFA or GAID.'),
  deniedPlaceCategories: z
    .array(z.string().trim().min(3))
    .default(SENSITIVE_PLACES)
    .describe(
      "Words of CATEGORY in SEGMENT_METADATA, in any case and as part of it, whose places nobody's visit is delivered from. An advertiser with one such place has no audience of store visitors.",
    ),
  maxConflictShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Largest share of rows that may be contested between advertisers before a delivery is refused.'),
  maxMaskedShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe(
      "Largest share of identifiers in a column of a log that may look masked (`***`, `xxx`, a SHA-256, one value in nearly all rows) before the log is refused: the warehouse's role then lacks what its masking policy asks for. With 1 none is refused.",
    ),
  staleSource: z
    .enum(['warn', 'hold', 'fail'])
    .default('hold')
    .describe(
      "What a source without recent rows does to a delivery: 'hold' lets it wait until there are new rows or a person approves, 'warn' lets it go, 'fail' refuses it.",
    ),
  staleAfterDays: z.int().min(1).max(365).default(3).describe('Days after which a source without new rows is stale.'),
  unknownConsent: z
    .enum(['refuse', 'allow'])
    .default('refuse')
    .describe(
      "What a consent signal that cannot be read (US_PRIVACY, GPP, LMT, DNT) does: 'refuse' leaves the row's identifiers out, 'allow' lets them through.",
    ),
});

const tableNames = TABLES.filter(({ internal }) => internal !== true).map(({ name }) => name);

export const settingsSchema = z.strictObject({
  warehouse: warehouseSettings.prefault({}).describe('Where the exposure data and the business tables are.'),
  tables: z
    .partialRecord(z.enum(tableNames), table)
    .default({})
    .describe('Where single tables are, when not under their default names: LOGICAL_NAME: placement.'),
  controlStore: z
    .strictObject({
      url: secretReference
        .optional()
        .describe('Reference to the URL of a PostgreSQL server, for several workers. By default DATABASE_URL, where it is set.'),
      path: z.string().min(1).optional().describe('The SQLite file, control.db by default; relative to the data directory.'),
    })
    .prefault({})
    .describe('Where runs, attempts and receipts are kept: an SQLite file, or a PostgreSQL server.'),
  stage: z
    .discriminatedUnion('type', [folderStageSettings, s3StageSettings])
    .prefault({ type: 'folder' })
    .describe('Where finished files rest between the warehouse and the partners.'),
  destinations: z
    .record(destinationName, destination)
    .default({})
    .describe('Ways to partners, by the names that DELIVERY_DESTINATIONS uses.'),
  defaults: z
    .strictObject({
      cadence: cadence.prefault({}).describe('When in their period deliveries are due.'),
      slotDeadlineHours: z
        .int()
        .min(1)
        .max(744)
        .default(24)
        .describe('Hours after its due time, or after it was planned late, during which a slot is retried.'),
      lateMinutes: z
        .int()
        .min(1)
        .max(44_640)
        .default(60)
        .describe('Minutes after its due time from which a run that is only planned then counts as late.'),
    })
    .prefault({})
    .describe('What holds for every delivery.'),
  policy: policy.prefault({}).describe('Privacy policy, for every agency and destination.'),
  drop: dropSettings
    .optional()
    .describe("California's Delete Request and Opt-out Platform, for operators that are data brokers by its law."),
  worker: workerSettings.prefault({}).describe('How runs are worked on, tried again and given up.'),
  guards: guardSettings.prefault({}).describe('What makes a run wait for a person.'),
  retention: retentionSettings.prefault({}).describe('When what a run leaves behind is removed.'),
  serve: serveSettings.prefault({}).describe('Where `aquarius serve` listens.'),
  users: userSettings
    .optional()
    .describe('People who sign in, and keys of programs. Without it callers bear the token of the server.'),
  admin: adminSettings.prefault({}).describe('How configuration and mappings are kept.'),
  pixel: pixelSettings.prefault({}).describe("What pixels on advertisers' sites do."),
  alerts: alertSettings.prefault({}).describe('Who is told when something is wrong.'),
});

/** aquarius.yaml as written, with the defaults filled in. */
export type SettingsFile = z.infer<typeof settingsSchema>;

type Policy = SettingsFile['policy'];

/** With what the file may leave open to the machine. */
type Chosen<Section, Key extends keyof Section> = Omit<Section, Key> & Required<Pick<Section, Key>>;

/** The settings that the program runs with: every path absolute, every choice made. */
export interface Settings
  extends Pick<
    SettingsFile,
    'stage' | 'defaults' | 'drop' | 'guards' | 'retention' | 'serve' | 'users' | 'admin' | 'pixel' | 'alerts'
  > {
  /** The file that was read. */
  readonly file: string;
  /** Its folder: relative secret files and `.env` are there. */
  readonly folder: string;
  /** The data directory. */
  readonly home: string;
  readonly warehouse: Chosen<DuckDBSettings, 'memoryLimit' | 'threads'> | SnowflakeSettings;
  readonly worker: Chosen<SettingsFile['worker'], 'parallel'>;
  readonly tables: Readonly<Record<string, TablePlacement>>;
  readonly controlStore: { readonly type: 'postgres'; readonly url: string } | { readonly type: 'sqlite'; readonly path: string };
  /** By name; each has been checked by the adapter of its `type`. */
  readonly destinations: Readonly<Record<string, { readonly type: string }>>;
  readonly policy: Omit<Policy, 'deviceTypes'> & { readonly deviceTypes: readonly DeviceTypeRule[] };
}

export interface DeviceTypeRule {
  readonly source: string;
  readonly agency?: string;
  readonly rule: Policy['deviceTypes'][number]['rule'];
}
