import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classify } from '../src/audience/classify.ts';
import { countSegments, noCounts } from '../src/audience/count.ts';
import { type Audience, countAudiences } from '../src/audience/count-audiences.ts';
import type { Cut } from '../src/audience/cut.ts';
import { cutMany } from '../src/audience/cut-many.ts';
import { shareable, shareKey } from '../src/audience/shared-reads.ts';
import { type AudienceSpec, NO_INSERTION_ORDER } from '../src/audience/spec.ts';
import { openSuppression } from '../src/audience/suppression.ts';
import { generateDemo } from '../src/cli/demo/generate-demo.ts';
import type { AdvertiserConfig } from '../src/config/advertiser-config.ts';
import { listConfigs } from '../src/config/advertiser-config-store.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../src/identity/identifier-type.ts';
import { DAY_MS } from '../src/lib/clock.ts';
import { ident, join, sql } from '../src/lib/sql.ts';
import type { AudienceKind, DeviceTypeRule } from '../src/reach/exposure.ts';
import { exposuresProduct } from '../src/reach/exposures-product.ts';
import { openReach, type Reach } from '../src/reach/reach.ts';
import { refreshProduct } from '../src/reach/refresh.ts';
import { workTable } from '../src/reach/work-table.ts';
import { bindCatalogue, type Catalogue } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { computeExpected, MERGED } from './oracle/compute-expected.ts';
import { GPP_TEXTS, UNREADABLE_GPP } from './oracle/consent.ts';
import type { DestinationEntry, OracleTables } from './oracle/input.ts';

/**
 * The SQL against an independent computation in plain TypeScript (test/oracle), identifier by identifier and reason by reason, on the
 * demo's warehouse, which holds every value trap, and with every kind of consent signal on some of its rows.
 */

const NOW = new Date('2026-03-04T05:06:07Z');
const ROWS = 3_000;
const SOURCES = [
  'REF_ADVERTISER_CONFIG',
  'PIXEL_CAMPAIGN_MAPPING_V2',
  'ADVERTISER_DOMAIN_MAPPING',
  'AD_IMPRESSION_LOG_V2',
  'LIVERAMP_IMPRESSION_LOG',
  'WEBPIXEL_EVENTS',
  'STORE_VISITS',
  'SUPPRESSION',
  'IP_HOUSEHOLD_LOOKUP',
  'MAID_HOUSEHOLD_LOOKUP',
] as const;
const DEVICE_TYPES: readonly DeviceTypeRule[] = [{ source: 'STORE_VISITS', rule: 'FIXED_GAID' }];

/**
 * How the impressions are read: prepared, straight from the logs, or prepared with rows that have come since and are prepared for the
 * session alone.
 */
const WAYS = ['prepared', 'straight', 'stale'] as const;
type Way = (typeof WAYS)[number];

let warehouse: Warehouse;
let session: Session;
let catalogue: Catalogue;
let reaches: Readonly<Record<Way, Reach>>;
let tables: OracleTables;
let configs: readonly AdvertiserConfig[];

beforeAll(async () => {
  warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
  session = await warehouse.session();
  await createTables(session);
  await generateDemo(session, { rows: ROWS, seed: 7, now: NOW });
  for (const name of SIGNALLED) await signConsent(name);
  catalogue = await bindCatalogue(session, {});
  const straight = openReach(session, catalogue);
  await prime(straight);
  await refreshProduct(session, catalogue, exposuresProduct, { clock: { now: () => NOW }, horizon: null });
  const prepared = openReach(session, catalogue);
  await prime(prepared);
  for (const name of LOG_NAMES) {
    await session.execute(sql`UPDATE ${catalogue.table(name).ref} SET INGESTION_TIMESTAMP = ${NOW} WHERE rowid % 50 = 0`);
  }
  const stale = openReach(session, catalogue);
  await prime(stale);
  reaches = { prepared, straight, stale };
  const rows = await Promise.all(SOURCES.map(async (name) => [name, await allRows(name)] as const));
  tables = Object.fromEntries(rows) as OracleTables;
  configs = await listConfigs(session, catalogue);
});

afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await warehouse[Symbol.asyncDispose]();
});

const LOG_NAMES = ['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG'];

