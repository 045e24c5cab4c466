import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx, Identifier, ReadableSet } from '../src/destinations/destination.ts';
import { bodyFormat } from '../src/destinations/meta-custom-audience/batches.ts';
import { verdictOf } from '../src/destinations/meta-custom-audience/classify.ts';
import { ADVICE } from '../src/destinations/meta-custom-audience/codes.ts';
import { appSecretProof } from '../src/destinations/meta-custom-audience/graph.ts';
import { metaCustomAudience } from '../src/destinations/meta-custom-audience/meta-custom-audience.ts';
import { sessionIdOf } from '../src/destinations/meta-custom-audience/session.ts';
import { AquariusError } from '../src/errors.ts';
import type { Manifest } from '../src/format/manifest.ts';
import { apiDestinationConformance } from './conformance/api-destination.ts';
import type { StandInRequest } from './standins/http-standin.ts';
import {
  META_ACCOUNT,
  META_APP_SECRET,
  META_TOKEN,
  type MetaAudience,
  type MetaStandIn,
  metaError,
  metaStandIn,
  throttled,
} from './standins/meta-server.ts';
import { handClock } from './support/hand-clock.ts';
import { devices, membersSet } from './support/members-set.ts';
import { failureOf } from './support/stage-files.ts';
import { testCtx } from './support/staged-set.ts';

const SECRETS = { 'env:TOKEN': META_TOKEN, 'env:APP_SECRET': META_APP_SECRET, 'env:WRONG': 'not-the-one' };

const written = (partner: MetaStandIn, changes: object = {}) => ({
  type: 'meta-custom-audience',
  adAccountId: META_ACCOUNT,
  accessToken: 'env:TOKEN',
  baseUrl: partner.url,
  ...changes,
});

const CREATING = { createAudience: true, customerFileSource: 'PARTNER_PROVIDED_ONLY' } as const;

apiDestinationConformance('meta-custom-audience', metaCustomAudience, async () => {
  const partner = await metaStandIn();
  partner.rules.needsProof = true;
  const settings = written(partner, { ...CREATING, appSecret: 'env:APP_SECRET', batchSize: 10 });
  return {
    settings,
    secrets: SECRETS,
    canaries: [META_TOKEN, appSecretProof(META_TOKEN, META_APP_SECRET)],
    broken: [
      { name: 'token', settings: { ...settings, accessToken: 'env:WRONG' }, kind: 'config', code: 'meta_token' },
      { name: 'app secret', settings: { ...settings, appSecret: 'env:WRONG' }, kind: 'config', code: 'meta_app_secret' },
      { name: 'ad account', settings: { ...settings, adAccountId: '99' }, kind: 'config', code: 'meta_object_missing' },
    ],
    partner,
    members: (from = 0) => [...devices(16, 'IDFA', from), ...devices(9, 'GAID', from + 500)],
    async held() {
      const found = [...partner.audiences.values()].filter(({ description }) => description === 'aquarius:1480_4711');
      expect(found.length).toBeLessThanOrEqual(1);
      return new Set(found[0]?.members.keys());
    },
    busy: [throttled(80003, 3), throttled(80003, 40), throttled(613, 0, 1996), metaError(400, 2650), metaError(500, 2)],
    [Symbol.asyncDispose]: () => partner[Symbol.asyncDispose](),
  };
});

let partner: MetaStandIn;
let audience: MetaAudience;
beforeEach(async () => {
  partner = await metaStandIn();
  audience = partner.makeAudience();
});
afterEach(() => partner[Symbol.asyncDispose]());

const settingsOf = (changes: object = {}) => metaCustomAudience.settings.parse(written(partner, changes));
const termsOf = (partnerReference: string | null) => ({ terms: { ttlDays: null, priceCpm: null, partnerReference } });

/** A set for the audience that the test has made. */
const setOf = (members: Parameters<typeof membersSet>[0], changes: Partial<Manifest> = {}): ReadableSet =>
  membersSet(members, { ...termsOf(audience.id), ...changes });

/** A context that keeps how long it was asked to wait. */
function waiting(options: Parameters<typeof testCtx>[0] = {}): { ctx: Ctx; waits: number[] } {
  const waits: number[] = [];
  const sleep = async (ms: number) => {
    waits.push(ms);
  };
  return { ctx: { ...testCtx({ secrets: SECRETS, ...options }), sleep }, waits };
}

const deliver = (set: ReadableSet, changes: object = {}, ctx: Ctx = waiting().ctx) =>
  metaCustomAudience.deliver(set, settingsOf(changes), ctx);

async function refusal(work: Promise<unknown>): Promise<AquariusError> {
  const error = await failureOf(work);
  if (!(error instanceof AquariusError)) throw error;
  expect(error.hint).toBe(ADVICE[error.code]);
  return error;
}

const held = ({ members }: MetaAudience = audience) => new Set(members.keys());
const valuesOf = (members: readonly Identifier[]) => new Set(members.map(({ value }) => value));
const sessions = ({ sessions: known }: MetaAudience = audience) => [...known.values()];
const isData = ({ method, path }: Pick<StandInRequest, 'method' | 'path'>) => method !== 'GET' && /\/users(replace)?$/.test(path);

