import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Ctx, Difference, SegmentTerms } from '../src/destinations/destination.ts';
import { checkTaxonomy } from '../src/destinations/ttd-api/taxonomy/check-taxonomy.ts';
import { ensureElement } from '../src/destinations/ttd-api/taxonomy/ensure-element.ts';
import { exactDecimal } from '../src/destinations/ttd-api/taxonomy/exact-decimal.ts';
import { taxonomyFields, type WithTaxonomy } from '../src/destinations/ttd-api/taxonomy/settings.ts';
import { ttdTaxonomy } from '../src/destinations/ttd-api/taxonomy/taxonomy.ts';
import { ttdApi } from '../src/destinations/ttd-api/ttd-api.ts';
import { AquariusError } from '../src/errors.ts';
import { httpStandIn } from './standins/http-standin.ts';
import {
  TTD_LOGIN,
  TTD_PROVIDER,
  TTD_TOKEN,
  type TtdPlatform,
  type TtdPlatformOptions,
  ttdPlatformServer,
} from './standins/ttd-platform-server.ts';
import { membersSet } from './support/members-set.ts';
import { failureOf } from './support/stage-files.ts';
import { testCtx } from './support/staged-set.ts';

/** The Trade Desk's taxonomy and data rates: told before anything is changed, and changed as asked and no further. */

const schema = z.strictObject(taxonomyFields);
const SECRETS = { 'env:LOGIN': TTD_LOGIN.Login, 'env:PASSWORD': TTD_LOGIN.Password, 'env:TOKEN': TTD_TOKEN };

let partner: TtdPlatform;
let settings: WithTaxonomy;
let slept: number[];
let ctx: Ctx;

type Given = Readonly<Record<string, unknown>>;

function settingsOf(more: Given = {}): WithTaxonomy {
  return schema.parse({
    taxonomy: {
      platformUrl: `${partner.url}/v3`,
      auth: { login: 'env:LOGIN', password: 'env:PASSWORD' },
      providerId: TTD_PROVIDER,
      rate: { level: 'Partner', partnerId: 'p1' },
      ...more,
    },
  });
}

async function start(options: TtdPlatformOptions = {}, more: Given = {}): Promise<void> {
  await partner?.[Symbol.asyncDispose]();
  partner = await ttdPlatformServer(options);
  settings = settingsOf(more);
}

beforeEach(async () => {
  slept = [];
  ctx = { ...testCtx({ secrets: SECRETS }), sleep: async (ms) => void slept.push(ms) };
  await start();
});
afterEach(async () => {
  await partner[Symbol.asyncDispose]();
});

function segment(id: string, more: Partial<SegmentTerms> = {}): SegmentTerms {
  return { segmentId: id, segmentName: `Visitors of ${id}`, priceCpm: '1.15', partnerReference: null, ...more };
}
const plan = (segments: readonly SegmentTerms[]) => ttdTaxonomy.plan(segments, settings, ctx);
const apply = (differences: readonly Difference[], segments: readonly SegmentTerms[]) =>
  ttdTaxonomy.apply(differences, segments, settings, ctx);
const ensure = ({ segmentId, segmentName, priceCpm, partnerReference }: SegmentTerms) =>
  ensureElement(
    { segmentId, segmentName, destination: 'ttd-market', terms: { ttlDays: null, priceCpm, partnerReference } },
    settings,
    ctx,
  );

async function refusal(work: Promise<unknown>): Promise<AquariusError> {
  const error = await failureOf(work);
  expect(error).toBeInstanceOf(AquariusError);
  const told = inspect(error, { depth: 20, showHidden: true });
  for (const secret of [TTD_LOGIN.Password, TTD_TOKEN]) expect(told).not.toContain(secret);
  expect((error as AquariusError).hint).toMatch(/\S/);
  return error as AquariusError;
}