/** Has a reach settle how it reads the logs, as it does when it is first asked. */
async function prime(reach: Reach): Promise<void> {
  const [config] = await listConfigs(session, catalogue);
  if (config === undefined) throw new Error('The demo has no advertiser.');
  configs = [config];
  await reach.exposures(specOf(config, { ...base, sources: LOG_NAMES }).exposures);
}

const SIGNALLED = ['BASE_TABLES.AD_IMPRESSION_LOG_V2', 'SEGMENT_DATA.LIVERAMP_IMPRESSION_LOG', 'DERIVED_TABLES.WEBPIXEL_EVENTS'];

/** What rows say of consent: most nothing, many that their person stays in, some the opposite, and a few what nobody can read. */
const SIGNALS: readonly (readonly [usPrivacy: string | null, gpp: string | null, lmt: string | null, dnt: string | null])[] = [
  ...['1YYN', ' 1-y- ', '1YNN', '1---', '1NN-', '2YNN', '1YN', 'UNKNOWN', ''].map((text) => [text, null, null, null] as const),
  ...[...GPP_TEXTS.keys()].filter((_text, index) => index % 9 === 0).map((text) => [null, text, null, null] as const),
  ...[...UNREADABLE_GPP, 'null'].map((text) => [null, text, null, null] as const),
  ...['1', '0', 'TRUE', 'false', 'perhaps'].flatMap((text) => [
    [null, null, text, null] as const,
    [null, null, null, text] as const,
  ]),
  ['1YNN', 'DBABLA~BAAAAAAAAQA.YA', '0', '0'],
  ['1YYN', 'DBABLA~BAAAAAAAAQA.QA', null, null],
];

/** Every third row or so says something. */
async function signConsent(name: string): Promise<void> {
  const values = SIGNALS.map((signals, index) => sql`(${index}, ${signals[0]}, ${signals[1]}, ${signals[2]}, ${signals[3]})`);
  await session.execute(sql`UPDATE ${ident(...name.split('.'))} t SET US_PRIVACY = s.us, GPP = s.gpp, LMT = s.lmt, DNT = s.dnt
    FROM (VALUES ${join(values)}) AS s (bucket, us, gpp, lmt, dnt) WHERE t.rowid % ${3 * SIGNALS.length} = s.bucket`);
}

async function allRows(name: string) {
  const { spec } = catalogue.table(name);
  return session.all(sql`SELECT * FROM ${ident(spec.schema, spec.name)}`);
}

interface Variation {
  readonly audience: AudienceKind;
  readonly mode: 'merged' | 'split';
  readonly acceptUnknownDeviceType: boolean;
  readonly allowIp: boolean;
  readonly allowIpv6: boolean;
  readonly lookbackDays: number | null;
  readonly sources: readonly string[];
  readonly identifiers: readonly IdentifierType[];
  readonly insertionOrderIds?: readonly string[];
  readonly unknownConsent?: 'allow';
}

const LOG = ['AD_IMPRESSION_LOG_V2'];
const BOTH_LOGS = ['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG'];
const base: Variation = {
  audience: 'EXPOSED',
  mode: 'merged',
  acceptUnknownDeviceType: false,
  allowIp: false,
  allowIpv6: false,
  lookbackDays: 30,
  sources: LOG,
  identifiers: IDENTIFIER_TYPES,
};

const VARIATIONS: readonly [string, Variation][] = [
  ['exposed, as most deliveries are', base],
  [
    'exposed, with addresses of both kinds and unknown devices',
    { ...base, acceptUnknownDeviceType: true, allowIp: true, allowIpv6: true },
  ],
  ['exposed, IPv4 only', { ...base, allowIp: true }],
  [
    'exposed, both logs, split by insertion order',
    { ...base, mode: 'split', sources: BOTH_LOGS, acceptUnknownDeviceType: true, allowIp: true },
  ],
  ['exposed, never expires', { ...base, lookbackDays: null, sources: BOTH_LOGS }],
  ['exposed, one day', { ...base, lookbackDays: 1 }],
  ['exposed, IDFA only with unknown accepted', { ...base, identifiers: ['IDFA'], acceptUnknownDeviceType: true }],
  ['exposed, IDFA and GAID with unknown accepted', { ...base, identifiers: ['IDFA', 'GAID'], acceptUnknownDeviceType: true }],
  [
    'exposed, both logs, consent that cannot be read let through',
    { ...base, sources: BOTH_LOGS, allowIp: true, unknownConsent: 'allow' },
  ],
  ['exposed and not visited', { ...base, audience: 'EXPOSED_NOT_VISITED', acceptUnknownDeviceType: true, allowIp: true }],
  ['site visitors', { ...base, audience: 'SITE_VISITORS', allowIp: true, allowIpv6: true }],
  ['converters', { ...base, audience: 'CONVERTERS', allowIp: true }],
  ['store visitors', { ...base, audience: 'STORE_VISITORS', mode: 'split' }],
];