/** A call as another program would make it. */
async function raw(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const answer = await fetch(`${partner.url}/v25.0/${path}`, {
    method,
    headers: { authorization: `Bearer ${META_TOKEN}`, 'content-type': 'application/json' },
    ...(text === undefined ? {} : { body: text }),
  });
  return { status: answer.status, body: await answer.json() };
}

const upload = (data: unknown, session: object = {}, payload: object = {}) => ({
  payload: { schema: 'MADID', is_raw: true, data, ...payload },
  session: { session_id: 7, batch_seq: 1, last_batch_flag: false, estimated_num_total: 100, ...session },
});

const refused = (code: number) => ({ status: 400, body: { error: { code } } });

describe('audiences', () => {
  const made = () => [...partner.audiences.values()].filter(({ description }) => description.includes('aquarius:'));

  test('FB-01 an audience is made with its declared source, and found again', async () => {
    const path = `act_${META_ACCOUNT}/customaudiences`;
    const body = { name: 'Visitors', subtype: 'CUSTOM', description: 'x' };
    expect(await raw('POST', path, body)).toMatchObject(refused(100));
    expect(metaCustomAudience.settings.safeParse(written(partner, { createAudience: true })).success).toBe(false);

    const set = membersSet({ add: devices(3) });
    const receipts = [await deliver(set, CREATING), await deliver(set, CREATING)];
    expect(made()).toMatchObject([{ name: 'Visitors', description: 'aquarius:1480_4711' }]);
    expect(receipts.map(({ reference }) => reference)).toEqual([made()[0]?.id, made()[0]?.id]);
    expect(held(made()[0])).toEqual(valuesOf(devices(3)));
  });

  test('is found by its mark over pages, among others whose marks begin alike, and in a description that people have extended', async () => {
    partner.makeAudience('aquarius:1480_4711_30D');
    partner.makeAudience('old aquarius:1480_471');
    const own = partner.makeAudience('do not delete aquarius:1480_4711\nsince 2026');
    partner.makeAudience('aquarius:1480_4711');
    await deliver(membersSet({ add: devices(3) }), CREATING);
    expect(held(own)).toEqual(valuesOf(devices(3)));
    expect(made()).toHaveLength(4);
  });

  test('is found again whatever its segment is called', async () => {
    const set = membersSet({ add: devices(3) }, { segmentId: 'Käufer 30 Tage/DE' });
    const receipts = [await deliver(set, CREATING), await deliver(set, CREATING)];
    expect(new Set(receipts.map(({ reference }) => reference)).size).toBe(1);
    expect(made()).toHaveLength(1);
  });

  test('is made once when the answer to its making is lost', async () => {
    partner.fail(['reset-after'], ({ method, path }) => method === 'POST' && path.endsWith('/customaudiences'));
    await deliver(membersSet({ add: devices(3) }), CREATING);
    expect(made()).toHaveLength(1);
    expect(held(made()[0])).toEqual(valuesOf(devices(3)));
  });

  test('is the one that the entry names, also where audiences are made', async () => {
    const receipt = await deliver(setOf({ add: devices(3) }), CREATING);
    expect(receipt.reference).toBe(audience.id);
    expect(made()).toHaveLength(0);
  });

  test('is asked for where nothing names it', async () => {
    expect(await refusal(deliver(membersSet({ add: devices(3) })))).toMatchObject({ kind: 'config', code: 'meta_no_audience' });
    const named = membersSet({ add: devices(3) }, termsOf('my audience'));
    expect(await refusal(deliver(named))).toMatchObject({ kind: 'config', code: 'meta_audience_id' });
    expect(partner.calls).toEqual([]);
  });

  test('is missing or deleted: somebody must name another', async () => {
    const unknown = membersSet({ add: devices(3) }, termsOf('404'));
    expect(await refusal(deliver(unknown))).toMatchObject({ kind: 'config', code: 'meta_object_missing' });
    audience.isDeleted = true;
    expect(await refusal(deliver(setOf({ add: devices(3) })))).toMatchObject({ kind: 'config', code: 'meta_audience_gone' });
  });

  test('FB-11 one that is blocked is refused, others go on', async () => {
    audience.operationStatus = 471;
    expect(await refusal(deliver(setOf({ add: devices(3) })))).toMatchObject({ kind: 'rejected', code: 'meta_audience_blocked' });
    expect(partner.calls).toHaveLength(1);
    const other = partner.makeAudience();
    await deliver(membersSet({ add: devices(3) }, termsOf(other.id)));
    expect(held(other)).toEqual(valuesOf(devices(3)));
  });
});

