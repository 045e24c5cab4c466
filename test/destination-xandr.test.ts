import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx, Identifier, ReadableSet } from '../src/destinations/destination.ts';
import { call } from '../src/destinations/http/http.ts';
import { avroEncoding } from '../src/destinations/xandr-segments/avro-encoding.ts';
import { FIGURES, outcomeOf } from '../src/destinations/xandr-segments/figures.ts';
import { openSpool } from '../src/destinations/xandr-segments/spool.ts';
import { textEncoding } from '../src/destinations/xandr-segments/text-encoding.ts';
import { xandrSegments } from '../src/destinations/xandr-segments/xandr-segments.ts';
import type { AquariusError } from '../src/errors.ts';
import type { Manifest } from '../src/format/manifest.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { apiDestinationConformance } from './conformance/api-destination.ts';
import type { Fault, StandInRequest } from './standins/http-standin.ts';
import { linesOf, TEXT_SET_UP } from './standins/xandr-files.ts';
import { XANDR_MEMBER, XANDR_USER, type XandrSegment, type XandrStandIn, xandrStandIn } from './standins/xandr-server.ts';
import { devices, LAST_SEEN, membersSet } from './support/members-set.ts';
import { failureOf } from './support/stage-files.ts';
import { testCtx } from './support/staged-set.ts';

const SECRETS = { 'env:USER': XANDR_USER.username, 'env:PASSWORD': XANDR_USER.password, 'env:WRONG': 'not-the-password' };
const DAY_MS = 86_400_000;
const CUT_AT = Date.parse('2026-11-23T06:00:00Z') / 1000;

const written = (partner: XandrStandIn, changes: object = {}) => ({
  type: 'xandr-segments',
  enabled: true,
  apiUrl: partner.url,
  memberId: XANDR_MEMBER,
  username: 'env:USER',
  password: 'env:PASSWORD',
  ...changes,
});

const BUSY: readonly Fault[] = [
  { status: 429, headers: { 'retry-after': '5' } },
  { status: 503, headers: { 'x-ratelimit-code': 'write', 'retry-after': '7' } },
  {
    status: 200,
    body: { response: { status: 'ERROR', error_code: 'RATE_LIMIT_EXCEEDED', errors: ['Maximum upload time exceeded'] } },
  },
  { status: 200, body: { response: { error_id: 'SYSTEM', error: 'try later' } } },
];

for (const format of ['avro', 'text'] as const) {
  apiDestinationConformance(`xandr-segments (${format})`, xandrSegments, async () => {
    const partner = await xandrStandIn();
    const segment = partner.makeSegment();
    const settings = written(partner, { format, maxFileBytes: 1_000 });
    const uuid2: readonly Identifier[] = [{ type: 'UUID2', value: '9007199254740993' }];
    return {
      settings,
      secrets: SECRETS,
      canaries: ['segment-upload', 'authn:'],
      broken: [
        { name: 'not enabled', settings: { ...settings, enabled: false }, kind: 'config', code: 'xandr_disabled' },
        { name: 'password', settings: { ...settings, password: 'env:WRONG' }, kind: 'config', code: 'xandr_login' },
        { name: 'seat', settings: { ...settings, memberId: 1 }, kind: 'config', code: 'xandr_permission' },
      ],
      partner,
      members: (from = 0) => [
        ...devices(format === 'avro' ? 1500 : 200, 'IDFA', from),
        ...devices(10, 'GAID', from + 5000),
        ...(from > 0 ? [] : uuid2),
        ...(format === 'text' || from > 0 ? [] : [{ type: 'RAMPID' as const, value: 'XY1005wXyWPB1SgpMUKIpzA0I3UaLEz' }]),
      ],
      held: async () => partner.held(segment),
      busy: BUSY,
      onSleep: (ms) => partner.advance(ms),
      [Symbol.asyncDispose]: () => partner[Symbol.asyncDispose](),
    };
  });
}

let partner: XandrStandIn;
let segment: XandrSegment;
let slept: number[];
let refused: Identifier[];
beforeEach(async () => {
  partner = await xandrStandIn();
  segment = partner.makeSegment();
  [slept, refused] = [[], []];
});
afterEach(() => partner[Symbol.asyncDispose]());

/** A context on the partner's own clock, which waits turn. */
const ctx = (changes: Partial<Ctx> = {}): Ctx => ({
  ...testCtx({ secrets: SECRETS }),
  clock: { now: () => new Date(partner.now()) },
  sleep: async (ms) => {
    slept.push(ms);
    partner.advance(ms);
  },
  onRejected: async (members) => {
    refused.push(...members);
  },
  ...changes,
});
const settingsOf = (changes: object = {}) => xandrSegments.settings.parse(written(partner, changes));
const deliver = (set: ReadableSet, changes: object = {}, own: Partial<Ctx> = {}) =>
  xandrSegments.deliver(set, settingsOf(changes), ctx(own));