describe('a taxonomy of 3,000 segments', () => {
  const segments = Array.from({ length: 3000 }, (_, n) => segment(`1480_${n + 1}`));

  test('is made from nothing, few calls at once, and then nothing differs', async () => {
    const differences = await plan(segments);
    expect(differences).toHaveLength(6000);
    expect(differences.slice(0, 2)).toEqual([
      { segmentId: '1480_1', kind: 'create', from: null, to: 'Visitors of 1480_1' },
      { segmentId: '1480_1', kind: 'price', from: null, to: '1.15' },
    ]);
    expect(partner.elements.size + partner.rates.size).toBe(0);

    await apply(differences, segments);
    expect(partner.created).toHaveLength(3000);
    expect(partner.batches).toEqual([3000]);
    expect(partner.inFlight.most).toBeLessThanOrEqual(4);
    expect(slept).toEqual([2000, 4000]);
    const queries = partner.calledTimes('POST', '/thirdpartydata/query') + partner.calledTimes('POST', '/datarate/query');
    expect(queries).toBeLessThanOrEqual(12);
    expect(partner.calledTimes('POST', '/authentication')).toBe(2);
    expect(partner.calls.length).toBeLessThan(3030);

    expect(await plan(segments)).toEqual([]);
    const calls = partner.calls.length;
    await apply(differences, segments);
    expect(partner.created).toHaveLength(3000);
    expect(partner.batches).toEqual([3000]);
    expect(partner.calls.length).toBeLessThan(calls + 20);
  });

  test('has its prices changed in batches of 5,000', async () => {
    const more = Array.from({ length: 5001 }, (_, n) => segment(`s${n}`, { priceCpm: '2.5' }));
    for (const { segmentId, segmentName } of more) {
      partner.addElement(segmentId, segmentName);
      partner.addRate(segmentId, '2.25');
    }
    await apply(await plan(more), more);
    expect(partner.batches).toEqual([5000, 1]);
    expect(await plan(more)).toEqual([]);
  });
});

describe('a plan', () => {
  test('tells what is missing, renamed, priced otherwise and not wanted, and changes nothing', async () => {
    partner.addElement('a', 'Old name', { Description: 'Kept' });
    partner.addRate('a', '1.1500');
    partner.addElement('b', 'Visitors of b');
    partner.addRate('b', '2.00');
    partner.addElement('stray', 'Nobody’s');
    partner.addElement('folder', 'A container', { Buyable: false });
    partner.addElement('below', 'In the container', { ParentElementId: 'folder' });
    const differences = await plan([segment('c'), segment('b'), segment('a'), segment('d', { priceCpm: null })]);
    expect(differences).toEqual([
      { segmentId: 'a', kind: 'rename', from: 'Old name', to: 'Visitors of a' },
      { segmentId: 'b', kind: 'price', from: '2', to: '1.15' },
      { segmentId: 'c', kind: 'create', from: null, to: 'Visitors of c' },
      { segmentId: 'c', kind: 'price', from: null, to: '1.15' },
      { segmentId: 'd', kind: 'create', from: null, to: 'Visitors of d' },
      { segmentId: 'stray', kind: 'not_wanted', from: 'Nobody’s', to: null },
    ]);
    expect(new Set(partner.calls.map(({ path }) => path))).toEqual(
      new Set(['/v3/authentication', '/v3/thirdpartydata/query', '/v3/datarate/query']),
    );
  });

  test('finds an element by the partner’s own id, and takes names as The Trade Desk can', async () => {
    partner.addElement('their-7', 'Macys shoppers');
    const segments = [segment('a', { partnerReference: 'their-7', segmentName: 'Macy\'s "shoppers"\t', priceCpm: null })];
    expect(await plan(segments)).toEqual([]);
  });

  test('leaves the rates of others alone, and tells a rate of another kind or currency', async () => {
    for (const id of ['a', 'b', 'c']) partner.addElement(id, `Visitors of ${id}`);
    partner.addRate('a', '1.15', { PartnerId: 'p2' });
    partner.addRate('b', '1.15', { currency: 'EUR' });
    partner.addRate('c', '1.15', { RateType: 'Hybrid', share: '0.10' });
    expect(await plan([segment('a'), segment('b'), segment('c')])).toEqual([
      { segmentId: 'a', kind: 'price', from: null, to: '1.15' },
      { segmentId: 'b', kind: 'price', from: '1.15 EUR, CPM', to: '1.15' },
      { segmentId: 'c', kind: 'price', from: '1.15 USD, 0.1 of media cost, Hybrid', to: '1.15' },
    ]);
  });

  test('refuses segments that want one element differently, all at once', async () => {
    const error = await refusal(
      plan([segment('a'), segment('a'), segment('a', { priceCpm: '2' }), segment('b', { partnerReference: 'a' })]),
    );
    expect(error).toMatchObject({ kind: 'config', code: 'taxonomy_conflict' });
    expect(error.problems.map(({ path }) => path)).toEqual(['a', 'b']);
    expect(partner.calls).toEqual([]);
  });

  test('needs settings for a taxonomy', async () => {
    settings = schema.parse({});
    expect((await refusal(plan([]))).code).toBe('ttd_no_taxonomy');
  });
});

