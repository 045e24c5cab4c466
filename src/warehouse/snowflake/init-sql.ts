import { compile, ident, type Sql, sql } from '../../lib/sql.ts';
import { clusterTable, createTable } from '../ddl.ts';
import { placedColumn, withColumnNames } from '../placement.ts';
import { SEQUENCES } from '../sequence-spec.ts';
import type { TableSpec } from '../table-spec.ts';
import { createReachView, REACH_VIEW } from '../views.ts';
import { snowflakeDialect } from './dialect.ts';
import { grantStatements, isSource, placesOf, readGrants, type Site, writeGrants } from './grants.ts';
import { literal } from './literal.ts';

/** What `aquarius init` makes the script of. Names are exact. */
export interface InitSite extends Site {
  readonly readRole: string;
  readonly configRole: string;
  readonly user: string;
  /** `s3://bucket/folder/` of the external stage; null while it is not known. */
  readonly stageUrl: string | null;
  /** The text of the user's public key; null while there is none. */
  readonly publicKey: string | null;
  /** Whether the tables that others fill are made as well, empty. */
  readonly sources: boolean;
}

/**
 * The script that makes in an account what Aquarius needs: compute, schemas, tables, roles, a user and a stage. Running it again changes
 * nothing. Statements that need a decision first are comments.
 */
export function initSql(site: InitSite): string {
  return `${[header(site), compute(site), tables(site), roles(site), grants(site), stage(site), user(site)].map((part) => part.join('\n')).join('\n\n')}\n`;
}

function header({ database }: InitSite): readonly string[] {
  return [
    '-- Aquarius on Snowflake: compute, tables, roles, a user and a stage. Read it, then run all of it; running it again changes nothing.',
    '-- It uses the roles that every account has. Where another role owns what is already there, name that one instead of SYSADMIN.',
    `-- ${database} is the database that has your logs; it is made if it is not there.`,
  ];
}

function compute({ warehouses }: InitSite): readonly string[] {
  return [
    ...title('Compute. The smallest size does for a start; it sleeps after a minute without work.'),
    use('SYSADMIN'),
    ...warehouses.map((name) =>
      text(
        sql`CREATE WAREHOUSE IF NOT EXISTS ${ident(name)} WAREHOUSE_SIZE = 'XSMALL' AUTO_SUSPEND = 60 AUTO_RESUME = TRUE INITIALLY_SUSPENDED = TRUE`,
      ),
    ),
    '-- A ceiling for what it may cost; choose the quota, in credits a month:',
    `-- ${use('ACCOUNTADMIN')}`,
    `-- ${text(sql`CREATE RESOURCE MONITOR ${ident('AQUARIUS')} WITH CREDIT_QUOTA = 100 FREQUENCY = MONTHLY START_TIMESTAMP = IMMEDIATELY TRIGGERS ON 80 PERCENT DO NOTIFY ON 100 PERCENT DO SUSPEND`)}`,
    ...warehouses.map((name) => `-- ${text(sql`ALTER WAREHOUSE ${ident(name)} SET RESOURCE_MONITOR = ${ident('AQUARIUS')}`)}`),
  ];
}

function tables(site: InitSite): readonly string[] {
  const { database, schema, placements, sources } = site;
  const made = [...placesOf(site)].filter(([spec]) => sources || !isSource(spec));
  const schemas = new Set([schema, ...SEQUENCES.map((sequence) => sequence.schema), ...made.map(([, place]) => place.schema)]);
  return [
    ...title('Tables. Those that only others fill are expected to be there; `aquarius doctor` says which are missing.'),
    use('SYSADMIN'),
    text(sql`CREATE DATABASE IF NOT EXISTS ${ident(database)}`),
    text(sql`USE DATABASE ${ident(database)}`),
    ...[...schemas].map((name) => text(sql`CREATE SCHEMA IF NOT EXISTS ${ident(name)}`)),
    ...made.map(([spec, place]) =>
      ifMissing(
        text(
          createTable(
            withColumnNames(spec, (column) => placedColumn(placements[spec.name], column)),
            place,
            'snowflake',
          ),
        ),
      ),
    ),
    // In one line, like every other statement.
    text(createReachView(snowflakeDialect)).replaceAll(/\s*\n\s*/g, ' '),
    ...SEQUENCES.map((sequence) => text(sql`CREATE SEQUENCE IF NOT EXISTS ${ident(sequence.schema, sequence.name)} START 1`)),
    ...title(
      'The order of prepared exposures. Snowflake keeps it by itself and charges for it; worth it from some hundred million rows on.',
    ),
    ...made.flatMap(([spec, place]) => clusterTable(spec, place) ?? []).map((statement) => `-- ${text(statement)}`),
  ];
}

