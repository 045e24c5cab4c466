import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliver as deliverRuns } from '../src/delivery/deliver.ts';
import type { Ctx, Identifier, ReadableSet, Receipt } from '../src/destinations/destination.ts';
import { DESTINATIONS } from '../src/destinations/registry.ts';
import type { Answer } from '../src/destinations/ttd-api/answer.ts';
import { signature } from '../src/destinations/ttd-api/authenticate.ts';
import { endpointUrls } from '../src/destinations/ttd-api/endpoint-urls.ts';
import type { Route } from '../src/destinations/ttd-api/route.ts';
import { batchSender } from '../src/destinations/ttd-api/send-batch.ts';
import { startTally } from '../src/destinations/ttd-api/tally.ts';
import { ttdApi } from '../src/destinations/ttd-api/ttd-api.ts';
import { AquariusError } from '../src/errors.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { apiDestinationConformance } from './conformance/api-destination.ts';
import { type TtdServer, type TtdServerOptions, ttdServer } from './standins/ttd-server.ts';
import { devices, LAST_SEEN, membersFile, membersSet } from './support/members-set.ts';
import { device, impression, makeProject, mapping } from './support/project.ts';
import { configRow, openProject, seed } from './support/seed.ts';
import { failureOf } from './support/stage-files.ts';
import { testCtx } from './support/staged-set.ts';

const TOKEN = 'tok-7f3a-secret';
const OTHER_TOKEN = 'tok-other-secret';
const ADVERTISER_SECRET = 'adv-secret-9';
const PROVIDER_SECRET = 'dp-secret-4';
const SECRETS = {
  'env:TTD': TOKEN,
  'env:OTHER': OTHER_TOKEN,
  'env:ADV': ADVERTISER_SECRET,
  'env:DP': PROVIDER_SECRET,
  'env:WRONG': 'wrong-secret-1',
};
const SEGMENT = '1480_4711';
const NOW = '2026-11-23T06:00:00.000Z';
const INCREMENTAL = { refresh: 'incremental' } as const;
const ZERO: Identifier = { type: 'IDFA', value: '00000000-0000-0000-0000-000000000000' };

const serverOf = (options: TtdServerOptions = {}): Promise<TtdServer> =>
  ttdServer({
    tokens: { [TOKEN]: ['adv1', 'dp1'], [OTHER_TOKEN]: ['adv2'] },
    advertiserSecrets: { adv1: ADVERTISER_SECRET },
    providerSecrets: { dp1: PROVIDER_SECRET },
    ...options,
  });

const settingsFor = (url: string) => ({
  type: 'ttd-api',
  mode: 'advertiser',
  advertiserId: 'adv1',
  token: 'env:TTD',
  url,
  deletionUrl: url,
});

let server: TtdServer;
let sleeps: number[];
let rejected: Identifier[];
beforeEach(async () => {
  server = await serverOf();
  sleeps = [];
  rejected = [];
});
afterEach(() => server[Symbol.asyncDispose]());

/** A stand-in with other rules, in place of the usual one. */
async function serve(options: TtdServerOptions): Promise<void> {
  await server[Symbol.asyncDispose]();
  server = await serverOf(options);
}

const ctx = (onSleep: (ms: number) => void = () => {}): Ctx => ({
  ...testCtx({ secrets: SECRETS }),
  sleep: async (ms) => {
    sleeps.push(ms);
    onSleep(ms);
  },
  onRejected: async (members) => void rejected.push(...members),
});

const parsed = (changes: Readonly<Record<string, unknown>> = {}) =>
  ttdApi.settings.parse({ ...settingsFor(server.url), ...changes });

const deliver = (set: ReadableSet, changes: Readonly<Record<string, unknown>> = {}, context = ctx()): Promise<Receipt> =>
  ttdApi.deliver(set, parsed(changes), context);

async function refusal(work: Promise<unknown>): Promise<AquariusError> {
  const error = await failureOf(work);
  expect(error).toBeInstanceOf(AquariusError);
  return error as AquariusError;
}

const valuesOf = (members: readonly Identifier[]) => new Set(members.map(({ value }) => value));

/** A call as somebody else would make it. */
async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = { 'TTD-Auth': TOKEN }) {
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) as Answered };
}
interface Answered {
  readonly ErrorCode?: string;
  readonly FailedLines?: readonly Readonly<Record<string, string>>[];
}

const A = '38400000-8cf0-11bd-b23e-10b96e40000d';
const B = '38400000-8cf0-11bd-b23e-10b96e40000e';
const item = (id: Readonly<Record<string, unknown>>, data: Readonly<Record<string, unknown>> = {}) => ({
  ...id,
  Data: [{ Name: SEGMENT, ...data }],
});
const upload = (...Items: readonly unknown[]) => ({ AdvertiserId: 'adv1', Items });

apiDestinationConformance('ttd-api', ttdApi, async () => {
  const partner = await serverOf();
  const settings = { ...settingsFor(partner.url), maxItems: 9 };
  return {
    settings,
    secrets: SECRETS,
    canaries: [],
    broken: [
      { name: 'token', settings: { ...settings, token: 'env:WRONG' }, kind: 'config', code: 'ttd_auth' },
      { name: 'permission', settings: { ...settings, token: 'env:OTHER' }, kind: 'config', code: 'ttd_permission' },
      { name: 'endpoint', settings: { ...settings, url: `${partner.url}/api` }, kind: 'config', code: 'ttd_endpoint' },
      { name: 'host', settings: { ...settings, url: 'http://127.0.0.1:1' }, kind: 'transient', code: 'partner_unreachable' },
    ],
    partner,
    members: (from) => devices(40, 'IDFA', from),
    held: async () => partner.values('adv1', SEGMENT),
    busy: [{ status: 429, headers: { 'retry-after': '2' } }, { status: 503, headers: { 'retry-after': '1' } }, { status: 429 }],
    [Symbol.asyncDispose]: () => partner[Symbol.asyncDispose](),
  };
});

