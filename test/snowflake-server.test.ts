import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import snowflake, { type Bind, type Connection, type ConnectionOptions, type RowStatement } from 'snowflake-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { startS3Server } from './support/s3-server.ts';

process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION = 'true';
process.env.SNOWFLAKE_DISABLE_MINICORE = 'true';
process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE = 'true';
snowflake.configure({ logLevel: 'OFF', additionalLogToConsole: false });

let server: SnowflakeServer;
beforeAll(async () => {
  server = await startSnowflake();
});
afterAll(() => server[Symbol.asyncDispose]());

function options(more: Partial<ConnectionOptions> = {}): ConnectionOptions {
  return {
    accessUrl: server.url,
    account: server.account,
    username: server.user,
    role: server.role,
    warehouse: server.warehouse,
    database: server.database,
    schema: 'PUBLIC',
    authenticator: 'SNOWFLAKE_JWT',
    privateKey: server.privateKeyPem,
    sfRetryMaxLoginRetries: 1,
    representNullAsStringNull: false,
    ...more,
  };
}

function signIn(more: Partial<ConnectionOptions> = {}): Promise<Connection> {
  const connection = snowflake.createConnection(options(more));
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve(connection)));
  });
}

interface Given {
  readonly rows: readonly Record<string, unknown>[];
  readonly statement: RowStatement;
}

function run(connection: Connection, sqlText: string, binds: readonly Bind[] = [], more: object = {}): Promise<Given> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      binds: [...binds],
      ...more,
      complete: (error, statement, rows) => (error ? reject(error) : resolve({ rows: rows ?? [], statement })),
    });
  });
}

const close = (connection: Connection): Promise<void> => new Promise((resolve) => connection.destroy(() => resolve()));

/** Signs in for the work and out again. */
async function signedIn<T>(work: (connection: Connection) => Promise<T>, more: Partial<ConnectionOptions> = {}): Promise<T> {
  const connection = await signIn(more);
  try {
    return await work(connection);
  } finally {
    await close(connection);
  }
}

const refusedWith = (code: string) => expect.objectContaining({ code });

describe('signing in', () => {
  test('with a key pair, a token, OAuth and a password', async () => {
    for (const kind of [
      {},
      { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: server.token },
      { authenticator: 'OAUTH', token: server.oauthToken },
      { authenticator: 'SNOWFLAKE', password: server.password },
    ])
      await signedIn(async (connection) => {
        const { rows } = await run(connection, 'SELECT CURRENT_ROLE() AS role_name, CURRENT_DATABASE() AS d, 1 AS one');
        expect(rows).toEqual([{ ROLE_NAME: server.role, D: server.database, ONE: 1 }]);
      }, kind);
  });
});

describe('signing in is refused', () => {
  const wrongKey = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

  test.each([
    ['another key', { privateKey: wrongKey }, '390144'],
    ['another user with a key', { username: 'SOMEBODY' }, '390144'],
    ['a wrong token', { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: 'x' }, '394400'],
    ['a wrong OAuth token', { authenticator: 'OAUTH', token: 'x' }, '390303'],
    ['a wrong password', { authenticator: 'SNOWFLAKE', password: 'x' }, '390100'],
    ['another account', { account: 'OTHER-ACCOUNT' }, '390422'],
    ['an unknown role', { role: 'NOBODY' }, '390189'],
    ['an unknown database', { database: 'NOWHERE' }, '390201'],
    ['an unknown schema', { schema: 'NOWHERE' }, '390201'],
  ])('%s', async (_, more, code) => {
    await expect(signIn(more)).rejects.toEqual(refusedWith(code));
  });
});