function specOf(config: AdvertiserConfig, variation: Variation): AudienceSpec {
  const { lookbackDays, audience, sources, insertionOrderIds, mode, identifiers, acceptUnknownDeviceType, allowIp, allowIpv6 } =
    variation;
  const living = configs.filter(({ agencyId, status }) => agencyId === config.agencyId && status !== 'INACTIVE');
  return {
    mode,
    identifiers,
    acceptUnknownDeviceType,
    allowIp,
    allowIpv6,
    exposures: {
      agencyId: config.agencyId,
      advertiserId: config.advertiserId,
      strategy: config.joinStrategy,
      exposureSource: config.exposureSource,
      audience,
      sources,
      insertionOrderIds,
      window: { from: lookbackDays === null ? null : new Date(NOW.getTime() - lookbackDays * DAY_MS), to: NOW },
      attributionWindowDays: config.attributionWindowDays,
      soleAdvertiser: living.length === 1 && living[0]?.advertiserId === config.advertiserId,
      deviceTypes: DEVICE_TYPES,
      unknownConsent: variation.unknownConsent,
    },
  };
}

async function actual(spec: AudienceSpec, reach: Reach) {
  const suppression = await openSuppression(session, catalogue, spec.exposures.agencyId);
  const verdicts = classify(session.dialect, spec, await reach.exposures(spec.exposures), suppression);
  const classified = sql`SELECT * FROM ${await workTable(session, 'verdicts', verdicts)}`;
  const kept = await session.all(
    sql`SELECT segment, id_type, id_value, last_seen FROM (${classified}) WHERE reason IS NULL AND NOT suppressed`,
  );
  const counts = await countSegments(session, classified);
  return new Map(
    counts.map(({ segment, segmentName: _name, written: _written, ...rest }) => [
      spec.mode === 'split' ? segment : MERGED,
      {
        ...rest,
        members: new Map(
          kept
            .filter((row) => row.segment === segment)
            .map((row) => [
              `${row.id_type}|${row.id_value}`,
              row.last_seen instanceof Date ? row.last_seen.toISOString() : 'no time',
            ]),
        ),
      },
    ]),
  );
}

function expected(config: AdvertiserConfig, variation: Variation) {
  const { allowIp, allowIpv6, identifiers, audience, mode, acceptUnknownDeviceType, lookbackDays, insertionOrderIds } = variation;
  const logs = config.exposureSource === 'IMPRESSION' && (audience === 'EXPOSED' || audience === 'EXPOSED_NOT_VISITED');
  const entry: DestinationEntry = {
    audience,
    mode,
    acceptUnknownDeviceType,
    lookbackDays,
    ...(logs ? { sources: variation.sources } : {}),
    ...(insertionOrderIds === undefined ? {} : { insertionOrderIds }),
  };
  const segments = computeExpected({
    tables,
    config,
    entry,
    capabilities: { identifiers, allowIp, allowIpv6 },
    policy: {
      deviceTypes: DEVICE_TYPES.map(({ source, rule }) => ({ source, rule })),
      ...(variation.unknownConsent === undefined ? {} : { unknownConsent: variation.unknownConsent }),
    },
    now: NOW,
  });
  return new Map([...segments].filter(([, { selected }]) => selected > 0).map(([segment, counts]) => [segment, { ...counts }]));
}

/** Most are read as prepared; those in which the ways differ most are read in each. */
const CASES = VARIATIONS.flatMap(([title, variation]) =>
  (variation.mode === 'split' && variation.sources === BOTH_LOGS
    ? WAYS
    : WAYS.slice(0, variation.audience === 'EXPOSED_NOT_VISITED' ? 2 : 1)
  ).map((way) => [`${title}, ${way}`, way, variation] as const),
);

