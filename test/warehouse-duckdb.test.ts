import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AquariusError } from '../src/errors.ts';
import { spareBytes } from '../src/lib/free-space.ts';
import { raw, sql } from '../src/lib/sql.ts';
import { classify } from '../src/warehouse/duckdb/classify.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Warehouse } from '../src/warehouse/warehouse.ts';
import { warehouseConformance } from './conformance/warehouse.ts';

let folder: string;
const opened: AsyncDisposable[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-warehouse-'));
});
afterEach(async () => {
  for (const resource of opened.splice(0).reverse()) await resource[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const open = async (options: Partial<Parameters<typeof openDuckDB>[0]> = {}): Promise<Warehouse> => {
  const warehouse = await openDuckDB({ path: join(folder, 'warehouse.duckdb'), readOnly: false, ...options });
  opened.push(warehouse);
  return warehouse;
};

warehouseConformance('DuckDB', async () => {
  const work = mkdtempSync(join(tmpdir(), 'aquarius-conformance-'));
  const warehouse = await openDuckDB({ path: join(work, 'warehouse.duckdb'), readOnly: false });
  return {
    warehouse,
    folder: work,
    sequence: (rows) => sql`(SELECT range AS n FROM range(${rows}))`,
    endless: sql`SELECT count(*) AS "n" FROM range(1000000000) AS a(i), range(1000000000) AS b(j) WHERE (i * 7 + j) % 11 = 3`,
    async [Symbol.asyncDispose]() {
      await warehouse[Symbol.asyncDispose]();
      rmSync(work, { recursive: true, force: true });
    },
  };
});

describe('values of DuckDB', () => {
  test('every type has one plain form', async () => {
    const session = await (await open()).session();
    const [row] = await session.all(sql`SELECT
      5::TINYINT AS tiny, 5::INTEGER AS int, 5::UINTEGER AS uint, 5::BIGINT AS big, 5::UBIGINT AS ubig, 5::HUGEINT AS huge,
      1.5::FLOAT AS float, 1.25::DECIMAL(18,4) AS decimal, 'a'::ENUM('a','b') AS enum,
      '6f9619ff-8b86-d011-b42d-00c04fc964ff'::UUID AS uuid, '{"a": [1]}'::JSON AS json, NULL AS nothing,
      TIMESTAMPTZ '2026-01-05 08:00:00+02' AS tz, TIMESTAMP_S '2026-01-05 06:00:00' AS s,
      TIMESTAMP_MS '2026-01-05 06:00:00.001' AS ms, TIMESTAMP_NS '2026-01-05 06:00:00.001002003' AS ns,
      TIMESTAMP '1969-12-31 23:59:59.999999' AS early, TIMESTAMP 'infinity' AS never`);
    expect(row).toStrictEqual({
      tiny: 5,
      int: 5,
      uint: 5,
      big: 5n,
      ubig: 5n,
      huge: 5n,
      float: 1.5,
      decimal: 1.25,
      enum: 'a',
      uuid: '6f9619ff-8b86-d011-b42d-00c04fc964ff',
      json: '{"a": [1]}',
      nothing: null,
      tz: new Date('2026-01-05T06:00:00Z'),
      s: new Date('2026-01-05T06:00:00Z'),
      ms: new Date('2026-01-05T06:00:00.001Z'),
      ns: new Date('2026-01-05T06:00:00.001Z'),
      early: new Date('1969-12-31T23:59:59.999Z'),
      never: new Date(8.64e15),
    });
  });

  test('a list is refused, naming the column', async () => {
    const session = await (await open()).session();
    await expect(session.all(sql`SELECT [1, 2] AS both`)).rejects.toThrow(/both/);
  });

  test('2026-01-05 is day 1 of the week, counted from Sunday (T16)', async () => {
    const session = await (await open()).session();
    expect(await session.all(sql`SELECT dayofweek(DATE '2026-01-05') AS day`)).toStrictEqual([{ day: 1n }]);
  });

  test('a filter on the time of a timestamp column still skips row groups', async () => {
    const session = await (await open()).session();
    await session.execute(sql`CREATE TABLE log AS SELECT TIMESTAMP '2026-01-01' + to_seconds(range) AS seen FROM range(10)`);
    const [plan] = await session.all(
      sql`EXPLAIN SELECT count(*) FROM log WHERE ${session.dialect.timestamp(sql`seen`, 'TIMESTAMP')} >= TIMESTAMP '2026-01-01 00:00:05'`,
    );
    expect(String(plan?.explain_value).replaceAll(/[\s│]/g, '')).toMatch(/Filters:.*seen>='2026-01-0100:00:05'/);
  });
});

describe('opening DuckDB', () => {
  const failureOf = async (opening: Promise<Warehouse>): Promise<AquariusError> => {
    const error: unknown = await opening.then(
      (warehouse) => warehouse[Symbol.asyncDispose]().then(() => new Error('it opened')),
      (failure) => failure,
    );
    if (!(error instanceof AquariusError)) throw error;
    return error;
  };

  test('what was written is there for a reader afterwards, and a reader cannot write', async () => {
    const writer = await open();
    await (await writer.session()).execute(sql`CREATE TABLE kept AS SELECT 42 AS n`);
    await writer[Symbol.asyncDispose]();
    const reader = await open({ readOnly: true });
    expect(reader.readOnly).toBe(true);
    const session = await reader.session();
    expect(await session.all(sql`SELECT n FROM kept`)).toStrictEqual([{ n: 42 }]);
    await expect(session.execute(sql`DELETE FROM kept`)).rejects.toThrow();
    for await (const batch of session.query(sql`SELECT n FROM kept`)) expect(batch).toStrictEqual([{ n: 42 }]);
  });

  test('a missing file cannot be read: config, warehouse_missing', async () => {
    const error = await failureOf(open({ readOnly: true }));
    expect(error).toMatchObject({ kind: 'config', code: 'warehouse_missing' });
    expect(error.hint).toContain('aquarius load');
    const noFolder = await failureOf(open({ path: join(folder, 'no', 'such', 'a.duckdb') }));
    expect(noFolder).toMatchObject({ kind: 'config', code: 'warehouse_missing' });
  });

  test.each([true, false])('a file of something else is not a warehouse (read only: %s)', async (readOnly) => {
    const path = join(folder, 'other.csv');
    writeFileSync(path, 'a,b\n1,2\n');
    expect(await failureOf(open({ path, readOnly }))).toMatchObject({ kind: 'config', code: 'warehouse_corrupt' });
  });

  test('a damaged file is told as one', async () => {
    const path = join(folder, 'damaged.duckdb');
    writeFileSync(path, Buffer.concat([Buffer.alloc(8), Buffer.from('DUCK'), Buffer.alloc(20_000, 7)]));
    expect(await failureOf(open({ path, readOnly: true }))).toMatchObject({ kind: 'config', code: 'warehouse_corrupt' });
  });

  test('a file that another process has is locked: transient, with its process id', async () => {
    const path = join(folder, 'warehouse.duckdb');
    const module = resolve(import.meta.dirname, '../src/warehouse/duckdb/duckdb.ts');
    const program = `const { openDuckDB } = await import(${JSON.stringify(module)});
      const warehouse = await openDuckDB({ path: ${JSON.stringify(path)}, readOnly: false });
      process.stdout.write('open');
      await new Promise((done) => process.stdin.once('end', done).resume());
      await warehouse[Symbol.asyncDispose]();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      const error = await failureOf(open());
      expect(error).toMatchObject({ kind: 'transient', code: 'warehouse_locked' });
      expect(error.message).toContain(`process ${child.pid}`);
    } finally {
      child.stdin.end();
      await once(child, 'exit');
    }
    expect((await open()).readOnly).toBe(false);
  });

  test('this process cannot hold one file twice with other settings', async () => {
    await open();
    const other = open({ readOnly: true });
    expect(await failureOf(other)).toMatchObject({ kind: 'transient', code: 'warehouse_locked' });
  });

  test('closing the warehouse stops what its sessions run', async () => {
    const warehouse = await open();
    const session = await warehouse.session();
    const running = session.all(
      sql`SELECT count(*) AS n FROM range(1000000000) a(i), range(1000000000) b(j) WHERE (i + j) % 7 = 1`,
    );
    const stopped = expect(running).rejects.toThrow();
    await warehouse[Symbol.asyncDispose]();
    await stopped;
  });

  test('no extension is ever fetched', async () => {
    const session = await (await open()).session();
    const settings = await session.all(sql`SELECT name, value FROM duckdb_settings()
      WHERE name IN ('autoinstall_known_extensions', 'autoload_known_extensions', 'allow_community_extensions')`);
    expect(settings.map(({ value }) => value)).toStrictEqual(['false', 'false', 'false']);
    await expect(session.all(sql`SELECT * FROM read_csv('https://partner.example/x.csv')`)).rejects.toThrow();
  });

  test('DuckDB is told 85 % of the memory limit, since it does not count all, and the temporary folder is beside the database', async () => {
    const session = await (await open({ memoryLimit: '512MiB', threads: 1 })).session();
    const [row] = await session.all(
      sql`SELECT current_setting('memory_limit') AS memory, current_setting('threads') AS threads, current_setting('temp_directory') AS temp`,
    );
    expect(row).toMatchObject({ memory: '435.1 MiB', threads: 1n });
    expect(String(row?.temp).endsWith('warehouse.duckdb.tmp')).toBe(true);
  });

  test('work larger than memory spills to the given folder, which is tidied', async () => {
    const spill = join(folder, 'spill');
    const session = await (await open({ memoryLimit: '32MB', threads: 1, tempDirectory: spill })).session();
    let rows = 0;
    for await (const batch of session.query(
      sql`SELECT range AS n, repeat('x', 100) || range AS s FROM range(400000) ORDER BY s`,
    )) {
      rows += batch.length;
    }
    expect(rows).toBe(400_000);
    for (const resource of opened.splice(0)) await resource[Symbol.asyncDispose]();
    expect(existsSync(spill) ? readdirSync(spill) : []).toStrictEqual([]);
  });

  test('what may be spilled has a limit: the given one, or what the disk has to spare when a session opens', async () => {
    const warehouse = await open({ path: ':memory:', memoryLimit: '60MB', threads: 1, maxTempDirectorySize: '10MiB' });
    const refused = (await warehouse.session()).execute(
      sql`CREATE TEMP TABLE large AS SELECT md5(range::VARCHAR) AS word FROM range(2000000) ORDER BY word`,
    );
    await expect(refused).rejects.toMatchObject({
      kind: 'transient',
      code: 'disk_full',
      message: expect.stringContaining('10.0 MiB used'),
      hint: expect.stringContaining('warehouse.maxTempDirectorySize'),
    });
    const session = await (await open({ path: ':memory:' })).session();
    const [row] = await session.all(sql`SELECT current_setting('max_temp_directory_size') AS size`);
    expect(row?.size).toMatch(/^[0-9.]+ (bytes|[KMGT]iB)$/);
  });

  test('a tenth of the disk stays free, 2 to 10 GiB; of a disk that is nearly full, half of what is left', () => {
    const GIB = 1024 ** 3;
    expect(spareBytes({ free: 8 * GIB, total: 10 * GIB })).toBe(6 * GIB);
    expect(spareBytes({ free: 80 * GIB, total: 100 * GIB })).toBe(70 * GIB);
    expect(spareBytes({ free: 800 * GIB, total: 1000 * GIB })).toBe(790 * GIB);
    expect(spareBytes({ free: GIB, total: 10 * GIB })).toBe(GIB / 2);
  });

  test('a database in memory spills to the machine’s temporary folder, never to the working directory', async () => {
    const session = await (await open({ path: ':memory:' })).session();
    const [row] = await session.all(sql`SELECT current_setting('temp_directory') AS temp`);
    expect(String(row?.temp).startsWith(tmpdir())).toBe(true);
  });

  test('a statement that does not fit into memory is transient, warehouse_memory', async () => {
    const session = await (await open({ path: ':memory:', memoryLimit: '40MB' })).session();
    const large = session.all(sql`SELECT len(list(repeat('x', 100) || range)) AS n FROM range(1000000)`);
    await expect(large).rejects.toMatchObject({ kind: 'transient', code: 'warehouse_memory' });
  });

  test('two sessions that change the same row conflict, and it may be tried again', async () => {
    const warehouse = await open();
    const [left, right] = [await warehouse.session(), await warehouse.session()];
    await left.execute(sql`CREATE TABLE shared AS SELECT 1 AS n`);
    const conflict = left.transaction(async () => {
      await left.execute(sql`UPDATE shared SET n = 2`);
      await right.execute(sql`UPDATE shared SET n = 3`);
    });
    await expect(conflict).rejects.toMatchObject({ kind: 'transient', code: 'warehouse_conflict' });
    expect(await right.all(sql`SELECT n FROM shared`)).toStrictEqual([{ n: 1 }]);
  });

  test('progress is a share that ends at 1', async () => {
    const session = await (await open()).session();
    const shares: number[] = [];
    await session.execute(sql`CREATE TABLE big AS SELECT range AS n, hash(range) AS h FROM range(500000) ORDER BY h`, {
      onProgress: (share) => shares.push(share),
    });
    expect(shares.at(-1)).toBe(1);
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  test('no result is left behind, read to its end or not', async () => {
    const session = await (await open()).session();
    for await (const _ of session.query(sql`SELECT range AS n FROM range(10000)`));
    for await (const _ of session.query(sql`SELECT range AS n FROM range(10000)`)) break;
    await session.transaction(async () => {
      for await (const _ of session.query(sql`SELECT range AS n FROM range(10000)`));
    });
    expect(await session.all(sql`SELECT table_name FROM duckdb_tables() WHERE temporary`)).toStrictEqual([]);
  });
});

describe('failures of DuckDB', () => {
  const attempt = { database: '/data/warehouse.duckdb', statement: 'INSERT INTO  "S"."T" SELECT x FROM y WHERE z' };

  test.each([
    ['IO Error: Could not write file "/data/warehouse.duckdb": No space left on device', 'transient', 'disk_full'],
    [
      'TransactionContext Error: Failed to commit: Could not write file "/data/warehouse.duckdb.wal": No space left on device',
      'transient',
      'disk_full',
    ],
    [
      "Out of Memory Error: failed to offload data block of size 256.0 KiB (0 bytes/0 bytes used).\nThis limit was set by the 'max_temp_directory_size' setting.",
      'transient',
      'disk_full',
    ],
    ['Out of Memory Error: could not allocate block of size 256.0 KiB (47.5 MiB/47.6 MiB used)', 'transient', 'warehouse_memory'],
    ['IO Error: Cannot open file "/data/warehouse.duckdb": Permission denied', 'config', 'warehouse_permission'],
    [
      'IO Error: Could not set lock on file "/data/warehouse.duckdb": Resource temporarily unavailable',
      'transient',
      'warehouse_locked',
    ],
    [
      'IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 8192',
      'config',
      'warehouse_corrupt',
    ],
    [
      'IO Error: Could not read enough bytes from file "/data/warehouse.duckdb": attempted to read 254432 bytes from location 20000',
      'config',
      'warehouse_corrupt',
    ],
    ['FATAL Error: Failed: database has been invalidated because of a previous fatal error.', 'transient', 'warehouse_stopped'],
  ])('%s', (message, kind, code) => {
    expect(classify(new Error(message), attempt)).toMatchObject({ kind, code, hint: expect.stringMatching(/\w/) });
  });

  test('a data value that DuckDB quotes never gets through', () => {
    for (const message of [
      `Conversion Error: Could not convert string '38400000-8cf0-11bd-b23e-10b96e40000d' to INT32`,
      `Constraint Error: Duplicate key "MAID: 38400000-8cf0-11bd-b23e-10b96e40000d" violates primary key constraint.`,
      `Invalid Input Error: CSV Error on Line: 3\nOriginal Line: 38400000-8cf0-11bd-b23e-10b96e40000d,"x\nValue with unterminated quote found.`,
      `Binder Error: Cannot compare '38400000-8cf0-11bd-b23e-10b96e40000d'`,
    ]) {
      const error = classify(new Error(message), attempt);
      expect(JSON.stringify([error.message, error.stack, error.cause ?? null])).not.toContain('38400000');
    }
  });

  test('a mistake in our SQL keeps its explanation and the first words of the statement', () => {
    const message = 'Binder Error: Referenced column "X" not found in FROM clause!\nCandidate bindings: "y"';
    expect(classify(new Error(message), attempt).message).toBe(
      'DuckDB: Binder Error: Referenced column "X" not found in FROM clause! in `INSERT INTO "S"."T" SELECT x FROM …`',
    );
  });

  test('a folder that is not there is told before anything is written', async () => {
    const session = await (await open()).session();
    const unload = session.unload(raw(`SELECT 'a' AS line`), join(folder, 'none', 'a.txt'));
    await expect(unload).rejects.toMatchObject({ kind: 'config', code: 'files_missing' });
  });
});