describe('sessions', () => {
  test('FB-02 10,000 members go in one batch', async () => {
    const receipt = await deliver(setOf({ add: devices(10_000) }));
    expect(receipt).toMatchObject({ accepted: 10_000, rejected: 0, details: { addBatches: 1 } });
    expect(sessions()).toMatchObject([{ received: 10_000, invalid: 0, state: 'complete' }]);
    expect(partner.calls).toHaveLength(1);
  });

  test('FB-03 10,001 members in a batch are refused, by Meta and by the settings', async () => {
    const data = devices(10_001).map(({ value }) => value);
    expect(await raw('POST', `${audience.id}/users`, upload(data, { estimated_num_total: 20_000 }))).toMatchObject(refused(100));
    expect(metaCustomAudience.settings.safeParse(written(partner, { batchSize: 10_001 })).success).toBe(false);
  });

  test('FB-04 25,001 members go in three batches of one session, one after the other', async () => {
    const set = setOf({ add: devices(25_001) });
    const receipt = await deliver(set);
    // The stand-in breaks a session whose last batch is not where its total is, or whose batches do not follow on each other.
    expect(sessions()).toMatchObject([{ received: 25_001, state: 'complete', shape: { total: 25_001 } }]);
    expect([...(sessions()[0]?.batches.keys() ?? [])]).toEqual([1, 2, 3]);
    expect(receipt.details).toMatchObject({ addSession: sessions()[0]?.id, addBatches: 3 });
    expect(partner.inFlight.most).toBe(1);
    expect(held().size).toBe(25_001);
  });

  test('FB-05 a gap, or another batch under the same number, breaks a session; all of it is sent under a new id', async () => {
    const path = `${audience.id}/users`;
    const [first, second] = devices(2).map(({ value }) => value);
    expect(await raw('POST', path, upload([first]))).toMatchObject({ status: 200 });
    expect(await raw('POST', path, upload([first]))).toMatchObject({ status: 200 });
    expect(await raw('POST', path, upload([second]))).toMatchObject(refused(2650));
    expect(await raw('POST', path, upload([first], { session_id: 8, batch_seq: 2 }))).toMatchObject(refused(2650));

    let calls = 0;
    partner.fail(['reset-before'], (request) => {
      if (isData(request) && ++calls === 3) partner.endOpenSessions();
      return false;
    });
    const { ctx, waits } = waiting();
    const told: number[] = [];
    const set = setOf({ add: devices(25) });
    await deliver(set, { batchSize: 10 }, { ...ctx, onProgress: (bytes) => told.push(bytes) });
    const [broken, whole] = sessions().slice(-2);
    expect(broken).toMatchObject({ received: 20, state: 'broken' });
    expect(whole).toMatchObject({ received: 25, state: 'complete' });
    expect(whole?.id).not.toBe(broken?.id);
    expect(waits).toEqual([1000]);
    expect(told).toEqual([...told].sort((left, right) => left - right));
    expect(held()).toEqual(valuesOf(devices(25)));
  });

  test('sessions that always break are given up for now', async () => {
    partner.fail(Array.from({ length: 20 }, () => metaError(400, 2650)));
    const { ctx, waits } = waiting();
    const error = await refusal(deliver(setOf({ add: devices(3) }), {}, ctx));
    expect(error).toMatchObject({ kind: 'transient', code: 'meta_session', retryAfterMs: 900_000 });
    expect(partner.calls).toHaveLength(8);
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64].map((seconds) => seconds * 1000));
  });

  test('a run whose sessions were all broken off gets through later; until then what is open goes on', async () => {
    const set = setOf({ add: devices(25) });
    const at = (now: string) => waiting({ now }).ctx;
    partner.fail(['reset-before'], (request) => {
      if (isData(request)) partner.endOpenSessions();
      return false;
    });
    const broken = refusal(deliver(set, { batchSize: 10 }, at('2026-11-23T06:00:00Z')));
    expect(await broken).toMatchObject({ code: 'meta_session' });
    expect(sessions().map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => 'broken'));
    partner.recover();
    const known = await refusal(deliver(set, { batchSize: 10 }, at('2026-11-23T07:59:00Z')));
    expect(known).toMatchObject({ code: 'meta_session' });
    expect(sessions()).toHaveLength(8);
    expect(await deliver(set, { batchSize: 10 }, at('2026-11-23T08:00:00Z'))).toMatchObject({ accepted: 25, rejected: 0 });
    expect(sessions().slice(8)).toMatchObject([{ received: 25, state: 'complete' }]);
    expect(held()).toEqual(valuesOf(devices(25)));
  });

  test('FB-12 a batch whose answer did not come in time is sent again under its number', async () => {
    partner.fail(['stall-after'], isData);
    await deliver(setOf({ add: devices(25) }), { batchSize: 10, timeoutSeconds: 1 });
    expect(sessions()).toMatchObject([{ received: 25, state: 'complete' }]);
    expect(partner.calls.length).toBeGreaterThanOrEqual(4);
    expect(held()).toEqual(valuesOf(devices(25)));
  });

  test('a delivery that broke off goes on in its session, and one that is repeated makes none', async () => {
    const stop = new AbortController();
    const reason = new Error('the worker is ending');
    let taken = 0;
    const set = setOf({ add: devices(25) });
    const ctx = waiting({
      signal: stop.signal,
      onProgress: () => {
        taken += 1;
        if (taken === 2) stop.abort(reason);
      },
    }).ctx;
    expect(await failureOf(deliver(set, { batchSize: 10 }, ctx))).toBe(reason);
    expect(sessions()).toMatchObject([{ received: 20, state: 'open' }]);
    await deliver(set, { batchSize: 10 });
    await deliver(set, { batchSize: 10 });
    expect(sessions()).toMatchObject([{ received: 25, state: 'complete' }]);
  });

  test('a delivery that is stopped while the stage is being read ends with the reason of the stop', async () => {
    const stop = new AbortController();
    const reason = new Error('the worker is ending');
    const set = setOf({ add: devices(3) });
    const open = async () => {
      stop.abort(reason);
      throw new Error('the stream was closed');
    };
    const files = set.files.map((file) => ({ ...file, open }));
    expect(await failureOf(deliver({ ...set, files }, {}, waiting({ signal: stop.signal }).ctx))).toBe(reason);
  });

  test('nothing more is sent once the run belongs to another worker', async () => {
    const lost = new Error('the lease is lost');
    let asked = 0;
    const fence = async () => {
      asked += 1;
      if (asked === 2) throw lost;
    };
    const { ctx } = waiting();
    expect(await failureOf(deliver(setOf({ add: devices(25) }), { batchSize: 10 }, { ...ctx, fence }))).toBe(lost);
    expect(sessions()).toMatchObject([{ received: 10 }]);
    const creating = deliver(membersSet({ add: devices(3) }), CREATING, { ...ctx, fence: () => Promise.reject(lost) });
    expect(await failureOf(creating)).toBe(lost);
    expect(partner.audiences.size).toBe(1);
  });

  test('ids are positive numbers of 64 bits, the same for the same upload only', () => {
    const [file] = membersSet({ add: devices(3) }).files;
    if (file === undefined) throw new Error('no file');
    const session = { audienceId: '1', action: 'add', files: [file], runId: 'run-1', attempt: 0 } as const;
    const ids = [
      sessionIdOf(session, 'head', 10),
      sessionIdOf({ ...session, audienceId: '2' }, 'head', 10),
      sessionIdOf({ ...session, action: 'remove' }, 'head', 10),
      sessionIdOf({ ...session, runId: 'run-2' }, 'head', 10),
      sessionIdOf({ ...session, files: [{ ...file, sha256: '0'.repeat(64) }] }, 'head', 10),
      sessionIdOf({ ...session, attempt: 1 }, 'head', 10),
      sessionIdOf(session, 'other', 10),
      sessionIdOf(session, 'head', 11),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(sessionIdOf({ ...session }, 'head', 10)).toBe(ids[0]);
    for (const id of ids) {
      expect(id).toMatch(/^[1-9]\d{0,18}$/);
      expect(BigInt(id)).toBeLessThan(2n ** 63n);
    }
    expect(ids.some((id) => String(Number(id)) !== id)).toBe(true);
  });
});