describe('a session', () => {
  test('is renewed when its token has expired, and the statement runs once', async () => {
    await signedIn(async (connection) => {
      const before = server.statements.length;
      server.faults.add({ kind: 'expire-session' });
      expect((await run(connection, 'SELECT 7 AS seven')).rows).toEqual([{ SEVEN: 7 }]);
      expect(server.statements.length - before).toBe(1);
    });
  });

  test('ends when both tokens have expired, or when the server has ended it', async () => {
    for (const kind of ['expire-token', 'end-session'] as const) {
      const connection = await signIn();
      server.faults.add({ kind });
      await expect(run(connection, 'SELECT 1')).rejects.toThrow();
      expect(connection.isUp()).toBe(false);
    }
  });

  test('has temporary tables of its own, which end with it', async () => {
    await signedIn(async (one) => {
      await run(one, 'CREATE TEMPORARY TABLE "work" AS SELECT 1 AS "n"');
      expect((await run(one, 'SELECT "n" FROM "work"')).rows).toEqual([{ n: 1 }]);
      expect((await run(one, 'SELECT "n" FROM "PUBLIC"."work"')).rows).toEqual([{ n: 1 }]);
      await signedIn(async (two) => {
        await expect(run(two, 'SELECT "n" FROM "work"')).rejects.toEqual(refusedWith('002003'));
        await run(two, 'CREATE TEMPORARY TABLE "work" AS SELECT 2 AS "n"');
        await run(two, 'DROP TABLE "work"');
      });
      expect((await run(one, 'SELECT "n" FROM "work"')).rows).toEqual([{ n: 1 }]);
    });
    expect(await signedIn((connection) => run(connection, 'SELECT "n" FROM "work"').catch(({ code }) => code))).toBe('002003');
  });

  test('has a time zone that is not UTC until it is told so', async () => {
    await signedIn(async (connection) => {
      const sql = "SELECT CAST(CAST('2026-01-15 12:00:00+00:00' AS TIMESTAMP_LTZ) AS TIMESTAMP_NTZ)::VARCHAR AS at";
      expect((await run(connection, sql)).rows).toEqual([{ AT: '2026-01-15 04:00:00' }]);
      await run(connection, "ALTER SESSION SET TIMEZONE = 'UTC', QUERY_TAG = 'tag'");
      expect((await run(connection, sql)).rows).toEqual([{ AT: '2026-01-15 12:00:00' }]);
      expect(server.statements.at(-1)?.tag).toBe('tag');
      await run(connection, 'SELECT 1', [], { parameters: { QUERY_TAG: 'other' } });
      expect(server.statements.at(-1)?.tag).toBe('other');
      await run(connection, "ALTER SESSION SET TIMESTAMP_NTZ_OUTPUT_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF9'");
      const text = await run(connection, "SELECT CAST(TIMESTAMP '2026-01-05 06:07:08.5' AS VARCHAR) AS t");
      expect(text.rows).toEqual([{ T: '2026-01-05 06:07:08.500000000' }]);
      await expect(run(connection, 'ALTER SESSION SET NO_SUCH_THING = 1')).rejects.toEqual(refusedWith('001006'));
    });
  });
});

describe('values', () => {
  test('come as they are', async () => {
    await signedIn(async (connection) => {
      await run(connection, "ALTER SESSION SET TIMEZONE = 'UTC'");
      const { rows, statement } = await run(
        connection,
        `SELECT 9223372036854775809 AS big, CAST('1.50' AS NUMBER(10, 2)) AS n, CAST(0.1 AS FLOAT) AS f, 'a|"b"\\n\\\\N' AS t, TRUE AS b,
          DATE '2026-02-28' AS d,
          TIMESTAMP '2026-02-28 23:59:59.123456' AS ntz, TO_TIMESTAMP_TZ('1969-12-31 23:59:59.5 +00:00') AS tz,
          PARSE_JSON('{"a": [1, null]}') AS v, TO_BINARY('00ff') AS x, NULL AS nothing, CAST(12.0 AS FLOAT)::VARCHAR || CAST(2.0::FLOAT AS VARCHAR) AS ft`,
        [],
        { fetchAsString: ['Number', 'JSON'] },
      );
      const row = rows[0] as Record<'D' | 'NTZ' | 'TZ', Date> & { V: string; X: Buffer };
      expect(row).toMatchObject({ BIG: '9223372036854775809', N: '1.50', F: '0.1', T: 'a|"b"\n\\N', B: true, NOTHING: null });
      expect(row.D.toISOString()).toBe('2026-02-28T00:00:00.000Z');
      expect(row.NTZ.toISOString()).toBe('2026-02-28T23:59:59.123Z');
      expect(row.TZ.toISOString()).toBe('1969-12-31T23:59:59.500Z');
      expect(JSON.parse(row.V)).toEqual({ a: [1, null] });
      expect(row.X.toString('hex')).toBe('00ff');
      expect((statement.getColumns() ?? []).map((column) => column.getType())).toEqual(
        'fixed fixed real text boolean date timestamp_ntz timestamp_tz variant binary fixed text'.split(' '),
      );
    });
  });

  test('are bound with their types', async () => {
    await signedIn(async (connection) => {
      await run(connection, 'CREATE OR REPLACE TABLE bound (t VARCHAR, n NUMBER(38, 0), f FLOAT, b BOOLEAN, at TIMESTAMP_NTZ)');
      const insert = 'INSERT INTO bound SELECT ?, CAST(? AS NUMBER(38, 0)), ?, ?, CAST(? AS TIMESTAMP_NTZ)';
      const { statement } = await run(connection, insert, [
        "it's \\n",
        '9223372036854775809',
        1.5,
        true,
        '2026-01-01 00:00:00.000',
      ]);
      expect(statement.getNumUpdatedRows()).toBe(1);
      const { rows } = await run(connection, 'SELECT t, n, f, b, at FROM bound WHERE t = :1 AND n > :2', ["it's \\n", 5], {
        fetchAsString: ['Number'],
      });
      expect(rows).toMatchObject([{ T: "it's \\n", N: '9223372036854775809', F: '1.5', B: true }]);
      expect(server.statements.at(-1)?.boundValues).toBe(2);
      await run(connection, 'INSERT INTO bound (t, n) VALUES (?, ?)', [
        ['a', 1],
        ['b', null],
      ] as unknown as Bind[]);
      expect((await run(connection, 'SELECT COUNT(*) AS n FROM bound')).rows).toEqual([{ N: 3 }]);
      await expect(run(connection, 'SELECT ? AS x', [])).rejects.toEqual(refusedWith('002049'));
    });
  });
});

