import type { Settings } from '../config/settings.ts';
import type { SnowflakeSettings } from '../config/warehouse-settings.ts';
import { AquariusError } from '../errors.ts';
import { sql } from '../lib/sql.ts';
import { countMasked, maskedText, tooMasked, UNMASK_HINT } from '../reach/masked-ids.ts';
import type { DoctorOutput } from '../shapes/shapes.ts';
import { bindCatalogue, type Catalogue } from '../warehouse/catalogue.ts';
import { type HeldGrant, missingGrants, readHeldGrants } from '../warehouse/snowflake/check-grants.ts';
import { describeStage } from '../warehouse/snowflake/describe-stage.ts';
import { grantStatements, readGrants, type Site, writeGrants } from '../warehouse/snowflake/grants.ts';
import { exactName, stageParts } from '../warehouse/snowflake/names.ts';
import { type Place, whereAmI } from '../warehouse/snowflake/where-am-i.ts';
import type { TableSpec } from '../warehouse/table-spec.ts';
import type { Session } from '../warehouse/warehouse.ts';

type Check = DoctorOutput['checks'][number];

/** What is asked of an account of Snowflake before any table is looked at: who one is there, what that role may do, where files go. */
export async function accountChecks(
  session: Session,
  settings: Settings,
  warehouse: SnowflakeSettings,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const place = await whereAmI(session, signal);
  const site = siteOf(settings, warehouse);
  const role = place.role ?? exactName(warehouse.role);
  const roles = new Set([role, 'PUBLIC', ...place.secondaryRoles]);
  const held = await readHeldGrants(session, [...roles], signal);
  return [
    ...signInChecks(place, warehouse),
    ...grantChecks(held, site, role, await tablesAtHand(session, settings)),
    ...(site.stage === undefined ? [] : [await stageCheck(session, site.stage, settings, warehouse, signal)]),
  ];
}

/** Whether the role sees identifiers as they are, by a sample of each log. */
export async function maskingChecks(
  session: Session,
  catalogue: Catalogue,
  maxShare: number,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const name of ['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG']) {
    const log = catalogue.table(name);
    if (!log.exists) continue;
    const columns = (await countMasked(session, log, [sql`TRUE`], signal)).filter(({ values }) => values > 0);
    const masked = tooMasked(columns, maxShare);
    const shown = (masked.length > 0 ? masked : columns).map((column) => `${column.column} ${maskedText(column)}`);
    checks.push({
      check: `masking ${name}`,
      status: masked.length > 0 ? 'error' : 'ok',
      message: columns.length === 0 ? 'there are no identifiers to look at' : `what looks masked: ${shown.join(', ')}`,
      hint: masked.length > 0 ? UNMASK_HINT : null,
    });
  }
  return checks;
}

/** The account in the settings, with names as Snowflake has them. */
function siteOf(settings: Settings, warehouse: SnowflakeSettings): Site {
  const { externalStage } = warehouse;
  return {
    database: exactName(warehouse.database),
    schema: exactName(warehouse.schema),
    warehouses: [...new Set([warehouse.warehouse, ...Object.values(warehouse.warehouses)].map(exactName))],
    placements: settings.tables,
    ...(externalStage === undefined ? {} : { stage: stageParts(externalStage.name, warehouse.database, warehouse.schema) }),
    ...(externalStage?.integration === undefined ? {} : { integration: exactName(externalStage.integration) }),
  };
}

function signInChecks(place: Place, { auth, account, role }: SnowflakeSettings): readonly Check[] {
  const { user, warehouse, database, schema } = place;
  const missing = Object.entries({ warehouse, database, schema }).flatMap(([what, name]) => (name === null ? [what] : []));
  const shown = [
    `role ${place.role ?? 'none'}`,
    `warehouse ${warehouse ?? 'none'}`,
    `database ${database ?? 'none'}`,
    `schema ${schema ?? 'none'}`,
  ];
  return [
    {
      check: 'sign-in',
      status: missing.length > 0 ? 'error' : 'ok',
      message: `${user} at ${account}, ${shown.join(', ')}`,
      hint:
        missing.length > 0
          ? `There is no such ${missing.join(' and ')}, or ${role} may not use ${missing.length > 1 ? 'them' : 'it'}: see the grants below.`
          : null,
    },
    ...(auth.type === 'password'
      ? [
          {
            check: 'sign-in',
            status: 'warning' as const,
            message: 'the user signs in with a password alone, which Snowflake is about to end for all users',
            hint: 'Give the user a key pair (docs/snowflake.md) and set warehouse.auth.type: key-pair.',
          },
        ]
      : []),
  ];
}