describe.each(CASES)('%s', (_title, way, variation) => {
  test('has the identifiers, times and counts of the independent computation, for every advertiser', async () => {
    let members = 0;
    let optedOut = 0;
    for (const config of configs) {
      const want = expected(config, variation);
      const got = await actual(specOf(config, variation), reaches[way]);
      const name = `${config.agencyId} ${config.advertiserId} ${config.joinStrategy} ${config.exposureSource}`;
      expect([...got.keys()].sort(), name).toEqual([...want.keys()].sort());
      for (const [segment, counts] of want) {
        const own = got.get(segment);
        expect(own?.members, `${name} segment ${segment}`).toEqual(counts.members);
        const { selected, dropped, suppressed, identifiers } = counts;
        expect(
          { selected: own?.selected, dropped: own?.dropped, suppressed: own?.suppressed, identifiers: own?.identifiers },
          `${name} segment ${segment}`,
        ).toEqual({
          selected,
          dropped,
          suppressed,
          identifiers,
        });
        members += counts.members.size;
        optedOut += counts.dropped.CONSENT ?? 0;
      }
    }
    expect(members).toBeGreaterThan(0);
    // Store visits carry no signals.
    expect(optedOut > 0).toBe(variation.audience !== 'STORE_VISITORS');
  });
});

test('a split audience names the part without an insertion order', () => {
  expect(NO_INSERTION_ORDER).toBe('_none');
});

test('counted or cut together, all kinds of audiences have the counts and members that each has by itself', async () => {
  const merged = VARIATIONS.map(([, variation]) => variation).filter(
    ({ mode, audience }) => mode === 'merged' && audience === 'EXPOSED',
  );
  const some = { ...base, insertionOrderIds: ['IO-1', 'none'], allowIp: true };
  const orders = await session.all(
    sql`SELECT DISTINCT INSERTION_ORDER_ID AS io FROM AQUARIUS.REACH_KEYS WHERE INSERTION_ORDER_ID IS NOT NULL LIMIT 20`,
  );
  const restricted = { ...some, insertionOrderIds: orders.map(({ io }) => String(io)) };
  let members = 0;
  for (const agencyId of new Set(configs.map((config) => config.agencyId))) {
    const own = configs.filter((config) => config.agencyId === agencyId && config.exposureSource === 'IMPRESSION');
    const audiences: Audience[] = [];
    for (const config of own) {
      for (const variation of [...merged, some, restricted]) {
        const spec = specOf(config, variation);
        audiences.push({ spec, exposures: await reaches.stale.exposures(spec.exposures) });
      }
    }
    const suppression = await openSuppression(session, catalogue, agencyId);
    const together = await countAudiences(session, audiences, async () => suppression);
    const cuts = new Map<Audience, Cut>();
    for (const group of Map.groupBy(audiences, ({ spec }) => shareKey(spec)).values()) {
      const [first, ...others] = group.map(({ spec, exposures }) => shareable(spec, exposures));
      if (!first || others.includes(null)) throw new Error('An audience cannot be read with others.');
      const made = await cutMany(session, [first, ...others.filter((each) => each !== null)], suppression, NOW);
      for (const [index, cut] of made.cuts.entries()) if (group[index]) cuts.set(group[index], cut);
    }
    for (const audience of audiences) {
      const name = `${agencyId} ${audience.spec.exposures.advertiserId}`;
      const classified = await workTable(
        session,
        'alone',
        classify(session.dialect, audience.spec, audience.exposures, suppression),
      );
      const alone = await countSegments(session, sql`SELECT * FROM ${classified}`);
      expect(together.get(audience), name).toEqual(alone);
      const cut = cuts.get(audience);
      expect(cut?.counts, name).toEqual(alone[0] ?? noCounts(''));
      if (cut === undefined) throw new Error('An audience was not cut.');
      const own = sql`SELECT id_type, id_value, last_seen FROM ${classified} WHERE reason IS NULL AND NOT suppressed`;
      const shared = sql`SELECT id_type, id_value, last_seen FROM ${cut.members}`;
      const differing = await session.all(
        sql`SELECT COUNT(*) AS differing FROM ((${own} EXCEPT ALL ${shared}) UNION ALL (${shared} EXCEPT ALL ${own}))`,
      );
      expect(differing, name).toEqual([{ differing: 0n }]);
      members += alone[0]?.written ?? 0;
    }
  }
  expect(members).toBeGreaterThan(1000);
});
