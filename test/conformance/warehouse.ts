import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ident, type Sql, sql } from '../../src/lib/sql.ts';
import { engineType } from '../../src/warehouse/ddl.ts';
import type { Row, Session, Warehouse } from '../../src/warehouse/warehouse.ts';

/** A warehouse to be tested, writable and empty, with what the suite cannot say in portable SQL. */
export interface WarehouseUnderTest extends AsyncDisposable {
  readonly warehouse: Warehouse;
  /** An empty folder for files. */
  readonly folder: string;
  /** A FROM item with a column `n` that counts from 0, in order. */
  sequence(rows: number): Sql;
  /** A statement that would run for many minutes. */
  readonly endless: Sql;
}

const BEYOND_64_BIT = 2n ** 63n + 1n;

/** What every warehouse must do. `open` gives a fresh one, which is disposed after each test. */
export function warehouseConformance(name: string, open: () => Promise<WarehouseUnderTest>): void {
  describe(`the warehouse ${name}`, () => {
    let subject: WarehouseUnderTest;
    let session: Session;

    beforeEach(async () => {
      subject = await open();
      session = await subject.warehouse.session();
    });
    afterEach(async () => {
      await subject[Symbol.asyncDispose]();
    });

    const one = async (statement: Sql, on = session): Promise<Row> => {
      const [row, ...others] = await on.all(statement);
      if (row === undefined || others.length > 0) throw new Error('not one row');
      return row;
    };
    const evaluate = async (expression: Sql) => (await one(sql`SELECT ${expression} AS "v"`)).v;
    const batchesOf = async (statement: Sql): Promise<(readonly Row[])[]> => {
      const batches: (readonly Row[])[] = [];
      for await (const batch of session.query(statement)) batches.push(batch);
      return batches;
    };

    describe('values', () => {
      test.each([
        ['text with quotes, backslashes and any script', `a'b"c\\d|é漢😀\n\t`],
        ['empty text', ''],
        ['true', true],
        ['false', false],
        ['a fraction', 0.1],
        ['an instant with milliseconds', new Date('2026-02-16T06:00:00.123Z')],
        ['an instant before 1970', new Date('1969-12-31T23:59:59.999Z')],
        ['the largest 64-bit integer', 2n ** 63n - 1n],
        ['the smallest 64-bit integer', -(2n ** 63n)],
        ['an integer beyond 64 bits', BEYOND_64_BIT],
        ['the largest Xandr id', 2n ** 64n - 1n],
        ['a missing value', null],
      ])('%s comes back as it was bound', async (_, value) => {
        expect(await evaluate(sql`${value}`)).toStrictEqual(value);
      });

      test('a whole number is bound as an integer', async () => {
        expect(await evaluate(sql`${7} + 1`)).toBe(8n);
      });

      test('an id of 2^63 + 1 survives in a text column', async () => {
        await session.execute(sql`CREATE TEMPORARY TABLE ids (id VARCHAR)`);
        await session.execute(sql`INSERT INTO ids VALUES (${String(BEYOND_64_BIT)})`);
        expect((await one(sql`SELECT id AS "id" FROM ids`)).id).toBe('9223372036854775809');
      });

      test('counts are bigint, times are UTC dates, decimals are numbers, JSON is text', async () => {
        const row = await one(sql`SELECT COUNT(*) AS "count", MAX(CAST('2026-02-16 06:00:00' AS TIMESTAMP)) AS "at",
          MAX(CAST('2026-02-16' AS DATE)) AS "day", MAX(CAST('1.25' AS DECIMAL(10, 2))) AS "amount"
          FROM ${subject.sequence(3)} AS counted`);
        expect(row).toStrictEqual({
          count: 3n,
          at: new Date('2026-02-16T06:00:00Z'),
          day: new Date('2026-02-16T00:00:00Z'),
          amount: 1.25,
        });
      });
    });

    describe('queries', () => {
      test('a large result comes in order, in several batches of about a thousand rows', async () => {
        const batches = await batchesOf(sql`SELECT n AS "n" FROM ${subject.sequence(50_000)} AS counted ORDER BY n`);
        expect(batches.length).toBeGreaterThan(4);
        expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(10_000);
        expect(batches.flat().map(({ n }) => Number(n))).toStrictEqual(Array.from({ length: 50_000 }, (_, n) => n));
      });

      test('no rows are no batches', async () => {
        expect(await batchesOf(sql`SELECT 1 AS "one" WHERE 1 = 0`)).toStrictEqual([]);
      });

      test('other statements may run while a result is read, and lose none of its rows', async () => {
        let rows = 0;
        for await (const batch of session.query(sql`SELECT n AS "n" FROM ${subject.sequence(30_000)} AS counted`)) {
          rows += batch.length;
          expect(await evaluate(sql`${2}`)).toBe(2n);
        }
        expect(rows).toBe(30_000);
      });

      test('statements given at once run one after the other', async () => {
        const values = await Promise.all(Array.from({ length: 20 }, (_, n) => evaluate(sql`${n}`)));
        expect(values).toStrictEqual(Array.from({ length: 20 }, (_, n) => BigInt(n)));
      });

      test('a failure in a late row is a failure, never an early end', async () => {
        const statement = sql`SELECT CAST(CASE WHEN n = 999999 THEN 'x' ELSE '1' END AS INTEGER) AS "v"
          FROM ${subject.sequence(1_000_000)} AS counted`;
        await expect(
          (async () => {
            for await (const _ of session.query(statement));
          })(),
        ).rejects.toThrow();
      });

      test('a result within a transaction is complete and sees what the transaction did', async () => {
        await session.execute(sql`CREATE TEMPORARY TABLE counted AS SELECT n AS n FROM ${subject.sequence(200_000)} AS counted`);
        const rows = await session.transaction(async () => {
          await session.execute(sql`INSERT INTO counted VALUES (200000)`);
          return (await batchesOf(sql`SELECT n AS "n" FROM counted ORDER BY n`)).flat();
        });
        expect(rows.map(({ n }) => Number(n))).toStrictEqual(Array.from({ length: 200_001 }, (_, n) => n));
      });

      test('leaving a result early leaves the session in order', async () => {
        for await (const batch of session.query(sql`SELECT n AS "n" FROM ${subject.sequence(50_000)} AS counted`)) {
          expect(batch.length).toBeGreaterThan(0);
          break;
        }
        expect(await evaluate(sql`${3}`)).toBe(3n);
      });

      test('a failure of ours tells the statement, not its values', async () => {
        const secret = 'ea7583cd-a667-48bc-b806-42ecb2b48606';
        const failing = session.all(sql`SELECT CAST(${secret} AS INTEGER) AS "v"`);
        const error: Error = await failing.then(
          () => new Error('it did not fail'),
          (failure) => failure,
        );
        expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain(secret);
        expect(error.message).toContain('SELECT CAST(');
      });
    });

    describe('aborting', () => {
      const reason = new Error('enough');

      test('an aborted signal keeps a statement from running', async () => {
        await session.execute(sql`CREATE TEMPORARY TABLE touched (n INTEGER)`);
        const signal = AbortSignal.abort(reason);
        await expect(session.execute(sql`INSERT INTO touched VALUES (1)`, { signal })).rejects.toBe(reason);
        await expect(session.unload(sql`SELECT 'a' AS "l"`, join(subject.folder, 'a'), { signal })).rejects.toBe(reason);
        expect((await one(sql`SELECT COUNT(*) AS "n" FROM touched`)).n).toBe(0n);
        expect(existsSync(join(subject.folder, 'a'))).toBe(false);
      });

      test('a running statement stops with the reason, and the session goes on', async () => {
        const controller = new AbortController();
        const running = session.all(subject.endless, { signal: controller.signal });
        controller.abort(reason);
        await expect(running).rejects.toBe(reason);
        expect(await evaluate(sql`${4}`)).toBe(4n);
      });

      test('a running unload stops with the reason and leaves no file', async () => {
        const controller = new AbortController();
        const path = join(subject.folder, 'stopped.txt');
        const lines = sql`SELECT 'x' AS "line" FROM (${subject.endless}) AS never`;
        const running = session.unload(lines, path, { signal: controller.signal });
        controller.abort(reason);
        await expect(running).rejects.toBe(reason);
        expect(existsSync(path)).toBe(false);
      });

      test('a result that is being read ends with the reason', async () => {
        const controller = new AbortController();
        const read = (async () => {
          const rows = session.query(sql`SELECT n AS "n" FROM ${subject.sequence(100_000)} AS counted`, {
            signal: controller.signal,
          });
          for await (const batch of rows) if (batch.length > 0) controller.abort(reason);
        })();
        await expect(read).rejects.toBe(reason);
      });
    });

    describe('transactions', () => {
      beforeEach(async () => {
        await session.execute(sql`CREATE TEMPORARY TABLE kept (n INTEGER)`);
      });
      const kept = async (): Promise<unknown> => (await one(sql`SELECT COUNT(*) AS "n" FROM kept`)).n;

      test('what is done in one is there after it, with the result of the work', async () => {
        const result = await session.transaction(async () => {
          expect(await session.execute(sql`INSERT INTO kept VALUES (1), (2)`)).toBe(2);
          return 'done';
        });
        expect([result, await kept()]).toStrictEqual(['done', 2n]);
      });

      test('when the work throws, nothing of it stays and its error comes through', async () => {
        const failure = new Error('no');
        const work = session.transaction(async () => {
          await session.execute(sql`INSERT INTO kept VALUES (1)`);
          throw failure;
        });
        await expect(work).rejects.toBe(failure);
        expect(await kept()).toBe(0n);
      });

      test('a failed statement undoes the ones before it', async () => {
        const work = session.transaction(async () => {
          await session.execute(sql`INSERT INTO kept VALUES (1)`);
          await session.execute(sql`INSERT INTO kept SELECT CAST(${'x'} AS INTEGER)`);
        });
        await expect(work).rejects.toThrow();
        expect(await kept()).toBe(0n);
        await session.transaction(() => session.execute(sql`INSERT INTO kept VALUES (1)`));
        expect(await kept()).toBe(1n);
      });

      test('one within another is refused', async () => {
        await expect(session.transaction(() => session.transaction(async () => 1))).rejects.toThrow(/transaction/);
      });
    });

    test('a temporary table is seen by its own session alone', async () => {
      const other = await subject.warehouse.session();
      await session.execute(sql`CREATE TEMPORARY TABLE mine (n INTEGER)`);
      await expect(other.all(sql`SELECT * FROM mine`)).rejects.toThrow();
      expect(await session.all(sql`SELECT * FROM mine`)).toStrictEqual([]);
      await other[Symbol.asyncDispose]();
    });

    test('a closed session or warehouse takes no statements, and closing twice is closing once', async () => {
      await session[Symbol.asyncDispose]();
      await session[Symbol.asyncDispose]();
      await expect(session.all(sql`SELECT 1 AS "one"`)).rejects.toThrow(/closed/);
      await subject.warehouse[Symbol.asyncDispose]();
      await subject.warehouse[Symbol.asyncDispose]();
      await expect(subject.warehouse.session()).rejects.toThrow(/closed/);
    });

    describe('unload', () => {
      const linesOf = (values: readonly string[]): Sql =>
        values
          .map((value, index) => sql`SELECT ${index} AS place, ${value} AS line`)
          .reduce((left, right) => sql`${left} UNION ALL ${right}`);
      const unloaded = async (lines: Sql) => {
        const path = join(subject.folder, 'lines.txt');
        const { rows } = await session.unload(lines, path);
        return { rows, bytes: readFileSync(path, 'utf8') };
      };

      test('writes each line as it is, in the statement’s order, ended by LF', async () => {
        const values = ['a|b', '"quoted"', "it's", 'comma, tab\t;', 'back\\slash', 'é漢😀', ' spaces ', '"', '""', "x'y"];
        const lines = sql`SELECT line AS "line" FROM (${linesOf(values)}) AS listed ORDER BY place DESC`;
        const expected = `${values.toReversed().join('\n')}\n`;
        expect(await unloaded(lines)).toStrictEqual({ rows: values.length, bytes: expected });
      });

      test('zero rows are an empty file', async () => {
        expect(await unloaded(sql`SELECT 'a' AS "line" WHERE 1 = 0`)).toStrictEqual({ rows: 0, bytes: '' });
      });

      test('many rows keep their order', async () => {
        const lines = sql`SELECT CAST(n AS VARCHAR) AS "line" FROM ${subject.sequence(300_000)} AS counted ORDER BY n DESC`;
        const expected = Array.from({ length: 300_000 }, (_, n) => `${299_999 - n}\n`).join('');
        const { rows, bytes } = await unloaded(lines);
        expect(rows).toBe(300_000);
        expect(bytes === expected).toBe(true);
      });

      test('a file that exists is refused and left alone', async () => {
        const path = join(subject.folder, 'there.txt');
        writeFileSync(path, 'before');
        const refused = session.unload(sql`SELECT 'a' AS "line"`, path);
        await expect(refused).rejects.toMatchObject({ kind: 'config', code: 'file_exists' });
        expect(readFileSync(path, 'utf8')).toBe('before');
      });

      test('a failed one leaves no file', async () => {
        const path = join(subject.folder, 'failed.txt');
        const lines = sql`SELECT CAST(CAST(CASE WHEN n = 999999 THEN 'x' ELSE '1' END AS INTEGER) AS VARCHAR) AS "line"
          FROM ${subject.sequence(1_000_000)} AS counted`;
        await expect(session.unload(lines, path)).rejects.toThrow();
        expect(existsSync(path)).toBe(false);
      });
    });

    describe('the dialect', () => {
      const apply = (make: (d: Session['dialect'], input: Sql) => Sql, value: string | null) =>
        evaluate(make(session.dialect, sql`CAST(${value} AS VARCHAR)`));

      test('text', async () => {
        expect(await evaluate(session.dialect.text(sql`${42}`))).toBe('42');
      });

      test.each([
        ['2026-01-05T06:00:00Z', '2026-01-05T06:00:00.000Z'],
        ['2026-01-05 06:00:00', '2026-01-05T06:00:00.000Z'],
        ['2026-01-05 06:00:00.25', '2026-01-05T06:00:00.250Z'],
        ['2026-01-05T06:00:00+02:00', '2026-01-05T04:00:00.000Z'],
        ['2026-01-05', '2026-01-05T00:00:00.000Z'],
        ['yesterday', null],
        ['', null],
        [null, null],
      ])('timestamp reads %s as %s', async (text, expected) => {
        const value = await apply((d, input) => d.timestamp(input, engineType('text', d.name)), text);
        expect(value instanceof Date ? value.toISOString() : value).toBe(expected);
      });

      test('timestamp keeps a timestamp and takes a date as its midnight', async () => {
        const at = new Date('2026-01-05T06:00:00.001Z');
        const timestamp = (expression: Sql, type: 'timestamp' | 'date') =>
          evaluate(session.dialect.timestamp(expression, engineType(type, session.dialect.name)));
        expect(await timestamp(sql`CAST(${at} AS TIMESTAMP)`, 'timestamp')).toStrictEqual(at);
        expect(await timestamp(sql`CAST('2026-01-05' AS DATE)`, 'date')).toStrictEqual(new Date('2026-01-05T00:00:00Z'));
      });

      test.each([
        ['abc', true],
        ['xabc', false],
        ['abcx', false],
        ['', false],
        [null, null],
      ])('matches compares the whole of %j', async (text, expected) => {
        expect(await apply((d, input) => d.matches(input, "[a-c]+|it's"), text)).toBe(expected);
      });

      test('replaceAll replaces every match and knows groups', async () => {
        expect(await apply((d, input) => d.replaceAll(input, '([a-z])([0-9])', '\\2\\1'), 'a1-b2')).toBe('1a-2b');
        expect(await apply((d, input) => d.replaceAll(input, '[-{}]', ''), '{a-b}')).toBe('ab');
      });

      test('extract gives the first group, or empty text', async () => {
        expect(await apply((d, input) => d.extract(input, '//([^/]+)'), 'https://a.example/x')).toBe('a.example');
        expect(await apply((d, input) => d.extract(input, '//([^/]+)'), 'nothing')).toBe('');
      });

      test('sha256Hex hashes UTF-8 bytes', async () => {
        expect(await apply((d, input) => d.sha256Hex(input), 'é')).toBe(
          '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c',
        );
      });

      test.each([
        ['aGVsbG8=', '68656c6c6f'],
        ['/+8=', 'ffef'],
        ['not base64!', null],
        [null, null],
      ])('base64ToHex reads %j as %j', async (text, expected) => {
        expect(await apply((d, input) => d.base64ToHex(input), text)).toBe(expected);
      });

      test('folded forgets case and accents, and nothing else', async () => {
        expect(await apply((d, input) => d.folded(input), "CAFÉ Ñandú's 100%_")).toBe("cafe nandu's 100%_");
      });

      test('isoSeconds and unixSeconds cut fractions off', async () => {
        const at = sql`CAST(${new Date('2026-02-16T06:00:00.999Z')} AS TIMESTAMP)`;
        expect(await evaluate(session.dialect.isoSeconds(at))).toBe('2026-02-16T06:00:00Z');
        expect(await evaluate(session.dialect.unixSeconds(at))).toBe('1771221600');
      });

      const values = (rows: readonly (readonly (string | number | boolean | null)[])[]): Sql =>
        rows
          .map(([a = null, b = null]) => sql`SELECT ${a} AS a, ${b} AS b`)
          .reduce((left, right) => sql`${left} UNION ALL ${right}`);

      test('argMax takes the value of the row with the largest order, even when it is missing', async () => {
        const rows = values([
          ['new', 2],
          ['old', 1],
          ['unknown', null],
        ]);
        expect((await one(sql`SELECT ${session.dialect.argMax(sql`a`, sql`b`)} AS "v" FROM (${rows}) AS t`)).v).toBe('new');
        const missing = values([
          ['old', 1],
          [null, 2],
        ]);
        expect((await one(sql`SELECT ${session.dialect.argMax(sql`a`, sql`b`)} AS "v" FROM (${missing}) AS t`)).v).toBeNull();
      });

      test('anyTrue is true for one true row, else false', async () => {
        const any = async (...flags: (boolean | null)[]) =>
          (await one(sql`SELECT ${session.dialect.anyTrue(sql`a`)} AS "v" FROM (${values(flags.map((flag) => [flag]))}) AS t`)).v;
        expect([await any(false, true, null), await any(false, false), await any(false, null)]).toStrictEqual([
          true,
          false,
          false,
        ]);
      });

      test('checksum does not depend on order, and does on values and how often they occur', async () => {
        const sum = async (...texts: string[]) =>
          (await one(sql`SELECT ${session.dialect.checksum([sql`a`])} AS "v" FROM (${values(texts.map((text) => [text]))}) AS t`))
            .v;
        const both = await sum('a', 'b');
        expect(both).toBeTypeOf('string');
        expect(await sum('b', 'a')).toBe(both);
        expect(new Set([both, await sum('a'), await sum('a', 'a', 'b'), await sum('a', 'c')]).size).toBe(4);
        const none = await one(
          sql`SELECT ${session.dialect.checksum([sql`a`])} AS "v" FROM (${values([['a']])}) AS t WHERE 1 = 0`,
        );
        expect(['0', null]).toContain(none.v);
      });

      test('checksum tells columns from one another, and null from an empty text', async () => {
        const sum = async (...row: (string | null)[]) =>
          (
            await one(
              sql`SELECT ${session.dialect.checksum([sql`CAST(a AS VARCHAR)`, sql`CAST(b AS VARCHAR)`])} AS "v" FROM (${values([row])}) AS t`,
            )
          ).v;
        const sums = [await sum('ab', 'c'), await sum('a', 'bc'), await sum('', 'a'), await sum(null, 'a'), await sum('a', null)];
        expect(new Set(sums).size).toBe(sums.length);
      });

      test.each([
        ['::', '00000000000000000000000000000000'],
        ['::1', '00000000000000000000000000000001'],
        ['1::', '00010000000000000000000000000000'],
        ['2001:DB8::A:b', '20010db80000000000000000000a000b'],
        ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
        ['2001:0db8:0000:0000:0000:ff00:0042:8329', '20010db8000000000000ff0000428329'],
        ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
        ['::2:3:4:5:6:7:8', '00000002000300040005000600070008'],
        ['1::3:4:5:6:7:8', '00010000000300040005000600070008'],
        [null, null],
      ])('ipv6Hex writes %s as %s', async (text, expected) => {
        expect(await apply((d, input) => d.ipv6Hex(input), text)).toBe(expected);
      });

      test('ipv6Hex never fails on other text', async () => {
        for (const text of ['', 'x', '::1::2', '1.2.3.4', ':::::::::::::', 'é:é']) {
          expect(await apply((d, input) => d.ipv6Hex(input), text)).toBeTypeOf('string');
        }
      });

      test('names are quoted, so that any case and character works', async () => {
        await session.execute(sql`CREATE TEMPORARY TABLE ${ident('Mixed "Case"')} (${ident('Agency_Id')} VARCHAR)`);
        await session.execute(sql`INSERT INTO ${ident('Mixed "Case"')} VALUES (${'7'})`);
        expect(await one(sql`SELECT ${ident('Agency_Id')} FROM ${ident('Mixed "Case"')}`)).toStrictEqual({ Agency_Id: '7' });
      });
    });
  });
}