describe('contract', () => {
  test('TD-01 a valid body and a token are taken', async () => {
    expect(await post('/data/advertiser', upload(item({ DAID: A })))).toMatchObject({ status: 200, body: {} });
    const receipt = await deliver(
      membersSet({
        add: [
          { type: 'IDFA', value: A },
          { type: 'GAID', value: B },
          { type: 'RAMPID', value: 'XY1005abc/def' },
          { type: 'UID2', value: `${'a'.repeat(43)}=` },
        ],
      }),
    );
    expect(receipt).toMatchObject({ accepted: 4, rejected: 0, reasons: {}, reference: `adv1/${SEGMENT}` });
    expect(receipt.details).toMatchObject({ calls: 1, requestId: 'ttd-2' });
    const data = [{ Name: SEGMENT, TimestampUtc: '2026-11-20T12:00:00Z', TtlInMinutes: 129_600 }];
    expect(server.bodies.at(-1)?.body).toEqual({
      AdvertiserId: 'adv1',
      Items: [
        { DAID: A.toUpperCase(), Data: data },
        { DAID: B, Data: data },
        { RampID: 'XY1005abc/def', Data: data },
        { UID2: `${'a'.repeat(43)}=`, Data: data },
      ],
    });
  });

  test('TD-02 a signature holds for the very bytes that are sent, and for no others', async () => {
    const body = JSON.stringify(upload(item({ DAID: A })));
    const signed = { TtdSignature: createHmac('sha1', ADVERTISER_SECRET).update(body).digest('base64') };
    expect((await post('/data/advertiser', body, signed)).status).toBe(200);
    const spaced = JSON.stringify(JSON.parse(body), null, 1);
    expect(await post('/data/advertiser', spaced, signed)).toMatchObject({
      status: 401,
      body: { ErrorCode: 'AuthenticationFailed' },
    });

    const { token, ...unsigned } = settingsFor(server.url);
    const own = { ...unsigned, advertiserSecret: 'env:ADV', dataProviderId: 'dp1', providerSecret: 'env:DP' };
    const settings = ttdApi.settings.parse(own);
    await ttdApi.check(settings, ctx());
    await ttdApi.deliver(membersSet({ add: devices(3) }), settings, ctx());
    expect(server.values('adv1', SEGMENT).size).toBe(4);
    const wrong = ttdApi.settings.parse({ ...own, providerSecret: 'env:WRONG' });
    const error = await refusal(ttdApi.deliver(membersSet({ add: devices(3) }), wrong, ctx()));
    expect(error).toMatchObject({ kind: 'config', code: 'ttd_auth' });
    expect(error.message).toMatch(/request ttd-\d+.*AuthenticationFailed/);
  });

  test('TD-02 the signature of the reference', () => {
    expect(signature(Buffer.from('{"AdvertiserId":"adv1","Items":[]}'), 'secret')).toBe('2MeTuBjaJMgrWj+gP1r57eCOVxo=');
  });

  test('TD-03 a missing or unknown token, and one for another advertiser', async () => {
    const body = upload(item({ DAID: A }));
    for (const headers of [{}, { 'TTD-Auth': 'nobody' }] as Record<string, string>[])
      expect(await post('/data/advertiser', body, headers)).toMatchObject({ status: 401, body: { ErrorCode: 'InvalidToken' } });
    const other = { 'TTD-Auth': OTHER_TOKEN };
    expect(await post('/data/advertiser', body, other)).toMatchObject({
      status: 403,
      body: { ErrorCode: 'IncorrectPermissions' },
    });
    const before = server.calls.length;
    const set = membersSet({ add: devices(100) });
    expect(await refusal(deliver(set, { token: 'env:WRONG', maxItems: 10 }))).toMatchObject({ kind: 'config', code: 'ttd_auth' });
    expect(await refusal(deliver(set, { token: 'env:OTHER', maxItems: 10 }))).toMatchObject({ code: 'ttd_permission' });
    expect(server.calls.length).toBe(before + 2);
  });

  test('TD-04 an item with two ids or none fails alone, by its number', async () => {
    const items = [item({ DAID: A }), item({ DAID: B, RampID: 'x' }), item({}), item({ DAID: B })];
    const { status, body } = await post('/data/advertiser', upload(...items));
    expect(status).toBe(200);
    expect(body.FailedLines).toMatchObject([
      { ErrorCode: 'MissingUserId', ItemNumber: '2' },
      { ErrorCode: 'MissingUserId', ItemNumber: '3' },
    ]);
    expect(server.values('adv1', SEGMENT)).toEqual(new Set([A, B]));
  });

  test('TD-05 a zero id and one of 35 characters are refused, counted and told', async () => {
    const short: Identifier = { type: 'GAID', value: A.slice(1) };
    const good = devices(20, 'GAID');
    const receipt = await deliver(membersSet({ add: [...good.slice(0, 7), ZERO, ...good.slice(7), short] }), { maxItems: 10 });
    expect(receipt).toMatchObject({ accepted: 20, rejected: 2, reasons: { MissingUserId: 2 } });
    expect(rejected).toEqual(expect.arrayContaining([ZERO, short]));
    expect(rejected).toHaveLength(2);
    expect(server.values('adv1', SEGMENT)).toEqual(valuesOf(good));
  });

  test('TD-06 a name of 257 characters and a TTL out of range are refused there, and before that here', async () => {
    const refusedAs = async (data: Readonly<Record<string, unknown>>) =>
      (await post('/data/advertiser', upload(item({ DAID: A }, data)))).body.FailedLines?.map(({ ErrorCode }) => ErrorCode);
    expect(await refusedAs({ Name: 'n'.repeat(257) })).toEqual(['DataNameTooLong']);
    expect(await refusedAs({ TtlInMinutes: 259_201 })).toEqual(['InvalidTtlInMinutes']);
    expect(await refusedAs({ TtlInMinutes: -1 })).toEqual(['InvalidTtlInMinutes']);
    expect(await refusedAs({ TtlInMinutes: 259_200 })).toBeUndefined();

    const before = server.calls.length;
    const terms = { ttlDays: null, priceCpm: null, partnerReference: null };
    const named = membersSet({ add: devices(1) }, { segmentId: 'n'.repeat(257) });
    expect(await refusal(deliver(named))).toMatchObject({ kind: 'config', code: 'ttd_segment_name' });
    const long = membersSet({ add: devices(1) }, { terms: { ...terms, ttlDays: 181 } });
    expect(await refusal(deliver(long))).toMatchObject({ kind: 'config', code: 'ttd_ttl' });
    expect(server.calls.length).toBe(before);
    const longest = membersSet({ add: devices(1) }, { terms: { ...terms, ttlDays: 180 }, segmentId: 'n'.repeat(256) });
    expect(await deliver(longest)).toMatchObject({ accepted: 1, rejected: 0 });
  });

  test('TD-07 a removal is a TTL of 0, and takes the member out of the segment', async () => {
    await deliver(membersSet({ add: devices(5) }));
    await deliver(membersSet({ remove: devices(2) }, INCREMENTAL));
    expect(server.values('adv1', SEGMENT)).toEqual(valuesOf(devices(3, 'IDFA', 2)));
    const { body } = server.bodies.at(-1) ?? {};
    expect(body?.Items).toMatchObject([{ Data: [{ Name: SEGMENT, TtlInMinutes: 0 }] }, { Data: [{ TtlInMinutes: 0 }] }]);
  });

  test('TD-08 without a TTL it is 90 days, which is what we send unless told otherwise', async () => {
    await post('/data/advertiser', upload(item({ DAID: A })));
    const expiry = (id: string) => server.segment('adv1', SEGMENT).get(`DAID:${id}`)?.toISOString();
    expect(expiry(A)).toBe(new Date(Date.parse(NOW) + 129_600 * 60_000).toISOString());
    await deliver(membersSet({ add: [{ type: 'IDFA', value: B }] }));
    expect(expiry(B)).toBe(expiry(A));
    await deliver(membersSet({ add: [{ type: 'IDFA', value: B }] }), { ttlDays: 30 });
    expect(expiry(B)).toBe('2026-12-23T06:00:00.000Z');
    const terms = { ttlDays: 7, priceCpm: null, partnerReference: null };
    await deliver(membersSet({ add: [{ type: 'IDFA', value: B }] }, { terms }), { ttlDays: 30 });
    expect(expiry(B)).toBe('2026-11-30T06:00:00.000Z');
  });

  test('TD-09 an unknown property is refused wherever it stands', async () => {
    const right = item({ DAID: A });
    for (const body of [
      { ...upload(right), Surprise: 1 },
      upload({ ...right, Surprise: 1 }),
      upload(item({ DAID: A }, { Surprise: 1 })),
    ])
      expect(await post('/data/advertiser', body)).toMatchObject({ status: 400 });
    expect(server.values('adv1', SEGMENT).size).toBe(0);
  });

  test('TD-10 a body over the cap is halved, and the next ones are small from the start', async () => {
    await serve({ bodyCap: 10_000 });
    const set = membersSet({ add: devices(1_600) });
    const receipt = await deliver(set, { maxItems: 400, parallel: 1 });
    expect(receipt).toMatchObject({ accepted: 1_600, rejected: 0, details: { itemsPerCall: 50 } });
    expect(server.values('adv1', SEGMENT).size).toBe(1_600);
    // Three too large, and then all 32 of 50.
    expect(server.calls.length).toBe(3 + 32);
  });

  test('TD-10 calls keep to the configured items and bytes by themselves', async () => {
    const items = () => server.bodies.map(({ body }) => (body.Items as readonly unknown[]).length);
    await deliver(membersSet({ add: devices(25) }), { maxItems: 10, parallel: 1 });
    expect(items()).toEqual([10, 10, 5]);
    await deliver(membersSet({ add: devices(25) }), { maxBytes: 1_000, parallel: 1 });
    const sizes = server.bodies.slice(3).map(({ body }) => JSON.stringify(body).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
    expect(Math.max(...sizes)).toBeGreaterThan(850);
  });

  test('TD-10 if not even one member is small enough, it is a setting', async () => {
    await serve({ bodyCap: 100 });
    expect(await refusal(deliver(membersSet({ add: devices(8) })))).toMatchObject({ kind: 'config', code: 'ttd_too_large' });
    expect(server.calls.length).toBe(4);
  });

  test('TD-11 a fifth call at once is told to wait for two seconds, waits, and succeeds', async () => {
    const waited = Promise.withResolvers<void>();
    let entered = 0;
    await serve({
      async pause() {
        entered += 1;
        // The delivery's first call goes alone. Then a foreign one and three of the delivery stay until its fourth was told to wait.
        if (entered !== 2) await waited.promise;
      },
    });
    const foreign = post('/data/advertiser', upload(item({ DAID: A })));
    await expect.poll(() => entered).toBe(1);
    const receipt = await deliver(
      membersSet({ add: devices(70) }),
      { maxItems: 10 },
      ctx(() => waited.resolve()),
    );
    expect((await foreign).status).toBe(200);
    expect(receipt).toMatchObject({ accepted: 70, rejected: 0 });
    expect(sleeps).toEqual([2_000]);
    expect(server.inFlight.most).toBe(5);
    expect(server.values('adv1', SEGMENT).size).toBe(71);
  });

  test('TD-11 four calls are at work at once, and never more', async () => {
    let entered = 0;
    let release = Promise.withResolvers<void>();
    await serve({
      async pause() {
        entered += 1;
        if (entered === 1) return;
        if ((entered - 1) % 4 === 0) {
          release.resolve();
          release = Promise.withResolvers();
        } else await release.promise;
      },
    });
    await deliver(membersSet({ add: devices(90) }), { maxItems: 10 });
    expect(server.inFlight.most).toBe(4);
    expect(server.calls.length).toBe(9);
    expect(sleeps).toEqual([]);
  });

  test('TD-12 two answers of 503 with Retry-After cost exactly two waits', async () => {
    server.fail([503, 503].map((status) => ({ status, headers: { 'retry-after': '7' } })));
    await deliver(membersSet({ add: devices(3) }));
    expect(server.calls.length).toBe(3);
    expect(sleeps).toEqual([7_000, 7_000]);
  });

  test('TD-12 without Retry-After a minute is waited; a partner that stays busy has the run come back', async () => {
    server.fail([{ status: 429, body: 'Slow down' }]);
    await deliver(membersSet({ add: devices(3) }));
    expect(sleeps).toEqual([60_000]);
    server.fail(Array.from({ length: 9 }, () => ({ status: 503, headers: { 'retry-after': '30' } })));
    const error = await refusal(deliver(membersSet({ add: devices(3) })));
    expect(error).toMatchObject({ kind: 'transient', code: 'ttd_unavailable', retryAfterMs: 30_000 });
    expect(server.calls.length).toBe(2 + 5);
  });

  test('TD-13 a plain text error is an error with a code, and tells nothing of what it says', async () => {
    const text = { status: 500, headers: { 'content-type': 'text/html' }, body: `Cannot store ${A}` };
    server.fail(Array.from({ length: 5 }, () => text));
    const error = await refusal(deliver(membersSet({ add: devices(3) })));
    expect(error).toMatchObject({ kind: 'transient', code: 'ttd_server_error' });
    expect(error.message).not.toContain(A);
    server.fail([{ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }]);
    expect(await deliver(membersSet({ add: devices(3) }))).toMatchObject({ accepted: 3 });
    expect(server.values('adv1', SEGMENT).size).toBe(3);
  });

  test('TD-14 a call that was stored and not answered is made again, and nothing differs', async () => {
    await deliver(membersSet({ add: devices(30) }), { maxItems: 10 });
    const before = new Map(server.segment('adv1', SEGMENT));
    server.fail(['reset-after', 'reset-after']);
    expect(await deliver(membersSet({ add: devices(30) }), { maxItems: 10 })).toMatchObject({ accepted: 30, rejected: 0 });
    expect(server.segment('adv1', SEGMENT)).toEqual(before);
  });

  test('TD-15 an answer that does not come in time is a failure that is tried again', async () => {
    server.fail(['stall-after']);
    expect(await deliver(membersSet({ add: devices(3) }), { timeoutSeconds: 1 })).toMatchObject({ accepted: 3 });
    expect(server.calls.length).toBe(2);
    expect(sleeps).toEqual([1_000]);
  });

  test('TD-16 what The Trade Desk cannot read is not sent again', async () => {
    expect(await post('/data/advertiser', '{"AdvertiserId":')).toMatchObject({
      status: 400,
      body: { ErrorCode: 'SerializationFailed' },
    });
    server.fail([{ status: 400, body: { ErrorCode: 'SerializationFailed', Message: 'No.' } }]);
    const error = await refusal(deliver(membersSet({ add: devices(100) }), { maxItems: 10 }));
    expect(error).toMatchObject({ kind: 'rejected', code: 'ttd_request_refused' });
    expect(server.calls.length).toBe(2);
    expect(sleeps).toEqual([]);
  });

  test('TD-17 third-party data have no bids: they are refused there, and never sent', async () => {
    const body = { DataProviderId: 'dp1', Items: [item({ DAID: A }, { BaseBidCPM: 1 })] };
    expect((await post('/data/thirdparty', body)).body.FailedLines).toMatchObject([
      { ErrorCode: 'UnauthorisedThirdPartyDataWithBaseBidCPM', ItemNumber: '1' },
    ]);
    const terms = { ttlDays: null, priceCpm: '1.15', partnerReference: 'element-7' };
    const own = { mode: 'thirdParty', advertiserId: undefined, dataProviderId: 'dp1' };
    await deliver(membersSet({ add: devices(2) }, { terms }), own);
    expect(server.bodies.at(-1)).toMatchObject({ path: '/data/thirdparty', body: { DataProviderId: 'dp1' } });
    expect(server.values('dp1', 'element-7')).toEqual(valuesOf(devices(2)));
  });

  test('TD-18 addresses that are private, ranges or European are refused one by one', async () => {
    await serve({ euAddresses: ['185.60.216.35'] });
    const address = (value: string): Identifier => ({ type: 'IP', value });
    const ranges = { DataOwnerId: 'adv1', Items: [{ Data: [{ Name: SEGMENT, IPAddressRanges: ['2001:4860::/32'] }] }] };
    expect((await post('/data/firstpartyipaddress', ranges)).body.FailedLines).toMatchObject([
      { ErrorCode: 'InvalidIPAddressRange' },
    ]);

    const add = [address('8.8.8.8'), address('10.0.0.1'), address('185.60.216.35'), address('1.1.1.1'), ...devices(2)];
    const receipt = await deliver(membersSet({ add }), { allowIp: true, addressesPerItem: 3 });
    expect(receipt).toMatchObject({
      accepted: 4,
      rejected: 2,
      reasons: { InvalidIPAddress: 1, EuIpTargetingNotAllowedForPartner: 1 },
    });
    expect(valuesOf(rejected)).toEqual(new Set(['10.0.0.1', '185.60.216.35']));
    expect(server.values('adv1', SEGMENT)).toEqual(new Set(['8.8.8.8', '1.1.1.1', ...valuesOf(devices(2))]));
    const sent = server.bodies.filter(({ path }) => path === '/data/firstpartyipaddress').at(-1);
    expect(sent?.body).toEqual({
      DataOwnerId: 'adv1',
      Items: [
        { Data: [{ Name: SEGMENT, IPAddresses: ['8.8.8.8', '10.0.0.1', '185.60.216.35'], TtlInMinutes: 129_600 }] },
        { Data: [{ Name: SEGMENT, IPAddresses: ['1.1.1.1'], TtlInMinutes: 129_600 }] },
      ],
    });
  });

  test('TD-19 an id that has opted out is told, and no later upload has it', async () => {
    const out = device(1);
    await deliver(membersSet({ add: [{ type: 'GAID', value: out }] }));
    const receipt = await deliver(membersSet({ optOut: [{ type: 'GAID', value: out }] }, INCREMENTAL));
    expect(receipt).toMatchObject({ accepted: 1, rejected: 0, files: [{ remote: '/data/deletion-optout/advertiser' }] });
    expect(server.optedOut).toEqual(new Set([`DAID:${out}`]));
    expect(server.values('adv1', SEGMENT)).toEqual(new Set());

    using project = makeProject(`
destinations:
  ttd:
    type: ttd-api
    mode: advertiser
    advertiserId: adv1
    token: env:TTD_TOKEN
    url: ${server.url}
    deletionUrl: ${server.url}
policy:
  minAudience: 1
`);
    project.env.TTD_TOKEN = TOKEN;
    const at = new Date('2026-02-18T12:00:00Z');
    await seed(project, at, {
      AD_IMPRESSION_LOG_V2: [1, 2, 3].map((n) => impression(device(n), { at: '2026-02-17T10:00:00Z' })),
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
      SUPPRESSION: [{ IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: out.toUpperCase(), AGENCY_ID: null }],
      REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'ttd' }])],
    });
    const quiet = { step: () => {}, share: () => {}, amount: () => {} };
    await withResource(openProject(project, { at }), async (app) => {
      await deliverRuns(await app.engine(), { at, force: false }, { onRun: () => quiet });
      expect(await app.ledger.runs()).toMatchObject([{ state: 'delivered', receipt: { accepted: 2, rejected: 0 } }]);
    });
    expect(server.values('adv1', SEGMENT)).toEqual(new Set([device(2), device(3)]));
  });

  test('TD-20 an advertiser that may have no more data stops the delivery at once', async () => {
    await serve({ full: ['adv1'] });
    const error = await refusal(deliver(membersSet({ add: devices(100) }), { maxItems: 10 }));
    expect(error).toMatchObject({ kind: 'rejected', code: 'ttd_data_limit' });
    expect(error.hint).toMatch(/higher limit/);
    expect(server.calls.length).toBe(1);
    expect(sleeps).toEqual([]);
  });
});