describe('money', () => {
  test.each([
    ['1.15', '1.15'],
    ['1.150', '1.15'],
    ['01.0', '1'],
    ['0.000001', '0.000001'],
    ['1e-6', '0.000001'],
    ['1.5E1', '15'],
    ['100', '100'],
    ['0', '0'],
    ['999999999.999999', '999999999.999999'],
    ['1.1500000000000000000001', '1.1500000000000000000001'],
    ['-1', null],
    ['', null],
    ['1.', null],
  ])('%s is %s', (text, exact) => {
    expect(exactDecimal(text)).toBe(exact);
  });

  test('is compared and sent digit for digit, never as a float', async () => {
    for (const id of ['a', 'b', 'c']) partner.addElement(id, `Visitors of ${id}`);
    partner.addRate('a', '1.1500000000000000000001');
    partner.addRate('b', '1.150');
    const segments = [segment('a'), segment('b'), segment('c', { priceCpm: '999999999.999990' })];
    const differences = await plan(segments);
    expect(differences).toEqual([
      { segmentId: 'a', kind: 'price', from: '1.1500000000000000000001', to: '1.15' },
      { segmentId: 'c', kind: 'price', from: null, to: '999999999.999990' },
    ]);
    await apply(differences, segments);
    expect([partner.price('a'), partner.price('b'), partner.price('c')]).toEqual(['1.15', '1.150', '999999999.99999']);
  });

  test('that the differences do not name is never set', async () => {
    partner.addElement('a', 'Old name');
    partner.addRate('a', '2');
    const segments = [segment('a'), segment('b')];
    const differences = await plan(segments);
    await apply(
      differences.filter(({ kind }) => kind !== 'price'),
      segments,
    );
    expect(partner.created).toEqual(['b']);
    expect(partner.renamed).toEqual(['a']);
    expect(partner.batches).toEqual([]);
    expect(await plan(segments)).toEqual([
      { segmentId: 'a', kind: 'price', from: '2', to: '1.15' },
      { segmentId: 'b', kind: 'price', from: null, to: '1.15' },
    ]);
    await apply(await plan(segments), segments);
    expect([partner.price('a'), partner.price('b')]).toEqual(['1.15', '1.15']);
  });
});