describe('what is done with an audience', () => {
  test('FB-13 members are removed by a body, never by the query', async () => {
    await deliver(setOf({ add: devices(2600) }));
    const body = upload([devices(1)[0]?.value], { last_batch_flag: true, estimated_num_total: 1 });
    const payload = encodeURIComponent(JSON.stringify(body.payload));
    expect(await raw('DELETE', `${audience.id}/users?payload=${payload}`, body)).toMatchObject(refused(100));
    expect(held().size).toBe(2600);
    expect(await raw('DELETE', `${audience.id}/users`, body)).toMatchObject({ status: 200 });
    expect(held().size).toBe(2599);
    const receipt = await deliver(setOf({ remove: devices(2500) }, { refresh: 'incremental' }));
    expect(receipt).toMatchObject({ accepted: 2500, rejected: 0, details: { removeBatches: 1 } });
    expect(held()).toEqual(valuesOf(devices(100, 'IDFA', 2500)));
    for (const { path } of partner.calls.slice(-1)) expect(path).toBe(`/v25.0/${audience.id}/users`);
  });

  test('a device in both parts of a set stays: it has only changed its type', async () => {
    await deliver(setOf({ add: devices(5) }));
    const set = setOf({ add: devices(3, 'GAID'), remove: devices(5) }, { refresh: 'incremental' });
    await deliver(set);
    expect(held()).toEqual(valuesOf(devices(3)));
    // The session of the removal is lost; what was added after it must be added again.
    const [, removal] = sessions();
    if (removal === undefined) throw new Error('no removal');
    removal.state = 'broken';
    await deliver(set);
    expect(held()).toEqual(valuesOf(devices(3)));
  });

  test('with update: replace a whole audience takes the place of the old one, and changes are added and removed', async () => {
    await deliver(setOf({ add: devices(25) }));
    const replace = { update: 'replace', batchSize: 10 };
    const receipt = await deliver(setOf({ add: devices(25, 'IDFA', 100), remove: devices(2) }), replace);
    expect(receipt).toMatchObject({ accepted: 27, rejected: 0, details: { replaceBatches: 3 } });
    expect(held()).toEqual(valuesOf(devices(25, 'IDFA', 100)));
    await deliver(setOf({ add: devices(1), remove: devices(24, 'IDFA', 100) }, { refresh: 'incremental' }), replace);
    expect(held()).toEqual(valuesOf([...devices(1), ...devices(1, 'IDFA', 124)]));
    await deliver(setOf({ remove: devices(1) }), replace);
    expect(held()).toEqual(valuesOf(devices(1, 'IDFA', 124)));
  });

  test('FB-14 nothing is replaced while another session is open', async () => {
    const path = `${audience.id}/users`;
    expect(await raw('POST', path, upload([devices(1)[0]?.value]))).toMatchObject({ status: 200 });
    const set = setOf({ add: devices(25, 'IDFA', 100) });
    expect(await refusal(deliver(set, { update: 'replace' }))).toMatchObject({ kind: 'transient', code: 'meta_session' });
    expect(held()).toEqual(valuesOf(devices(1)));
    expect(sessions()).toMatchObject([{ id: '7', state: 'open' }]);
    partner.endOpenSessions();
    await deliver(set, { update: 'replace' });
    expect(held()).toEqual(valuesOf(devices(25, 'IDFA', 100)));
    expect(partner.inFlight.most).toBe(1);
  });

  test('FB-06 members that Meta cannot read are counted, and never told', async () => {
    const strange: Identifier[] = [1, 2, 3].map((number) => ({ type: 'IDFA', value: `strange-${number}` }));
    const told: unknown[] = [];
    const { ctx } = waiting();
    const set = setOf({ add: [...devices(8), ...strange, ...devices(14, 'IDFA', 50)] });
    const receipt = await deliver(set, { batchSize: 10 }, { ...ctx, onRejected: async (members) => void told.push(members) });
    expect(receipt).toMatchObject({ accepted: 22, rejected: 3, reasons: { invalid_entry: 3 } });
    expect(ADVICE).toHaveProperty('invalid_entry');
    expect(JSON.stringify(receipt)).not.toContain('strange');
    expect(told).toEqual([]);
    expect(held()).toEqual(valuesOf([...devices(8), ...devices(14, 'IDFA', 50)]));
  });

  test('a batch of which Meta says to have less than was sent is sent again, and then given up', async () => {
    const short = { status: 200, body: { num_received: 2, num_invalid_entries: 0 } };
    partner.fail([short], isData);
    await deliver(setOf({ add: devices(3) }));
    expect(held()).toEqual(valuesOf(devices(3)));
    partner.fail(Array.from({ length: 5 }, () => short));
    expect(await refusal(deliver(setOf({ add: devices(3) })))).toMatchObject({ kind: 'transient', code: 'meta_short' });
    partner.fail(Array.from({ length: 5 }, () => ({ status: 200, body: {} })));
    expect(await refusal(deliver(setOf({ add: devices(3) })))).toMatchObject({ kind: 'transient', code: 'meta_failure' });
  });

  test('addresses are never sent', async () => {
    const set = setOf({ add: [...devices(2), { type: 'IP', value: '8.8.8.8' }] });
    expect(await refusal(deliver(set))).toMatchObject({ kind: 'rejected', code: 'meta_identifier' });
    expect(partner.calls).toEqual([]);
  });

  test('FB-15 limited data use is a column of every row, and is stored', async () => {
    const rows = [[devices(1)[0]?.value, ['LDU']], [devices(2)[1]?.value]];
    const schema = ['MADID', 'DATA_PROCESSING_OPTIONS'];
    expect(await raw('POST', `${audience.id}/users`, upload(rows, {}, { schema }))).toMatchObject(refused(100));
    await deliver(setOf({ add: devices(25) }), { batchSize: 10, limitedDataUse: 'all' });
    expect(new Set([...audience.members.values()].map((known) => JSON.stringify(known)))).toEqual(new Set(['{"flags":["LDU"]}']));
    const place = { limitedDataUseCountry: 1, limitedDataUseState: 1000 };
    await deliver(setOf({ add: devices(2) }), { limitedDataUse: 'all', ...place });
    expect(audience.members.get(devices(1)[0]?.value ?? '')).toEqual({ flags: ['LDU'], country: 1, state: 1000 });
    for (const wrong of [place, { limitedDataUse: 'all', limitedDataUseState: 1000 }])
      expect(metaCustomAudience.settings.safeParse(written(partner, wrong)).success).toBe(false);
  });

  test('bodies are byte for byte as Meta documents them', () => {
    const place = { sessionId: '9223372036854775807', sequence: 2, isLast: true, total: 12 };
    const bodyOf = (changes: object) => {
      const format = bodyFormat(settingsOf(changes));
      return format.body(format.batch(['a-1', 'b-2']), place);
    };
    const session = '"session":{"session_id":9223372036854775807,"batch_seq":2,"last_batch_flag":true,"estimated_num_total":12}';
    expect(bodyOf({})).toBe(`{"payload":{"schema":"MADID","is_raw":true,"data":["a-1","b-2"]},${session}}`);
    expect(
      bodyOf({
        limitedDataUse: 'all',
        limitedDataUseCountry: 1,
        limitedDataUseState: 1000,
        customerConsent: true,
        dataSource: {},
      }),
    ).toBe(
      '{"customer_consent":true,"payload":{"schema":["MADID","DATA_PROCESSING_OPTIONS","DATA_PROCESSING_OPTIONS_COUNTRY",' +
        '"DATA_PROCESSING_OPTIONS_STATE"],"is_raw":true,"data_source":{"type":"FILE_IMPORTED","sub_type":"MOBILE_ADVERTISER_IDS"},' +
        `"data":[["a-1",["LDU"],1,1000],["b-2",["LDU"],1,1000]]},${session}}`,
    );
  });

  test('ids are hashed, consent and the kind of data are declared, where the settings say so', async () => {
    const dataSource = { type: 'THIRD_PARTY_IMPORTED' };
    await deliver(setOf({ add: devices(3) }), { hashing: 'sha256', customerConsent: false, dataSource });
    expect(held()).toEqual(new Set(devices(3).map(({ value }) => createHash('sha256').update(value).digest('hex'))));
    expect(sessions()[0]?.shape.schema).toBe('["MADID",false]');
    expect(audience).toMatchObject({
      consent: false,
      dataSource: { type: 'THIRD_PARTY_IMPORTED', sub_type: 'MOBILE_ADVERTISER_IDS' },
    });
  });
});