describe('members that spoil a call', () => {
  const route = { url: 'http://127.0.0.1/', placesOf: () => [] } as unknown as Route;

  /** Sends members 0 to n−1 of which some are bad, to a partner that refuses calls with a bad one and says no more. */
  async function sendAll(n: number, bad: ReadonlySet<number>) {
    let calls = 0;
    const told: string[] = [];
    const tally = startTally({ onRejected: async (members) => void told.push(...members.map(({ value }) => value)) });
    const request = async (_: Route, texts: readonly string[]): Promise<Answer> => {
      calls += 1;
      return texts.some((text) => bad.has(Number(text)))
        ? { kind: 'refused', code: 'IncorrectContent', lines: [], namesItems: false }
        : { kind: 'taken', lines: [] };
    };
    const texts = Array.from({ length: n }, (_, at) => String(at));
    const members = texts.map((value) => ({ type: 'GAID' as const, value, lastSeen: LAST_SEEN }));
    const file = membersFile('add.csv.gz', members);
    await batchSender(request, tally, { items: n, bytes: 1e6 })({ file, route, members, texts });
    return { calls, tally, told };
  }

  test('one among n costs at most 2·log2(n) + 1 calls, wherever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000 }).chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n - 1 }))),
        async ([n, at]) => {
          const { calls, tally, told } = await sendAll(n, new Set([at]));
          expect(calls).toBeLessThanOrEqual(2 * Math.log2(n) + 1);
          expect(told).toEqual([String(at)]);
          expect(tally).toMatchObject({ accepted: n - 1, rejected: 1, reasons: { IncorrectContent: 1 } });
        },
      ),
    );
  });

  test('of several, exactly those are refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { maxLength: 3 }), async (bad) => {
        const { tally, told } = await sendAll(200, new Set(bad));
        expect(new Set(told)).toEqual(new Set(bad.map(String)));
        expect(tally).toMatchObject({ accepted: 200 - bad.length, rejected: bad.length });
      }),
    );
  });

  test('they are found over HTTP as well, among calls that run beside', async () => {
    const add = devices(100);
    const bad = new Set([add[17]?.value, add[63]?.value]);
    await serve({ spoils: (value) => bad.has(value.toLowerCase()) });
    const receipt = await deliver(membersSet({ add }), { maxItems: 16 });
    expect(receipt).toMatchObject({ accepted: 98, rejected: 2, reasons: { IncorrectContent: 2 } });
    expect(valuesOf(rejected)).toEqual(bad);
    expect(server.values('adv1', SEGMENT).size).toBe(98);
  });

  test('a fault of every call is found with a handful of calls, not by asking about everybody', async () => {
    await serve({ spoils: (value) => value === SEGMENT });
    const error = await refusal(deliver(membersSet({ add: devices(20_000) })));
    expect(error).toMatchObject({ kind: 'rejected', code: 'ttd_request_refused' });
    expect(error.message).toContain('IncorrectContent');
    expect(server.calls.length).toBeLessThanOrEqual(25);
  });

  test('lines in an answer of 400 are refused, and the others sent again, since nobody knows whether they were stored', async () => {
    const line = { ErrorCode: 'MissingUserId', Message: 'Invalid DAID, item #2' };
    server.fail([{ status: 400, body: { FailedLines: [line] } }]);
    const add = devices(4);
    const receipt = await deliver(membersSet({ add }));
    expect(receipt).toMatchObject({ accepted: 3, rejected: 1, reasons: { MissingUserId: 1 } });
    expect(rejected).toEqual([add[1]]);
    expect(server.values('adv1', SEGMENT)).toEqual(valuesOf(add.filter((_, at) => at !== 1)));
  });

  test('a call that is sent elsewhere is not: the address is wrong', async () => {
    server.fail([{ status: 307, headers: { location: `${server.url}/elsewhere` } }]);
    expect(await refusal(deliver(membersSet({ add: devices(2) })))).toMatchObject({ kind: 'config', code: 'ttd_endpoint' });
    expect(server.calls.length).toBe(1);
  });

  test('lines that name one refused member at a time, and never an end, are no reason to ask about everybody', async () => {
    const line = { ErrorCode: 'Unknown', ItemNumber: '1' };
    server.fail(Array.from({ length: 300 }, () => ({ status: 400, body: { FailedLines: [line] } })));
    const error = await refusal(deliver(membersSet({ add: devices(300) })));
    expect(error).toMatchObject({ kind: 'rejected', code: 'ttd_request_refused' });
    expect(server.calls.length).toBe(100);
  });

  test.each([
    ['no number', {}],
    ['a number counted from 0', { ItemNumber: '2' }],
    ['a number beyond the call', { ItemNumber: '77' }],
  ])('a line with %s is found by the id in it', async (_what, number) => {
    const add = devices(4);
    const line = { DAID: add[2]?.value.toUpperCase() ?? '', ErrorCode: 'UserNotMapped', ...number };
    server.fail([{ status: 200, body: { FailedLines: [line] } }]);
    expect(await deliver(membersSet({ add }))).toMatchObject({ accepted: 3, rejected: 1 });
    expect(rejected).toEqual([add[2]]);
  });

  test('addresses of an item whose refusal does not say which of them it means are sent once more, one to an item', async () => {
    const addresses = (...values: readonly string[]) => values.map((value) => ({ type: 'IP', value }) as const);
    const add = addresses('8.8.8.8', '10.0.0.1', '1.1.1.1', '9.9.9.9', '8.8.4.4', '1.0.0.1', '9.9.9.10');
    const line = { ErrorCode: 'InvalidIPAddress', ItemNumber: '1' };
    for (const status of [200, 400]) {
      server.fail([{ status, body: { FailedLines: [line] } }]);
      const receipt = await deliver(membersSet({ add }), { allowIp: true, addressesPerItem: 3, maxBytes: 1000 });
      expect(receipt).toMatchObject({ accepted: 6, rejected: 1, reasons: { InvalidIPAddress: 1 } });
      expect(valuesOf(rejected)).toEqual(new Set(['10.0.0.1']));
      expect(server.bodies.at(-1)?.body).toMatchObject({ Items: [{}, {}, {}] });
    }
    expect(server.values('adv1', SEGMENT)).toEqual(
      valuesOf(addresses('8.8.8.8', '1.1.1.1', '9.9.9.9', '8.8.4.4', '1.0.0.1', '9.9.9.10')),
    );
  });

  test('a line that names nobody is counted, and one member twice is counted once', async () => {
    const lines = [
      { ErrorCode: 'Uid2Error', ItemNumber: '3' },
      { ErrorCode: 'InvalidBidFactor', ItemNumber: '3' },
      { ErrorCode: `leaks ${A}` },
    ];
    server.fail([{ status: 200, body: { FailedLines: lines } }]);
    const receipt = await deliver(membersSet({ add: devices(4) }));
    expect(receipt).toMatchObject({ accepted: 2, rejected: 2, reasons: { Uid2Error: 1, Unknown: 1 } });
    expect(rejected).toEqual([devices(4)[2]]);
  });
});