describe('applying', () => {
  test('renames and leaves the rest of the element, and what nobody wants', async () => {
    partner.addElement('a', 'Old name', { Description: 'Kept' });
    partner.addRate('a', '1.15');
    partner.addElement('stray', 'Nobody’s');
    await apply(await plan([segment('a')]), [segment('a')]);
    expect(partner.elements.get('a')).toMatchObject({ DisplayName: 'Visitors of a', Description: 'Kept', Buyable: true });
    expect(partner.elements.get('stray')).toMatchObject({ DisplayName: 'Nobody’s' });
    expect(partner.calledTimes('PUT', '/thirdpartydata')).toBe(1);
  });

  test.each(['reset-after', 'stall-after', 'truncated-answer'] as const)(
    'survives an answer that is lost (%s)',
    async (fault) => {
      settings = settingsOf({ timeoutSeconds: 1 });
      const segments = [segment('a'), segment('b')];
      const differences = await plan(segments);
      partner.fail([fault], ({ method, path }) => method === 'POST' && path === '/v3/thirdpartydata');
      partner.fail([fault], ({ method, path }) => method === 'POST' && path === '/v3/datarate/batch');
      await apply(differences, segments);
      expect(partner.created.toSorted()).toEqual(['a', 'b']);
      expect(await plan(segments)).toEqual([]);
    },
  );

  test('goes on after it broke off, and makes nothing twice', async () => {
    const segments = ['a', 'b', 'c'].map((id) => segment(id));
    const differences = await plan(segments);
    partner.fail(Array(5).fill({ status: 500, body: 'down' }), ({ path }) => path === '/v3/datarate/batch');
    expect(await refusal(apply(differences, segments))).toMatchObject({ kind: 'transient', code: 'ttd_server_error' });
    expect(partner.created).toHaveLength(3);
    await apply(differences, segments);
    expect(partner.created).toHaveLength(3);
    expect(await plan(segments)).toEqual([]);
  });

  test('waits as long as it is asked to when it is throttled', async () => {
    const segments = [segment('a')];
    const differences = await plan(segments);
    partner.fail([
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 503, headers: { 'retry-after': '11' } },
    ]);
    partner.fail([{ status: 429 }], ({ path }) => path === '/v3/datarate/batch');
    await apply(differences, segments);
    expect(slept.slice(0, 2)).toEqual([7000, 11_000]);
    expect(slept).toContain(60_000);
    expect(await plan(segments)).toEqual([]);
  });

  test('stops at once when the caller wants it, with the caller’s reason', async () => {
    const stop = new AbortController();
    await start({ onCall: (_method, path) => (path === '/v3/thirdpartydata' ? stop.abort(new Error('enough')) : undefined) });
    const stoppable = { ...ctx, signal: stop.signal };
    const segments = [segment('a'), segment('b'), segment('c'), segment('d'), segment('e'), segment('f')];
    const differences = await plan(segments);
    await expect(ttdTaxonomy.apply(differences, segments, settings, stoppable)).rejects.toThrow('enough');
    expect(partner.created.length).toBeLessThanOrEqual(4);
  });

  test('begins nothing more once something is refused', async () => {
    const segments = Array.from({ length: 20 }, (_, n) => segment(`s${n}`));
    const differences = await plan(segments);
    partner.fail(Array(20).fill({ status: 403 }), ({ method, path }) => method === 'POST' && path === '/v3/thirdpartydata');
    expect((await refusal(apply(differences, segments))).code).toBe('ttd_permission');
    expect(partner.calledTimes('POST', '/thirdpartydata')).toBeLessThanOrEqual(4);
  });

  const moves: readonly [string, () => void][] = [
    ['a price', () => partner.addRate('a', '3')],
    ['a name', () => partner.addElement('b', 'Renamed meanwhile')],
    ['an element that was created', () => partner.addElement('c', 'Somebody else’s name')],
    ['an element that is gone', () => partner.elements.delete('b')],
  ];
  test.each(moves)('changes nothing when %s has moved since the plan', async (_what, move) => {
    partner.addElement('a', 'Visitors of a');
    partner.addRate('a', '2');
    partner.addElement('b', 'Old name');
    partner.addRate('b', '1.15');
    const segments = [segment('a'), segment('b'), segment('c')];
    const differences = await plan(segments);
    move();
    const error = await refusal(apply(differences, segments));
    expect(error).toMatchObject({ kind: 'config', code: 'taxonomy_moved' });
    expect(error.hint).toContain('Plan again');
    expect([...partner.created, ...partner.renamed, ...partner.batches]).toEqual([]);
  });

  test('looks at prices again once elements are made, since that takes long', async () => {
    await start({
      onCall: (method, path) => (method === 'POST' && path === '/v3/thirdpartydata' ? partner.addRate('a', '9') : undefined),
    });
    partner.addElement('a', 'Visitors of a');
    partner.addRate('a', '2');
    const segments = [segment('a'), segment('b')];
    expect((await refusal(apply(await plan(segments), segments))).code).toBe('taxonomy_moved');
    expect(partner.price('a')).toBe('9');
  });

  test('wants the segments of the plan, as they are now', async () => {
    const differences = await plan([segment('a')]);
    expect((await refusal(apply(differences, []))).code).toBe('taxonomy_moved');
    expect((await refusal(apply(differences, [segment('a', { priceCpm: '2' })]))).code).toBe('taxonomy_moved');
    expect((await refusal(apply(differences, [segment('a', { segmentName: 'Other' })]))).code).toBe('taxonomy_moved');
  });

  test('tells that a batch has failed, and why', async () => {
    partner.batchesEnd('Failed', 1);
    const error = await refusal(apply(await plan([segment('a')]), [segment('a')]));
    expect(error).toMatchObject({ kind: 'rejected', code: 'ttd_rates_refused' });
    expect(error.message).toContain('The brand has no contract.');
  });

  test.each([
    ['PartiallyCompleted', 'ttd_rates_refused'],
    ['Incomplete', 'ttd_rates_pending'],
    ['Unprocessed', 'ttd_rates_pending'],
    ['NotCompleted', 'ttd_rates_pending'],
  ])('does not take %s for an end that is well', async (status, code) => {
    partner.batchesEnd(status, 0);
    expect(await refusal(apply(await plan([segment('a')]), [segment('a')]))).toMatchObject({ code });
  });

  test('gives up a batch that never ends, and says that it may be planned again', async () => {
    partner.batchesEnd('Success', 1_000_000);
    const error = await refusal(apply(await plan([segment('a')]), [segment('a')]));
    expect(error).toMatchObject({ kind: 'transient', code: 'ttd_rates_pending' });
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(1_900_000);
  });
});