const termsOf = (terms: Partial<NonNullable<Manifest['terms']>>) => ({
  terms: { ttlDays: null, priceCpm: null, partnerReference: null, ...terms },
});
const valuesOf = (members: readonly Identifier[]) => new Set(members.map(({ value }) => value));
const isUpload = ({ path }: Pick<StandInRequest, 'path'>) => path.startsWith('/segment-upload/');
const uploads = () => partner.calls.filter(isUpload);
const heldNow = () => partner.held(segment);
const error = (id: string) => ({ status: 200, body: { response: { status: 'ERROR', error_id: id, error: 'no' } } });

interface Answered {
  readonly response: { readonly batch_segment_upload_job: Record<string, unknown> & { job_id: string; upload_url: string } };
}

/** What somebody else with the same seat does, without our code. */
async function login(): Promise<Response> {
  return fetch(`${partner.url}/auth`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: XANDR_USER }),
  });
}
async function openJob(): Promise<{ id: string; url: string; authorization: string }> {
  const { response } = (await (await login()).json()) as { response: { token: string } };
  const opened = await fetch(`${partner.url}/batch-segment?member_id=${XANDR_MEMBER}`, {
    method: 'POST',
    headers: { authorization: response.token },
  });
  const job = ((await opened.json()) as Answered).response.batch_segment_upload_job;
  return { id: job.job_id, url: job.upload_url, authorization: response.token };
}
const put = (url: string, body: Buffer, type = 'application/octet-stream') =>
  fetch(url, { method: 'POST', headers: { 'content-type': type }, body: new Uint8Array(body) });
async function jobOf({ id, authorization }: { id: string; authorization: string }): Promise<Record<string, unknown>> {
  const answer = await fetch(`${partner.url}/batch-segment?member_id=${XANDR_MEMBER}&job_id=${id}`, {
    headers: { authorization },
  });
  return ((await answer.json()) as Answered).response.batch_segment_upload_job;
}

describe('logins', () => {
  test('XN-01 a login gives a token; a wrong password is told as such under HTTP 401 and under HTTP 200', async () => {
    await xandrSegments.check(settingsOf(), ctx());
    expect(partner.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /auth',
      `GET /segment?member_id=${XANDR_MEMBER}&num_elements=1`,
    ]);
    // Bare, without a scheme before it.
    expect(partner.calls[1]?.headers.authorization).toMatch(/^authn:/);
    for (const status of [401, 200] as const) {
      partner.rules.wrongLogin = status;
      const failure = await failureOf(xandrSegments.check(settingsOf({ password: 'env:WRONG' }), ctx()));
      expect(failure).toMatchObject({ kind: 'config', code: 'xandr_login' });
    }
    expect(slept).toEqual([]);
  });

  test('XN-02 the eleventh login within five minutes is refused, so one login serves many deliveries', async () => {
    for (let round = 0; round < 12; round += 1) await deliver(membersSet({ add: devices(2) }));
    expect(partner.logins).toHaveLength(1);
    for (let more = 0; more < 10; more += 1) expect((await login()).ok).toBe(true);
    expect((await login()).status).toBe(429);
    slept = [];
    // Other settings, hence another token: this one has to wait until logins are free again.
    await xandrSegments.check(settingsOf({ apiUrl: partner.url.replace('127.0.0.1', 'localhost') }), ctx());
    expect(slept).toEqual([300_000]);
  });

  test('XN-03 a token that has died is told by NOAUTH inside HTTP 200: one new login, then success', async () => {
    const still = new Date(partner.now());
    const clock = { now: () => still };
    await deliver(membersSet({ add: devices(2) }), {}, { clock });
    partner.advance(3 * 3_600_000);
    await deliver(membersSet({ add: devices(3) }), {}, { clock });
    expect(partner.logins).toHaveLength(2);
    expect(heldNow()).toEqual(valuesOf(devices(3)));
    // Whoever knows the time does not even ask with a dead token.
    partner.advance(3 * 3_600_000);
    const before = partner.calls.length;
    await xandrSegments.check(settingsOf(), ctx());
    expect(partner.calls.slice(before).map(({ path }) => path)).toEqual(['/auth', expect.stringContaining('/segment')]);
  });

  test('a token that dies at once, and a user who is switched off, are not asked for again and again', async () => {
    await xandrSegments.check(settingsOf(), ctx());
    const before = partner.calls.length;
    partner.fail([error('NOAUTH'), error('NOAUTH_EXPIRED')], ({ path }) => path.startsWith('/segment'));
    expect(await failureOf(xandrSegments.check(settingsOf(), ctx()))).toMatchObject({ kind: 'config', code: 'xandr_auth' });
    expect(partner.calls.length - before).toBe(3);
    partner.fail([error('NOAUTH_DISABLED')]);
    expect(await failureOf(xandrSegments.check(settingsOf(), ctx()))).toMatchObject({ kind: 'config', code: 'xandr_auth' });
    expect(partner.calls.length - before).toBe(4);
  });
});