describe('settings', () => {
  const problems = (changes: Readonly<Record<string, unknown>>) =>
    ttdApi.settings
      .safeParse({ ...settingsFor('https://ttd.example'), ...changes })
      .error?.issues.map(({ path }) => path.join('.')) ?? [];

  test('who is sent for, and by what proof, must be clear', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ token: undefined })).toEqual(['token']);
    expect(problems({ advertiserSecret: 'env:ADV' })).toEqual(['token']);
    expect(problems({ advertiserId: undefined })).toEqual(['advertiserId']);
    expect(problems({ mode: 'thirdParty' })).toEqual(['dataProviderId', 'advertiserId']);
    const named = { mode: 'thirdParty', advertiserId: undefined, dataProviderId: 'dp1', segmentNameFrom: 'segmentName' };
    expect(problems(named)).toEqual(['segmentNameFrom']);
    expect(problems({ token: undefined, advertiserSecret: 'env:ADV', advertiserIds: { '1_2': 'x' } })).toEqual(['advertiserIds']);
    expect(problems({ identifiers: ['IP'] })).toEqual(['identifiers']);
    expect(problems({ allowIpv6: true })).toEqual(['allowIpv6']);
    expect(problems({ identifiers: ['UUID2'] })).toEqual(['identifiers.0']);
    expect(problems({ parallel: 5, ttlDays: 181 })).toEqual(['ttlDays', 'parallel']);
  });

  test('nothing goes unencrypted to another machine', () => {
    for (const url of ['http://ttd.example', 'ftp://127.0.0.1', 'https://user:pw@ttd.example', 'nothing'])
      expect(problems({ url })).toEqual(['url']);
    for (const url of ['https://ttd.example/x/', 'http://127.0.0.1:80', 'http://[::1]:80', 'http://localhost'])
      expect(problems({ url, ipUrl: url, deletionUrl: url })).toEqual([]);
  });

  test('hosts follow the region and the mode', () => {
    const { url, deletionUrl, ...own } = settingsFor('');
    const urls = (changes: Readonly<Record<string, unknown>>) => endpointUrls(ttdApi.settings.parse({ ...own, ...changes }));
    expect(urls({})).toEqual({
      data: 'https://usw-data.adsrvr.org/data/advertiser',
      addresses: 'https://usw-data.adsrvr.org/data/firstpartyipaddress',
      optOuts: 'https://usw-data.adsrvr.org/data/deletion-optout/advertiser',
    });
    expect(urls({ region: 'cn' }).data).toBe('https://data-cn2.adsrvr.cn/data/advertiser');
    const third = { mode: 'thirdParty', advertiserId: undefined, dataProviderId: 'dp1' };
    expect(urls(third)).toEqual({
      data: 'https://bulk-data.adsrvr.org/data/thirdparty',
      addresses: 'https://usw-data.adsrvr.org/data/thirdpartyipaddress',
      optOuts: 'https://usw-data.adsrvr.org/data/deletion-optout/thirdparty',
    });
    expect(urls({ ...third, region: 'euw' }).data).toBe('https://euw-data.adsrvr.org/data/thirdparty');
    expect(urls({ url: 'https://ttd.example/x/' }).data).toBe('https://ttd.example/x/data/advertiser');
  });

  test('capabilities follow them; the adapter is registered', () => {
    expect(DESTINATIONS).toContain(ttdApi);
    const of = (changes: Readonly<Record<string, unknown>>) => ttdApi.capabilities(parsed(changes));
    expect(of({})).toEqual({
      identifiers: ['IDFA', 'GAID', 'MAID', 'RAMPID', 'UID2'],
      allowIp: false,
      allowIpv6: false,
      minRows: 1,
      refresh: ['full', 'incremental'],
      removes: true,
      optOuts: true,
      ttlDays: 90,
      maxTtlDays: 180,
    });
    expect(of({ allowIp: true, ttlDays: 30 })).toMatchObject({ identifiers: expect.arrayContaining(['IP']), ttlDays: 30 });
    expect(of({ identifiers: ['UID2'] }).identifiers).toEqual(['UID2']);
    // Four calls of one run are all that The Trade Desk allows.
    expect(ttdApi.limits(parsed())).toEqual({ concurrency: 1 });
    expect(ttdApi.limits(parsed({ limits: { startsPerMinute: 6 } }))).toEqual({ concurrency: 1, startsPerMinute: 6 });
    expect(problems({ limits: { concurency: 2 } })).toEqual(['limits']);
  });

  test('letter case, kind of UID2, name, advertiser and provider are as configured', async () => {
    const add: readonly Identifier[] = [
      { type: 'IDFA', value: A },
      { type: 'MAID', value: B },
      { type: 'UID2', value: 'ä"token'.slice(1) },
    ];
    await serve({ tokens: { [TOKEN]: ['adv9'] } });
    await deliver(membersSet({ add }, { segmentName: 'Käufer "neu"' }), {
      advertiserIds: { '1480_4711': 'adv9' },
      dataProviderId: 'dp1',
      deviceIdCase: { IDFA: 'lower', MAID: 'upper' },
      uid2As: 'UID2Token',
      segmentNameFrom: 'segmentName',
    });
    expect(server.bodies[0]?.body).toMatchObject({
      AdvertiserId: 'adv9',
      DataProviderId: 'dp1',
      Items: [{ DAID: A, Data: [{ Name: 'Käufer "neu"' }] }, { DAID: B.toUpperCase() }, { UID2Token: '"token' }],
    });
    const { advertiserId, ...mapped } = settingsFor(server.url);
    const settings = ttdApi.settings.parse({ ...mapped, advertiserIds: { '1480_1': 'adv9' } });
    expect(await refusal(ttdApi.deliver(membersSet({ add }), settings, ctx()))).toMatchObject({ code: 'ttd_advertiser_missing' });
  });

  test('bodies are compressed if so configured, and signed as they are sent', async () => {
    await serve({ takesGzip: true });
    const { token, ...unsigned } = settingsFor(server.url);
    const settings = ttdApi.settings.parse({ ...unsigned, advertiserSecret: 'env:ADV', gzipBodies: true });
    await ttdApi.deliver(membersSet({ add: devices(50) }), settings, ctx());
    expect(server.values('adv1', SEGMENT).size).toBe(50);
    expect(Number(server.calls[0]?.headers['content-length'])).toBeLessThan(3_000);
  });

  test('third-party data are signed with the secret of the data provider', async () => {
    const { token, advertiserId, ...rest } = settingsFor(server.url);
    const settings = ttdApi.settings.parse({ ...rest, mode: 'thirdParty', dataProviderId: 'dp1', providerSecret: 'env:DP' });
    await ttdApi.check(settings, ctx());
    await ttdApi.deliver(membersSet({ add: devices(2), optOut: devices(1, 'IDFA', 1) }), settings, ctx());
    expect(server.values('dp1', SEGMENT)).toEqual(valuesOf(devices(2)));
  });

  test('a check bears with a partner that wants items, and can do without a call', async () => {
    await serve({ withoutItems: 'refused' });
    await ttdApi.check(parsed({ allowIp: true }), ctx());
    expect(server.calls.map(({ path }) => path)).toEqual(['/data/advertiser', '/data/firstpartyipaddress']);
    server.fail([{ status: 400, body: 'Advertiser is not set up' }]);
    expect(await refusal(ttdApi.check(parsed(), ctx()))).toMatchObject({ kind: 'config', code: 'ttd_not_configured' });
    const calls = server.calls.length;
    await ttdApi.check(parsed({ checkByCall: false }), ctx());
    expect(server.calls.length).toBe(calls);
  });

  test('a token that cannot be sent is named, and not shown', async () => {
    const context = { ...ctx(), secrets: async () => 'tok\nwith-line' };
    const error = await refusal(deliver(membersSet({ add: devices(1) }), {}, context));
    expect(error).toMatchObject({ kind: 'config', code: 'ttd_auth' });
    expect(error.message).not.toContain('with-line');
  });
});