describe('the Platform API', () => {
  test('is logged in to anew, once, when a token has expired', async () => {
    let expire = false;
    await start({
      onCall: (_method, path) => {
        if (!expire || path !== '/v3/thirdpartydata') return;
        expire = false;
        partner.expireTokens();
      },
    });
    const segments = Array.from({ length: 8 }, (_, n) => segment(`s${n}`));
    const differences = await plan(segments);
    expire = true;
    await apply(differences, segments);
    expect(partner.created).toHaveLength(8);
    // One for the plan, one for applying, one after the token was gone.
    expect(partner.calledTimes('POST', '/authentication')).toBe(3);
  });

  test('takes a token too, and tells one that it does not take', async () => {
    settings = settingsOf({ auth: { token: 'env:TOKEN' } });
    expect(await plan([])).toEqual([]);
    expect(partner.calledTimes('POST', '/authentication')).toBe(0);
    partner.expireTokens();
    expect(await refusal(plan([]))).toMatchObject({ kind: 'config', code: 'ttd_auth' });
    ctx = { ...ctx, secrets: async () => `${TTD_TOKEN}\nx: y` };
    expect(await refusal(plan([]))).toMatchObject({ kind: 'config', code: 'ttd_auth' });
  });

  test('that knows no such login is told without the password', async () => {
    ctx = { ...ctx, secrets: async (reference) => (reference === 'env:LOGIN' ? 'nobody' : TTD_LOGIN.Password) };
    expect(await refusal(plan([]))).toMatchObject({ kind: 'config', code: 'ttd_auth' });
  });

  test.each([
    [403, 'config', 'ttd_permission'],
    [410, 'config', 'ttd_endpoint'],
    [400, 'rejected', 'ttd_request_refused'],
    [502, 'transient', 'ttd_server_error'],
  ])('that answers %s is %s %s', async (status, kind, code) => {
    partner.fail(Array(5).fill({ status, body: '<html>no</html>' }), ({ path }) => path === '/v3/thirdpartydata/query');
    expect(await refusal(plan([]))).toMatchObject({ kind, code });
  });

  test('has its own status for no content', async () => {
    partner.fail([{ status: 240 }], ({ path }) => path === '/v3/thirdpartydata/query');
    expect(await plan([])).toEqual([]);
  });

  test.each(['items', 'pages'] as const)('is read page by page where PageStartIndex counts %s', async (paging) => {
    await start({ paging }, { paging, pageSize: 7 });
    const segments = Array.from({ length: 21 }, (_, n) => segment(`s${n}`, { priceCpm: null }));
    for (const { segmentId, segmentName } of segments) partner.addElement(segmentId, segmentName);
    expect(await plan(segments)).toEqual([]);
  });

  test('that counts pages where items are expected is noticed, rather than half a list believed', async () => {
    await start({ paging: 'pages' }, { pageSize: 7 });
    const segments = Array.from({ length: 21 }, (_, n) => segment(`s${n}`));
    for (const { segmentId, segmentName } of segments) partner.addElement(segmentId, segmentName);
    const error = await refusal(plan(segments));
    expect(error).toMatchObject({ kind: 'config', code: 'ttd_paging' });
    expect(error.hint).toContain('taxonomy.paging');
  });

  test('that counts items where pages are expected is noticed, rather than asked once for each item', async () => {
    await start({}, { paging: 'pages', pageSize: 7 });
    const segments = Array.from({ length: 21 }, (_, n) => segment(`s${n}`));
    for (const { segmentId, segmentName } of segments) partner.addElement(segmentId, segmentName);
    const error = await refusal(plan(segments));
    expect(error).toMatchObject({ kind: 'config', code: 'ttd_paging' });
    expect(error.hint).toContain('taxonomy.paging: items');
    expect(partner.calledTimes('POST', '/thirdpartydata/query')).toBe(2);
  });

  test('that gives fewer at once than it is asked for is read to the end', async () => {
    await start({ pageLimit: 4 }, { pageSize: 7 });
    const segments = Array.from({ length: 9 }, (_, n) => segment(`s${n}`));
    for (const { segmentId, segmentName } of segments) {
      partner.addElement(segmentId, segmentName);
      partner.addRate(segmentId, '1.15');
    }
    expect(await plan(segments)).toEqual([]);
  });

  const NAMES = { displayName: 'Name', buyable: 'IsBuyable', parent: 'ParentProviderElementId', rates: 'Rates' };

  test('may have the other names of its fields', async () => {
    await start({ names: NAMES, cpm: 'RateValue' }, { fieldNames: { ...NAMES, cpm: 'RateValue' } });
    const segments = [segment('a')];
    await apply(await plan(segments), segments);
    expect(partner.price('a')).toBe('1.15');
    expect(await plan(segments)).toEqual([]);
  });

  test('with other names than the settings have is told so', async () => {
    await start({ names: NAMES });
    partner.addElement('a', 'A');
    expect(await refusal(plan([]))).toMatchObject({ kind: 'config', code: 'ttd_field_names' });
  });

  test('may make nothing of filters, and yet others’ rates and other elements are none of ours', async () => {
    await start({ ignoresFilters: true }, { createMissing: true });
    partner.addElement('b', 'Visitors of b');
    partner.addRate('b', '1.15', { PartnerId: 'p2' });
    expect(await plan([segment('b')])).toEqual([{ segmentId: 'b', kind: 'price', from: null, to: '1.15' }]);
    await ensure(segment('a'));
    expect(partner.created).toEqual(['a']);
    expect(partner.price('a')).toBe('1.15');
  });

  test('takes rates for everybody as hybrid ones', async () => {
    settings = settingsOf({ rate: { level: 'System', type: 'Hybrid', percentOfMediaCost: '0.150', brandId: 'b1' } });
    const segments = [segment('a')];
    await apply(await plan(segments), segments);
    expect([...partner.rates.values()]).toMatchObject([{ RateLevel: 'System', BrandId: 'b1', amount: '1.15', share: '0.15' }]);
    expect(await plan(segments)).toEqual([]);
  });
});