/** What is read of answers without the SDK. */
interface RawAnswer {
  readonly token: string;
  readonly getResultUrl?: string;
  readonly chunks: readonly { readonly url: string }[];
  readonly chunkHeaders: Readonly<Record<string, string>>;
}

describe('large results', () => {
  const LARGE = "SELECT SEQ8() AS n, REPEAT('x', 20) AS t FROM TABLE(GENERATOR(ROWCOUNT => 12000))";

  async function stream(connection: Connection, sqlText: string): Promise<{ count: number; reported: number | undefined }> {
    const { statement } = await run(connection, sqlText, [], { streamResult: true });
    let count = 0;
    for await (const row of statement.streamRows()) {
      if ((row as { N: number }).N !== count) throw new Error('out of order');
      count += 1;
    }
    return { count, reported: statement.getNumRows() };
  }

  test('come in chunks, in order', async () => {
    await signedIn(async (connection) => {
      expect(await stream(connection, LARGE)).toEqual({ count: 12_000, reported: 12_000 });
      const { statement } = await run(connection, LARGE, [], { streamResult: true });
      const response = await fetch(`${server.url}/chunks/${statement.getQueryId()}/0`);
      expect(response.status).toBe(403);
      await response.body?.cancel();
    });
  });

  test('can lose rows and be counted wrong', async () => {
    await signedIn(async (connection) => {
      server.faults.add({ kind: 'report-rows', rows: 12_001 });
      expect(await stream(connection, LARGE)).toEqual({ count: 12_000, reported: 12_001 });
      server.faults.add({ kind: 'lose-rows', from: 5_000 });
      const { count, reported } = await stream(connection, LARGE);
      expect(reported).toBe(12_000);
      expect(count).toBeLessThan(12_000);
    });
  });

  test('can break off on their way, each time that they are fetched', async () => {
    // Not with the SDK, which tries for minutes.
    const call = async (path: string, body: unknown, token?: string) => {
      const authorization = token === undefined ? {} : { authorization: `Snowflake Token="${token}"` };
      const response = await fetch(server.url + path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { ...authorization },
      });
      return ((await response.json()) as { data: RawAnswer }).data;
    };
    const { token } = await call('/session/v1/login-request?databaseName=AQUARIUS', {
      data: { ACCOUNT_NAME: server.account, LOGIN_NAME: server.user, PASSWORD: server.password },
    });
    server.faults.add({ kind: 'break-chunk', row: 6_000 });
    const path = `/queries/v1/query-request?requestId=${randomUUID()}`;
    let answer = await call(path, { sqlText: LARGE }, token);
    // Sent again with its id it is the same statement.
    while (answer.getResultUrl !== undefined) answer = await call(path, { sqlText: LARGE }, token);
    const { chunks, chunkHeaders } = answer;
    const read = async (url = '') => (await fetch(url, { headers: chunkHeaders })).text();
    expect((await read(chunks[0]?.url)).startsWith('["500","xxx')).toBe(true);
    for (let time = 0; time < 2; time += 1) await expect(read(chunks.at(-1)?.url)).rejects.toThrow();
    await call('/session?delete=true', {}, token);
  });
});