function grantChecks(held: readonly HeldGrant[], site: Site, role: string, has: (spec: TableSpec) => boolean): readonly Check[] {
  const needed = writeGrants(site, has);
  const toWrite = missingGrants(needed, held);
  const isReader = toWrite.length === needed.length;
  const missing = [...missingGrants(readGrants(site, has), held), ...(isReader ? [] : toWrite)];
  const lines = grantStatements(missing, role).map((statement): Check => {
    const [, what = statement] = /^GRANT (.*) TO ROLE /.exec(statement) ?? [];
    return { check: 'grant', status: 'error', message: `${role} lacks ${what}`, hint: `Run: ${statement}` };
  });
  const reader: Check = {
    check: 'grants',
    status: 'warning',
    message: `${role} may look but not write: plan, doctor and reports work; deliveries, reach refresh and changes do not`,
    hint: 'Where it is to deliver, sign in with the config role; `aquarius init --warehouse snowflake` prints its grants.',
  };
  if (lines.length > 0) return isReader ? [...lines, reader] : lines;
  return [
    isReader
      ? reader
      : {
          check: 'grants',
          status: 'ok',
          message: `${role} has all ${needed.length + readGrants(site, has).length} that are needed`,
          hint: null,
        },
  ];
}

/** Which tables rights are needed on: those that are there, and those that must be. */
async function tablesAtHand(session: Session, settings: Settings): Promise<(spec: TableSpec) => boolean> {
  try {
    const catalogue = await bindCatalogue(session, settings.tables);
    return (spec) => spec.optional !== true || catalogue.table(spec.name).exists;
  } catch (error) {
    // Who may not use the database or the virtual warehouse sees none of them; the grants say so.
    if (!(error instanceof AquariusError)) throw error;
    return (spec) => spec.optional !== true;
  }
}

async function stageCheck(
  session: Session,
  name: readonly string[],
  { stage }: Settings,
  { externalStage, role }: SnowflakeSettings,
  signal: AbortSignal,
): Promise<Check> {
  const shown = name.join('.');
  const wrong = (message: string, hint: string): Check => ({ check: 'external stage', status: 'error', message, hint });
  if (stage.type !== 's3') {
    return wrong(
      `${shown} is set, and stage: is no bucket`,
      'Set stage: to the bucket of the external stage, or take warehouse.externalStage out.',
    );
  }
  let found: Awaited<ReturnType<typeof describeStage>>;
  try {
    found = await describeStage(session, name, signal);
  } catch (error) {
    if (!(error instanceof AquariusError) || error.kind !== 'config') throw error;
    return wrong(
      `there is no stage ${shown}, or ${exactName(role)} may not use it`,
      '`aquarius init --warehouse snowflake` prints the statements that make it.',
    );
  }
  const wanted = folderUrl(`s3://${stage.bucket}/${stage.prefix}`);
  if (found.url === null || folderUrl(found.url) !== wanted) {
    return wrong(
      `${shown} is ${found.url ?? 'within Snowflake'}, and stage: is ${wanted}`,
      `Both must be the same place: set bucket and prefix of stage:, or run: ALTER STAGE ${name.map((part) => `"${part}"`).join('.')} SET URL = '${wanted}';`,
    );
  }
  const { integration } = externalStage ?? {};
  if (integration !== undefined && found.integration !== null && exactName(integration) !== found.integration.toUpperCase()) {
    return wrong(
      `${shown} uses the integration ${found.integration}`,
      `Set warehouse.externalStage.integration to ${found.integration}.`,
    );
  }
  return { check: 'external stage', status: 'ok', message: `${shown} is ${wanted}`, hint: null };
}

/** A folder with a slash at its end. Some regions have another scheme for the same buckets. */
function folderUrl(url: string): string {
  return `${url.replace(/^s3[a-z]*:/, 's3:').replace(/\/+$/, '')}/`;
}
