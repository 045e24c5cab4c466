import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Dialect, parse } from '@polyglot-sql/sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseSettings } from '../src/config/parse-settings.ts';
import { type InitSite, initSql } from '../src/warehouse/snowflake/init-sql.ts';
import { exactName, splitName, stageParts } from '../src/warehouse/snowflake/names.ts';
import { TABLES } from '../src/warehouse/tables.ts';
import { aquariusHere } from './support/cli-here.ts';
import { makeProject, type Project } from './support/project.ts';

/** `aquarius init --warehouse snowflake`: settings, and a script that sets up the account. */

const SITE: InitSite = {
  database: 'ADTECH',
  schema: 'AQUARIUS',
  warehouses: ['AQUARIUS_WH'],
  placements: {},
  readRole: 'AQUARIUS_READ',
  configRole: 'AQUARIUS_CONFIG',
  user: 'AQUARIUS',
  stageUrl: null,
  publicKey: null,
  sources: false,
};

/** The statements that run, and those in comments. */
function statementsOf(script: string): { readonly run: readonly string[]; readonly templates: readonly string[] } {
  const lines = script.split('\n');
  const isStatement = (line: string) => /^[A-Z]{2,} .*;$/.test(line);
  return {
    run: lines.filter((line) => line !== '' && !line.startsWith('--')),
    templates: lines
      .filter((line) => line.startsWith('-- '))
      .map((line) => line.slice(3))
      .filter(isStatement),
  };
}

function unparsed(statements: readonly string[]): readonly string[] {
  // The parser knows columns alone in this clause; Snowflake takes expressions, too.
  const known = (statement: string) => statement.replace(/ CLUSTER BY \(.*\);$/, ' CLUSTER BY ("KEY_NO");');
  return statements.filter((statement) => !parse(known(statement), Dialect.Snowflake).success);
}