describe('answers', () => {
  test('XN-04 another status than OK inside HTTP 200 is a failure', async () => {
    partner.fail([error('INTEGRITY')], ({ method, path }) => method === 'POST' && path.startsWith('/batch-segment'));
    const failure = await failureOf(deliver(membersSet({ add: devices(2) })));
    expect(failure).toMatchObject({ kind: 'rejected', code: 'xandr_refused' });
    expect((failure as AquariusError).message).toContain('INTEGRITY');
    expect(uploads()).toEqual([]);
  });

  test('XN-15 a wait that the partner asks for is kept, be it HTTP 429 or HTTP 503 with its header', async () => {
    const busy: readonly Fault[] = [
      { status: 429, headers: { 'retry-after': '5' } },
      { status: 503, headers: { 'x-ratelimit-code': 'write', 'retry-after': '9' } },
    ];
    partner.fail(busy, ({ path }) => path.startsWith('/segment?'));
    await deliver(membersSet({ add: devices(2) }));
    expect(slept.slice(0, 2)).toEqual([5_000, 9_000]);
    expect(heldNow()).toEqual(valuesOf(devices(2)));
    partner.fail([{ status: 503, headers: { 'x-ratelimit-code': 'write', 'retry-after': '900' } }], ({ path }) =>
      path.startsWith('/segment?'),
    );
    const failure = await failureOf(deliver(membersSet({ add: devices(2) })));
    expect(failure).toMatchObject({ kind: 'transient', code: 'xandr_throttled', retryAfterMs: 900_000 });
  });

  test('what cannot be what was asked for is said, and where to look', async () => {
    const cases = [
      [{ status: 200, body: '<html>hello</html>' }, 'transient', 'xandr_answer'],
      [{ status: 200, body: { response: { status: 'OK', batch_segment_upload_job: [] } } }, 'transient', 'xandr_answer'],
      [{ status: 404, body: 'not here' }, 'config', 'xandr_address'],
      [{ status: 301, headers: { location: 'https://elsewhere.example' } }, 'config', 'xandr_address'],
      [{ status: 403, body: { response: { error_id: 'UNAUTH', error: 'no' } } }, 'config', 'xandr_permission'],
      [error('LIMIT'), 'transient', 'xandr_throttled'],
    ] as const;
    for (const [fault, kind, code] of cases) {
      partner.fail(
        Array.from({ length: 9 }, () => fault),
        ({ method, path }) => method === 'POST' && path.startsWith('/batch'),
      );
      expect(await failureOf(deliver(membersSet({ add: devices(2) })))).toMatchObject({ kind, code, hint: expect.any(String) });
      partner.recover();
    }
    expect(uploads()).toEqual([]);
  });
});