describe('statements that take long', () => {
  test('are asked about, and their result is fetched by id', async () => {
    await signedIn(async (connection) => {
      server.faults.add({ kind: 'slow', milliseconds: 150 });
      const { statement } = await run(connection, 'SELECT 5 AS five', [], { asyncExec: true });
      const queryId = statement.getQueryId();
      expect(await connection.getQueryStatus(queryId)).toBe('RUNNING');
      const result = await connection.getResultsFromQueryId({ queryId, sqlText: '', complete: () => {} });
      const rows: unknown[] = [];
      for await (const row of result.streamRows()) rows.push(row);
      expect(rows).toEqual([{ FIVE: 5 }]);
      expect(await connection.getQueryStatus(queryId)).toBe('SUCCESS');
    });
  });

  test('answer with what a test wants them to, then with the truth', async () => {
    await signedIn(async (connection) => {
      server.faults.add({ kind: 'statuses', statuses: ['QUEUED', 'RUNNING', 'NO_DATA'] });
      server.faults.add({ kind: 'fail', code: '100132', message: 'JavaScript execution error' });
      const { statement } = await run(connection, 'SELECT 1', [], { asyncExec: true });
      const queryId = statement.getQueryId();
      const seen = [];
      for (let count = 0; count < 4; count += 1) seen.push(await connection.getQueryStatus(queryId));
      expect(seen).toEqual(['QUEUED', 'RUNNING', 'NO_DATA', 'FAILED_WITH_ERROR']);
      await expect(connection.getQueryStatusThrowIfError(queryId)).rejects.toThrow('JavaScript execution error');
    });
  });

  test('are waited for by the client when they are synchronous', async () => {
    await signedIn(async (connection) => {
      server.faults.add({ kind: 'slow', milliseconds: 900 });
      expect((await run(connection, 'SELECT 6 AS six')).rows).toEqual([{ SIX: 6 }]);
    });
  });

  test('are cancelled, run out of time, and find no warehouse', async () => {
    await signedIn(async (connection) => {
      server.faults.add({ kind: 'slow', milliseconds: 60_000 });
      const { statement } = await run(connection, 'SELECT 1', [], { asyncExec: true });
      await new Promise<void>((resolve, reject) => {
        statement.cancel((error) => (error ? reject(error) : resolve()));
      });
      await expect.poll(() => connection.getQueryStatus(statement.getQueryId())).toBe('FAILED_WITH_ERROR');
      server.faults.add({ kind: 'statement-timeout' });
      await expect(run(connection, 'SELECT 1')).rejects.toEqual(refusedWith('000630'));
      server.faults.add({ kind: 'suspended' });
      await expect(run(connection, 'SELECT 1')).rejects.toEqual(refusedWith('000606'));
      const endless =
        'SELECT COUNT(*) AS n FROM TABLE(GENERATOR(ROWCOUNT => 100000)) a, TABLE(GENERATOR(ROWCOUNT => 1000000)) b WHERE HASH(a.generated, b.generated) = 1';
      await expect(run(connection, endless, [], { parameters: { STATEMENT_TIMEOUT_IN_SECONDS: 1 } })).rejects.toEqual(
        refusedWith('000630'),
      );
    });
  });

  test('run once when they are sent again with the same request id after the connection broke', async () => {
    await signedIn(async (connection) => {
      await run(connection, 'CREATE OR REPLACE TABLE once (n NUMBER)');
      const before = server.statements.length;
      server.faults.add({ kind: 'drop-after-submit' });
      const { statement } = await run(connection, 'INSERT INTO once VALUES (1)', [], { requestId: randomUUID() });
      expect(statement.getNumUpdatedRows()).toBe(1);
      expect(server.statements.length - before).toBe(1);
      expect((await run(connection, 'SELECT COUNT(*) AS n FROM once')).rows).toEqual([{ N: 1 }]);
    });
  });
});

describe('names', () => {
  test('are in capitals without quotes and exact with them', async () => {
    await signedIn(async (connection) => {
      await run(connection, 'CREATE OR REPLACE TABLE names ("lower" NUMBER, UPPER_ONE NUMBER, "Mixed Case" NUMBER)');
      await run(connection, 'INSERT INTO NAMES ("lower", upper_one, "Mixed Case") VALUES (1, 2, 3)');
      const { rows } = await run(connection, 'SELECT *, "lower" AS shown, upper_one AS "kept" FROM names AS n');
      expect(rows).toEqual([{ lower: 1, UPPER_ONE: 2, 'Mixed Case': 3, SHOWN: 1, kept: 2 }]);
      for (const wrong of [
        'SELECT lower FROM names',
        'SELECT "upper_one" FROM names',
        'SELECT "MIXED CASE" FROM names',
        'SELECT x."advertiser" FROM (SELECT 1 AS advertiser) AS x',
        'SELECT x.ADVERTISER FROM (SELECT 1 AS "advertiser") AS x',
      ])
        await expect(run(connection, wrong), wrong).rejects.toEqual(refusedWith('000904'));
      await expect(run(connection, 'SELECT 1 FROM "names"')).rejects.toMatchObject({
        code: '002003',
        message: expect.stringContaining("Object 'names' does not exist"),
      });
      const columns = await run(
        connection,
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'NAMES' ORDER BY ordinal_position",
      );
      expect(columns.rows).toEqual([
        { COLUMN_NAME: 'lower', DATA_TYPE: 'NUMBER' },
        { COLUMN_NAME: 'UPPER_ONE', DATA_TYPE: 'NUMBER' },
        { COLUMN_NAME: 'Mixed Case', DATA_TYPE: 'NUMBER' },
      ]);
    });
  });
});

