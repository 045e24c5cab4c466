import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSettings, openWarehouse } from '../src/app.ts';
import { accountChecks, maskingChecks } from '../src/cli/snowflake-checks.ts';
import { systemClock } from '../src/lib/clock.ts';
import { openLog } from '../src/lib/log.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { exposuresProduct } from '../src/reach/exposures-product.ts';
import { refreshProduct } from '../src/reach/refresh.ts';
import { type DoctorOutput, doctorOutput } from '../src/shapes/shapes.ts';
import { bindCatalogue } from '../src/warehouse/catalogue.ts';
import { initSql } from '../src/warehouse/snowflake/init-sql.ts';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { aquariusHere } from './support/cli-here.ts';
import { makeProject, type Project } from './support/project.ts';
import { warehouseSection } from './support/snowflake-warehouse.ts';

/** `aquarius doctor` on Snowflake: who one is there, what the role lacks and how to give it, and where files go. */

const BUCKET = { url: 's3://acme-out/staged/', endpoint: 'http://127.0.0.1:9', accessKeyId: 'x', secretAccessKey: 'y' };
const ROLES = ['AQUARIUS_READ', 'AQUARIUS_CONFIG'];

let server: SnowflakeServer;
let project: Project;
beforeAll(async () => {
  server = await startSnowflake({
    database: 'ADTECH',
    schemas: ['AQUARIUS', 'OUT'],
    stages: { 'ADTECH.OUT.FILES': BUCKET },
  });
  // The account is set up by what `init` prints, with tables of which the site calls one otherwise.
  for (const statement of scriptStatements()) await server.run(statement);
  for (const role of ROLES) server.grants.restrict(role);
});
afterAll(() => server[Symbol.asyncDispose]());

beforeEach(() => {
  project = makeProject('');
  project.write('key.pem', server.privateKeyPem);
});
afterEach(() => project[Symbol.dispose]());

const TABLES = { SUPPRESSION: { schema: 'PRIVACY', name: 'OPT_OUTS', columns: { REASON: 'WHY' } } };

function scriptStatements(): readonly string[] {
  const script = initSql({
    database: 'ADTECH',
    schema: 'AQUARIUS',
    warehouses: [server.warehouse],
    placements: TABLES,
    readRole: 'AQUARIUS_READ',
    configRole: 'AQUARIUS_CONFIG',
    user: server.user,
    stageUrl: null,
    publicKey: null,
    sources: true,
  });
  const isOfAccount = /^(USE ROLE|CREATE (WAREHOUSE|DATABASE|USER)|GRANT ROLE .* TO (USER|ROLE SYSADMIN))/;
  return (
    script
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('--') && !isOfAccount.test(line))
      // The stand-in's grammar knows columns alone in that clause.
      .map((line) => line.replace(/( CLUSTER BY \(.*\))?;$/, ''))
  );
}

function settings(
  more: { readonly role?: string; readonly auth?: string; readonly stage?: string; readonly database?: string } = {},
): string {
  const own = { role: more.role ?? 'AQUARIUS_CONFIG', database: more.database ?? 'adtech', schema: 'AQUARIUS', auth: more.auth };
  return `${warehouseSection(server, own)}
${more.stage ?? ''}
tables:
  SUPPRESSION: { schema: PRIVACY, name: OPT_OUTS, columns: { REASON: WHY } }
`;
}

async function doctor(text: string): Promise<DoctorOutput & { readonly code: number | null }> {
  project.write('aquarius.yaml', text);
  const result = await aquariusHere(['doctor', '--json', '--log-level', 'silent', '--config', project.path('aquarius.yaml')], {
    cwd: project.folder,
    env: project.env,
  });
  const output = doctorOutput.safeParse(result.json());
  if (!output.success) throw new Error(result.stdout + result.stderr);
  return { ...output.data, code: result.code };
}

/** The same checks of the account alone, without a process of their own. */
async function look(text: string): Promise<Pick<DoctorOutput, 'checks'>> {
  project.write('aquarius.yaml', text);
  const request = { home: project.path('.aquarius'), file: project.path('aquarius.yaml'), env: {} };
  const { settings: read, secrets } = await openSettings(request);
  if (read.warehouse.type !== 'snowflake') throw new Error('These are no settings of Snowflake.');
  const { warehouse } = read;
  const signal = AbortSignal.timeout(30_000);
  return withResource(openWarehouse({ settings: read, secrets, log: openLog('silent') }, 'read'), (opened) =>
    withResource(opened.session(), async (session) => {
      const account = await accountChecks(session, read, warehouse, signal);
      const masking = await maskingChecks(session, await bindCatalogue(session, read.tables), read.policy.maxMaskedShare, signal);
      return { checks: [...account, ...masking] };
    }),
  );
}