describe('uploads', () => {
  test('XN-05 a job gives an address, and an upload that begins more than five minutes later ends in an error; a new job is made', async () => {
    let fences = 0;
    const fence = async () => {
      fences += 1;
      if (fences === 1) partner.advance(6 * 60_000);
    };
    await deliver(membersSet({ add: devices(5) }), {}, { fence });
    expect(partner.jobs.map(({ broken }) => broken)).toEqual(['uploading-error', undefined]);
    expect(heldNow()).toEqual(valuesOf(devices(5)));
  });

  test('XN-06 a form is not taken, an octet stream is; it goes with its length and without the token', async () => {
    const job = await openJob();
    expect((await put(job.url, gzipSync('1,2:3:4\n'), 'application/x-www-form-urlencoded')).status).toBe(415);
    expect(await (await put(job.url, gzipSync('1,2:3:4\n'))).json()).toMatchObject({ response: { status: 'OK' } });
    partner.advance(60_000);
    const before = uploads().length;
    await deliver(membersSet({ add: devices(5) }));
    const [own] = uploads().slice(before);
    expect(own?.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': expect.stringMatching(/^\d+$/),
    });
    expect(own?.headers).not.toHaveProperty('authorization');
  });

  test('XN-07 an address that was used is refused, and is never used again', async () => {
    const job = await openJob();
    expect(await (await put(job.url, gzipSync('1,2:3:4\n'))).json()).toMatchObject({ response: { status: 'OK' } });
    expect(await (await put(job.url, gzipSync('1,2:3:4\n'))).json()).toMatchObject({ response: { status: 'ERROR' } });
    partner.advance(60_000);
    partner.fail(['reset-before', 'truncated-answer', { status: 500 }], isUpload);
    await deliver(membersSet({ add: devices(5) }));
    const addresses = uploads().map(({ path }) => path);
    expect(addresses.length).toBeGreaterThan(3);
    expect(new Set(addresses.slice(2)).size).toBe(addresses.length - 2);
  });

  test('an address that has died before its upload, since somebody else asked for one, is made up for by a new job', async () => {
    partner.fail([{ status: 404, body: '<html>gone</html>' }, { status: 400, body: 'gone' }, error('SYNTAX')], isUpload);
    expect(await deliver(membersSet({ add: devices(5) }))).toMatchObject({ accepted: 5, rejected: 0 });
    expect(heldNow()).toEqual(valuesOf(devices(5)));
    expect(new Set(uploads().map(({ path }) => path)).size).toBe(4);
    expect(slept.slice(0, 6).reduce((sum, ms) => sum + ms, 0)).toBe(180_000);
  });

  test('a file that arrived while its answer was lost is recognised by its job, and not sent again', async () => {
    partner.fail(['reset-after'], isUpload);
    await deliver(membersSet({ add: devices(5) }));
    expect(uploads()).toHaveLength(1);
    expect(heldNow()).toEqual(valuesOf(devices(5)));
  });

  test('XN-08 a file that is too large is split until the partner takes it', async () => {
    partner.rules.maxFileBytes = 4_000;
    const members = devices(1500);
    const receipt = await deliver(membersSet({ add: members }));
    expect(receipt).toMatchObject({ accepted: 1500, rejected: 0 });
    const taken = partner.jobs.filter(({ uploadedAt }) => uploadedAt !== undefined);
    expect(taken.length).toBeGreaterThan(1);
    expect(Math.max(...taken.map(({ bytes }) => bytes))).toBeLessThanOrEqual(4_000);
    expect(heldNow()).toEqual(valuesOf(members));
    partner.rules.maxFileBytes = 10;
    expect(await failureOf(deliver(membersSet({ add: devices(7) })))).toMatchObject({
      kind: 'rejected',
      code: 'xandr_file_too_large',
    });
  });

  test('XN-09 a second upload within a minute is refused and waits its turn; our own keep their distance', async () => {
    const other = await openJob();
    await put(other.url, gzipSync('1,2:3:4\n'));
    await deliver(membersSet({ add: devices(5) }));
    expect(slept[0]).toBe(60_000);
    expect(heldNow()).toEqual(valuesOf(devices(5)));
    await deliver(membersSet({ add: devices(6000) }), { maxFileBytes: 10_000 });
    const times = partner.jobs.flatMap(({ uploadedAt }) => uploadedAt ?? []);
    expect(times.length).toBeGreaterThan(3);
    for (let at = 1; at < times.length; at += 1) expect((times[at] ?? 0) - (times[at - 1] ?? 0)).toBeGreaterThanOrEqual(60_000);
    // Nothing of ours was refused: only the first try after the stranger's upload was.
    expect(partner.jobs.filter(({ broken }) => broken !== undefined)).toHaveLength(1);
  });

  test('XN-10 at the limit of lines for an hour a delivery that has begun goes on in the next hour, and any other comes back', async () => {
    partner.rules.linesPerHour = 5_500;
    const members = devices(6000);
    const receipt = await deliver(membersSet({ add: members }), { maxFileBytes: 10_000 });
    expect(receipt).toMatchObject({ accepted: 6000, rejected: 0 });
    expect(slept).toContain(3_600_000);
    expect(heldNow()).toEqual(valuesOf(members));
    partner.rules.linesPerHour = 10;
    slept = [];
    const failure = await failureOf(deliver(membersSet({ add: members })));
    expect(failure).toMatchObject({ kind: 'transient', code: 'xandr_quota', retryAfterMs: 3_600_000 });
    expect(slept).not.toContain(3_600_000);
  });

  test('a limit is told by its code, also where the kind of failure stands beside it, and by any of its texts', async () => {
    const limit = (code: string, more: object) => ({
      status: 200,
      body: { response: { error_id: 'SYNTAX', error_code: code, ...more } },
    });
    const opens = ({ method, path }: StandInRequest) => method === 'POST' && path.startsWith('/batch');
    partner.fail([limit('RATE_LIMIT_EXCEEDED', { error: 'one upload a minute' })], opens);
    expect(await deliver(membersSet({ add: devices(5) }))).toMatchObject({ accepted: 5, rejected: 0 });
    expect(slept).toContain(60_000);
    partner.fail([limit('FILESIZE_LIMIT_EXCEEDED', { error: 'too large' })], isUpload);
    expect(await deliver(membersSet({ add: devices(5000) }))).toMatchObject({ accepted: 5000, rejected: 0 });
    for (const more of [{ error: 'lines per hour' }, { error_description: 'bytes per day' }]) {
      partner.fail([limit('RATE_LIMIT_EXCEEDED', more)], opens);
      expect(await failureOf(deliver(membersSet({ add: devices(5) })))).toMatchObject({ code: 'xandr_quota' });
    }
  });

  test('deliveries of one process take turns at uploading, so that none kills the address of another', async () => {
    const other = partner.makeSegment({ code: 'other' });
    await Promise.all([
      deliver(membersSet({ add: devices(5) })),
      deliver(membersSet({ add: devices(5, 'GAID', 70) }, termsOf({ partnerReference: 'other' }))),
    ]);
    expect(partner.jobs.map(({ broken }) => broken)).toEqual([undefined, undefined]);
    expect(heldNow()).toEqual(valuesOf(devices(5)));
    expect(partner.held(other)).toEqual(valuesOf(devices(5, 'GAID', 70)));
  });

  test('with too many jobs in the queue nothing is uploaded, and the delivery comes back later', async () => {
    partner.rules.queued = 201;
    expect(await failureOf(deliver(membersSet({ add: devices(5) })))).toMatchObject({
      kind: 'transient',
      code: 'xandr_throttled',
    });
    expect(uploads()).toEqual([]);
  });

  test('a file of many pieces arrives whole', async () => {
    const members = fc.sample(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), { numRuns: 60_000, seed: 4 }).map(String);
    const set = membersSet({ add: [...new Set(members)].map((value) => ({ type: 'UUID2', value })) });
    const receipt = await deliver(set);
    expect(receipt).toMatchObject({ accepted: set.manifest.rows, rejected: 0, details: { jobs: 1 } });
    expect(partner.jobs[0]?.bytes).toBeGreaterThan(256 * 1024);
    expect(heldNow()).toEqual(new Set(members));
  });

  test('an upload that breaks off, or is stopped, in the middle ends at once and leaves the file to be closed', async () => {
    let breaksOff = true;
    const stop = new AbortController();
    const reason = new Error('the deadline has come');
    const server = createServer((request) => {
      request.once('data', () => {
        request.pause();
        if (breaksOff) request.socket.destroy();
        else stop.abort(reason);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const send = () =>
      withResource(openSpool(), async (body) => {
        for (let part = 0; part < 20; part += 1) await body.append(randomBytes(1024 * 1024));
        return call({ method: 'POST', url, body, timeoutMs: 60_000, signal: stop.signal });
      });
    expect(await failureOf(send())).toMatchObject({ kind: 'transient', code: 'partner_unreachable' });
    breaksOff = false;
    expect(await failureOf(send())).toBe(reason);
    server.closeAllConnections();
    server.close();
  });

  test('no file is left on the disk, whether a delivery ends well or not', async () => {
    await deliver(membersSet({ add: devices(5) }));
    partner.fail(
      Array.from({ length: 9 }, () => 'reset-before' as const),
      isUpload,
    );
    await failureOf(deliver(membersSet({ add: devices(5) })));
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('aquarius-xandr-'))).toEqual([]);
  });

  test('a worker that has lost the run uploads nothing more', async () => {
    const lost = new Error('another worker has the run');
    const fence = () => Promise.reject(lost);
    expect(await failureOf(deliver(membersSet({ add: devices(5) }), {}, { fence }))).toBe(lost);
    expect(uploads()).toEqual([]);
  });
});