describe('what Snowflake refuses is refused', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['SELECT ROW_NUMBER() OVER () FROM (SELECT 1)', '002303'],
    ['SELECT ROW_NUMBER() OVER (PARTITION BY a) FROM (SELECT 1 AS a)', '002303'],
    ['SELECT bool_or(TRUE)', '002140'],
    ['SELECT arg_max_null(1, 2)', '002140'],
    ["SELECT strftime(CURRENT_TIMESTAMP, '%Y')", '002140'],
    ["SELECT regexp_full_match('a', 'a')", '002140'],
    ["SELECT hex('a')", '002140'],
    ['SELECT epoch_us(CURRENT_TIMESTAMP)', '002140'],
    ["SELECT list_transform(SPLIT('a', ','), x -> x)", '002140'],
    ['SELECT md5(1, 2)', '000938'],
    ['SELECT 7 // 2', '001003'],
    ['SELECT 1 & 2', '001003'],
    ['SELECT DISTINCT ON (a) a FROM (SELECT 1 AS a)', '001003'],
    ['SELECT COUNT(*) FILTER (WHERE TRUE) FROM (SELECT 1)', '001003'],
    ['SELECT INTERVAL 1 DAY', '001003'],
    ['SELECT 1 AS sample', '001003'],
    ['SELECT FROM WHERE', '001003'],
    ["SELECT REGEXP_LIKE('ab', '(?:a)b')", '100048'],
    ["SELECT 'ab' RLIKE '(?:a)b'", '100048'],
    ["SELECT REGEXP_REPLACE('ab', 'a(?=b)', 'x')", '100048'],
    ["SELECT REGEXP_SUBSTR('ab', 'a+?')", '100048'],
    ['SELECT CAST(1 AS UUID)', '002040'],
    ['SELECT CAST(1 AS JSON)', '002040'],
    ['SELECT TRY_CAST(1 AS DATE)', '001065'],
    ["SELECT CAST('x' AS NUMBER)", '100038'],
    ['SELECT 1; SELECT 2', '000008'],
    ['SELECT a, COUNT(*) FROM (SELECT 1 AS a, 2 AS b) GROUP BY b', '000979'],
    [`SELECT 1 WHERE 1 IN (${Array.from({ length: 16_385 }, (_, index) => index).join(', ')})`, '001795'],
    [`SELECT COUNT(*) FROM (VALUES ${'(1), '.repeat(200_000)}(1)) AS v (n)`, '001795'],
    ['CREATE TABLE once_more (a VARIADIC)', '002040'],
    ["SELECT TIMESTAMP '2026-01-02 00:00:00' - TIMESTAMP '2026-01-01 00:00:00' AS d", '001044'],
    ['USE WAREHOUSE nothing', '002043'],
    ['DROP TABLE nothing', '002003'],
  ];

  // A title of its own, since some of the statements are very long.
  test.each(refused.map(([sql, code]) => [sql.slice(0, 60), sql, code] as const))('%s', async (_, sql, code) => {
    await expect(server.run(sql)).rejects.toEqual(refusedWith(code));
  });
});

