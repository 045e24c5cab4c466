import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { initProject } from '../../config/init.ts';
import { parseSettings } from '../../config/parse-settings.ts';
import type { SettingsFile } from '../../config/settings.ts';
import { type SnowflakeAnswers, snowflakeTemplates, warehouseSection } from '../../config/snowflake-template.ts';
import { configError } from '../../errors.ts';
import type { TablePlacement } from '../../warehouse/catalogue.ts';
import { initSql } from '../../warehouse/snowflake/init-sql.ts';
import { exactName, stageParts } from '../../warehouse/snowflake/names.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, printJson } from '../session.ts';

interface InitOptions extends GlobalOptions {
  readonly account?: string;
  readonly user?: string;
  readonly database?: string;
  readonly schema?: string;
  readonly readRole?: string;
  readonly configRole?: string;
  readonly warehouseName?: string;
  readonly externalStage?: string;
  readonly integration?: string;
  readonly stageUrl?: string;
  readonly publicKey?: string;
  readonly sql?: string;
  readonly sources?: boolean;
}

const DEFAULT_INTEGRATION = 'AQUARIUS_S3';

/**
 * Writes the settings, and prints the statements that set up the account. Settings that are there already stay, and say what the
 * options leave open, physical names of tables and columns among it.
 */
export async function runInitSnowflake(dir: string, options: InitOptions): Promise<void> {
  const { cwd, stdout, stderr } = currentIo();
  const folder = resolve(cwd, dir);
  const present = await presentSettings(folder);
  const answers = answersOf(options, present);
  const sql = await sqlOf(options, answers, present);
  // The statements first: when they cannot be written, no settings are left behind that would keep the next try from starting.
  const sqlFile = options.sql === undefined ? null : resolve(cwd, options.sql);
  if (sqlFile !== null) await writeNew(sqlFile, sql);
  const files = present === null ? await initProject(folder, snowflakeTemplates(answers)) : [];
  if (options.json === true) {
    printJson({ files: sqlFile === null ? files : [...files, sqlFile], sql: sqlFile === null ? sql : null });
    return;
  }
  if (sqlFile === null) stdout(sql);
  stderr(`${told(files, sqlFile, answers, present).join('\n')}\n`);
}

function told(
  files: readonly string[],
  sqlFile: string | null,
  answers: SnowflakeAnswers,
  present: SettingsFile | null,
): readonly string[] {
  const isChanged = present !== null && present.warehouse.type !== 'snowflake';
  return [
    ...[...files, ...(sqlFile === null ? [] : [sqlFile])].map((file) => `Wrote ${file}`),
    ...(isChanged
      ? ['aquarius.yaml stays as it is. Put this in place of its section warehouse:', '', warehouseSection(answers)]
      : []),
    '',
    'Next:',
    '  1. Make a key as the statements say, and put its file where aquarius.yaml says.',
    `  2. Read the statements${sqlFile === null ? '' : ` in ${sqlFile}`} and run them in Snowflake as who may make roles and tables.`,
    '  3. aquarius doctor     signs in, and says which grants, tables and columns are missing',
    '  4. aquarius config import FILE.csv, aquarius reach refresh, aquarius plan, aquarius deliver',
  ];
}

async function presentSettings(folder: string): Promise<SettingsFile | null> {
  const path = join(folder, 'aquarius.yaml');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw unreadable(path, error);
  });
  return text === null ? null : parseSettings(text, path);
}

function answersOf(options: InitOptions, present: SettingsFile | null): SnowflakeAnswers {
  const known = present?.warehouse.type === 'snowflake' ? present.warehouse : null;
  const externalStage = options.externalStage ?? known?.externalStage?.name ?? null;
  return {
    account: options.account ?? known?.account ?? 'ORGANISATION-ACCOUNT',
    user: options.user ?? known?.user ?? 'AQUARIUS',
    role: options.configRole ?? writingRole(known?.role, options) ?? 'AQUARIUS_CONFIG',
    warehouse: options.warehouseName ?? known?.warehouse ?? 'AQUARIUS_WH',
    database: options.database ?? known?.database ?? 'AQUARIUS',
    schema: options.schema ?? known?.schema ?? 'AQUARIUS',
    externalStage,
    integration:
      externalStage === null ? null : (options.integration ?? known?.externalStage?.integration ?? DEFAULT_INTEGRATION),
    bucket:
      bucketOf(options.stageUrl) ??
      (present?.stage.type === 's3' ? { name: present.stage.bucket, prefix: present.stage.prefix } : null),
  };
}

const readRoleOf = ({ readRole }: InitOptions): string => exactName(readRole ?? 'AQUARIUS_READ');

/** The role of the settings, unless they only look. */
function writingRole(role: string | undefined, options: InitOptions): string | undefined {
  return role === undefined || exactName(role) === readRoleOf(options) ? undefined : role;
}

async function sqlOf(options: InitOptions, answers: SnowflakeAnswers, present: SettingsFile | null): Promise<string> {
  const { database, schema, bucket, externalStage, integration } = answers;
  const known = present?.warehouse.type === 'snowflake' ? present.warehouse : null;
  const warehouses = new Set([answers.warehouse, ...Object.values(known?.warehouses ?? {})].map(exactName));
  return initSql({
    database: exactName(database),
    schema: exactName(schema),
    warehouses: [...warehouses],
    placements: placementsOf(present),
    readRole: readRoleOf(options),
    configRole: exactName(answers.role),
    user: exactName(answers.user),
    ...(externalStage === null ? {} : { stage: stageParts(externalStage, database, schema) }),
    ...(integration === null ? {} : { integration: exactName(integration) }),
    stageUrl:
      bucket === null ? null : `s3://${bucket.name}/${bucket.prefix === '' ? '' : `${bucket.prefix.replace(/\/$/, '')}/`}`,
    publicKey: options.publicKey === undefined ? null : await publicKeyOf(resolve(currentIo().cwd, options.publicKey)),
    sources: options.sources === true,
  });
}

function placementsOf(present: SettingsFile | null): Readonly<Record<string, TablePlacement>> {
  return Object.fromEntries(
    Object.entries(present?.tables ?? {}).flatMap(([name, placement]): [string, TablePlacement][] =>
      placement === undefined ? [] : [[name, placement as TablePlacement]],
    ),
  );
}

function bucketOf(url: string | undefined): SnowflakeAnswers['bucket'] {
  if (url === undefined) return null;
  const [, name, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]+[a-z0-9])(?:\/(.*?))?\/?$/.exec(url) ?? [];
  if (name === undefined) {
    throw configError('stage_url_invalid', `${url} is no place in a bucket.`, { hint: 'Write it as s3://bucket/folder/.' });
  }
  return { name, prefix };
}

/** The base64 text of a public key in PEM. */
async function publicKeyOf(path: string): Promise<string> {
  const pem = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const body = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/.exec(pem)?.[1];
  if (body === undefined) {
    throw configError('public_key_invalid', `${path} is no public key in PEM.`, {
      hint: 'Make it with `openssl rsa -in snowflake_key.p8 -pubout -out snowflake_key.pub`.',
    });
  }
  return body.replaceAll(/\s/g, '');
}

async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') {
      throw configError('init_exists', `${path} exists already; nothing was written.`, { hint: 'Name another file with --sql.' });
    }
    throw configError('sql_unwritable', `${path} cannot be written (${error.code}).`, {
      hint: 'Name another file with --sql.',
      cause: error,
    });
  });
}

function unreadable(path: string, cause: unknown): Error {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return configError('file_unreadable', `${path} cannot be read (${code}).`, {
    hint: 'Name a file that this user may read.',
    cause,
  });
}
