import { compile, raw, sql } from '../../lib/sql.ts';
import { placeOf, type TablePlacement } from '../placement.ts';
import { SEQUENCES } from '../sequence-spec.ts';
import type { TableSpec } from '../table-spec.ts';
import { TABLES } from '../tables.ts';
import { exactName, quotedName } from './names.ts';

/** What a role must be granted for what Aquarius does with it. */

export type Privilege = 'USAGE' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'CREATE TABLE';
export type ObjectKind = 'WAREHOUSE' | 'DATABASE' | 'SCHEMA' | 'TABLE' | 'VIEW' | 'SEQUENCE' | 'STAGE' | 'INTEGRATION';

export interface Grant {
  readonly privilege: Privilege;
  readonly on: ObjectKind;
  /** The object's name in its parts, from the database on. */
  readonly name: readonly string[];
}

/** Where a site has what Aquarius works with; names are exact. */
export interface Site {
  readonly database: string;
  /** Where work tables go. */
  readonly schema: string;
  /** Virtual warehouses. */
  readonly warehouses: readonly string[];
  readonly placements: Readonly<Record<string, TablePlacement>>;
  /** Database, schema and name of the external stage that files are unloaded to. */
  readonly stage?: readonly string[];
  readonly integration?: string;
}

/** Whether a site has a table; nothing can be granted on one that it does without. */
type HasTable = (spec: TableSpec) => boolean;

/** Who is reached and how: filled by others, and only read. */
const SOURCES: ReadonlySet<string> = new Set([
  'AD_IMPRESSION_LOG_V2',
  'LIVERAMP_IMPRESSION_LOG',
  'CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS',
  'WEBPIXEL_EVENTS',
  'STORE_VISITS',
  'WEB_TO_STORE_VISIT_ATTRIBUTION',
  'SEGMENT_DEVICES_CAPTURED',
  'IP_HOUSEHOLD_LOOKUP',
  'MAID_HOUSEHOLD_LOOKUP',
  'SEGMENT_METADATA',
  'SEGMENT_DETAIL',
  'REF_DSP_PLATFORM',
  'REF_REPORT_TYPE',
  'DELIVERY_OPTION',
  'DELIVERY_OPTION_ALIAS',
]);

/** Whether others fill the table: Aquarius writes nothing into it. */
export function isSource({ name }: TableSpec): boolean {
  return SOURCES.has(name);
}

/** Where each table of the catalogue is at the site. */
export function placesOf({ placements }: Pick<Site, 'placements'>): ReadonlyMap<TableSpec, { schema: string; name: string }> {
  return new Map(
    TABLES.map((spec) => {
      const { schema, name } = placeOf(spec, placements[spec.name]);
      return [spec, { schema: exactName(schema), name: exactName(name) }];
    }),
  );
}

/** To look, plan and report: reading everything. Temporary tables need no right but to use their schema. */
export function readGrants(site: Site, has: HasTable = () => true): readonly Grant[] {
  const { database, schema, warehouses } = site;
  const places = [...placesOf(site)].filter(([spec]) => has(spec)).map(([, place]) => place);
  const schemas = new Set([schema, ...SEQUENCES.map((sequence) => sequence.schema), ...places.map((place) => place.schema)]);
  return [
    ...warehouses.map((name): Grant => ({ privilege: 'USAGE', on: 'WAREHOUSE', name: [name] })),
    { privilege: 'USAGE', on: 'DATABASE', name: [database] },
    ...[...schemas].map((name): Grant => ({ privilege: 'USAGE', on: 'SCHEMA', name: [database, name] })),
    ...places.map((place): Grant => ({ privilege: 'SELECT', on: 'TABLE', name: [database, place.schema, place.name] })),
  ];
}

/** What is needed besides to deliver, to prepare reach and to change the configuration. */
export function writeGrants(site: Site, has: HasTable = () => true): readonly Grant[] {
  const { database, schema, stage, integration } = site;
  const written = [...placesOf(site)].filter(([spec]) => !isSource(spec) && has(spec)).map(([, place]) => place);
  return [
    { privilege: 'CREATE TABLE', on: 'SCHEMA', name: [database, schema] },
    ...written.flatMap((place) =>
      (['INSERT', 'UPDATE', 'DELETE'] as const).map(
        (privilege): Grant => ({ privilege, on: 'TABLE', name: [database, place.schema, place.name] }),
      ),
    ),
    ...SEQUENCES.map(
      (sequence): Grant => ({ privilege: 'USAGE', on: 'SEQUENCE', name: [database, sequence.schema, sequence.name] }),
    ),
    ...(stage === undefined ? [] : [{ privilege: 'USAGE', on: 'STAGE', name: stage } as const]),
    ...(integration === undefined ? [] : [{ privilege: 'USAGE', on: 'INTEGRATION', name: [integration] } as const]),
  ];
}

/** The statements that give a role these, one for each object. */
export function grantStatements(grants: readonly Grant[], role: string): readonly string[] {
  const byObject = new Map<string, Grant[]>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.on, grant.name]);
    byObject.set(key, [...(byObject.get(key) ?? []), grant]);
  }
  return [...byObject.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const privileges = raw(same.map(({ privilege }) => privilege).join(', '));
    const statement = sql`GRANT ${privileges} ON ${raw(first.on)} ${quotedName(first.name)} TO ROLE ${quotedName([role])}`;
    return [`${compile(statement, () => '?').text};`];
  });
}