describe('SQL', () => {
  const values: readonly (readonly [string, unknown])[] = [
    // A backslash escapes in a literal, unless it is doubled or in dollars.
    ["'\\d'", 'd'],
    ["'\\\\d'", '\\d'],
    ['$$\\d$$', '\\d'],
    ["REGEXP_LIKE('x12', 'x\\\\d+')", true],
    ["REGEXP_LIKE('x12y', 'x\\\\d+')", false],
    ["REGEXP_REPLACE('a-b-c', '(-)', '<\\\\1>')", 'a<->b<->c'],
    ["REGEXP_SUBSTR('id=42;', 'id=([0-9]+)', 1, 1, 'e', 1)", '42'],
    ["REGEXP_SUBSTR('none', 'id=([0-9]+)', 1, 1, 'e', 1)", null],
    ["CONCAT('a', NULL)", null],
    ['GREATEST(1, NULL)', null],
    ['IFF(NULL, 1, 2)', 2],
    ["SHA2('a', 256)", 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ["LOWER(HEX_ENCODE(TRY_BASE64_DECODE_BINARY('/+8=')))", 'ffef'],
    ["TRY_BASE64_DECODE_BINARY('%%')", null],
    ['TO_CHAR(TIMESTAMP \'2026-01-05 06:07:08.9\', \'YYYY-MM-DD"T"HH24:MI:SS"Z"\')', '2026-01-05T06:07:08Z'],
    ["CAST(CAST('2026-01-05 06:07:08.123456' AS TIMESTAMP_NTZ) AS VARCHAR)", '2026-01-05 06:07:08.123'],
    ["CAST(TIMESTAMP '2026-01-05 06:07:08' AS VARCHAR)", '2026-01-05 06:07:08.000'],
    ["DATE_PART(EPOCH_SECOND, TIMESTAMP '1969-12-31 23:59:59.5')", -1],
    ["DATEADD('day', 1, DATE '2026-02-28')", '2026-03-01'],
    ["DATEDIFF('day', '2026-02-27'::DATE, '2026-03-01'::DATE)", 2],
    [
      "CAST(CONVERT_TIMEZONE('UTC', TRY_TO_TIMESTAMP_TZ('2026-01-05T06:00:00+02:00')) AS TIMESTAMP_NTZ)",
      '2026-01-05T04:00:00.000Z',
    ],
    ["TRY_TO_TIMESTAMP_NTZ('1767225600')", '2026-01-01T00:00:00.000Z'],
    ["TRY_TO_TIMESTAMP_NTZ('yesterday')", null],
    ["TRY_CAST('2026-02-30' AS DATE)", null],
    ["ARRAY_TO_STRING(SPLIT('a,b', ','), '-')", 'a-b'],
    ["(SELECT LISTAGG(v, ',') WITHIN GROUP (ORDER BY v DESC) FROM (VALUES ('a'), ('b')) AS t (v))", 'b,a'],
    ['(SELECT MAX_BY(v, o) FROM (VALUES (1, 5), (2, 9)) AS t (v, o))', 2],
    ['(SELECT BITOR_AGG(v) FROM (VALUES (1), (4)) AS t (v))', 5],
    ['(SELECT BOOLOR_AGG(v > 3) FROM (VALUES (1), (4)) AS t (v))', true],
    ['(SELECT COUNT(DISTINCT a, b) FROM (VALUES (1, 1), (1, NULL)) AS t (a, b))', 1],
    ['(SELECT LAST_VALUE(v) OVER (ORDER BY v) FROM (VALUES (1), (2)) AS t (v) ORDER BY v LIMIT 1)', 2],
    ['(SELECT v FROM (VALUES (1), (NULL)) AS t (v) ORDER BY v DESC LIMIT 1)', null],
    ["SPLIT('a,b', ',')[0]", 'a'],
    ['BITAND(6, 3)', 2],
    ['MOD(ABS(HASH(1)), 1)', 0],
    ['HASH(1) = HASH(1)', true],
    ["'a' RLIKE 'a|b'", true],
    ['(SELECT SUM(HASH(v)) = SUM(HASH(v)) FROM (VALUES (1), (2)) AS t (v))', true],
  ];

  test.each(values)('%s', async (expression, expected) => {
    expect(await server.run(`SELECT ${expression} AS "v"`)).toEqual([{ v: expected }]);
  });

  test('changes say how many rows they have changed', async () => {
    await signedIn(async (connection) => {
      const changed = async (sql: string) => (await run(connection, sql)).statement.getNumUpdatedRows();
      await run(
        connection,
        "CREATE OR REPLACE TRANSIENT TABLE counted (k NUMBER NOT NULL, v VARCHAR DEFAULT 'x', PRIMARY KEY (k)) CLUSTER BY (k)",
      );
      // Keys are not enforced.
      expect(await changed('INSERT INTO counted (k) VALUES (1), (1), (2)')).toBe(3);
      expect(await changed('INSERT INTO counted WITH more AS (SELECT 3 AS k) SELECT k, NULL FROM more')).toBe(1);
      expect(await changed("UPDATE counted AS c SET v = 'y' FROM (SELECT 2 AS k) AS s WHERE s.k = c.k")).toBe(1);
      expect(await changed('DELETE FROM counted USING (SELECT 1 AS k) AS s WHERE s.k = counted.k')).toBe(2);
      const merge = `MERGE INTO counted AS t USING (SELECT 3 AS k UNION ALL SELECT 4) AS s ON t.k = s.k
        WHEN MATCHED THEN UPDATE SET v = 'merged' WHEN NOT MATCHED THEN INSERT (k, v) VALUES (s.k, 'new')`;
      expect(await changed(merge)).toBe(2);
      expect((await run(connection, 'SELECT k, v FROM counted ORDER BY k')).rows).toEqual([
        { K: 2, V: 'y' },
        { K: 3, V: 'merged' },
        { K: 4, V: 'new' },
      ]);
      const ambiguous =
        'MERGE INTO counted USING (SELECT 4 AS k UNION ALL SELECT 4) AS s ON counted.k = s.k WHEN MATCHED THEN DELETE';
      await expect(run(connection, ambiguous)).rejects.toEqual(refusedWith('100090'));
      await expect(run(connection, 'INSERT INTO counted (k) VALUES (NULL)')).rejects.toEqual(refusedWith('100072'));
      await run(connection, 'CREATE OR REPLACE SEQUENCE numbers START 5');
      const { rows } = await run(connection, 'SELECT numbers.NEXTVAL AS a, "PUBLIC"."NUMBERS".NEXTVAL AS b');
      expect(rows).toEqual([{ A: 5, B: 6 }]);
    });
  });

  test('what defines a table commits an open transaction', async () => {
    await signedIn(async (connection) => {
      await run(connection, 'CREATE OR REPLACE TABLE kept (n NUMBER)');
      await run(connection, 'BEGIN');
      await run(connection, 'INSERT INTO kept VALUES (1)');
      await run(connection, 'ROLLBACK');
      await run(connection, 'BEGIN');
      await run(connection, 'INSERT INTO kept VALUES (2)');
      await run(connection, 'CREATE TEMPORARY TABLE work_of_it (n NUMBER)');
      await run(connection, 'INSERT INTO kept VALUES (3)');
      await run(connection, 'ROLLBACK');
      expect((await run(connection, 'SELECT n FROM kept ORDER BY n')).rows).toEqual([{ N: 2 }, { N: 3 }]);
    });
  });

  test('the history tells tags, failures and bytes of the session', async () => {
    await signedIn(async (connection) => {
      await run(connection, 'SELECT 1', [], { parameters: { QUERY_TAG: 'one' } });
      await run(connection, 'SELECT nothing', [], { parameters: { QUERY_TAG: 'two' } }).catch(() => {});
      const { rows } = await run(
        connection,
        `SELECT query_tag AS tag, execution_status AS status, bytes_scanned > 0 AS scanned, start_time <= CURRENT_TIMESTAMP() AS past
         FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY_BY_SESSION(RESULT_LIMIT => 100)) WHERE query_tag <> '' ORDER BY query_tag`,
      );
      expect(rows).toEqual([
        { TAG: 'one', STATUS: 'SUCCESS', SCANNED: true, PAST: true },
        { TAG: 'two', STATUS: 'FAILED_WITH_ERROR', SCANNED: false, PAST: true },
      ]);
    });
  });
});

describe('roles', () => {
  test('may do what they were granted and nothing else', async () => {
    await server.run('CREATE OR REPLACE TABLE secret (n NUMBER)');
    await server.run('CREATE OR REPLACE SEQUENCE secrets');
    await server.run('CREATE ROLE reader');
    await server.run('CREATE ROLE sees_secret');
    for (const statement of [
      `GRANT USAGE ON DATABASE ${server.database} TO ROLE reader`,
      'GRANT USAGE ON SCHEMA PUBLIC TO ROLE reader',
      'GRANT SELECT ON TABLE secret TO ROLE sees_secret',
    ])
      await server.run(statement);
    await signedIn(
      async (connection) => {
        await expect(run(connection, 'SELECT * FROM secret')).rejects.toEqual(refusedWith('000606'));
        await expect(run(connection, `USE WAREHOUSE ${server.warehouse}`)).rejects.toEqual(refusedWith('002043'));
        await server.run(`GRANT USAGE ON WAREHOUSE ${server.warehouse} TO ROLE reader`);
        await run(connection, `USE WAREHOUSE ${server.warehouse}`);
        await expect(run(connection, 'SELECT * FROM secret')).rejects.toEqual(refusedWith('002003'));
        await expect(run(connection, 'SELECT secrets.NEXTVAL AS n')).rejects.toEqual(refusedWith('002003'));
        await server.run('GRANT USAGE ON SEQUENCE secrets TO ROLE reader');
        expect((await run(connection, 'SELECT secrets.NEXTVAL AS n')).rows).toEqual([{ N: 1 }]);
        await server.run('GRANT ROLE sees_secret TO ROLE reader');
        expect((await run(connection, 'WITH s AS (SELECT n FROM secret) SELECT n FROM s')).rows).toEqual([]);
        await expect(run(connection, 'INSERT INTO secret (n) VALUES (1)')).rejects.toEqual(refusedWith('003001'));
        await expect(run(connection, 'CREATE TABLE mine (n NUMBER)')).rejects.toEqual(refusedWith('003001'));
        await run(connection, 'CREATE TEMPORARY TABLE mine AS SELECT n FROM secret');
        expect((await run(connection, 'SELECT COUNT(*) AS n FROM mine')).rows).toEqual([{ N: 0 }]);
        const { rows } = await run(connection, 'SHOW GRANTS TO ROLE reader');
        expect(rows.map(({ privilege, granted_on, name }) => [privilege, granted_on, name])).toEqual([
          ['USAGE', 'DATABASE', 'AQUARIUS'],
          ['USAGE', 'SCHEMA', 'AQUARIUS.PUBLIC'],
          ['USAGE', 'WAREHOUSE', server.warehouse],
          ['USAGE', 'SEQUENCE', 'AQUARIUS.PUBLIC.SECRETS'],
          ['USAGE', 'ROLE', 'SEES_SECRET'],
        ]);
        await expect(run(connection, 'SHOW GRANTS TO ROLE nobody')).rejects.toEqual(refusedWith('002003'));
      },
      { role: 'READER' },
    );
  });
});

describe('COPY INTO a stage', () => {
  const FORMAT =
    "FILE_FORMAT = (TYPE = CSV FIELD_DELIMITER = NONE RECORD_DELIMITER = '\\n' COMPRESSION = GZIP ESCAPE_UNENCLOSED_FIELD = NONE FIELD_OPTIONALLY_ENCLOSED_BY = NONE NULL_IF = () EMPTY_FIELD_AS_NULL = FALSE)";

  test('writes files as Snowflake does', async () => {
    await using store = await startS3Server();
    const bucket = store.newBucket();
    await using account = await startSnowflake({
      schemas: ['WORK'],
      stages: {
        'AQUARIUS.WORK.OUT': {
          url: `s3://${bucket}/unloaded/`,
          endpoint: store.endpoint,
          accessKeyId: store.accessKeyId,
          secretAccessKey: 'secret',
          integration: 'AQUARIUS_S3',
        },
      },
    });
    const read = async (key: string) => gunzipSync((await store.read(bucket, key)) ?? Buffer.alloc(0)).toString('utf8');
    const lines = "SELECT v FROM (VALUES (1, 'a|\"b\"'), (2, '\\\\N'), (3, ''), (4, 'ü')) AS t (n, v) ORDER BY n";
    const single = `COPY INTO '@WORK.OUT/run1/file.csv.gz' FROM (${lines}) ${FORMAT} SINGLE = TRUE HEADER = FALSE MAX_FILE_SIZE = 1000000 DETAILED_OUTPUT = TRUE`;
    expect(await account.run(single)).toMatchObject([{ FILE_NAME: 'run1/file.csv.gz', ROW_COUNT: 4 }]);
    expect(await read('unloaded/run1/file.csv.gz')).toBe('a|"b"\n\\N\n\nü\n');
    await expect(account.run(single)).rejects.toThrow('Files already existing');
    await account.run(`${single} OVERWRITE = TRUE`);

    const many = `COPY INTO @WORK.OUT/run2/part FROM (SELECT CAST(SEQ8() AS VARCHAR) AS line FROM TABLE(GENERATOR(ROWCOUNT => 10000))) ${FORMAT} HEADER = TRUE INCLUDE_QUERY_ID = TRUE DETAILED_OUTPUT = TRUE`;
    const files = await account.run(many);
    expect(files.length).toBeGreaterThan(1);
    expect(files.reduce((sum, file) => sum + Number(file.ROW_COUNT), 0)).toBe(10_000);
    const parts = await Promise.all(files.map((file) => read(`unloaded/${file.FILE_NAME}`)));
    expect(parts.every((part) => part.startsWith('LINE\n'))).toBe(true);
    expect(parts.flatMap((part) => part.split('\n').slice(1, -1)).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 10_000 }, (_, index) => String(index)),
    );

    const none = `COPY INTO @WORK.OUT/run3/ FROM (${lines.replace('ORDER', 'WHERE n > 9 ORDER')}) ${FORMAT}`;
    expect(await account.run(none)).toMatchObject([{ rows_unloaded: 0 }]);
    expect(Object.keys(await store.objects(bucket)).filter((key) => key.includes('run3'))).toEqual([]);
    await account.run(`COPY INTO @WORK.OUT/run4/default FROM (${lines}) SINGLE = TRUE FILE_FORMAT = (TYPE = CSV)`);
    expect(await read('unloaded/run4/default')).toBe('a|"b"\n\\\\N\n""\nü\n');

    await expect(account.run(many.replace('INCLUDE', 'SINGLE = TRUE INCLUDE'))).rejects.toEqual(refusedWith('002350'));
    await expect(account.run(many.replace('WORK.OUT', 'WORK.NOTHING'))).rejects.toEqual(refusedWith('002003'));
    await expect(account.run(`${many} SINGLE = TRUE`.replace('INCLUDE_QUERY_ID = TRUE', 'MAX_FILE_SIZE = 100'))).rejects.toThrow(
      'Max file size (100) exceeded',
    );
    const described = await account.run('DESC STAGE WORK.OUT');
    expect(described).toContainEqual(
      expect.objectContaining({ property: 'URL', property_value: `["s3://${bucket}/unloaded/"]` }),
    );
  });
});
