import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx, Identifier } from '../src/destinations/destination.ts';
import { openAccessTokens } from '../src/destinations/liveramp/privacy/access-token.ts';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { AquariusError, transientError } from '../src/errors.ts';
import type { Fault } from './standins/http-standin.ts';
import { ACCOUNT, type PrivacyServer, startPrivacyServer } from './standins/liveramp-privacy-server.ts';
import { devices, membersFile, membersSet } from './support/members-set.ts';
import { sftpPlace } from './support/sftp-settings.ts';
import { failureOf } from './support/stage-files.ts';
import { stagedFile, stagedSet, testCtx } from './support/staged-set.ts';

let liveramp: PrivacyServer;
beforeEach(async () => {
  liveramp = await startPrivacyServer();
});
afterEach(() => liveramp[Symbol.asyncDispose]());

const SECRETS = {
  'env:LR_USER': ACCOUNT.username,
  'env:LR_PASSWORD': ACCOUNT.password,
  'env:WRONG': 'wrong',
  'env:KEY': 'no key',
};

/** Nobody listens there: opt-outs alone need no server for files. */
const NOWHERE = {
  type: 'liveramp-sftp',
  host: '127.0.0.1',
  port: 1,
  username: 'acme',
  privateKey: 'env:KEY',
  hostKeys: [`SHA256:${'A'.repeat(43)}`],
  folder: '/uploads',
};

const privacyApi = (more: object = {}) => ({
  url: `${liveramp.url}/v1`,
  tokenUrl: `${liveramp.url}/token`,
  username: 'env:LR_USER',
  password: 'env:LR_PASSWORD',
  orgId: ACCOUNT.orgId,
  ...more,
});

function deliver(optOut: readonly Identifier[], more: object = {}, ctx: Partial<Ctx> = {}) {
  const settings = liverampSftp.settings.parse({ ...NOWHERE, privacyApi: privacyApi(more) });
  return liverampSftp.deliver(membersSet({ optOut }), settings, { ...testCtx({ secrets: SECRETS }), ...ctx });
}

/** The typed error of some work, once it is proved to tell no id and no secret. */
async function refusal(work: Promise<unknown>): Promise<AquariusError> {
  const error = await failureOf(work);
  expect(error).toBeInstanceOf(AquariusError);
  const told = inspect(error, { depth: 20, showHidden: true });
  for (const { value } of devices(20)) expect(told.toLowerCase()).not.toContain(value);
  for (const secret of [...Object.values(ACCOUNT).slice(0, 2), ...liveramp.tokens]) expect(told).not.toContain(secret);
  expect((error as AquariusError).hint).toMatch(/\S/);
  return error as AquariusError;
}

const posts = () => liveramp.calls.filter(({ method, path }) => method === 'POST' && path === '/v1/requests');
const isPost = ({ path }: { path: string }) => path === '/v1/requests';