describe('jobs', () => {
  for (const inList of [false, true]) {
    test(`XN-11 figures are read once the job is completed, and refused users make the delivery partial${inList ? ', in a list too' : ''}`, async () => {
      partner.rules.inList = inList;
      const members = devices(20);
      const unknown = members.slice(0, 3);
      for (const { value } of unknown) partner.rules.unknownUsers.add(value);
      const receipt = await deliver(membersSet({ add: members }));
      expect(slept).toEqual([60_000, 60_000]);
      expect(receipt).toMatchObject({
        accepted: 17,
        rejected: 3,
        reasons: { num_invalid_user: 3 },
        reference: partner.jobs[0]?.id,
        details: { segment: segment.id, jobs: 1, num_valid: 17, num_invalid_user: 3, figuresAddUp: true },
      });
      expect(heldNow()).toEqual(valuesOf(members.slice(3)));
    });
  }

  test('XN-17 a job that is not processed within 24 hours is a timeout, and never a success', async () => {
    partner.rules.stuckIn = 'processing';
    const before = partner.now();
    const failure = await failureOf(deliver(membersSet({ add: devices(2) }), { pollSeconds: 3600 }));
    expect(failure).toMatchObject({ kind: 'transient', code: 'xandr_job_timeout' });
    expect(partner.now() - before).toBe(DAY_MS);
    // On a clock that stands still as well.
    const still = { now: () => new Date(before) };
    expect(await failureOf(deliver(membersSet({ add: devices(2) }), { pollSeconds: 3600 }, { clock: still }))).toMatchObject({
      code: 'xandr_job_timeout',
    });
  });

  test('a job that ends in an error is sent again when the upload broke off, and is refused otherwise', async () => {
    partner.rules.jobError = 'uploading-error';
    expect(await failureOf(deliver(membersSet({ add: devices(2) })))).toMatchObject({
      kind: 'transient',
      code: 'xandr_upload_broken',
    });
    partner.rules.jobError = 'validating-error';
    expect(await failureOf(deliver(membersSet({ add: devices(2) })))).toMatchObject({
      kind: 'rejected',
      code: 'xandr_job_failed',
    });
  });

  test('members that the partner lists as refused are told, of text files', async () => {
    const members: readonly Identifier[] = [
      ...devices(4),
      ...devices(3, 'GAID', 50),
      { type: 'UUID2', value: '18446744073709551615' },
    ];
    const unknown = [members[1], members[5], members[7]].filter((one) => one !== undefined);
    for (const { value } of unknown) partner.rules.unknownUsers.add(value);
    await deliver(membersSet({ add: members }), { format: 'text' });
    expect(refused).toEqual(unknown);
  });

  test('a segment that the seat may not load, told once for all rows, refuses them all', async () => {
    const foreign = partner.makeSegment({ code: 'foreign', member_id: 7 });
    const receipt = await deliver(membersSet({ add: devices(8) }, termsOf({ partnerReference: String(foreign.id) })));
    expect(receipt).toMatchObject({ accepted: 0, rejected: 8, reasons: { num_unauth_segment: 8 } });
  });

  test('a count that is not there is no count of nothing: the partner is asked again', async () => {
    partner.rules.misreport = (figures) => ({ ...figures, num_valid: null as never, num_invalid_user: null as never });
    expect(await failureOf(deliver(membersSet({ add: devices(8) })))).toMatchObject({ kind: 'transient', code: 'xandr_answer' });
    partner.rules.misreport = (figures) => ({ ...figures, num_invalid_user: null as never });
    expect(await deliver(membersSet({ add: devices(8) }))).toMatchObject({ accepted: 8, rejected: 0 });
  });

  test('figures that do not add up are settled in one way, and said', async () => {
    partner.rules.misreport = (figures) => ({ ...figures, num_valid: 5, num_invalid_format: '2' });
    const receipt = await deliver(membersSet({ add: devices(8) }));
    expect(receipt).toMatchObject({
      accepted: 5,
      rejected: 3,
      reasons: { num_invalid_format: 2, unexplained: 1 },
      details: { figuresAddUp: false },
    });
    const figure = fc.nat({ max: 30 });
    const figures = fc.record(Object.fromEntries(['num_valid', ...FIGURES].map((name) => [name, figure])));
    fc.assert(
      fc.property(fc.nat({ max: 40 }), figures, (rows, said) => {
        const { accepted, reasons, addsUp } = outcomeOf(rows, said as never);
        const rejected = Object.values(reasons);
        expect(accepted + rejected.reduce((sum, count) => sum + count, 0)).toBe(rows);
        expect(accepted).toBeLessThanOrEqual(said.num_valid ?? 0);
        expect(rejected.every((count) => count > 0)).toBe(true);
        if ('unexplained' in reasons) expect(addsUp).toBe(false);
        for (const reason of Object.keys(reasons)) expect(xandrSegments.advice).toHaveProperty(reason);
      }),
    );
  });
});