describe('the element of a segment that is delivered', () => {
  test('costs one call besides the login when it is there', async () => {
    partner.addElement('a', 'Any name');
    await ensure(segment('a'));
    expect(partner.calls.map(({ path }) => path)).toEqual(['/v3/authentication', '/v3/thirdpartydata/query']);
    expect(partner.batches).toEqual([]);
  });

  test('that is missing stops the delivery, and the hint says how it is made', async () => {
    const error = await refusal(ensure(segment('a')));
    expect(error).toMatchObject({ kind: 'config', code: 'ttd_element_missing' });
    expect(error.hint).toContain('aquarius destinations plan ttd-market');
    expect(error.hint).toContain('aquarius destinations apply ttd-market');
    expect(partner.created).toEqual([]);
  });

  test('is created with its price where that is wanted, also when the answer is lost', async () => {
    settings = settingsOf({ createMissing: true });
    partner.fail(['reset-after'], ({ method, path }) => method === 'POST' && path === '/v3/thirdpartydata');
    await ensure(segment('a'));
    expect(partner.created).toEqual(['a']);
    expect(partner.price('a')).toBe('1.15');
    await ensure(segment('a', { priceCpm: '9' }));
    expect(partner.batches).toEqual([1]);
  });

  test('has its price left alone by whom it was created in the same moment', async () => {
    await start(
      {
        onCall: (method, path) => {
          if (method !== 'POST' || path !== '/v3/thirdpartydata') return;
          partner.addElement('a', 'Theirs');
          partner.addRate('a', '4');
        },
      },
      { createMissing: true },
    );
    await ensure(segment('a'));
    expect(partner.price('a')).toBe('4');
    expect(partner.elements.get('a')?.DisplayName).toBe('Theirs');
  });

  test('gets its price by the next attempt when one broke off in between', async () => {
    settings = settingsOf({ createMissing: true });
    partner.fail(
      Array.from({ length: 5 }, () => ({ status: 500 })),
      ({ path }) => path === '/v3/datarate/batch',
    );
    expect(await refusal(ensure(segment('a')))).toMatchObject({ kind: 'transient' });
    expect(partner.price('a')).toBeUndefined();
    await ensure(segment('a'));
    expect(partner.created).toEqual(['a']);
    expect(partner.price('a')).toBe('1.15');
  });

  test('is not created by a worker that has lost the run', async () => {
    settings = settingsOf({ createMissing: true });
    ctx = { ...ctx, fence: async () => Promise.reject(new Error('lost the run')) };
    await expect(ensure(segment('a'))).rejects.toThrow('lost the run');
    expect(partner.created).toEqual([]);
  });
});