describe('LR-17 opt-outs', () => {
  test('LR-17 a new device id is taken, a known one told as such, and both count as accepted', async () => {
    const first = await deliver(devices(10));
    expect(first).toMatchObject({
      accepted: 10,
      rejected: 0,
      reasons: {},
      details: { privacyRequests: 10, privacyDuplicates: 0 },
    });
    expect(first.files).toMatchObject([{ name: 'opt-out.csv.gz', outcome: 'sent', remote: `${liveramp.url}/v1` }]);
    const again = await deliver(devices(12));
    expect(again).toMatchObject({ accepted: 12, details: { privacyRequests: 2, privacyDuplicates: 10 } });
    expect((await deliver(devices(12))).files).toMatchObject([{ outcome: 'already' }]);
    expect([...liveramp.requests.keys()].toSorted()).toEqual(devices(12).map(({ value }) => value));
    expect(new Set([...liveramp.requests.values()].flat())).toEqual(new Set(['OPT_OUT']));
    expect(JSON.stringify(again)).not.toContain('38400000');
  });

  test('LR-17 a deletion is asked for where the settings say so', async () => {
    await deliver(devices(1), { requestType: 'DELETION' });
    expect([...liveramp.requests.values()]).toEqual([['DELETION']]);
  });

  test('LR-17 the API tells a missing organisation, another one and a bad type apart', async () => {
    await deliver(devices(1));
    const ask = async (headers: Record<string, string>, body: object) => {
      const answer = await fetch(`${liveramp.url}/v1/requests`, {
        method: 'POST',
        headers: { authorization: `Bearer ${liveramp.tokens[0]}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return answer.status;
    };
    const [{ value: maid } = { value: '' }] = devices(1, 'IDFA', 99);
    expect(await ask({}, { maid, request_type: 'OPT_OUT' })).toBe(400);
    expect(await ask({ 'lr-org-id': 'other' }, { maid, request_type: 'OPT_OUT' })).toBe(403);
    expect(await ask({ 'lr-org-id': ACCOUNT.orgId }, { maid, request_type: 'FORGET' })).toBe(422);
    expect(await ask({ 'lr-org-id': ACCOUNT.orgId, authorization: 'Bearer x' }, { maid, request_type: 'OPT_OUT' })).toBe(401);
  });

  test('LR-17 an expired token is replaced once for all requests in flight', async () => {
    // The first token ends while requests are under way.
    let seen = 0;
    liveramp.fail(['stall-before'], () => {
      seen += 1;
      if (seen === 8) liveramp.expireTokens();
      return false;
    });
    const before = liveramp.tokens.length;
    expect(await deliver(devices(40))).toMatchObject({ accepted: 40, rejected: 0 });
    expect(liveramp.tokens.length - before).toBe(2);
  });

  test('LR-17 a token that is refused although it is new is a matter of configuration, after one more', async () => {
    liveramp.fail(
      Array.from({ length: 20 }, () => ({ status: 401, body: { message: 'Invalid authorization token' } })),
      isPost,
    );
    expect(await refusal(deliver(devices(1)))).toMatchObject({ kind: 'config', code: 'privacy_auth' });
    expect(liveramp.tokens).toHaveLength(2);
    expect(posts()).toHaveLength(2);
  });

  test('LR-17 what the API says is no device id is rejected, and everything adds up', async () => {
    const bad = devices(3).map(({ type }, n) => ({ type, value: `not-an-id-${n}` }));
    const others = [{ type: 'IP', value: '8.8.8.8' } as const, { type: 'RAMPID', value: 'XY1' } as const];
    const receipt = await deliver([...devices(5), ...bad, ...others]);
    expect(receipt).toMatchObject({ accepted: 5, rejected: 5, reasons: { privacy_invalid: 3, privacy_no_device_id: 2 } });
    for (const reason of Object.keys(receipt.reasons)) expect(liverampSftp.advice?.[reason]).toMatch(/\S/);
    expect(liveramp.requests.size).toBe(5);
  });

  test('LR-17 a request that LiveRamp reports as failed is rejected, and is to be made again', async () => {
    liveramp.fail([{ status: 200, body: { request_uuid: 'x', status: 'FAILED' } }], isPost);
    const rejected: Identifier[] = [];
    const onRejected = async (members: readonly Identifier[]) => void rejected.push(...members);
    const receipt = await deliver(devices(2), {}, { onRejected });
    expect(receipt).toMatchObject({ accepted: 1, rejected: 1, reasons: { privacy_failed: 1 } });
    expect(rejected.map(({ value }) => value)).toEqual(
      devices(2)
        .map(({ value }) => value)
        .filter((value) => !liveramp.requests.has(value)),
    );
  });

  test.each([
    [{ orgId: 'other' }, 'privacy_permission'],
    [{ password: 'env:WRONG' }, 'privacy_auth'],
    [{ clientId: 'someone' }, 'privacy_auth'],
  ])('LR-17 with %o a delivery says at once what has to be changed', async (more, code) => {
    expect(await refusal(deliver(devices(20), more))).toMatchObject({ kind: 'config', code });
    expect(posts().length).toBeLessThanOrEqual(4);
    expect(liveramp.requests.size).toBe(0);
  });

  test('400 and 404 are a matter of configuration too, and the answer is not repeated', async () => {
    const [{ value } = { value: '' }] = devices(1);
    for (const status of [400, 404]) {
      liveramp.fail([{ status, body: { message: value } }], isPost);
      expect(await refusal(deliver(devices(1)))).toMatchObject({ kind: 'config', code: 'privacy_refused' });
    }
  });
});

describe('patience', () => {
  test('a busy API is asked again after 1, 2 and 4 seconds, and then later', async () => {
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    liveramp.fail([{ status: 500 }, { status: 502, body: '<html>' }, { status: 503 }], isPost);
    expect(await deliver(devices(1), {}, { sleep })).toMatchObject({ accepted: 1 });
    expect(waits).toEqual([1000, 2000, 4000]);
    liveramp.fail([{ status: 429, headers: { 'retry-after': '120' } }], isPost);
    expect(await refusal(deliver(devices(1), {}, { sleep }))).toMatchObject({ kind: 'transient', retryAfterMs: 120_000 });
    expect(waits).toHaveLength(3);
  });

  test('every call may break off before or after its effect, and each device id is asked for once', async () => {
    await deliver(devices(6));
    const calls = liveramp.calls.length;
    for (const fault of ['reset-before', 'reset-after', 'truncated-answer'] as const satisfies Fault[])
      for (let at = 0; at < calls; at += 1) {
        let seen = 0;
        liveramp.fail([fault], () => seen++ === at);
        expect(await deliver(devices(6))).toMatchObject({ accepted: 6, rejected: 0 });
        liveramp.recover();
      }
    expect([...liveramp.requests.values()]).toEqual(devices(6).map(() => ['OPT_OUT']));
  });

  test('an answer that says nothing of the request is not taken for a success', async () => {
    liveramp.fail(
      Array.from({ length: 9 }, () => ({ status: 201, body: 'fine' })),
      isPost,
    );
    expect(await refusal(deliver(devices(1)))).toMatchObject({ kind: 'transient', code: 'privacy_answer' });
  });

  test('four requests are under way at once, and one token serves them all', async () => {
    const posted: number[] = [];
    const sleep = async () => void posted.push(posts().length);
    liveramp.fail(
      Array.from({ length: 4 }, () => 'stall-before' as const),
      isPost,
    );
    expect(await deliver(devices(50), { timeoutSeconds: 1 }, { sleep })).toMatchObject({ accepted: 50 });
    // While nobody is answered nobody else is asked about.
    expect(posted[0]).toBe(4);
    expect(liveramp.tokens).toHaveLength(1);
  });

  test('a stop ends it with its reason, and a worker that lost the run asks nothing', async () => {
    const reason = new Error('too late');
    expect(await failureOf(deliver(devices(3), {}, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    const stop = new AbortController();
    liveramp.fail(['stall-before'], (request) => {
      if (isPost(request)) setImmediate(() => stop.abort(reason));
      return isPost(request);
    });
    expect(await failureOf(deliver(devices(1), {}, { signal: stop.signal }))).toBe(reason);
    const lost = transientError('lease_lost', 'Another worker has the run.');
    const before = posts().length;
    expect(await failureOf(deliver(devices(3), {}, { fence: () => Promise.reject(lost) }))).toBe(lost);
    expect(posts()).toHaveLength(before);
  });

  test('a token is used until half a minute before its end', async () => {
    let now = Date.parse('2026-11-23T06:00:00Z');
    const ctx = { ...testCtx({ secrets: SECRETS }), clock: { now: () => new Date(now) } };
    const { privacyApi: own } = liverampSftp.settings.parse({ ...NOWHERE, privacyApi: privacyApi() });
    if (own === undefined) throw new Error('no settings');
    const tokens = openAccessTokens(own, ctx);
    const first = await tokens.current(ctx.signal);
    now += 569_000;
    expect(await tokens.current(ctx.signal)).toBe(first);
    now += 1_000;
    const second = await tokens.current(ctx.signal);
    expect(second).not.toBe(first);
    // Whoever was refused with the first one gets what is there by now.
    expect(await tokens.insteadOf(first, ctx.signal)).toBe(second);
    expect(await tokens.insteadOf(second, ctx.signal)).not.toBe(second);
    expect(liveramp.tokens).toHaveLength(3);
  });
});

describe('opt-outs beside files', () => {
  test('files go to the server, opt-outs to the API, and the receipt is of both', async () => {
    await using place = await sftpPlace();
    const settings = liverampSftp.settings.parse({ ...place.written, privacyApi: privacyApi() });
    const file = stagedFile('audience.psv', Buffer.from('x'.repeat(500)), 30);
    const optOuts = membersFile('opt-out.csv.gz', devices(5), 'optOut');
    const set = stagedSet([file, optOuts]);
    const told: number[] = [];
    const ctx = testCtx({ secrets: { ...SECRETS, ...place.secrets }, onProgress: (bytes) => told.push(bytes) });
    const receipt = await liverampSftp.deliver(set, settings, ctx);
    expect(receipt).toMatchObject({ accepted: 35, rejected: 0, details: { privacyRequests: 5, server: expect.any(String) } });
    expect(receipt.accepted).toBe(set.manifest.rows);
    expect(receipt.reference).toMatch(/^sftp:/);
    expect(receipt.files.map(({ name }) => name)).toEqual(['audience.psv', 'opt-out.csv.gz']);
    expect([...place.server.files.keys()]).toEqual(['/in/audience.psv']);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(file.bytes + optOuts.bytes);
  });

  test('a destination takes opt-outs only where it may tell LiveRamp of them', () => {
    const can = (more: object) => liverampSftp.capabilities(liverampSftp.settings.parse({ ...NOWHERE, ...more }));
    expect(can({}).optOuts).toBe(false);
    expect(can({ privacyApi: privacyApi() }).optOuts).toBe(true);
  });

  test('a check proves that requests may be made, and makes none', async () => {
    await using place = await sftpPlace();
    const ctx = testCtx({ secrets: { ...SECRETS, ...place.secrets } });
    const check = (more: object) =>
      liverampSftp.check(liverampSftp.settings.parse({ ...place.written, privacyApi: privacyApi(more) }), ctx);
    await check({});
    expect(posts()).toEqual([]);
    expect(await refusal(check({ orgId: 'other' }))).toMatchObject({ kind: 'config', code: 'privacy_permission' });
    expect(await refusal(check({ password: 'env:WRONG' }))).toMatchObject({ kind: 'config', code: 'privacy_auth' });
  });

  test('the password never goes in the clear, and is never written down', () => {
    const parse = (more: object) =>
      liverampSftp.settings.safeParse({ ...NOWHERE, privacyApi: { ...privacyApi(), ...more } }).success;
    expect(parse({})).toBe(true);
    expect(parse({ url: 'https://privacy-api.liveramp.com/v1' })).toBe(true);
    expect(parse({ tokenUrl: 'http://serviceaccounts.liveramp.com/token' })).toBe(false);
    expect(parse({ password: 'correct horse' })).toBe(false);
    expect(parse({ unknwon: 1 })).toBe(false);
  });
});