describe('segments', () => {
  const gone = () => partner.segments.delete(segment.id);

  test('one that is missing is made when the settings say so, once, and users follow twenty minutes later', async () => {
    gone();
    for (const missing of ['empty', 'error'] as const) {
      partner.rules.missing = missing;
      expect(await failureOf(deliver(membersSet({ add: devices(2) })))).toMatchObject({
        kind: 'config',
        code: 'xandr_segment_missing',
      });
    }
    const set = membersSet({ add: devices(2) }, { segmentName: 'x'.repeat(300), ...termsOf({ ttlDays: 30 }) });
    partner.fail(['reset-after'], ({ method, path }) => method === 'POST' && path.startsWith('/segment?'));
    const first = await failureOf(deliver(set, { createSegment: true }));
    expect(first).toMatchObject({ kind: 'transient', code: 'xandr_segment_new' });
    const [made] = [...partner.segments.values()];
    expect(made).toMatchObject({ code: '1480_4711', short_name: 'x'.repeat(255), expire_minutes: 43_200, state: 'active' });
    partner.advance(15 * 60_000);
    const second = await failureOf(deliver(set, { createSegment: true }));
    expect((second as AquariusError).retryAfterMs).toBeLessThanOrEqual(5 * 60_000);
    expect(uploads()).toEqual([]);
    partner.advance(5 * 60_000);
    await deliver(set, { createSegment: true });
    expect(partner.segments.size).toBe(1);
    expect(partner.held(made as XandrSegment)).toEqual(valuesOf(devices(2)));
  });

  test('one is found by the id or the code in partnerReference, or by the segmentId, whatever its case', async () => {
    const other = partner.makeSegment({ code: 'Other_Code' });
    for (const partnerReference of [String(other.id), 'other_code']) {
      await deliver(membersSet({ add: devices(2) }, termsOf({ partnerReference })));
      expect(partner.held(other)).toEqual(valuesOf(devices(2)));
      other.users.clear();
    }
    expect(heldNow()).toEqual(new Set());
    const failure = await failureOf(
      deliver(membersSet({ add: devices(2) }, termsOf({ partnerReference: '77' })), { createSegment: true }),
    );
    expect(failure).toMatchObject({ kind: 'config', code: 'xandr_segment_missing' });
  });

  test('one that is switched off, or whose code is too long, is said before anything is sent', async () => {
    segment.state = 'inactive';
    expect(await failureOf(deliver(membersSet({ add: devices(2) })))).toMatchObject({
      kind: 'config',
      code: 'xandr_segment_inactive',
    });
    const long = membersSet({ add: devices(2) }, { segmentId: 's'.repeat(51) });
    expect(await failureOf(deliver(long, { createSegment: true }))).toMatchObject({ kind: 'config', code: 'xandr_segment_code' });
    segment.state = 'active';
    expect(uploads()).toEqual([]);
  });
});