function roles({ readRole, configRole }: InitSite): readonly string[] {
  return [
    ...title(
      `Roles. ${readRole} looks: plan, doctor, reports. ${configRole} also delivers, prepares reach and changes the configuration.`,
    ),
    use('USERADMIN'),
    ...[readRole, configRole].map((role) => text(sql`CREATE ROLE IF NOT EXISTS ${ident(role)}`)),
    text(sql`GRANT ROLE ${ident(readRole)} TO ROLE ${ident(configRole)}`),
    text(sql`GRANT ROLE ${ident(configRole)} TO ROLE SYSADMIN`),
  ];
}

function grants(site: InitSite): readonly string[] {
  const { readRole, configRole, placements, sources } = site;
  // A site that says where a table is has it.
  const isSure = (spec: TableSpec): boolean =>
    sources || !isSource(spec) || spec.optional !== true || placements[spec.name] !== undefined;
  const sure = grantStatements(readGrants(site, isSure), readRole);
  const others = grantStatements(readGrants(site), readRole).filter((statement) => !sure.includes(statement));
  // The stage comes later, and so do its grants.
  const { stage: _stage, integration: _integration, ...inDatabase } = site;
  return [
    ...title('What the roles may do.'),
    use('SECURITYADMIN'),
    ...sure,
    text(sql`GRANT SELECT ON VIEW ${ident(site.database, REACH_VIEW.schema, REACH_VIEW.name)} TO ROLE ${ident(readRole)}`),
    ...(others.length === 0
      ? []
      : ['-- Further sources, as far as you have them:', ...others.map((statement) => `-- ${statement}`)]),
    ...grantStatements(writeGrants(inDatabase), configRole),
  ];
}

function stage(site: InitSite): readonly string[] {
  const { database, schema, configRole, stageUrl } = site;
  const name = site.stage ?? [database, schema, 'STAGED'];
  const integration = site.integration ?? 'AQUARIUS_S3';
  const url = stageUrl ?? 's3://BUCKET/FOLDER/';
  const isChosen = site.stage !== undefined && stageUrl !== null;
  const statements = [
    use('ACCOUNTADMIN'),
    text(
      sql`CREATE STORAGE INTEGRATION IF NOT EXISTS ${ident(integration)} TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' ENABLED = TRUE STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::ACCOUNT:role/ROLE' STORAGE_ALLOWED_LOCATIONS = (${literal(url)})`,
    ),
    text(sql`GRANT USAGE ON INTEGRATION ${ident(integration)} TO ROLE SYSADMIN`),
    text(sql`GRANT USAGE ON INTEGRATION ${ident(integration)} TO ROLE ${ident(configRole)}`),
    use('SYSADMIN'),
    text(sql`CREATE STAGE IF NOT EXISTS ${ident(...name)} URL = ${literal(url)} STORAGE_INTEGRATION = ${ident(integration)}`),
    text(sql`GRANT USAGE ON STAGE ${ident(...name)} TO ROLE ${ident(configRole)}`),
  ];
  return [
    ...title(
      'An external stage, so that Snowflake writes files where they are sent from: the bucket and folder of stage: in aquarius.yaml.',
    ),
    `-- The role in AWS must let in what ${text(sql`DESC STORAGE INTEGRATION ${ident(integration)}`)} shows as STORAGE_AWS_IAM_USER_ARN and STORAGE_AWS_EXTERNAL_ID.`,
    ...(isChosen ? statements : statements.map((statement) => `-- ${statement}`)),
  ];
}

function user({ user: name, configRole, readRole, warehouses, publicKey }: InitSite): readonly string[] {
  const [warehouse = ''] = warehouses;
  const setKey = (key: string): string => text(sql`ALTER USER ${ident(name)} SET RSA_PUBLIC_KEY = ${literal(key)}`);
  return [
    ...title('The user. It has a key and no password. With OpenSSL:'),
    '--   openssl genrsa 2048 | openssl pkcs8 -topk8 -v2 aes-256-cbc -out snowflake_key.p8',
    '--   openssl rsa -in snowflake_key.p8 -pubout -out snowflake_key.pub',
    use('USERADMIN'),
    text(
      sql`CREATE USER IF NOT EXISTS ${ident(name)} TYPE = SERVICE DEFAULT_ROLE = ${ident(configRole)} DEFAULT_WAREHOUSE = ${ident(warehouse)} DEFAULT_SECONDARY_ROLES = ()`,
    ),
    ...[readRole, configRole].map((role) => text(sql`GRANT ROLE ${ident(role)} TO USER ${ident(name)}`)),
    ...(publicKey === null
      ? ['-- The text of snowflake_key.pub without its first and last line:', `-- ${setKey('MIIB...')}`]
      : [setKey(publicKey)]),
  ];
}

function title(words: string): readonly string[] {
  return [`-- ${words}`];
}

function use(role: string): string {
  return `USE ROLE ${role};`;
}

function text(statement: Sql): string {
  return `${compile(statement, () => '?').text};`;
}

function ifMissing(statement: string): string {
  return statement.replace(/^CREATE( TRANSIENT)? TABLE /, '$&IF NOT EXISTS ');
}
