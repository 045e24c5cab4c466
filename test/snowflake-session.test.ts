import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ident, integer, raw, type Sql, sql } from '../src/lib/sql.ts';
import { dropLeftBehind, sharedTable } from '../src/reach/work-table.ts';
import type { SnowflakeAuth, SnowflakeOptions } from '../src/warehouse/snowflake/options.ts';
import { openSnowflake } from '../src/warehouse/snowflake/snowflake.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { breakingProxy } from './support/breaking-proxy.ts';
import { optionsFor } from './support/snowflake-warehouse.ts';

let server: SnowflakeServer;
let folder: string;
const opened: AsyncDisposable[] = [];

beforeAll(async () => {
  server = await startSnowflake();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-snowflake-'));
});
afterEach(async () => {
  for (const resource of opened.splice(0).reverse()) await resource[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const open = (own: Partial<SnowflakeOptions> = {}): Warehouse => {
  const warehouse = openSnowflake(optionsFor(server, own));
  opened.push(warehouse);
  return warehouse;
};

const counted = (rows: number): Sql =>
  sql`(SELECT ROW_NUMBER() OVER (ORDER BY NULL) - 1 AS n FROM TABLE(GENERATOR(ROWCOUNT => ${rows})))`;

/** Statements of ours with this text in them, as they have arrived. */
const arrived = (text: string) => server.statements.filter((statement) => statement.sql.includes(text));

const count = async (session: Session, statement: Sql): Promise<number> => {
  let rows = 0;
  for await (const batch of session.query(statement)) rows += batch.length;
  return rows;
};

let lastName = 0;
/** A name that no other test has. */
const fresh = (): string => {
  lastName += 1;
  return `T${process.pid}_${lastName}`;
};

describe('results', () => {
  test('SN-02: a result whose rows stop coming on the way is a failure, never a short success', async () => {
    const session = await open({ patience: { stall: 1_000 } }).session();
    const tag = fresh();
    server.faults.add({ kind: 'break-chunk', row: 6_000, when: (text) => text.includes(tag) });
    const read = count(session, sql`SELECT n AS ${ident(tag)} FROM ${counted(20_000)} AS counted`);
    await expect(read).rejects.toMatchObject({ kind: 'transient', code: 'warehouse_result_stalled' });
    expect(await count(session, sql`SELECT 1 AS one`)).toBe(1);
  });

  test('SN-02: an unload that breaks off leaves no file', async () => {
    const session = await open({ patience: { stall: 1_000 } }).session();
    const tag = fresh();
    server.faults.add({ kind: 'break-chunk', row: 6_000, when: (text) => text.includes(tag) });
    const path = join(folder, 'lines.txt');
    const lines = sql`SELECT CAST(n AS VARCHAR) AS ${ident(tag)} FROM ${counted(20_000)} AS counted`;
    await expect(session.unload(lines, path)).rejects.toMatchObject({ kind: 'transient', code: 'warehouse_result_stalled' });
    expect(existsSync(path)).toBe(false);
  });

  test.each([
    ['rows are missing', { kind: 'lose-rows', from: 2_000 } as const],
    ['more is told than there is', { kind: 'report-rows', rows: 20_001 } as const],
  ])('SN-03: when %s, the rows that were read are not those that Snowflake reported, and that is a failure', async (_, fault) => {
    const session = await open({ patience: { stall: 1_000 } }).session();
    const tag = fresh();
    server.faults.add({ ...fault, when: (text) => text.includes(tag) });
    const read = count(session, sql`SELECT n AS ${ident(tag)} FROM ${counted(20_000)} AS counted`);
    await expect(read).rejects.toMatchObject({ kind: 'transient', code: 'warehouse_result_cut' });
  });

  test('SN-07: numbers of more than 64 bits come exactly, and so do ids in text', async () => {
    const session = await open().session();
    const table = ident(fresh());
    const id = 2n ** 63n + 1n;
    await session.execute(sql`CREATE TEMPORARY TABLE ${table} (id NUMBER(38, 0), id_text VARCHAR, amount NUMBER(10, 2))`);
    await session.execute(sql`INSERT INTO ${table} VALUES (${id}, ${String(id)}, ${1.25})`);
    expect(await session.all(sql`SELECT id AS "id", id_text AS "text", amount AS "amount" FROM ${table}`)).toStrictEqual([
      { id, text: '9223372036854775809', amount: 1.25 },
    ]);
    expect(await session.all(sql`SELECT 1 AS "one" FROM ${table} WHERE id = ${id}`)).toHaveLength(1);
    expect(await session.all(sql`SELECT 1 AS "one" FROM ${table} WHERE id = ${id - 1n}`)).toHaveLength(0);
  });

  test('SN-08: delimiters, quotes, line ends, backslashes and \\N survive in values and in lines', async () => {
    const session = await open().session();
    const values = ['a|b,c\td', '"quoted" \'too\'', 'back\\slash\\n', '\\N', 'N', 'NULL', '', ' ', 'line\nend', 'é漢😀'];
    const table = ident(fresh());
    await session.execute(sql`CREATE TEMPORARY TABLE ${table} (place NUMBER(38, 0), line VARCHAR)`);
    for (const [place, line] of values.entries()) await session.execute(sql`INSERT INTO ${table} VALUES (${place}, ${line})`);
    const lines = sql`SELECT line FROM ${table} ORDER BY place`;
    expect((await session.all(lines)).map((row) => row.line)).toStrictEqual(values);
    const path = join(folder, 'lines.txt');
    expect(await session.unload(lines, path)).toStrictEqual({ rows: values.length });
    expect(readFileSync(path, 'utf8')).toBe(values.map((value) => `${value}\n`).join(''));
  });

  test('SN-11: however slowly a result is read, memory does not grow with it', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const session = await open().session();
    const rows = 150_000;
    const text = 'x'.repeat(200);
    const held: number[] = [];
    let read = 0;
    for await (const batch of session.query(sql`SELECT CAST(n AS VARCHAR) || ${text} AS t FROM ${counted(rows)} AS counted`)) {
      if (Math.floor(read / 25_000) < Math.floor((read + batch.length) / 25_000)) {
        // What could be fetched ahead would be here by then.
        await sleep(50);
        collect();
        held.push(process.memoryUsage().heapUsed);
      }
      read += batch.length;
    }
    expect(read).toBe(rows);
    expect(held).toHaveLength(6);
    // Of 30 MB of text alone.
    expect(Math.max(...held) - Math.min(...held)).toBeLessThan(15 * 2 ** 20);
  });

  test('columns answer to their own names, and those in capitals in lower case too', async () => {
    const session = await open().session();
    const [row] = await session.all(sql`SELECT 1 AS row_count, 'x' AS "Mixed", 2 AS "both", 3 AS both_too`);
    expect(row?.row_count).toBe(1);
    expect(row?.ROW_COUNT).toBe(1);
    expect(row?.Mixed).toBe('x');
    expect(row?.mixed).toBeUndefined();
    expect(Object.keys(row ?? {})).toStrictEqual(['ROW_COUNT', 'Mixed', 'both', 'BOTH_TOO']);
  });

  test('times are UTC whatever type they have, dates are their midnight, and JSON is text', async () => {
    const session = await open().session();
    const at = new Date('2026-02-16T06:00:00.123Z');
    const [row] = await session.all(sql`SELECT CAST('2026-02-16 06:00:00.123' AS TIMESTAMP_NTZ) AS ntz,
      CAST('2026-02-16 08:00:00.123+02:00' AS TIMESTAMP_TZ) AS tz, CAST('2026-02-16 06:00:00.123' AS TIMESTAMP_LTZ) AS ltz,
      CAST('2026-02-16' AS DATE) AS day, CAST('2026-02-16 06:00:00.123' AS TIMESTAMP) AS plain,
      PARSE_JSON('{"a": [1, 9223372036854775809]}') AS doc, CAST(NULL AS VARIANT) AS nothing`);
    expect([row?.ntz, row?.tz, row?.ltz, row?.plain]).toStrictEqual([at, at, at, at]);
    expect(row?.day).toStrictEqual(new Date('2026-02-16T00:00:00Z'));
    expect(row?.doc).toContain('9223372036854775809');
    expect(row?.nothing).toBeNull();
  });
});

describe('sessions and the network', () => {
  /** The request ids of statements among requests, in their order. */
  const requestIds = (requests: readonly string[]): readonly string[] =>
    requests.flatMap((line) => /^POST \/queries\/v1\/query-request\?requestId=([^&]+)/.exec(line)?.[1] ?? []);

  test('SN-04: an expired session token is renewed once, and the statement is sent again with its request id', async () => {
    await using proxy = await breakingProxy(server.url);
    const session = await open({ url: proxy.url }).session();
    const table = ident(fresh());
    await session.execute(sql`CREATE TEMPORARY TABLE ${table} (n NUMBER(38, 0))`);
    server.faults.add({ kind: 'expire-session', when: (text) => text.startsWith('INSERT') });
    const before = proxy.requests.length;
    expect(await session.execute(sql`INSERT INTO ${table} VALUES (${1})`)).toBe(1);
    const requests = proxy.requests.slice(before);
    const [first, ...again] = requestIds(requests);
    expect(again).toStrictEqual([first]);
    expect(requests.filter((line) => line.startsWith('POST /session/token-request'))).toHaveLength(1);
    // Its temporary tables are still there: it is the same session.
    expect(await count(session, sql`SELECT n FROM ${table}`)).toBe(1);
  });

  test('SN-04: when the master token has expired too, a session without temporary tables signs in again, once', async () => {
    await using proxy = await breakingProxy(server.url);
    const session = await open({ url: proxy.url }).session();
    const tag = fresh();
    server.faults.add({ kind: 'expire-token', when: (text) => text.includes(tag) });
    const before = proxy.requests.length;
    expect(await session.all(sql`SELECT 1 AS ${ident(tag)}`)).toHaveLength(1);
    const requests = proxy.requests.slice(before);
    const [first, parameters, ...again] = requestIds(requests);
    expect(again).toStrictEqual([first]);
    expect(parameters).not.toBe(first);
    expect(requests.filter((line) => line.startsWith('POST /session/v1/login-request'))).toHaveLength(1);
    expect(arrived(tag)).toHaveLength(1);
    // What the new session was told is what the old one was told.
    expect(await session.all(sql`SELECT CAST('2026-02-16 06:00:00' AS TIMESTAMP_LTZ) AS "at"`)).toStrictEqual([
      { at: new Date('2026-02-16T06:00:00Z') },
    ]);
    server.faults.add({ kind: 'expire-token', times: 5, when: (text) => text.includes('AS again') });
    await expect(session.all(sql`SELECT 1 AS again`)).rejects.toMatchObject({ code: 'warehouse_session_lost' });
  });

  test('SN-04: one with temporary tables is lost instead, which may be tried again with another', async () => {
    const warehouse = open();
    const session = await warehouse.session();
    await session.execute(sql`CREATE TEMPORARY TABLE ${ident(fresh())} (n NUMBER(38, 0))`);
    expect(await session.renew()).toBe(true);
    const tag = fresh();
    server.faults.add({ kind: 'end-session', when: (text) => text.includes(tag) });
    const lost = { kind: 'transient', code: 'warehouse_session_lost' };
    await expect(session.all(sql`SELECT 1 AS ${ident(tag)}`)).rejects.toMatchObject(lost);
    await expect(session.all(sql`SELECT 2 AS two`)).rejects.toMatchObject(lost);
    expect(await session.renew()).toBe(false);
    expect(await (await warehouse.session()).all(sql`SELECT 2 AS two`)).toHaveLength(1);
  });

  test('SN-05: running, queued, running, then failed: the failure is the query’s own', async () => {
    const session = await open().session();
    const tag = fresh();
    server.faults.add({
      kind: 'statuses',
      statuses: ['RUNNING', 'QUEUED', 'BLOCKED', 'RUNNING'],
      when: (text) => text.includes(tag),
    });
    server.faults.add({
      kind: 'fail',
      code: '002003',
      sqlState: '42S02',
      message: `SQL compilation error:\nObject 'DB.S.GONE' does not exist or not authorized.`,
      when: (text) => text.includes(tag),
    });
    await expect(session.execute(sql`DELETE FROM ${ident(tag)}`)).rejects.toMatchObject({
      kind: 'config',
      code: 'warehouse_object',
      message: expect.stringContaining('DB.S.GONE'),
    });
    expect(arrived(tag)).toHaveLength(1);
  });

  test.each([
    ['a short statement', false],
    ['a long one', true],
  ])('SN-06: %s whose answer is lost is found again by its request, and not run twice', async (_, isLong) => {
    const session = await open().session();
    const table = fresh();
    await session.execute(sql`CREATE TEMPORARY TABLE ${ident(table)} (n NUMBER(38, 0))`);
    server.faults.add({ kind: 'drop-after-submit', when: (text) => text.startsWith(`INSERT INTO "${table}"`) });
    const insert = sql`INSERT INTO ${ident(table)} VALUES (${1})`;
    if (isLong) expect(await session.execute(insert)).toBe(1);
    else await session.transaction(() => session.execute(insert));
    expect(await count(session, sql`SELECT n FROM ${ident(table)}`)).toBe(1);
    expect(arrived(`INSERT INTO "${table}"`)).toHaveLength(1);
  });

  test('SN-06: the network may be gone for a while as a long statement runs, which is then found again by its id', async () => {
    await using proxy = await breakingProxy(server.url);
    const session = await open({ url: proxy.url }).session();
    const table = fresh();
    await session.execute(sql`CREATE TEMPORARY TABLE ${ident(table)} (n NUMBER(38, 0))`);
    server.faults.add({ kind: 'slow', milliseconds: 1_500, when: (text) => text.startsWith(`INSERT INTO "${table}"`) });
    const inserted = session.execute(sql`INSERT INTO ${ident(table)} VALUES (${1})`);
    await expect.poll(() => arrived(`INSERT INTO "${table}"`).length).toBe(1);
    proxy.cut();
    setTimeout(() => proxy.restore(), 500);
    expect(await inserted).toBe(1);
    expect(arrived(`INSERT INTO "${table}"`)).toHaveLength(1);
    expect(await count(session, sql`SELECT n FROM ${ident(table)}`)).toBe(1);
  });

  test('a network that stays away is a passing failure', async () => {
    await using proxy = await breakingProxy(server.url);
    const session = await open({ url: proxy.url, patience: { outage: 500 } }).session();
    const tag = fresh();
    server.faults.add({ kind: 'slow', milliseconds: 60_000, when: (text) => text.includes(tag) });
    const running = session.execute(sql`DELETE FROM ${ident(tag)}`);
    running.catch(() => {});
    // Until the answer has come the SDK tries by itself.
    await expect.poll(() => proxy.requests.some((line) => line.startsWith('GET /monitoring/'))).toBe(true);
    proxy.cut();
    await expect(running).rejects.toMatchObject({ kind: 'transient', code: 'warehouse_unreachable' });
    proxy.restore();
  });

  test('SN-10: a statement that takes too long is not tried again, a warehouse that does not run is', async () => {
    const session = await open().session();
    server.faults.add({ kind: 'statement-timeout', when: (text) => text.includes('too_slow') });
    await expect(session.execute(sql`DELETE FROM too_slow`)).rejects.toMatchObject({ kind: 'config', code: 'warehouse_timeout' });
    server.faults.add({ kind: 'suspended', when: (text) => text.includes('AS asleep') });
    await expect(session.all(sql`SELECT 1 AS asleep`)).rejects.toMatchObject({ kind: 'transient', code: 'warehouse_suspended' });
    expect(await session.all(sql`SELECT 1 AS asleep`)).toHaveLength(1);
  });

  test('the limits of the settings are Snowflake’s', async () => {
    const session = await open({ statementTimeoutSeconds: 1 }).session();
    const tag = fresh();
    server.faults.add({ kind: 'slow', milliseconds: 60_000, when: (text) => text.includes(tag) });
    await expect(session.all(sql`SELECT 1 AS ${ident(tag)}`)).rejects.toMatchObject({
      kind: 'config',
      code: 'warehouse_timeout',
    });
  });

  test.each([
    ['a short statement', false],
    ['a long one', true],
  ])('%s that is not wanted any more is cancelled in Snowflake', async (_, isLong) => {
    const session = await open().session();
    const tag = fresh();
    server.faults.add({ kind: 'slow', milliseconds: 60_000, when: (text) => text.includes(tag) });
    const controller = new AbortController();
    const reason = new Error('enough');
    const statement = sql`SELECT 1 AS ${ident(tag)}`;
    const { signal } = controller;
    const running = isLong ? session.execute(statement, { signal }) : session.all(statement, { signal });
    running.catch(() => {});
    await expect.poll(() => arrived(tag).length).toBe(1);
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    // It has ended there, or this one would wait for it.
    expect(await session.all(sql`SELECT 1 AS one`)).toHaveLength(1);
  });

  test('a session that is closed cancels what it runs', async () => {
    const before = server.sessions;
    const session = await open().session();
    const tag = fresh();
    server.faults.add({ kind: 'slow', milliseconds: 60_000, when: (text) => text.includes(tag) });
    const running = session.all(sql`SELECT 1 AS ${ident(tag)}`);
    running.catch(() => {});
    await expect.poll(() => arrived(tag).length).toBe(1);
    await session[Symbol.asyncDispose]();
    await expect(running).rejects.toThrow(/closed/);
    await expect.poll(() => server.sessions).toBe(before);
  });
});

describe('statements', () => {
  test('what dead processes left there for all sessions is removed, and nothing of today’s', async () => {
    const session = await open().session();
    const now = new Date('2026-02-18T12:00:00Z');
    const made = (at: string) => sharedTable(session, 'cuts', sql`SELECT 1 AS n`, new Date(at));
    const [old, young] = [await made('2026-02-16T23:00:00Z'), await made('2026-02-17T13:00:00Z')];
    await dropLeftBehind(session, now);
    await expect(session.all(sql`SELECT * FROM ${old}`)).rejects.toMatchObject({ code: 'warehouse_object' });
    expect(await session.all(sql`SELECT * FROM ${young}`)).toHaveLength(1);
  });

  test('SN-13: values are bound, whatever they are; names are quoted, and no text of theirs is SQL', async () => {
    const session = await open().session();
    const table = fresh();
    const hostile = `x'); DROP TABLE ${table}; --`;
    await session.execute(
      sql`CREATE TEMPORARY TABLE ${ident(table)} (${ident('A "b"; --')} VARCHAR, n NUMBER(38, 0), at TIMESTAMP_NTZ, ok BOOLEAN)`,
    );
    const at = new Date('2026-02-16T06:00:00.123Z');
    await session.execute(
      sql`INSERT INTO ${ident(table)} VALUES (${hostile}, ${424_242}, ${at}, ${true}), (${null}, ${null}, ${null}, ${null})`,
    );
    const [sent] = arrived(`INSERT INTO "${table}"`);
    expect(sent).toMatchObject({ boundValues: 4 });
    for (const value of [hostile, '424242', '2026']) expect(sent?.sql).not.toContain(value);
    expect(
      await session.all(
        sql`SELECT ${ident('A "b"; --')} AS "a", n AS "n", at AS "at", ok AS "ok" FROM ${ident(table)} ORDER BY n`,
      ),
    ).toStrictEqual([
      { a: hostile, n: 424_242n, at, ok: true },
      { a: null, n: null, at: null, ok: null },
    ]);
    expect(await count(session, sql`SELECT n FROM ${ident(table)} LIMIT ${integer(1)} OFFSET ${integer(1)}`)).toBe(1);
  });

  test('rows changed are told of INSERT, UPDATE, DELETE and MERGE, and are 0 of anything else', async () => {
    const session = await open().session();
    const table = ident(fresh());
    expect(await session.execute(sql`CREATE TEMPORARY TABLE ${table} (n NUMBER(38, 0))`)).toBe(0);
    expect(await session.execute(sql`INSERT INTO ${table} VALUES (1), (2), (3)`)).toBe(3);
    expect(await session.execute(sql`UPDATE ${table} SET n = 9 WHERE n > 1`)).toBe(2);
    expect(await session.execute(sql`DELETE FROM ${table} WHERE n = 1`)).toBe(1);
    expect(await session.execute(sql`SELECT n FROM ${table}`)).toBe(0);
  });

  test('what would commit a transaction is refused within one', async () => {
    const session = await open().session();
    for (const ddl of [
      'CREATE TEMPORARY TABLE within (n NUMBER(38, 0))',
      'DROP TABLE IF EXISTS within',
      ' truncate table within',
    ]) {
      await expect(session.transaction(() => session.execute(raw(ddl)))).rejects.toThrow(/would commit the transaction/);
    }
  });

  test('statements bear the tag of what they are run for', async () => {
    const session = await open({ queryTag: 'acme' }).session();
    const [plain, cut] = [fresh(), fresh()];
    await session.all(sql`SELECT 1 AS ${ident(plain)}`);
    session.label?.({ run: 'run-7', step: 'cut' });
    await session.execute(sql`SELECT 1 AS ${ident(cut)}`);
    session.label?.(null);
    expect(arrived(plain)).toMatchObject([{ tag: 'acme' }]);
    expect(arrived(cut)).toMatchObject([{ tag: 'acme/run-7/cut' }]);
  });

  test('a step has the virtual warehouse that the settings give it, and what comes after it the usual one again', async () => {
    // The account has one virtual warehouse alone, which is that of the step.
    const session = await open({ warehouse: 'usual_wh', warehouses: { cut: server.warehouse } }).session();
    const current = async () => (await session.all(sql`SELECT CURRENT_WAREHOUSE() AS "name"`))[0]?.name;
    expect(await current()).toBeNull();
    session.label?.({ step: 'cut' });
    expect([await current(), await current()]).toStrictEqual([server.warehouse, server.warehouse]);
    session.label?.({ step: 'plan' });
    await expect(current()).rejects.toMatchObject({ kind: 'config', code: 'warehouse_object' });
    expect(arrived('USE WAREHOUSE').map((statement) => statement.sql)).toStrictEqual([
      `USE WAREHOUSE "${server.warehouse}"`,
      'USE WAREHOUSE "USUAL_WH"',
    ]);
  });

  test('what was spent is told by run and step', async () => {
    const session = await open({ creditsPerHour: 4 }).session();
    const since = new Date(Date.now() - 60_000);
    session.label?.({ run: 'run-8', step: 'refresh' });
    await session.all(sql`SELECT 1 AS one`);
    await session.all(sql`SELECT 2 AS two`);
    session.label?.({ run: 'run-8', step: 'unload' });
    await session.all(sql`SELECT 3 AS three`);
    session.label?.(null);
    const costs = (await session.costs?.(since)) ?? [];
    const find = (step: string | null) => costs.find((cost) => cost.step === step);
    expect(find('refresh')).toMatchObject({ run: 'run-8', statements: 2 });
    expect(find('unload')).toMatchObject({ run: 'run-8', statements: 1 });
    expect(find(null)).toMatchObject({ run: null });
    expect(costs.every(({ bytesScanned, elapsedMs, credits }) => bytesScanned >= 0 && elapsedMs >= 0 && credits >= 0)).toBe(true);
  });
});

describe('sign-in', () => {
  const as = (auth: SnowflakeAuth): Partial<SnowflakeOptions> => ({ authType: auth.type, secrets: async () => ({ auth }) });
  const works = async (auth: SnowflakeAuth): Promise<void> => {
    const session = await open(as(auth)).session();
    expect(await session.all(sql`SELECT 1 AS "one"`)).toStrictEqual([{ one: 1 }]);
  };

  test('by key pair, with a passphrase or without, by tokens and by password', async () => {
    await works({ type: 'token', token: server.token });
    await works({ type: 'oauth', token: server.oauthToken });
    await works({ type: 'password', password: server.password });
    const { createPrivateKey } = await import('node:crypto');
    const locked = createPrivateKey(server.privateKeyPem).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'open sesame',
    });
    await works({ type: 'key-pair', privateKey: String(locked), passphrase: 'open sesame' });
  });

  test('refusals say what to do, and are not tried again', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const other = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const refused = { kind: 'config', code: 'warehouse_sign_in' };
    await expect(open(as({ type: 'key-pair', privateKey: other })).session()).rejects.toMatchObject(refused);
    await expect(open(as({ type: 'token', token: 'no' })).session()).rejects.toMatchObject(refused);
    await expect(open(as({ type: 'password', password: 'no' })).session()).rejects.toMatchObject(refused);
    await expect(open({ role: 'NOBODY' }).session()).rejects.toMatchObject({ kind: 'config', code: 'warehouse_role' });
  });

  test('a key that cannot be read is told before anything is asked', async () => {
    const unreadable = { kind: 'config', code: 'warehouse_private_key' };
    await expect(open(as({ type: 'key-pair', privateKey: 'no key' })).session()).rejects.toMatchObject(unreadable);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const elliptic = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await expect(open(as({ type: 'key-pair', privateKey: elliptic })).session()).rejects.toMatchObject(unreadable);
  });

  test('an account that does not answer is waited for only so long', async () => {
    await using proxy = await breakingProxy(server.url);
    proxy.cut();
    await expect(open({ url: proxy.url, patience: { signIn: 300 } }).session()).rejects.toMatchObject({
      kind: 'transient',
      code: 'warehouse_unreachable',
    });
  });
});

test('the SDK’s own log has no statements, whatever configuration it finds, and nothing is written to the terminal', async () => {
  const home = join(folder, 'home');
  mkdirSync(home);
  const config = { common: { log_level: 'TRACE', log_path: home } };
  writeFileSync(join(home, 'sf_client_config.json'), JSON.stringify(config), { mode: 0o600 });
  const secret = '38400000-8cf0-11bd-b23e-10b96e40000d';
  const child = join(import.meta.dirname, 'support/sdk-log-child.ts');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [child, secret], {
    cwd: folder,
    env: { ...process.env, HOME: home },
  });
  expect(stdout + stderr).toBe('');
  const logs = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.name.endsWith('.log'));
  // It was found: the log begins. It ends before the first statement.
  expect(logs).toHaveLength(1);
  for (const { parentPath, name } of logs) {
    const text = readFileSync(join(parentPath, name), 'utf8');
    expect(text).not.toContain(secret);
    expect(text).not.toContain('query-request');
  }
});
