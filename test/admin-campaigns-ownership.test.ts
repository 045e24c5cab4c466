import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CampaignKey, platformOf, presentId } from '../src/admin/campaigns/campaign-key.ts';
import { impressionDays } from '../src/admin/campaigns/impression-days.ts';
import { campaignFacts } from '../src/admin/campaigns/impression-facts.ts';
import { advertisersOf, indexMappings } from '../src/admin/campaigns/mapping-index.ts';
import { mappingState } from '../src/admin/campaigns/mapping-state.ts';
import { readMappings } from '../src/admin/campaigns/read-mappings.ts';
import type { Strategies } from '../src/admin/campaigns/strategies.ts';
import { ident, join, sql } from '../src/lib/sql.ts';
import type { JoinStrategy } from '../src/reach/exposure.ts';
import { ownedKeys } from '../src/reach/ownership.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';

/** What people are told of ownership is what the engine delivers by. */

let world: AdminWorld;
beforeAll(async () => {
  world = await adminWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const AGENCY = '1480';
const ADVERTISERS = ['1', '2', 'D2'];
const STRATEGIES: readonly JoinStrategy[] = ['PCM_4KEY', 'ADM_PREFIX', 'DIRECT_AG'];

/** Mostly the first, so that mappings and rows meet; else another, or one in another spelling. */
const mostly = (usual: string | null, others: readonly (string | null)[]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const BLANKS = [null, '', '0', ' null ', 'UNKNOWN'];
const keys = {
  platform: mostly('21', [' 021 ', '21.0', '6', 'six', null]),
  dsp: mostly('D1', [' D1', 'D2', '12', '12.0', ...BLANKS]),
  io: fc.oneof(fc.constant(null), mostly('I1', ['I1 ', 'I2', ...BLANKS])),
  li: fc.oneof(fc.constant(null), mostly('L1', ['L2', ...BLANKS])),
};
const mappingRows = fc.array(fc.record({ ...keys, advertiser: mostly('1', ['2', '2', '2', 'D2', ' 1', ...BLANKS]) }), {
  maxLength: 10,
});
const logRows = fc.array(fc.record(keys), { minLength: 4, maxLength: 12 });
const strategies = fc.record(Object.fromEntries(ADVERTISERS.map((one) => [one, fc.constantFrom(...STRATEGIES)])));
const sole = fc.boolean();

const MAPPINGS = ident('REF_DATA', 'PIXEL_CAMPAIGN_MAPPING_V2');
const LOG = ident('BASE_TABLES', 'AD_IMPRESSION_LOG_V2');
const NAMES = ['DSP_PLATFORM_TYPE', 'DSP_ADVERTISER_ID', 'INSERTION_ORDER_ID', 'LINE_ITEM_ID'];

type Keys = {
  readonly platform: string | null;
  readonly dsp: string | null;
  readonly io: string | null;
  readonly li: string | null;
};

async function fill(mappings: readonly (Keys & { readonly advertiser: string | null })[], log: readonly Keys[]): Promise<void> {
  const { session } = world;
  await session.execute(sql`DELETE FROM ${MAPPINGS}`);
  await session.execute(sql`DELETE FROM ${LOG}`);
  const cells = (row: Keys) => [row.platform, row.dsp, row.io, row.li].map((value) => sql`${value}`);
  const at = new Date('2026-02-16T06:00:00Z');
  if (mappings.length > 0) {
    const tuples = mappings.map((row) => sql`(${AGENCY}, ${row.advertiser}, ${join(cells(row))})`);
    const columns = join(['AGENCY_ID', 'QUORUM_ADVERTISER_ID', ...NAMES].map((name) => ident(name)));
    await session.execute(sql`INSERT INTO ${MAPPINGS} (${columns}) VALUES ${join(tuples)}`);
  }
  const tuples = log.map((row) => sql`(${AGENCY}, ${at}, ${join(cells(row))})`);
  const columns = join(['AGENCY_ID', 'AUCTION_TIMESTAMP', ...NAMES].map((name) => ident(name)));
  await session.execute(sql`INSERT INTO ${LOG} (${columns}) VALUES ${join(tuples)}`);
}

const textOf = ({ platform: on, dsp: of, io, li }: Keys): string => JSON.stringify([on, of, io, li]);

/** By the engine: every contender of each key, under a strategy. */
async function contenders(
  strategy: JoinStrategy,
  soleAdvertiserId: string | null,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { catalogue } = world.app;
  const request = { agencyId: AGENCY, strategy, soleAdvertiserId };
  const table = await ownedKeys(world.session, catalogue, catalogue.table('AD_IMPRESSION_LOG_V2'), request);
  const found = new Map<string, Set<string>>();
  for (const row of await world.session.all(sql`SELECT platform, dsp, io, li, advertiser FROM ${table}`)) {
    const cell = (name: string): string | null => (row[name] === null ? null : String(row[name]));
    const key = textOf({
      platform: platformOf(cell('platform')),
      dsp: presentId(cell('dsp')),
      io: presentId(cell('io')),
      li: presentId(cell('li')),
    });
    found.set(key, (found.get(key) ?? new Set<string>()).add(String(row.advertiser)));
  }
  await world.session.execute(sql`DROP TABLE ${table}`);
  return found;
}

test('S4, B25: states and owners agree with the engine, whatever the mappings', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(mappingRows, logRows, strategies, sole, async (mappings, log, of, isSole) => {
      await fill(mappings, log);
      const soleId = isSole && of['1'] === 'DIRECT_AG' ? '1' : null;
      const known: Strategies = { of: (_, advertiserId) => of[advertiserId] ?? null, sole: () => soleId };
      const ctx = await world.context();
      const index = indexMappings(await readMappings(ctx), known);
      const facts: CampaignKey[] = [];
      for await (const batch of campaignFacts(ctx, await impressionDays(ctx, { days: 30 }), 30)) facts.push(...batch);

      const engine = new Map<JoinStrategy, ReadonlyMap<string, ReadonlySet<string>>>();
      for (const strategy of STRATEGIES)
        engine.set(strategy, await contenders(strategy, strategy === 'DIRECT_AG' ? soleId : null));
      const claiming = (strategy: JoinStrategy, key: CampaignKey): readonly string[] =>
        [...(engine.get(strategy)?.get(textOf(key)) ?? [])].toSorted();

      for (const key of facts) {
        expect([...index.judge(key).advertisers].toSorted()).toEqual(claiming('PCM_4KEY', key));
        expect([...advertisersOf(index.ofDsp(AGENCY, key.dsp))].toSorted()).toEqual(claiming('ADM_PREFIX', key));
        // Each advertiser by its own strategy, and only what nobody else claims under it.
        const owners = ADVERTISERS.filter((id) => {
          const claims = claiming(of[id] ?? 'PCM_4KEY', key);
          return claims.length === 1 && claims[0] === id;
        });
        expect([...index.ownersOf(key)].toSorted()).toEqual(owners);
        const state = mappingState(index, key);
        seen.add(state);
        if (state === 'MAPPED') expect(owners).not.toEqual([]);
        if (state === 'UNMAPPED') expect(owners).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
  expect([...seen].toSorted()).toEqual(['CONFLICT', 'MAPPED', 'PARTIAL', 'UNMAPPED']);
});

test('what a mapping gives to somebody who uses none is mapped in part', () => {
  const on = { agencyId: AGENCY, platform: '21', dsp: 'D1', li: null };
  const mappings = [
    { ...on, io: null, advertiserId: '1' },
    { ...on, io: 'I1', advertiserId: '2' },
  ];
  const state = (strategy: JoinStrategy) =>
    mappingState(indexMappings(mappings, { of: (_, id) => (id === '2' ? strategy : 'PCM_4KEY'), sole: () => null }), on);
  expect(state('PCM_4KEY')).toBe('MAPPED');
  expect(state('DIRECT_AG')).toBe('PARTIAL');
});