describe('failures', () => {
  test('FB-07 an expired token stops the delivery, whatever the HTTP status', async () => {
    for (const status of [400, 401] as const) {
      partner.rules.tokenRefusal = { status, subcode: 463 };
      const { ctx, waits } = waiting();
      const before = partner.calls.length;
      const error = await refusal(deliver(setOf({ add: devices(3) }), {}, ctx));
      expect(error).toMatchObject({ kind: 'config', code: 'meta_token' });
      expect(error.message).toContain(`HTTP ${status}, code 190, subcode 463`);
      expect(partner.calls.length - before).toBe(1);
      expect(waits).toEqual([]);
    }
  });

  test('FB-08 throttling is waited for as many minutes as Meta says, and the same batch goes on', async () => {
    let calls = 0;
    const isSecond = (request: StandInRequest) => isData(request) && ++calls === 2;
    partner.fail([throttled(80003, 3)], isSecond);
    const { ctx, waits } = waiting();
    await deliver(setOf({ add: devices(25) }), { batchSize: 10 }, ctx);
    expect(waits).toEqual([180_000]);
    expect(sessions()).toMatchObject([{ received: 25, state: 'complete' }]);
    expect(partner.calls).toHaveLength(4);
  });

  test('throttling for longer than a worker waits has the run come back, and go on in its session', async () => {
    let calls = 0;
    partner.fail([throttled(80003, 40)], (request) => isData(request) && ++calls === 2);
    const { ctx, waits } = waiting();
    const set = setOf({ add: devices(25) });
    const error = await refusal(deliver(set, { batchSize: 10 }, ctx));
    expect(error).toMatchObject({ kind: 'transient', code: 'meta_throttled', retryAfterMs: 2_400_000 });
    expect(waits).toEqual([]);
    await deliver(set, { batchSize: 10 });
    expect(sessions()).toMatchObject([{ received: 25, state: 'complete' }]);
  });

  test('FB-09 passing failures are tried again', async () => {
    partner.fail([metaError(500, 2), metaError(400, 2)]);
    const { ctx, waits } = waiting();
    await deliver(setOf({ add: devices(3) }), {}, ctx);
    expect(partner.calls).toHaveLength(3);
    expect(waits).toEqual([1000, 2000]);
    expect(held()).toEqual(valuesOf(devices(3)));
  });

  test('FB-10 a body that the edge refuses goes in smaller ones, in the same session', async () => {
    partner.rules.edgeRows = 3_000;
    const receipt = await deliver(setOf({ add: devices(11_000) }));
    // 10,000 in four, and 1,000.
    expect(receipt).toMatchObject({ accepted: 11_000, details: { addBatches: 5 } });
    expect(sessions()).toMatchObject([{ received: 11_000, state: 'complete', shape: { total: 11_000 } }]);
    expect(partner.calls).toHaveLength(7);
    expect(held()).toEqual(valuesOf(devices(11_000)));
    await deliver(setOf({ remove: devices(10_999) }, { refresh: 'incremental' }));
    expect(held().size).toBe(1);
    partner.rules.edgeRows = 0;
    expect(await refusal(deliver(setOf({ add: devices(9) })))).toMatchObject({ kind: 'transient', code: 'meta_too_large' });
  });

  test('batches that were small once and now pass as they are begin a new session', async () => {
    partner.rules.edgeRows = 5;
    partner.fail([throttled(80003, 40)], () => sessions()[0]?.batches.size === 2);
    const set = setOf({ add: devices(25) });
    expect(await refusal(deliver(set, { batchSize: 10 }))).toMatchObject({ code: 'meta_throttled' });
    expect(sessions()).toMatchObject([{ received: 10, state: 'open' }]);
    partner.rules.edgeRows = 10;
    await deliver(set, { batchSize: 10 });
    expect(sessions()).toMatchObject([{ state: 'broken' }, { received: 25, state: 'complete' }]);
    expect(held()).toEqual(valuesOf(devices(25)));
  });

  test('FB-16 a proof made with another secret is refused', async () => {
    expect(appSecretProof('token', 'appsecret')).toBe('3beefbd785800f442c4b86c52b7711fb28156279a8e8db5e4f34436a3207fd19');
    const set = setOf({ add: devices(3) });
    partner.rules.needsProof = true;
    for (const changes of [{}, { appSecret: 'env:WRONG' }]) {
      expect(await refusal(deliver(set, changes))).toMatchObject({ kind: 'config', code: 'meta_app_secret' });
      expect(await refusal(metaCustomAudience.check(settingsOf(changes), testCtx({ secrets: SECRETS })))).toMatchObject({
        kind: 'config',
        code: 'meta_app_secret',
      });
    }
    await deliver(set, { appSecret: 'env:APP_SECRET' });
    expect(held()).toEqual(valuesOf(devices(3)));
  });

  test('a token that is none is never put into a header, nor shown', async () => {
    const ctx = testCtx({ secrets: { 'env:TOKEN': 'EAAB\nsecond-line-☃' } });
    const error = await refusal(metaCustomAudience.deliver(setOf({ add: devices(3) }), settingsOf(), ctx));
    expect(error).toMatchObject({ kind: 'config', code: 'meta_secret' });
    expect(error.message).not.toContain('EAAB');
  });

  test.each([
    [190, 460, 'config', 'meta_token'],
    [190, 463, 'config', 'meta_token'],
    [100, 1713230, 'rejected', 'meta_audience_blocked'],
    [100, 33, 'config', 'meta_object_missing'],
    [100, undefined, 'config', 'meta_parameter'],
    [10, undefined, 'config', 'meta_permission'],
    [200, undefined, 'config', 'meta_permission'],
    [200, 1870090, 'config', 'meta_terms'],
    [294, undefined, 'config', 'meta_permission'],
    [2655, undefined, 'config', 'meta_terms'],
    [105, undefined, 'transient', 'meta_too_large'],
    [2650, undefined, 'transient', 'meta_session'],
    [80003, undefined, 'transient', 'meta_throttled'],
    [4, undefined, 'transient', 'meta_throttled'],
    [17, 2446079, 'transient', 'meta_throttled'],
    [613, 1487742, 'transient', 'meta_throttled'],
    [613, 1996, 'transient', 'meta_throttled'],
    [341, undefined, 'transient', 'meta_throttled'],
    [1, undefined, 'transient', 'meta_failure'],
    [2, undefined, 'transient', 'meta_failure'],
    [99, undefined, 'transient', 'meta_failure'],
    [803, undefined, 'transient', 'meta_failure'],
    [5000, undefined, 'transient', 'meta_failure'],
    [21009, undefined, 'transient', 'meta_failure'],
    [368, undefined, 'config', 'meta_abusive'],
    [1487301, undefined, 'config', 'meta_audience_gone'],
    [100, 1487366, 'config', 'meta_audience_gone'],
    [424242, undefined, 'rejected', 'meta_refused'],
  ] as const)('code %s, subcode %s is %s: %s', (code, subcode, kind, own) => {
    for (const status of [400, 401, 403, 200]) {
      const { body } = metaError(status, code, subcode);
      const verdict = verdictOf(
        { status, headers: new Headers(), text: JSON.stringify(body) },
        'the audience 1',
        new Date('2026-11-23T06:00:00Z'),
      );
      if (verdict.kind === 'ok') throw new Error('taken');
      expect(verdict.error).toMatchObject({ kind, code: own, hint: ADVICE[own] });
      expect(verdict.error.message).toContain(`HTTP ${status}, code ${code}`);
      expect(verdict.kind).toBe(own === 'meta_session' ? 'session_broken' : own === 'meta_too_large' ? 'too_large' : 'failed');
    }
  });

  test.each([
    [400, '<html>', 'meta_too_large'],
    [413, '<html>', 'meta_too_large'],
    [400, '{"message":"no"}', 'meta_failure'],
    [401, '', 'meta_token'],
    [403, '<html>', 'meta_permission'],
    [404, 'not found', 'meta_parameter'],
    [429, '', 'meta_throttled'],
    [302, '', 'meta_failure'],
    [503, '<html>', 'meta_failure'],
    [200, '<html>', 'meta_failure'],
    [200, '[]', 'meta_failure'],
    [400, '{"error":{"code":77,"is_transient":true}}', 'meta_failure'],
    [500, '{"error":{"code":77}}', 'meta_failure'],
    [429, '{"error":{"code":77}}', 'meta_throttled'],
  ])('HTTP %s with %s is %s', (status, text, code) => {
    const verdict = verdictOf({ status, headers: new Headers(), text }, 'the audience 1', new Date('2026-11-23T06:00:00Z'));
    expect(verdict).toMatchObject({ error: { code } });
  });

  test('the longest wait that a header names counts; without one it is a minute', () => {
    const waitOf = (headers: Record<string, string>) => {
      const text = JSON.stringify(metaError(400, 4).body);
      const verdict = verdictOf({ status: 400, headers: new Headers(headers), text }, 'x', new Date('2026-11-23T06:00:00Z'));
      return verdict.kind === 'failed' ? verdict.error.retryAfterMs : null;
    };
    const usage = { 1: [{ estimated_time_to_regain_access: 2 }, { estimated_time_to_regain_access: 7 }], 2: [{}], 3: 'x' };
    expect(waitOf({ 'X-Business-Use-Case-Usage': JSON.stringify(usage) })).toBe(420_000);
    expect(waitOf({ 'X-Business-Use-Case-Usage': '{"1":[{"estimated_time_to_regain_access":0}]}' })).toBe(60_000);
    expect(waitOf({ 'X-Business-Use-Case-Usage': 'none' })).toBe(60_000);
    expect(waitOf({ 'Retry-After': '90' })).toBe(90_000);
    expect(waitOf({})).toBe(60_000);
  });
});

