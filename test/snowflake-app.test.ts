import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openApp } from '../src/app.ts';
import { loadSettings } from '../src/config/load-settings.ts';
import { systemClock } from '../src/lib/clock.ts';
import { sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { aquarius } from './support/cli.ts';
import { warehouseSection } from './support/snowflake-warehouse.ts';

let server: SnowflakeServer;
let folder: string;

beforeAll(async () => {
  server = await startSnowflake();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-snowflake-app-'));
  writeFileSync(join(folder, 'key.pem'), server.privateKeyPem, { mode: 0o600 });
  writeFileSync(join(folder, 'aquarius.yaml'), settings());
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const settings = (more = '') => warehouseSection(server, {}, more);

const open = (mode: 'read' | 'write') =>
  openApp({
    home: join(folder, 'home'),
    file: join(folder, 'aquarius.yaml'),
    env: {},
    clock: systemClock,
    log: pino({ level: 'silent' }),
    mode,
    signal: new AbortController().signal,
  });

describe('an application with its warehouse in Snowflake', () => {
  test('opens without making anything there, and says of a missing table how it is made', async () => {
    const before = server.statements.length;
    await withResource(open('write'), async ({ warehouse, catalogue }) => {
      expect([warehouse.dialect.name, warehouse.readOnly]).toStrictEqual(['snowflake', false]);
      expect(() => catalogue.table('STORE_VISITS').ref).toThrow(
        expect.objectContaining({
          kind: 'config',
          code: 'table_missing',
          hint: expect.stringContaining('aquarius init --warehouse snowflake'),
        }),
      );
    });
    const kinds = server.statements.slice(before).map((statement) => statement.sql.trim().split(/\s/, 1)[0]);
    expect(new Set(kinds)).toStrictEqual(new Set(['ALTER', 'SELECT']));
  });

  test('finds the tables that are there', async () => {
    await server.run('CREATE SCHEMA IF NOT EXISTS BASE_TABLES');
    await server.run('CREATE OR REPLACE TABLE BASE_TABLES.STORE_VISITS (DEVICE_ID VARCHAR)');
    await withResource(open('read'), ({ warehouse, catalogue }) =>
      withResource(warehouse.session(), async (session) => {
        const table = catalogue.table('STORE_VISITS');
        expect(table.exists).toBe(true);
        expect(await session.all(sql`SELECT COUNT(*) AS "n" FROM ${table.ref}`)).toStrictEqual([{ n: 0n }]);
      }),
    );
  });

  test('takes work folders of dead processes away, and leaves those of others that live', async () => {
    const work = join(folder, 'home', 'work');
    const living = `${hostname()}:${process.ppid}:aaaa`;
    for (const owner of [`${hostname()}:999999999:bbbb`, living, 'elsewhere:1:cccc']) {
      mkdirSync(join(work, owner), { recursive: true });
    }
    await withResource(open('write'), async (app) => {
      const { workFolder, owner } = await app.engine();
      expect(workFolder).toBe(join(work, owner));
    });
    expect(readdirSync(work).toSorted()).toStrictEqual([living, 'elsewhere:1:cccc'].toSorted());
  });

  test('loads no files and backs up no warehouse, and says what does', async () => {
    writeFileSync(join(folder, 'visits.csv'), 'DEVICE_ID\nx\n');
    const load = await aquarius(['load', 'STORE_VISITS', 'visits.csv', '--json'], { cwd: folder });
    expect([load.code, load.json()]).toMatchObject([78, { error: { kind: 'config', code: 'load_unsupported' } }]);
    const backup = await aquarius(['backup', 'copy', '--json'], { cwd: folder });
    expect([backup.code, backup.json()]).toMatchObject([78, { error: { kind: 'config', code: 'backup_warehouse' } }]);
    expect(readdirSync(folder)).not.toContain('copy');
  });

  test('files in place of a table are refused', async () => {
    writeFileSync(join(folder, 'aquarius.yaml'), settings('tables: { STORE_VISITS: { files: [visits.csv] } }\n'));
    await expect(open('read')).rejects.toMatchObject({ kind: 'config', code: 'files_unsupported' });
  });
});

test('the SDK is loaded by who signs in, and by nobody else', async () => {
  const script = `
    const { Module } = require('node:module');
    (async () => {
      await import(process.argv[1] + '/src/app.ts');
      await import(process.argv[1] + '/src/warehouse/snowflake/snowflake.ts');
      console.log(Object.keys(Module._cache).filter((path) => path.includes('snowflake-sdk')).length);
      await import('snowflake-sdk');
      console.log(Object.keys(Module._cache).filter((path) => path.includes('snowflake-sdk')).length > 100);
    })();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, process.cwd()], { env: { ...process.env } });
  expect(stdout).toBe('0\ntrue\n');
});

describe('settings of Snowflake', () => {
  const read = (text: string) => {
    writeFileSync(join(folder, 'aquarius.yaml'), text);
    return loadSettings({ home: 'home', cwd: folder, env: {} });
  };

  test('have defaults for all that is no matter of the account', async () => {
    expect((await read(settings())).warehouse).toStrictEqual({
      type: 'snowflake',
      account: server.account,
      user: server.user,
      role: server.role,
      warehouse: server.warehouse,
      database: server.database,
      schema: 'PUBLIC',
      url: server.url,
      ocsp: 'off',
      auth: { type: 'key-pair', privateKey: 'file:key.pem' },
      sdkLogLevel: 'off',
      statementTimeoutSeconds: 14_400,
      queuedTimeoutSeconds: 1800,
      queryTag: 'aquarius',
      keepAlive: true,
      warehouses: {},
    });
  });

  test.each([
    ['a secret by value', 'auth: { type: password, password: hunter2 }', 'secret_inline', 'warehouse.auth.password'],
    ['a way to sign in that there is not', 'auth: { type: magic }', 'settings_invalid', 'warehouse.auth.type'],
    ['a step that there is not', 'warehouses: { refrehs: BIG_WH }', 'settings_invalid', 'warehouse.warehouses.refrehs'],
    ['a setting of the other engine', 'memoryLimit: 4GB', 'settings_invalid', 'warehouse.memoryLimit'],
    ['a stage without its mark', "externalStage: { name: 'DB.S.OUT' }", 'settings_invalid', 'warehouse.externalStage.name'],
  ])('%s is refused', async (_, line, code, path) => {
    const text = settings().replace(/ {2}auth:.*\n/, line.startsWith('auth') ? `  ${line}\n` : `$&  ${line}\n`);
    await expect(read(text)).rejects.toMatchObject({ code, problems: [expect.objectContaining({ path })] });
  });

  test('an engine that there is not is told from those that there are, and without any it is the embedded one', async () => {
    await expect(read('warehouse: { type: snowflke }')).rejects.toMatchObject({
      problems: [{ path: 'warehouse.type', message: 'must be one of duckdb, snowflake', hint: 'Did you mean snowflake?' }],
    });
    await expect(read('warehouse: { memorylimit: 4GB }')).rejects.toMatchObject({
      problems: [{ path: 'warehouse.memorylimit', hint: 'Did you mean memoryLimit?' }],
    });
    expect((await read('warehouse: { path: x.duckdb }')).warehouse.type).toBe('duckdb');
  });
});