describe('files', () => {
  const encoded = async (members: readonly Identifier[], changes: object = {}, remove = false) => {
    const own = settingsOf(changes);
    const terms = { segment: { id: 7, code: 'seven' }, expireMinutes: 1440, cutAt: CUT_AT };
    const encoding = own.format === 'avro' ? avroEncoding(own, terms) : textEncoding(own, terms);
    const fit = members.map((one) => ({ ...one, lastSeen: LAST_SEEN })).filter((one) => encoding.refusal(one) === undefined);
    const parts: Buffer[] = [];
    await pipeline(encoding.chunks(fit, remove), encoding.encoder('seed'), async (source: AsyncIterable<Buffer>) => {
      for await (const part of source) parts.push(part);
    });
    return { bytes: Buffer.concat(parts), refused: members.length - fit.length };
  };
  const ONE_OF_EACH: readonly Identifier[] = [
    { type: 'IDFA', value: 'aebe52e7-03ee-455a-b3c4-e57283966239' },
    { type: 'GAID', value: '38400000-8cf0-11bd-b23e-10b96e40000d' },
    { type: 'UUID2', value: '12345678900987654321' },
  ];

  test('text is written to the byte as the partner describes it', async () => {
    const text = { fields: ['SEG_ID', 'EXPIRATION', 'TIMESTAMP'] };
    expect(gunzipSync((await encoded(ONE_OF_EACH, { format: 'text', text })).bytes).toString('latin1')).toBe(
      'aebe52e7-03ee-455a-b3c4-e57283966239,7:1440:1795413600^3\n' +
        '38400000-8cf0-11bd-b23e-10b96e40000d,7:1440:1795413600^8\n' +
        '12345678900987654321,7:1440:1795413600\n',
    );
    expect(gunzipSync((await encoded(ONE_OF_EACH.slice(0, 1), { format: 'text' }, true)).bytes).toString('latin1')).toBe(
      'aebe52e7-03ee-455a-b3c4-e57283966239,7:-1:1795413600^3\n',
    );
    const other = {
      separators: { separator1: '~', separator2: '#', separator3: '~', separator4: '!', separator5: '@' },
      fields: ['SEG_CODE', 'VALUE', 'MEMBER_ID'],
      removals: 'separator4',
    };
    const changes = { format: 'text', text: other, value: 3 };
    expect(gunzipSync((await encoded(ONE_OF_EACH.slice(0, 1), changes)).bytes).toString('latin1')).toBe(
      'aebe52e7-03ee-455a-b3c4-e57283966239~seven~3~958@3\n',
    );
    expect(gunzipSync((await encoded(ONE_OF_EACH.slice(0, 1), changes, true)).bytes).toString('latin1')).toBe(
      'aebe52e7-03ee-455a-b3c4-e57283966239~!seven~3~958@3\n',
    );
  });

  test('the same members give the same bytes', async () => {
    for (const format of ['avro', 'text']) {
      const [first, second] = [await encoded(ONE_OF_EACH, { format }), await encoded(ONE_OF_EACH, { format })];
      expect(first.bytes.equals(second.bytes)).toBe(true);
    }
  });

  test('XN-12 a time in milliseconds is refused by the partner; ours are whole seconds', async () => {
    const job = await openJob();
    await put(job.url, gzipSync(`1,${segment.id}:0:${CUT_AT * 1000}\n`));
    partner.advance(120_000);
    expect(await jobOf(job)).toMatchObject({ num_valid: 0, num_invalid_timestamp: 1 });
    for (const [timestamp, expected] of [
      ['cut', CUT_AT],
      ['last-seen', LAST_SEEN],
    ] as const)
      for (const format of ['avro', 'text']) {
        const [line] = await linesOf((await encoded(ONE_OF_EACH, { format, timestamp })).bytes, TEXT_SET_UP);
        expect(line?.segments[0]?.timestamp).toBe(BigInt(expected));
        // A removal is as new as the set, or it would lose against the exposure that it takes back.
        const [gone] = await linesOf((await encoded(ONE_OF_EACH, { format, timestamp }, true)).bytes, TEXT_SET_UP);
        expect(gone?.segments[0]).toMatchObject({ timestamp: BigInt(CUT_AT), expiration: -1 });
      }
  });

  test('XN-13 separators that the partner does not take are refused when the settings are read', () => {
    const parse = (separators: object, changes: object = {}) =>
      xandrSegments.settings.safeParse(written(partner, { format: 'text', text: { separators, ...changes } })).success;
    for (const one of ['|', '[', ']', '(', ')', '{', '}', '$', '\\', '/', '?', '*', '+', '-', '', ',,', '\n', 'a', '7', 'é'])
      expect({ one, taken: parse({ separator2: one }) }).toEqual({ one, taken: false });
    expect(parse({ separator1: ':' })).toBe(true);
    expect(parse({ separator2: ':' })).toBe(false);
    expect(parse({ separator4: ',' })).toBe(false);
    expect(parse({ separator5: '\t' })).toBe(false);
    expect(parse({}, { fields: ['SEG_ID', 'SEG_CODE'] })).toBe(false);
    expect(parse({}, { fields: ['EXPIRATION'] })).toBe(false);
    expect(parse({}, { fields: ['SEG_ID'] })).toBe(false);
    expect(parse({}, { fields: ['SEG_ID'], removals: 'separator4' })).toBe(true);
  });

  test('XN-14 -1 removes, 0 keeps for 180 days, more than 259,200 minutes is refused before anything is sent', async () => {
    for (const format of ['avro', 'text']) {
      segment.users.clear();
      await deliver(membersSet({ add: devices(3) }), { format, ttlDays: 0 });
      expect([...segment.users.values()]).toEqual([0, 1, 2].map(() => CUT_AT * 1000 + 180 * DAY_MS));
      await deliver(membersSet({ add: devices(3) }, termsOf({ ttlDays: 30 })), { format });
      expect([...segment.users.values()][0]).toBe(CUT_AT * 1000 + 30 * DAY_MS);
      await deliver(membersSet({ remove: devices(2) }, { refresh: 'incremental' }), { format });
      expect(heldNow()).toEqual(valuesOf(devices(1, 'IDFA', 2)));
    }
    const before = partner.calls.length;
    const failure = await failureOf(deliver(membersSet({ add: devices(3) }, termsOf({ ttlDays: 181 }))));
    expect(failure).toMatchObject({ kind: 'config', code: 'xandr_ttl' });
    expect(partner.calls.length).toBe(before);
    expect(xandrSegments.settings.safeParse(written(partner, { ttlDays: 181 })).success).toBe(false);
    expect(xandrSegments.capabilities(settingsOf({ ttlDays: 0 }))).toMatchObject({ ttlDays: 180, maxTtlDays: 180 });
  });

  test('XN-16 1,801 segments on a line are refused; ours has one', async () => {
    const job = await openJob();
    const blocks = (count: number) => Array.from({ length: count }, () => `${segment.id}:0:0`).join(';');
    await put(job.url, gzipSync(`1,${blocks(1801)}\n2,${blocks(1800)}\n`));
    partner.advance(120_000);
    expect(await jobOf(job)).toMatchObject({ num_invalid_format: 1, num_valid: 1800 });
    await deliver(membersSet({ add: ONE_OF_EACH.slice(0, 2) }));
    expect(partner.jobs.at(-1)?.lines.map((line) => line?.segments.length)).toEqual([1, 1]);
  });

  test('XN-18 every uuid2 arrives exactly; one that Avro cannot hold is refused and does not become another one', async () => {
    const uuid2 = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n });
    const edges = [1n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(uuid2, { maxLength: 20 }), async (ids) => {
        const members: Identifier[] = [...new Set([...ids, ...edges])].map((id) => ({ type: 'UUID2', value: String(id) }));
        for (const format of ['avro', 'text']) {
          const { bytes, refused: left } = await encoded(members, { format });
          const expected = members.filter(({ value }) => format === 'text' || BigInt(value) < 2n ** 63n);
          expect((await linesOf(bytes, TEXT_SET_UP)).map((line) => line?.user)).toEqual(
            expected.map(({ value }) => `uuid2:${value}`),
          );
          expect(left).toBe(members.length - expected.length);
        }
      }),
      { numRuns: 30 },
    );
    const large: Identifier = { type: 'UUID2', value: String(2n ** 63n) };
    const set = membersSet({ add: [large, { type: 'UUID2', value: String(2n ** 53n + 1n) }] });
    expect(await deliver(set)).toMatchObject({ accepted: 1, rejected: 1, reasons: { uuid2_out_of_range: 1 } });
    expect(refused).toEqual([large]);
    expect(heldNow()).toEqual(new Set(['9007199254740993']));
  });

  test('what does not go there is counted by reason, and a set with nothing else uploads nothing', async () => {
    const set = membersSet({ add: [{ type: 'MAID', value: '38400000-8cf0-11bd-b23e-10b96e40000d' }] });
    expect(await deliver(set)).toMatchObject({
      accepted: 0,
      rejected: 1,
      reasons: { identifier_not_taken: 1 },
      details: { jobs: 0 },
    });
    expect(uploads()).toEqual([]);
    expect(xandrSegments.capabilities(settingsOf()).identifiers).toEqual(['IDFA', 'GAID', 'RAMPID', 'UUID2']);
    expect(xandrSegments.capabilities(settingsOf({ format: 'text' })).identifiers).toEqual(['IDFA', 'GAID', 'UUID2']);
  });

  test('a code that cannot stand between the separators is said before anything is sent', async () => {
    const own = { format: 'text', text: { fields: ['SEG_CODE', 'EXPIRATION'] } };
    partner.rules.textSetUp = { ...TEXT_SET_UP, fields: ['SEG_CODE', 'EXPIRATION'] };
    await deliver(membersSet({ add: devices(2) }), own);
    expect(heldNow()).toEqual(valuesOf(devices(2)));
    const odd = partner.makeSegment({ code: 'a:b' });
    const failure = await failureOf(deliver(membersSet({ add: devices(2) }, termsOf({ partnerReference: String(odd.id) })), own));
    expect(failure).toMatchObject({ kind: 'config', code: 'xandr_segment_code' });
  });
});