describe('check', () => {
  const check = (changes: object = {}) => metaCustomAudience.check(settingsOf(changes), testCtx({ secrets: SECRETS }));

  test('asks for the account and its audiences, and changes nothing', async () => {
    await check({ adAccountId: `act_${META_ACCOUNT}` });
    partner.rules.termsAccepted = null;
    partner.rules.tasks = [];
    await check();
    expect(partner.calls.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('finds terms that nobody has accepted, and a user who may only look', async () => {
    partner.rules.termsAccepted = 0;
    expect(await refusal(check())).toMatchObject({ kind: 'config', code: 'meta_terms' });
    partner.rules.termsAccepted = 1;
    partner.rules.tasks = ['ANALYZE'];
    expect(await refusal(check())).toMatchObject({ kind: 'config', code: 'meta_permission' });
  });

  test('the token goes over TLS, or to this machine', () => {
    const parses = (baseUrl: string) => metaCustomAudience.settings.safeParse(written(partner, { baseUrl })).success;
    for (const url of ['https://graph.facebook.com', 'http://localhost:1', 'http://[::1]:1', 'http://127.0.0.2:1'])
      expect(parses(url)).toBe(true);
    for (const url of [
      'http://graph.facebook.com',
      'http://127.0.0.1.example.com',
      'https://u:p@x.com',
      'https://x.com?a=1',
      'ftp://x.com',
    ])
      expect(parses(url)).toBe(false);
  });
});

describe('confirm', () => {
  const START = '2026-11-23T06:00:00Z';
  const HOUR = 3_600_000;

  async function delivered(members: Parameters<typeof membersSet>[0], changes: Partial<Manifest> = {}) {
    const set = setOf(members, changes);
    const clock = handClock(START);
    const ctx = { ...testCtx({ secrets: SECRETS }), clock };
    const receipt = await deliver(set, {}, ctx);
    const confirm = () => metaCustomAudience.confirm?.(receipt, set.manifest, settingsOf(), ctx);
    return { clock, confirm };
  }

  test('waits until Meta has processed the sessions, then gives its counts', async () => {
    await deliver(setOf({ add: devices(20, 'IDFA', 500) }));
    const set = { add: devices(150), remove: devices(20, 'IDFA', 500) };
    const { confirm, clock } = await delivered(set, { refresh: 'incremental' });
    expect(await confirm()).toEqual({ state: 'pending' });
    // The audience that was there before is ready; what was sent now is not in it yet.
    audience.deliveryStatus = 200;
    clock.move(HOUR);
    expect(await confirm()).toEqual({ state: 'pending' });
    partner.process();
    expect(await confirm()).toEqual({
      state: 'confirmed',
      counts: {
        approximate_count_lower_bound: 150,
        approximate_count_upper_bound: 150,
        num_received: 170,
        num_matched: 170,
        num_invalid_entries: 0,
      },
    });
  });

  test('tells sessions that never end, after a day', async () => {
    const { confirm, clock } = await delivered({ add: devices(150) });
    audience.deliveryStatus = 200;
    clock.move(24 * HOUR - 1);
    expect(await confirm()).toEqual({ state: 'pending' });
    clock.move(1);
    expect(await confirm()).toMatchObject({ state: 'doubtful', code: 'meta_session_stuck', counts: { num_received: 150 } });
  });

  test('tells audiences that are too small to run', async () => {
    const { confirm, clock } = await delivered({ add: devices(99) });
    partner.process();
    expect(await confirm()).toEqual({ state: 'pending' });
    clock.move(24 * HOUR);
    expect(await confirm()).toMatchObject({ state: 'doubtful', code: 'meta_too_small', counts: { num_matched: 99 } });
  });

  test('tells audiences that are blocked, deleted or out of reach, at once', async () => {
    const { confirm, clock } = await delivered({ add: devices(150) });
    partner.process();
    audience.operationStatus = 471;
    expect(await confirm()).toMatchObject({ state: 'doubtful', code: 'meta_audience_blocked' });
    audience.operationStatus = 200;
    audience.isDeleted = true;
    expect(await confirm()).toMatchObject({ state: 'doubtful', code: 'meta_audience_gone' });
    audience.isDeleted = false;
    audience.deliveryStatus = 400;
    clock.move(25 * HOUR);
    expect(await confirm()).toMatchObject({ state: 'doubtful', code: 'meta_not_ready', hint: ADVICE.meta_not_ready });
  });

  test('does without sessions that Meta has forgotten, and fails where Meta does', async () => {
    const { confirm } = await delivered({ add: devices(150) });
    partner.process();
    audience.sessions.clear();
    expect(await confirm()).toMatchObject({ state: 'confirmed', counts: { approximate_count_lower_bound: 150 } });
    partner.rules.tokenRefusal = { status: 401, subcode: 460 };
    expect(await refusal(Promise.resolve(confirm()))).toMatchObject({ kind: 'config', code: 'meta_token' });
  });
});