describe('the script', () => {
  test('every statement of it, and every template, is Snowflake’s to another parser', () => {
    const everything = {
      ...SITE,
      stage: ['ADTECH', 'AQUARIUS', 'STAGED'],
      integration: 'AQUARIUS_S3',
      stageUrl: 's3://acme/out/',
      publicKey: 'MIIB',
    };
    const { run, templates } = statementsOf(initSql(SITE));
    expect(run.length).toBeGreaterThan(80);
    expect(templates.length).toBeGreaterThan(20);
    const all = [...run, ...templates, ...statementsOf(initSql({ ...everything, sources: true })).run];
    expect(unparsed(all)).toEqual([]);
    expect(unparsed(['CREATE TABLE A (B NUMBER(38,0);'])).toHaveLength(1);
  });

  test('makes each of our tables once and no source, unless it is for a trial', () => {
    const made = (script: string) =>
      [...script.matchAll(/^CREATE (?:TRANSIENT )?TABLE IF NOT EXISTS "[A-Z_]+"\."([A-Z0-9_]+)"/gm)].map(([, name]) => name);
    const ours = made(initSql(SITE));
    expect(new Set(ours).size).toBe(ours.length);
    expect(ours).toEqual(
      expect.arrayContaining(['REF_ADVERTISER_CONFIG', 'SUPPRESSION', 'SEGMENT_DELIVERY_DETAILS', 'REACH_EXPOSURES']),
    );
    for (const source of ['AD_IMPRESSION_LOG_V2', 'STORE_VISITS', 'WEBPIXEL_EVENTS']) expect(ours).not.toContain(source);
    expect(made(initSql({ ...SITE, sources: true }))).toEqual(TABLES.map(({ name }) => name));
  });

  test('calls a table as the site does, to the last column, and grants it under that name alone', () => {
    const placements = {
      REF_ADVERTISER_CONFIG: {
        schema: 'admin',
        name: 'ADVERTISER_CONFIG',
        columns: { DELIVERY_CADENCE: 'CADENCE', AGENCY_ID: 'AGENCY' },
      },
      STORE_VISITS: { schema: 'FOOT', name: 'VISITS' },
    };
    const script = initSql({ ...SITE, placements });
    const table = script.split('\n').find((line) => line.startsWith('CREATE TABLE IF NOT EXISTS "ADMIN"."ADVERTISER_CONFIG" ('));
    expect(table).toContain('"AGENCY" VARCHAR');
    expect(table).toContain(`"CADENCE" VARCHAR DEFAULT 'WEEKLY'`);
    expect(table).not.toMatch(/"DELIVERY_CADENCE"|"AGENCY_ID"/);
    expect(script).toContain(
      'GRANT INSERT, UPDATE, DELETE ON TABLE "ADTECH"."ADMIN"."ADVERTISER_CONFIG" TO ROLE "AQUARIUS_CONFIG";',
    );
    expect(script).not.toContain('REF_ADVERTISER_CONFIG');
    // A source that the site has placed is there, so its grant is no template.
    expect(script).toMatch(/^GRANT SELECT ON TABLE "ADTECH"\."FOOT"\."VISITS" TO ROLE "AQUARIUS_READ";$/m);
    expect(script).toMatch(/^-- GRANT SELECT ON TABLE "ADTECH"\."DERIVED_TABLES"\."WEBPIXEL_EVENTS"/m);
  });

  test('the read role may write nothing, and the config role no source', () => {
    const { run } = statementsOf(initSql({ ...SITE, sources: true }));
    const granted = run.filter((statement) => statement.startsWith('GRANT ') && statement.includes(' ON '));
    expect(granted.filter((statement) => /READ";$/.test(statement) && !/^GRANT (USAGE|SELECT) ON/.test(statement))).toEqual([]);
    const written = granted.filter((statement) => /INSERT/.test(statement));
    expect(written.filter((statement) => /IMPRESSION_LOG|VISITS|EVENTS|HOUSEHOLD|DELIVERY_OPTION/.test(statement))).toEqual([]);
    expect(written.length).toBeGreaterThan(15);
    expect(granted.filter((statement) => /OWNERSHIP|ALL PRIVILEGES|ACCOUNT/.test(statement))).toEqual([]);
  });

  test('the stage and the key are templates until they are known', () => {
    const before = initSql(SITE);
    expect(before).toContain(`-- CREATE STAGE IF NOT EXISTS "ADTECH"."AQUARIUS"."STAGED" URL = 's3://BUCKET/FOLDER/'`);
    expect(before).toContain('-- ALTER USER "AQUARIUS" SET RSA_PUBLIC_KEY');
    const after = initSql({
      ...SITE,
      stage: ['ADTECH', 'OUT', 'FILES'],
      integration: 'ACME',
      stageUrl: 's3://acme/out/',
      publicKey: 'MIIBkey',
    });
    expect(after).toMatch(
      /^CREATE STAGE IF NOT EXISTS "ADTECH"\."OUT"\."FILES" URL = 's3:\/\/acme\/out\/' STORAGE_INTEGRATION = "ACME";$/m,
    );
    expect(after).toMatch(/^GRANT USAGE ON INTEGRATION "ACME" TO ROLE "AQUARIUS_CONFIG";$/m);
    expect(after).toMatch(/^ALTER USER "AQUARIUS" SET RSA_PUBLIC_KEY = 'MIIBkey';$/m);
  });
});

describe('names', () => {
  test.each([
    ['adtech', 'ADTECH'],
    ['"adtech"', 'adtech'],
    ['"a""b"', 'a"b'],
    ['my-db', 'my-db'],
  ])('%s is %s to Snowflake', (text, exact) => {
    expect(exactName(text)).toBe(exact);
  });

  test('of objects are read with their quotes, and what is none is refused', () => {
    expect(splitName('DB."my schema"."a.b"')).toEqual(['DB', 'my schema', 'a.b']);
    expect(splitName('DB..T')).toEqual([]);
    expect(stageParts('@out', 'adtech', 'aquarius')).toEqual(['ADTECH', 'AQUARIUS', 'OUT']);
    expect(stageParts('@x.y.z', 'adtech', 'aquarius')).toEqual(['X', 'Y', 'Z']);
    expect(() => stageParts('@a.b.c.d', 'adtech', 'aquarius')).toThrow('is no name of a stage');
  });
});

describe('aquarius init --warehouse snowflake', () => {
  let project: Project;
  beforeEach(() => {
    project = makeProject('');
  });
  afterEach(() => project[Symbol.dispose]());
  const run = (...args: readonly string[]) => aquariusHere(args, { cwd: project.folder });

  test('writes settings that are read, prints the script, and a second call prints it from the settings', async () => {
    const first = await project.done(
      'init',
      'site',
      '--warehouse',
      'snowflake',
      '--account',
      'acme-prod',
      '--database',
      'adtech',
      '--external-stage',
      '@ADTECH.OUT.FILES',
      '--stage-url',
      's3://acme-out/staged/',
    );
    const text = readFileSync(project.path('site/aquarius.yaml'), 'utf8');
    expect(parseSettings(text, 'aquarius.yaml')).toMatchObject({
      warehouse: {
        type: 'snowflake',
        account: 'acme-prod',
        database: 'adtech',
        role: 'AQUARIUS_CONFIG',
        auth: { type: 'key-pair' },
        externalStage: { name: '@ADTECH.OUT.FILES', integration: 'AQUARIUS_S3' },
      },
      stage: { type: 's3', bucket: 'acme-out', prefix: 'staged' },
    });
    expect(readFileSync(project.path('site/.env.example'), 'utf8')).toContain('#SNOWFLAKE_KEY_PASSPHRASE=');
    expect(first.stdout).toContain('CREATE DATABASE IF NOT EXISTS "ADTECH";');
    expect(first.stdout).toMatch(/^CREATE STAGE IF NOT EXISTS "ADTECH"\."OUT"\."FILES" URL = 's3:\/\/acme-out\/staged\/'/m);
    expect(first.stderr).toContain('aquarius doctor');

    project.write('site/aquarius.yaml', `${text}\ntables: { SUPPRESSION: { schema: PRIVACY, columns: { REASON: WHY } } }\n`);
    const second = await run('init', 'site', '--warehouse', 'snowflake');
    expect(second.stdout).toContain('CREATE TABLE IF NOT EXISTS "PRIVACY"."SUPPRESSION"');
    expect(
      second.stdout
        .replaceAll(/PRIVACY/g, 'BASE_TABLES')
        .replaceAll(/"WHY"/g, '"REASON"')
        .split('\n')
        .sort()
        .filter((line, at, all) => line !== all[at - 1]),
    ).toEqual(
      first.stdout
        .split('\n')
        .sort()
        .filter((line, at, all) => line !== all[at - 1]),
    );
  });

  test('writes the script into a new file with the key, and never over one that is there', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    project.write('key.pub', publicKey.export({ type: 'spki', format: 'pem' }).toString());
    const { stdout } = await run(
      'init',
      'site',
      '--warehouse',
      'snowflake',
      '--sql',
      'setup.sql',
      '--public-key',
      'key.pub',
      '--json',
    );
    expect(JSON.parse(stdout)).toEqual({
      files: [project.path('site/aquarius.yaml'), project.path('site/.env.example'), project.path('setup.sql')],
      sql: null,
    });
    const key = readFileSync(project.path('key.pub'), 'utf8').split('\n').slice(1, -2).join('');
    expect(readFileSync(project.path('setup.sql'), 'utf8')).toContain(`ALTER USER "AQUARIUS" SET RSA_PUBLIC_KEY = '${key}';`);
    const again = await run('init', 'other', '--warehouse', 'snowflake', '--sql', 'setup.sql', '--json');
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([78, { error: { code: 'init_exists' } }]);
    expect(existsSync(project.path('other'))).toBe(false);
  });

  test('keeps settings of an embedded warehouse and says what to put in their place', async () => {
    project.write('site/aquarius.yaml', 'policy: { minAudience: 50 }\n');
    const { stdout, stderr } = await run('init', 'site', '--warehouse', 'snowflake', '--account', 'acme-prod');
    expect(readFileSync(project.path('site/aquarius.yaml'), 'utf8')).toBe('policy: { minAudience: 50 }\n');
    expect(stderr).toContain('  type: snowflake\n  account: acme-prod');
    expect(stdout).toContain('CREATE ROLE IF NOT EXISTS "AQUARIUS_READ";');
  });

  test('what belongs to Snowflake is refused without it, and so are a place and a key that are none', async () => {
    const stray = await run('init', 'site', '--database', 'adtech');
    expect([stray.code, stray.stderr]).toEqual([64, expect.stringContaining('--database goes with --warehouse snowflake')]);
    project.write('key.pub', 'not a key');
    for (const [flag, value, code] of [
      ['--stage-url', 'https://acme', 'stage_url_invalid'],
      ['--public-key', 'key.pub', 'public_key_invalid'],
      ['--external-stage', '@a..b', 'stage_name_invalid'],
    ]) {
      const refused = await run('init', 'site', '--warehouse', 'snowflake', flag ?? '', value ?? '', '--json');
      expect([refused.code, JSON.parse(refused.stdout)]).toMatchObject([78, { error: { code } }]);
      expect(existsSync(project.path('site'))).toBe(false);
    }
  });
});