/** Prepares the exposures of all logs, as `aquarius reach refresh` does for those that somebody is delivered from. */
async function refreshed(): Promise<unknown> {
  const { settings: read, secrets } = await openSettings({
    home: project.path('.aquarius'),
    file: project.path('aquarius.yaml'),
    env: {},
  });
  return withResource(openWarehouse({ settings: read, secrets, log: openLog('silent') }, 'write'), (opened) =>
    withResource(opened.session(), async (session) =>
      refreshProduct(session, await bindCatalogue(session, read.tables), exposuresProduct, { clock: systemClock, horizon: null }),
    ),
  );
}

const named = ({ checks }: Pick<DoctorOutput, 'checks'>, name: string) => checks.filter(({ check }) => check === name);
const wrong = ({ checks }: Pick<DoctorOutput, 'checks'>) => checks.filter(({ status }) => status !== 'ok');

describe('doctor on Snowflake', () => {
  test('with what `init` prints nothing is missing, and it says who one is there', async () => {
    const found = await doctor(settings());
    expect(wrong(found)).toEqual([]);
    expect(found.code).toBe(0);
    expect(named(found, 'sign-in')[0]?.message).toBe(
      `${server.user} at ${server.account}, role AQUARIUS_CONFIG, warehouse ${server.warehouse}, database ADTECH, schema AQUARIUS`,
    );
    expect(named(found, 'grants')[0]?.message).toMatch(/^AQUARIUS_CONFIG has all \d+ that are needed$/);
    expect(named(found, 'masking AD_IMPRESSION_LOG_V2')[0]).toMatchObject({ status: 'ok' });
  });

  test('a missing grant is told with the very statement that gives it, which then helps', async () => {
    server.grants.revoke('AQUARIUS_CONFIG', 'UPDATE', 'TABLE', 'ADTECH.PRIVACY.OPT_OUTS');
    server.grants.revoke('AQUARIUS_CONFIG', 'CREATE TABLE', 'SCHEMA', 'ADTECH.AQUARIUS');
    const found = await doctor(settings());
    expect(found.code).toBe(78);
    expect(wrong(found)).toEqual([
      {
        check: 'grant',
        status: 'error',
        message: 'AQUARIUS_CONFIG lacks CREATE TABLE ON SCHEMA "ADTECH"."AQUARIUS"',
        hint: 'Run: GRANT CREATE TABLE ON SCHEMA "ADTECH"."AQUARIUS" TO ROLE "AQUARIUS_CONFIG";',
      },
      {
        check: 'grant',
        status: 'error',
        message: 'AQUARIUS_CONFIG lacks UPDATE ON TABLE "ADTECH"."PRIVACY"."OPT_OUTS"',
        hint: 'Run: GRANT UPDATE ON TABLE "ADTECH"."PRIVACY"."OPT_OUTS" TO ROLE "AQUARIUS_CONFIG";',
      },
    ]);
    for (const { hint } of wrong(found)) await server.run((hint ?? '').replace(/^Run: |;$/g, ''));
    expect(wrong(await look(settings()))).toEqual([]);
  });

  test('rights come from roles of roles, and by owning a thing', async () => {
    const grants = [...server.grants.of('AQUARIUS_READ')];
    for (const { privilege, on, name } of grants.filter(({ on }) => on === 'TABLE'))
      server.grants.revoke('AQUARIUS_READ', privilege, on, name);
    try {
      expect(named(await look(settings()), 'grant').length).toBeGreaterThan(15);
      server.grants.grant('OWNERS', 'OWNERSHIP', 'VIEW', 'ADTECH.BASE_TABLES.AD_IMPRESSION_LOG_V2');
      for (const { on, name } of grants.filter(({ on }) => on === 'TABLE')) server.grants.grant('OWNERS', 'OWNERSHIP', on, name);
      server.grants.grant('MIDDLE', 'USAGE', 'ROLE', 'OWNERS');
      server.grants.grant('OWNERS', 'USAGE', 'ROLE', 'MIDDLE');
      server.grants.grant('AQUARIUS_READ', 'USAGE', 'ROLE', 'MIDDLE');
      expect(named(await look(settings()), 'grant')).toEqual([]);
    } finally {
      server.grants.revoke('AQUARIUS_READ', 'USAGE', 'ROLE', 'MIDDLE');
      for (const { privilege, on, name } of grants) server.grants.grant('AQUARIUS_READ', privilege, on, name);
    }
  });

  test('a role that only looks is no mistake, and is said to deliver nothing', async () => {
    const found = await look(settings({ role: 'AQUARIUS_READ' }));
    expect(wrong(found)).toMatchObject([
      { check: 'grants', status: 'warning', message: expect.stringContaining('may look but not write') },
    ]);
  });

  test('a role without a right to anything is told all that it needs, though it sees no table', async () => {
    server.grants.restrict('NOBODY');
    const found = await doctor(settings({ role: 'NOBODY' }));
    expect(found.code).toBe(78);
    const hints = named(found, 'grant').map(({ hint }) => hint);
    expect(hints).toContain(`Run: GRANT USAGE ON WAREHOUSE "${server.warehouse}" TO ROLE "NOBODY";`);
    expect(hints).toContain('Run: GRANT USAGE ON DATABASE "ADTECH" TO ROLE "NOBODY";');
    expect(hints).toContain('Run: GRANT SELECT ON TABLE "ADTECH"."BASE_TABLES"."AD_IMPRESSION_LOG_V2" TO ROLE "NOBODY";');
    // What it cannot see looks as though it were missing.
    expect(named(found, 'table AD_IMPRESSION_LOG_V2')[0]?.hint).toContain('If it is there, the role lacks SELECT on it');
  });

  test('a password is a warning, and one that is wrong says how to sign in', async () => {
    project.env.SNOWFLAKE_PASSWORD = server.password;
    const auth = '{ type: password, password: env:SNOWFLAKE_PASSWORD }';
    const found = await doctor(settings({ auth }));
    expect(wrong(found)).toMatchObject([{ check: 'sign-in', status: 'warning', hint: expect.stringContaining('key pair') }]);
    project.env.SNOWFLAKE_PASSWORD = 'wrong';
    const refused = await doctor(settings({ auth }));
    expect(refused.code).toBe(78);
    expect(named(refused, 'account')).toMatchObject([{ status: 'error', hint: expect.stringContaining('warehouse.auth') }]);
  });

  test('columns are compared with the catalogue, under the names that the site gives them', async () => {
    await server.run('ALTER TABLE "ADTECH"."PRIVACY"."OPT_OUTS" DROP COLUMN "WHY"');
    try {
      const found = await doctor(settings());
      expect(wrong(found)).toMatchObject([
        {
          check: 'table SUPPRESSION.REASON',
          hint: expect.stringContaining('ALTER TABLE "PRIVACY"."OPT_OUTS" ADD COLUMN "WHY" VARCHAR;'),
        },
      ]);
    } finally {
      await server.run('ALTER TABLE "ADTECH"."PRIVACY"."OPT_OUTS" ADD COLUMN "WHY" VARCHAR');
    }
  });

  test('SN-09 a role that sees masks is told so by a sample, without a value', async () => {
    await server.run(
      `INSERT INTO "ADTECH"."BASE_TABLES"."AD_IMPRESSION_LOG_V2" ("AGENCY_ID", "DEVICE_ID_RAW", "USER_IP_FROM_HTTP_REQUEST") VALUES ('1', '***MASKED***', '8.8.8.8')`,
    );
    try {
      const found = await look(settings());
      expect(wrong(found)).toMatchObject([
        {
          check: 'masking AD_IMPRESSION_LOG_V2',
          status: 'error',
          message: 'what looks masked: DEVICE_ID_RAW 100% of 1 values',
          hint: expect.stringContaining('masking policy'),
        },
      ]);
      expect(JSON.stringify(found)).not.toContain('MASKED***');
      await expect(refreshed()).rejects.toMatchObject({ kind: 'config', code: 'masked_identifiers' });
    } finally {
      await server.run('DELETE FROM "ADTECH"."BASE_TABLES"."AD_IMPRESSION_LOG_V2"');
    }
  });

  test.each([
    ['is the bucket of stage:', 's3', 'acme-out', '@adtech.out.files', null],
    ['is another bucket', 's3', 'acme-else', '@adtech.out.files', 'and stage: is s3://acme-else/staged/'],
    ['is not there', 's3', 'acme-out', '@adtech.out.nothing', 'there is no stage ADTECH.OUT.NOTHING'],
    ['is set without a bucket', 'folder', '', '@adtech.out.files', 'stage: is no bucket'],
  ])('an external stage that %s', async (_name, type, bucket, stageName, message) => {
    server.grants.grant('AQUARIUS_CONFIG', 'USAGE', 'STAGE', 'ADTECH.OUT.FILES');
    server.grants.grant('AQUARIUS_CONFIG', 'USAGE', 'SCHEMA', 'ADTECH.OUT');
    const place =
      type === 's3'
        ? `{ type: s3, bucket: ${bucket}, prefix: staged, region: us-east-1, endpoint: 'http://127.0.0.1:9', accessKeyId: env:X, secretAccessKey: env:X }`
        : '{ type: folder }';
    const found = await look(settings({ stage: `  externalStage: { name: '${stageName}' }\nstage: ${place}` }));
    const [check] = named(found, 'external stage');
    if (message === null) expect(check).toMatchObject({ status: 'ok', message: 'ADTECH.OUT.FILES is s3://acme-out/staged/' });
    else expect(check).toMatchObject({ status: 'error', message: expect.stringContaining(message) });
  });
});