describe('removals and opt-outs', () => {
  test('opt-outs go first, to their own endpoint, as configured; addresses are taken out of the segment', async () => {
    const address: Identifier = { type: 'IP', value: '8.8.8.8' };
    await deliver(membersSet({ add: [...devices(4), address] }), { allowIp: true });
    const set = membersSet(
      { add: devices(1, 'IDFA', 9), remove: devices(1), optOut: [...devices(1, 'IDFA', 1), address] },
      INCREMENTAL,
    );
    const before = server.bodies.length;
    const receipt = await deliver(set, { allowIp: true, optOutRequest: 'Deletion', parallel: 1 });
    expect(receipt).toMatchObject({ accepted: 4, rejected: 0 });
    expect(receipt.files.map(({ remote }) => remote)).toEqual([
      '/data/advertiser',
      '/data/advertiser',
      '/data/deletion-optout/advertiser',
    ]);
    expect(server.bodies.slice(before).map(({ path }) => path)).toEqual([
      '/data/deletion-optout/advertiser',
      '/data/firstpartyipaddress',
      '/data/advertiser',
      '/data/advertiser',
    ]);
    expect(server.optOutRequests).toEqual(['Deletion']);
    const left = [...devices(2, 'IDFA', 2), ...devices(1, 'IDFA', 9)];
    expect(server.values('adv1', SEGMENT)).toEqual(valuesOf(left));
  });

  test('an opt-out that is refused is told', async () => {
    const receipt = await deliver(membersSet({ optOut: [ZERO, ...devices(1)] }, INCREMENTAL));
    expect(receipt).toMatchObject({ accepted: 1, rejected: 1, reasons: { InvalidUserId: 1 } });
    expect(rejected).toEqual([ZERO]);
  });

  test('types without a field there are refused with a reason, and not sent', async () => {
    const uuid2: Identifier = { type: 'UUID2', value: '123456789' };
    const receipt = await deliver(membersSet({ add: [uuid2, ...devices(2), { type: 'IP', value: '8.8.8.8' }] }));
    expect(receipt).toMatchObject({ accepted: 2, rejected: 2, reasons: { TypeNotTaken: 2 } });
    expect(JSON.stringify(server.bodies)).not.toMatch(/123456789|8\.8\.8\.8/);
  });

  test('every reason that the stand-in and the reference know has advice', () => {
    for (const reason of [
      'Unknown BaseBidCPMMetadataTooLong MissingUserId UserNotMapped Deprecated_MissingCookieMappingPartnerId InvalidBidFactor',
      'DataNameTooLong InvalidTtlInMinutes InvalidBaseBidCPM Uid2Error UnauthorisedThirdPartyDataWithBaseBidCPM',
      'MissingDataOwnerId DataOwnerIdNotMapped InvalidIPAddress InvalidIPAddressRange EuIpTargetingNotAllowedForPartner',
      'NotTargetable InvalidUserId UnknownRequest IncorrectContent MissingData SerializationFailed AuthenticationFailed',
      'InvalidToken IncorrectPermissions AdvertiserMisconfigured DataProviderMisconfigured MerchantMisconfigured',
      'TargetingDataLimitReached EndpointNotConfigured MaxRequestSizeExceeded TypeNotTaken',
    ].flatMap((line) => line.split(' ')))
      expect(ttdApi.advice?.[reason], reason).toMatch(/\S/);
  });

  test('an owner that is not mapped for addresses is a setting, not a fault of each address', async () => {
    const lines = [{ ErrorCode: 'DataOwnerIdNotMapped', ItemNumber: '1' }];
    server.fail([{ status: 200, body: { FailedLines: lines } }]);
    const set = membersSet({ add: [{ type: 'IP', value: '8.8.8.8' }] });
    expect(await refusal(deliver(set, { allowIp: true }))).toMatchObject({ kind: 'config', code: 'ttd_data_owner' });
  });
});

describe('one delivery', () => {
  test('the lease is proved before the first call and again after a wait; without it nothing is sent', async () => {
    let proofs = 0;
    const fence = async () => {
      proofs += 1;
    };
    const context = { ...ctx(), fence };
    server.fail([{ status: 503 }]);
    await deliver(membersSet({ add: devices(30) }), { maxItems: 10 }, context);
    expect(proofs).toBe(2);
    const before = server.calls.length;
    const lost = new Error('lease lost');
    const stale = { ...ctx(), fence: () => Promise.reject(lost) };
    expect(await failureOf(deliver(membersSet({ add: devices(3) }), {}, stale))).toBe(lost);
    expect(server.calls.length).toBe(before);
  });

  test('one failure stops the calls beside it, and those that wait', async () => {
    let calls = 0;
    await serve({
      async pause() {
        calls += 1;
      },
    });
    server.fail([{ status: 429 }, { status: 403 }], () => calls > 0);
    const context = { ...ctx(), sleep: () => new Promise<never>(() => {}) };
    const error = await refusal(deliver(membersSet({ add: devices(400) }), { maxItems: 10 }, context));
    expect(error.code).toBe('ttd_permission');
    expect(server.calls.length).toBeLessThan(20);
  });
});