test('a delivery of third-party data looks for its element first, and opt-outs alone do not', async () => {
  await using data = await httpStandIn(() => ({ status: 200, body: {} }));
  const own = ttdApi.settings.parse({
    type: 'ttd-api',
    mode: 'thirdParty',
    dataProviderId: TTD_PROVIDER,
    token: 'env:TOKEN',
    url: data.url,
    deletionUrl: data.url,
    taxonomy: settings.taxonomy,
  });
  const member = { type: 'IDFA', value: 'a0000001-0000-4000-8000-000000000001' } as const;
  expect((await refusal(ttdApi.deliver(membersSet({ add: [member] }), own, ctx))).code).toBe('ttd_element_missing');
  expect(data.calls).toEqual([]);
  await ttdApi.deliver(membersSet({ add: [], optOut: [member] }), own, ctx);
  partner.addElement('1480_4711', 'Visitors');
  await ttdApi.deliver(membersSet({ add: [member] }), own, ctx);
  await ttdApi.check(own, ctx);
  expect(data.calls.length).toBeGreaterThanOrEqual(3);
});

describe('a check', () => {
  test('is one call and a login, and leaves nothing', async () => {
    await checkTaxonomy(settings, ctx);
    expect(partner.calls.map(({ path }) => path)).toEqual(['/v3/authentication', '/v3/thirdpartydata/query']);
  });

  test('finds a parent that is not there, and a provider that is not ours', async () => {
    settings = settingsOf({ parentElementId: 'custom' });
    expect(await refusal(checkTaxonomy(settings, ctx))).toMatchObject({ kind: 'config', code: 'ttd_parent_missing' });
    partner.addElement('custom', 'Custom segments', { Buyable: false });
    await checkTaxonomy(settings, ctx);
    settings = settingsOf({ providerId: 'somebody' });
    expect(await refusal(checkTaxonomy(settings, ctx))).toMatchObject({ kind: 'config', code: 'ttd_permission' });
  });
});

test.each<[string, Given]>([
  ['a token and a login', { auth: { token: 'env:T', login: 'env:L', password: 'env:P' } }],
  ['a login without a password', { auth: { login: 'env:L' } }],
  ['no credentials', { auth: {} }],
  ['a secret by value', { auth: { token: 'abc' } }],
  ['System rates by CPM', { rate: { level: 'System' } }],
  ['Partner rates without a partner', { rate: { level: 'Partner' } }],
  ['a partner with Advertiser rates', { rate: { level: 'Advertiser', advertiserId: 'a1', partnerId: 'p1' } }],
  ['Hybrid rates without a share', { rate: { level: 'Partner', partnerId: 'p1', type: 'Hybrid' } }],
  ['a way that is not encrypted', { platformUrl: 'http://api.example.com/v3' }],
  ['a field that there is not', { pagesize: 3 }],
])('settings with %s are refused', (_what, more) => {
  expect(() => settingsOf(more)).toThrow(z.ZodError);
});
