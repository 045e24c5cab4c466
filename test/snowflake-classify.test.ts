import { describe, expect, test } from 'vitest';
import { configError } from '../src/errors.ts';
import { classify } from '../src/warehouse/snowflake/classify.ts';
import { sdkLogger } from '../src/warehouse/snowflake/sdk-log.ts';

const options = {
  account: 'acme-prod',
  user: 'AQUARIUS_SVC',
  role: 'AQUARIUS_ROLE',
  warehouse: 'AQUARIUS_WH',
  database: 'AUDIENCES',
  authType: 'key-pair',
} as const;
const statement = 'INSERT INTO  "S"."T" SELECT x FROM y WHERE z';
const SECRET = '38400000-8cf0-11bd-b23e-10b96e40000d';

const refusal = (code: string, sqlState: string, message: string) =>
  Object.assign(new Error(message), { name: 'OperationFailedError', code, sqlState, data: { queryId: '01b2-77' } });

describe('failures of Snowflake', () => {
  test.each([
    [
      'SN-10: a statement that takes too long is not tried again',
      '000630',
      '57014',
      'Statement reached its statement or warehouse timeout of 5 second(s) and was canceled.',
      'config',
      'warehouse_timeout',
    ],
    [
      'SN-10: one that waited in the queue is',
      '000630',
      '57014',
      'Statement was queued longer than its queued timeout and was canceled.',
      'transient',
      'warehouse_busy',
    ],
    [
      'SN-10: a warehouse that does not run is',
      '000606',
      '57P03',
      "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.",
      'transient',
      'warehouse_suspended',
    ],
    [
      'SN-10: a quota that is used up is not',
      '090073',
      '22000',
      "Warehouse 'AQUARIUS_WH' cannot be resumed because resource monitor 'M' has exceeded its quota.",
      'config',
      'warehouse_quota',
    ],
    ['somebody cancelled it', '000604', '57014', 'SQL execution canceled', 'transient', 'warehouse_cancelled'],
    [
      'a lock is held',
      '000625',
      '57014',
      "Statement '01b2' has locked table 'T' in transaction 17 and this lock has not yet been released.",
      'transient',
      'warehouse_conflict',
    ],
    [
      'a table is missing',
      '002003',
      '42S02',
      "SQL compilation error:\nObject 'AUDIENCES.BASE_TABLES.STORE_VISITS' does not exist or not authorized.",
      'config',
      'warehouse_object',
    ],
    [
      'a grant is missing',
      '003001',
      '42501',
      "SQL access control error:\nInsufficient privileges to operate on table 'T'",
      'config',
      'warehouse_permission',
    ],
    [
      'the role sees no database',
      '090105',
      '22000',
      'Cannot perform SELECT. This session does not have a current database.',
      'config',
      'warehouse_object',
    ],
    ['the key is not the right one', '390144', '08001', 'JWT token is invalid. [signature]', 'config', 'warehouse_sign_in'],
    [
      'the role is not the user’s',
      '390189',
      '08001',
      "Role 'R' specified in the connect string does not exist or not authorized.",
      'config',
      'warehouse_role',
    ],
    ['the session is gone', '390111', '08001', 'Session no longer exists.', 'transient', 'warehouse_session_lost'],
    ['Snowflake fails within', '300010', 'XX000', 'Processing aborted by error 300010:1234', 'transient', 'warehouse_internal'],
  ])('%s', (_, code, sqlState, message, kind, errorCode) => {
    expect(classify(refusal(code, sqlState, message), { options, statement })).toMatchObject({
      kind,
      code: errorCode,
      hint: expect.stringMatching(/\w/),
    });
  });

  test('a missing table is named, and what to grant comes with the role’s name', () => {
    const missing = refusal(
      '002003',
      '42S02',
      "SQL compilation error:\nObject 'AUDIENCES.S.T' does not exist or not authorized.",
    );
    expect(classify(missing, { options, statement }).message).toBe(
      'AUDIENCES.S.T does not exist, or the role AQUARIUS_ROLE may not use it.',
    );
    const suspended = refusal('000606', '57P03', 'No active warehouse selected in the current session.');
    expect(classify(suspended, { options, statement })).toMatchObject({
      hint: expect.stringContaining('GRANT USAGE ON WAREHOUSE AQUARIUS_WH TO ROLE AQUARIUS_ROLE;'),
    });
  });

  test.each([
    ['key-pair', 'RSA_PUBLIC_KEY'],
    ['token', 'network policy'],
    ['oauth', 'access token'],
    ['password', 'key-pair'],
  ] as const)('who may not sign in with %s is told what that needs', (authType, hint) => {
    const refused = refusal('390100', '08001', 'Incorrect username or password was specified.');
    expect(classify(refused, { options: { ...options, authType } })).toMatchObject({
      code: 'warehouse_sign_in',
      hint: expect.stringContaining(hint),
    });
  });

  test('a network failure may pass; a certificate that cannot be trusted does not, and an account that is none does not', () => {
    const network = (code: string) =>
      Object.assign(new Error('connect'), { name: 'NetworkError', code: 401001, cause: Object.assign(new Error('x'), { code }) });
    expect(classify(network('ECONNREFUSED'), { options })).toMatchObject({ kind: 'transient', code: 'warehouse_unreachable' });
    const untrusted = Object.assign(new Error('self-signed certificate'), { name: 'NetworkError', code: 401001 });
    expect(classify(untrusted, { options })).toMatchObject({ kind: 'config', code: 'warehouse_certificate' });
    const answered = Object.assign(new Error('Request failed'), {
      name: 'RequestFailedError',
      code: 401002,
      response: { status: 404 },
    });
    expect(classify(answered, { options })).toMatchObject({ kind: 'config', code: 'warehouse_account' });
    expect(classify(answered, { options, statement })).toMatchObject({ kind: 'transient', code: 'warehouse_unreachable' });
  });

  test('a query’s own report counts where the SDK has no code', () => {
    const queries = [{ id: '01b2-77', errorCode: 606, errorMessage: 'No active warehouse selected' }];
    const failed = Object.assign(new Error(''), { name: 'OperationFailedError', code: -1, data: { data: { queries } } });
    expect(classify(failed, { options, statement })).toMatchObject({ code: 'warehouse_suspended' });
  });

  test('a data value that Snowflake quotes never gets through', () => {
    for (const [code, message] of [
      ['100038', `Numeric value '${SECRET}' is not recognized`],
      ['100035', `Timestamp '${SECRET}' is not recognized`],
      ['390422', `Incoming request with IP/Token ${SECRET} is not allowed to access Snowflake.`],
      ['002003', `Something about ${SECRET}`],
      ['000001', SECRET],
    ] as const) {
      const error = classify(refusal(code, '22018', message), { options, statement });
      const all = JSON.stringify([error.message, error.stack, error.cause ?? null, 'hint' in error ? error.hint : null]);
      expect(all).not.toContain(SECRET);
    }
  });

  test('a mistake in our SQL keeps its explanation and the first words of the statement', () => {
    const mistake = refusal('000904', '42000', "SQL compilation error: error line 1 at position 7\ninvalid identifier 'X'");
    expect(classify(mistake, { options, statement }).message).toBe(
      'Snowflake: 000904: error line 1 at position 7 invalid identifier \'X\' in `INSERT INTO "S"."T" SELECT x FROM …` The query\'s id is 01b2-77.',
    );
  });

  test('what is ours already stays as it is', () => {
    const own = configError('own', 'Ours.');
    expect(classify(own, { options })).toBe(own);
  });
});

test('of what the SDK logs only the level and a code of Snowflake’s come through', () => {
  const lines: unknown[] = [];
  const write =
    (level: string) =>
    (...words: unknown[]): void => {
      lines.push([level, ...words]);
    };
  const log = { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
  const logger = sdkLogger(log as never);
  logger.error(`Query failed. Error code: 390100, value ${SECRET}`);
  logger.trace(`SELECT '${SECRET}'`);
  expect(lines).toStrictEqual([
    ['error', { code: '390100' }, 'snowflake-sdk'],
    ['debug', {}, 'snowflake-sdk'],
  ]);
});
