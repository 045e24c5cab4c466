import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADVERTISERS } from '../src/cli/demo/advertisers.ts';
import { type DemoSummary, generateDemo } from '../src/cli/demo/generate-demo.ts';
import { DAY_MS } from '../src/lib/clock.ts';
import { ident, raw, sql } from '../src/lib/sql.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { findTable } from '../src/warehouse/tables.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { computeExpected, MERGED } from './oracle/compute-expected.ts';
import type { DestinationCapabilities, DestinationEntry, Expected, ExpectedSegment, OracleTables } from './oracle/input.ts';
import { readOracleTables } from './oracle/read-tables.ts';

const now = new Date('2026-02-16T06:00:00Z');
const ROWS = 200_000;
const FLOOR = 1000;

interface Made extends AsyncDisposable {
  readonly session: Session;
  readonly summary: DemoSummary;
}

async function make(rows: number, seed: number, threads: number): Promise<Made> {
  const warehouse: Warehouse = await openDuckDB({ path: ':memory:', readOnly: false, threads });
  const session = await warehouse.session();
  await createTables(session);
  const summary = await generateDemo(session, { rows, seed, now });
  return { session, summary, [Symbol.asyncDispose]: () => warehouse[Symbol.asyncDispose]() };
}

function tableRef(name: string) {
  const spec = findTable(name);
  if (spec === undefined) throw new Error(`no table ${name}`);
  return ident(spec.schema, spec.name);
}

let demo: Made;
let tables: Required<OracleTables>;

beforeAll(async () => {
  demo = await make(ROWS, 1, 2);
  tables = await readOracleTables(demo.session);
});

afterAll(() => demo[Symbol.asyncDispose]());

async function countWhere(table: string, condition: string): Promise<number> {
  const [row] = await demo.session.all(
    sql`SELECT CAST(count(*) AS INTEGER) AS n FROM ${tableRef(table)} WHERE ${raw(condition)}`,
  );
  return Number(row?.n);
}

describe('the summary', () => {
  test('counts what is in the tables, with exactly the impressions that were asked for', async () => {
    expect(demo.summary).toMatchObject({ agencies: 2, advertisers: ADVERTISERS.length, impressions: ROWS });
    expect(demo.summary.tables.AD_IMPRESSION_LOG_V2).toBe(ROWS);
    for (const [table, rows] of Object.entries(demo.summary.tables)) {
      expect([table, await countWhere(table, 'true')]).toEqual([table, rows]);
      expect(rows).toBeGreaterThan(0);
    }
  });
});

describe('the same options', () => {
  async function fingerprint({ session, summary }: Made): Promise<Record<string, unknown>> {
    const prints: Record<string, unknown> = {};
    for (const table of Object.keys(summary.tables)) {
      const [row] = await session.all(
        sql`SELECT CAST(sum(hash(CAST(t AS VARCHAR))) AS VARCHAR) AS print FROM ${tableRef(table)} AS t`,
      );
      prints[table] = row?.print;
    }
    return prints;
  }

  test('give the same rows with one thread or two, and another seed gives others', async () => {
    await using one = await make(20_000, 5, 1);
    await using two = await make(20_000, 5, 2);
    await using other = await make(20_000, 6, 2);
    const prints = await fingerprint(one);
    expect(await fingerprint(two)).toEqual(prints);
    const others = await fingerprint(other);
    expect(others.REF_ADVERTISER_CONFIG).toBe(prints.REF_ADVERTISER_CONFIG);
    for (const table of ['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG', 'WEBPIXEL_EVENTS', 'STORE_VISITS', 'SUPPRESSION']) {
      expect(others[table]).not.toBe(prints[table]);
    }
  });
});

const SHAPE = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ID = 'DEVICE_ID_RAW';
const IP = 'USER_IP_FROM_HTTP_REQUEST';
const TIME = 'AUCTION_TIMESTAMP';

/** [what, table, condition that finds it] */
const TRAPS: readonly (readonly [string, string, string])[] = [
  ['device in lower case', 'AD_IMPRESSION_LOG_V2', `regexp_full_match(${ID}, '${SHAPE}')`],
  ['device in upper case', 'AD_IMPRESSION_LOG_V2', `${ID} = upper(${ID}) AND regexp_full_match(lower(${ID}), '${SHAPE}')`],
  [
    'device in mixed case',
    'AD_IMPRESSION_LOG_V2',
    `${ID} NOT IN (upper(${ID}), lower(${ID})) AND regexp_full_match(lower(${ID}), '${SHAPE}')`,
  ],
  ['device without hyphens', 'AD_IMPRESSION_LOG_V2', `regexp_full_match(${ID}, '[0-9a-f]{32}') AND substr(${ID}, 1, 3) <> '000'`],
  ['device in braces', 'AD_IMPRESSION_LOG_V2', `regexp_full_match(${ID}, '\\{[0-9A-F-]{36}\\}')`],
  ['device with spaces', 'AD_IMPRESSION_LOG_V2', `${ID} LIKE ' %-% '`],
  ['synthetic id', 'AD_IMPRESSION_LOG_V2', `${ID} LIKE 'SYS-%'`],
  ['synthetic id in lower case', 'AD_IMPRESSION_LOG_V2', `${ID} LIKE 'sys-%'`],
  ['zero id', 'AD_IMPRESSION_LOG_V2', `${ID} = '00000000-0000-0000-0000-000000000000'`],
  ['zero id without hyphens', 'AD_IMPRESSION_LOG_V2', `${ID} = repeat('0', 32)`],
  ['zero id as MD5', 'AD_IMPRESSION_LOG_V2', `${ID} = md5('00000000-0000-0000-0000-000000000000')`],
  ['zero id as SHA-1', 'AD_IMPRESSION_LOG_V2', `${ID} = sha1('00000000-0000-0000-0000-000000000000')`],
  ['zero id as SHA-256', 'AD_IMPRESSION_LOG_V2', `${ID} = sha256('00000000-0000-0000-0000-000000000000')`],
  ['nothing as SHA-1', 'AD_IMPRESSION_LOG_V2', `${ID} = sha1('')`],
  ['one repeated digit', 'AD_IMPRESSION_LOG_V2', `${ID} = 'ffffffff-ffff-ffff-ffff-ffffffffffff'`],
  ['macro', 'AD_IMPRESSION_LOG_V2', `${ID} = '{IDFA}'`],
  ['other macro', 'AD_IMPRESSION_LOG_V2', `${ID} = '%%ADVERTISING_ID%%'`],
  ['typographic dash', 'AD_IMPRESSION_LOG_V2', `contains(${ID}, '\u2010')`],
  ['device too short', 'AD_IMPRESSION_LOG_V2', `regexp_full_match(${ID}, '[0-9a-f-]{35}')`],
  ...['IS NULL', `= ''`, `= '0'`, `= 'null'`, `= 'UNKNOWN'`].flatMap((blank): (readonly [string, string, string])[] => [
    [`blank device ${blank}`, 'AD_IMPRESSION_LOG_V2', `${ID} ${blank}`],
    [`blank address ${blank}`, 'AD_IMPRESSION_LOG_V2', `${IP} ${blank}`],
  ]),
  ['private address', 'AD_IMPRESSION_LOG_V2', `${IP} LIKE '192.168.%'`],
  [
    'carrier-grade NAT address',
    'AD_IMPRESSION_LOG_V2',
    `${IP} LIKE '100.%' AND CAST(split_part(${IP}, '.', 2) AS INTEGER) BETWEEN 64 AND 127`,
  ],
  ['public address that looks private', 'AD_IMPRESSION_LOG_V2', `${IP} LIKE '172.56.%'`],
  ['address that begins with 2', 'AD_IMPRESSION_LOG_V2', `regexp_full_match(${IP}, '2[0-9]\\.[0-9.]+')`],
  ['IPv6 address', 'AD_IMPRESSION_LOG_V2', `${IP} LIKE '2600:%::1'`],
  ['IPv6 address in full', 'AD_IMPRESSION_LOG_V2', `${IP} LIKE '2600:%:0000:0000:0000:0001'`],
  ['mapped address', 'AD_IMPRESSION_LOG_V2', `regexp_full_match(${IP}, '::ffff:[0-9.]+')`],
  ['address with leading zeros', 'AD_IMPRESSION_LOG_V2', `${IP} = '010.1.2.3'`],
  ['far future', 'AD_IMPRESSION_LOG_V2', `year(${TIME}) = 2286`],
  ['no time', 'AD_IMPRESSION_LOG_V2', `${TIME} IS NULL`],
  ['exactly now', 'AD_IMPRESSION_LOG_V2', `${TIME} = TIMESTAMP '2026-02-16 06:00:00'`],
  ['a second after now', 'AD_IMPRESSION_LOG_V2', `${TIME} = TIMESTAMP '2026-02-16 06:00:01'`],
  ['exactly at the look-back', 'AD_IMPRESSION_LOG_V2', `${TIME} = TIMESTAMP '2026-01-17 06:00:00'`],
  ['a second before the look-back', 'AD_IMPRESSION_LOG_V2', `${TIME} = TIMESTAMP '2026-01-17 05:59:59'`],
  ['blank agency', 'AD_IMPRESSION_LOG_V2', `AGENCY_ID = ''`],
  ['platform with leading zeros', 'AD_IMPRESSION_LOG_V2', `DSP_PLATFORM_TYPE = '006'`],
  ['platform with decimals', 'AD_IMPRESSION_LOG_V2', `DSP_PLATFORM_TYPE = '8.0'`],
  ['platform with spaces', 'AD_IMPRESSION_LOG_V2', `DSP_PLATFORM_TYPE = ' 8 '`],
  ['platform 0', 'AD_IMPRESSION_LOG_V2', `DSP_PLATFORM_TYPE = '0'`],
  ['blank insertion order', 'AD_IMPRESSION_LOG_V2', `INSERTION_ORDER_ID = 'UNKNOWN'`],
  ['name encoded three times', 'AD_IMPRESSION_LOG_V2', `contains(DSP_ADVERTISER_NAME, '%252520')`],
  [
    'name encoded twice',
    'AD_IMPRESSION_LOG_V2',
    `contains(DSP_ADVERTISER_NAME, '%2520') AND NOT contains(DSP_ADVERTISER_NAME, '%252520')`,
  ],
  ['device type by another name', 'AD_IMPRESSION_LOG_V2', `DEVICE_TYPE = 'AAID'`],
  ['unreadable device type', 'AD_IMPRESSION_LOG_V2', `DEVICE_TYPE = 'tablet'`],
  ['short UID2', 'AD_IMPRESSION_LOG_V2', 'length(UID2) = 43'],
  ['UUID2 above 64 bits', 'AD_IMPRESSION_LOG_V2', `UUID2 = '18446744073709551616'`],
  ['UUID2 above 2^53', 'AD_IMPRESSION_LOG_V2', 'TRY_CAST(UUID2 AS UBIGINT) > 9007199254740993'],
  ['RampID with a delimiter', 'LIVERAMP_IMPRESSION_LOG', `contains(GROUPING_INDICATOR, '|')`],
  ['RampID', 'LIVERAMP_IMPRESSION_LOG', `regexp_full_match(GROUPING_INDICATOR, 'XYT[A-Za-z0-9_-]{43}')`],
  ['row that names its advertiser', 'LIVERAMP_IMPRESSION_LOG', `ADVERTISER_ID = '50105'`],
  [
    'row that nobody can attribute',
    'LIVERAMP_IMPRESSION_LOG',
    `coalesce(ADVERTISER_ID, '') IN ('', '0') AND DSP_ADVERTISER_ID IS NULL`,
  ],
  ['event without a host', 'WEBPIXEL_EVENTS', `PAGE_URL = '-'`],
  ['host in upper case', 'WEBPIXEL_EVENTS', `PAGE_URL LIKE 'HTTPS://WWW.%'`],
  ['page without a scheme', 'WEBPIXEL_EVENTS', `PAGE_URL LIKE 'pikestreetrecords.example%'`],
  ['host with a port', 'WEBPIXEL_EVENTS', `PAGE_URL LIKE '%:8443%'`],
  ['host that ends with a mapped one', 'WEBPIXEL_EVENTS', `PAGE_URL LIKE 'https://turnpikestreetrecords.example%'`],
  ['shared root', 'WEBPIXEL_EVENTS', `PAGE_URL LIKE 'https://pikestreet.squarespace.com%'`],
  ['international host', 'WEBPIXEL_EVENTS', `PAGE_URL LIKE 'https://xn--%'`],
  ['event type by another name', 'WEBPIXEL_EVENTS', `EVENT_TYPE = 'submit_lead'`],
  ['value with a currency sign', 'WEBPIXEL_EVENTS', `CONVERSION_VALUE LIKE '$1,%'`],
  ['address only in the second column', 'WEBPIXEL_EVENTS', `CLIENT_IP = '10.0.0.2' AND IP LIKE '%.%'`],
  ['blank agency of an event', 'WEBPIXEL_EVENTS', `AGENCY_ID = ''`],
  ['synthetic visitor', 'STORE_VISITS', `MAID LIKE 'SYS-%'`],
  ['visit in the far future', 'STORE_VISITS', 'year(STORE_VISIT_DATE) = 2286'],
  ['device at a place that nobody has', 'SEGMENT_DEVICES_CAPTURED', `SEGMENT_MD5 = '0123456789abcdef0123456789abcdef'`],
  [
    'suppression hashed in hexadecimal',
    'SUPPRESSION',
    `IDENTIFIER_TYPE = 'MAID' AND regexp_full_match(IDENTIFIER_VALUE, '[0-9a-f]{64}')`,
  ],
  ['suppression hashed in capitals', 'SUPPRESSION', `regexp_full_match(IDENTIFIER_VALUE, '[0-9A-F]{64}')`],
  ['suppression hashed in base64', 'SUPPRESSION', `regexp_full_match(IDENTIFIER_VALUE, '[A-Za-z0-9+/]{43}=')`],
  ['suppression in braces', 'SUPPRESSION', `IDENTIFIER_VALUE LIKE '{%'`],
  ['suppression of any type', 'SUPPRESSION', `IDENTIFIER_TYPE = '*'`],
  ['suppression of an address', 'SUPPRESSION', `IDENTIFIER_TYPE = 'IP' AND IDENTIFIER_VALUE LIKE '::ffff:%'`],
  ['suppression for one agency', 'SUPPRESSION', `AGENCY_ID = '7001'`],
  ['suppression for an agency that is not here', 'SUPPRESSION', `AGENCY_ID = '7999'`],
  ['unreadable platform in a mapping', 'PIXEL_CAMPAIGN_MAPPING_V2', `DSP_PLATFORM_TYPE = 'n/a'`],
  ['platform 06 in a mapping', 'PIXEL_CAMPAIGN_MAPPING_V2', `DSP_PLATFORM_TYPE = '06'`],
  ['mapping without an advertiser', 'PIXEL_CAMPAIGN_MAPPING_V2', `QUORUM_ADVERTISER_ID = '0'`],
  ['public suffix as a domain', 'ADVERTISER_DOMAIN_MAPPING', `"URL" = 'co.uk'`],
  ['never expires', 'REF_ADVERTISER_CONFIG', 'DELIVERY_LOOKBACK_DAYS IS NULL'],
  ['inactive', 'REF_ADVERTISER_CONFIG', `CONFIG_STATUS = 'INACTIVE'`],
  ['no exposure source', 'REF_ADVERTISER_CONFIG', 'EXPOSURE_SOURCE IS NULL'],
  ['flag as text', 'REF_ADVERTISER_CONFIG', `DELIVERY_ENABLED = 'Y'`],
  ['cron cadence', 'REF_ADVERTISER_CONFIG', `DELIVERY_CADENCE LIKE 'CRON % TZ=America/New_York'`],
  ['household of an upper-case device', 'MAID_HOUSEHOLD_LOOKUP', 'MAID <> lower(MAID)'],
];

describe('the data has what real logs have', () => {
  test.each(TRAPS)('%s', async (_what, table, condition) => {
    expect(await countWhere(table, condition)).toBeGreaterThan(0);
  });

  test('rows that come twice, whole', async () => {
    const [row] = await demo.session.all(
      sql`SELECT CAST(count(*) AS INTEGER) AS n FROM (SELECT 1 FROM ${tableRef('AD_IMPRESSION_LOG_V2')} AS t GROUP BY CAST(t AS VARCHAR) HAVING count(*) > 1)`,
    );
    expect(Number(row?.n)).toBeGreaterThan(500);
  });

  test('a few devices that are seen very often and many that are seen once', async () => {
    const [row] = await demo.session.all(
      sql`SELECT CAST(max(n) AS INTEGER) AS most, CAST(median(n) AS INTEGER) AS middle, CAST(count(*) AS INTEGER) AS devices
        FROM (SELECT count(*) AS n FROM ${tableRef('AD_IMPRESSION_LOG_V2')} WHERE length(${ident(ID)}) = 36 GROUP BY lower(${ident(ID)}))`,
    );
    expect(Number(row?.middle)).toBeLessThanOrEqual(3);
    expect(Number(row?.most)).toBeGreaterThan(50 * Number(row?.middle));
    expect(Number(row?.devices)).toBeGreaterThan(ROWS / 20);
  });

  test('devices that say Apple in one row and Google in another', async () => {
    const apple = `lower(trim(DEVICE_TYPE)) IN ('idfa', 'ios', 'apple')`;
    const google = `lower(trim(DEVICE_TYPE)) IN ('gaid', 'aaid', 'adid', 'android')`;
    const [row] = await demo.session.all(
      sql`SELECT CAST(count(*) AS INTEGER) AS n FROM (SELECT 1 FROM ${tableRef('AD_IMPRESSION_LOG_V2')} WHERE length(${ident(ID)}) = 36
        GROUP BY lower(${ident(ID)}) HAVING bool_or(${raw(apple)}) AND bool_or(${raw(google)}))`,
    );
    expect(Number(row?.n)).toBeGreaterThan(100);
  });

  test('no row came in later than now', async () => {
    expect(
      await countWhere(
        'AD_IMPRESSION_LOG_V2',
        `INGESTION_TIMESTAMP > TIMESTAMP '2026-02-16 06:00:00' OR INGESTION_TIMESTAMP IS NULL`,
      ),
    ).toBe(0);
  });
});

const CAPABILITIES: Readonly<Record<string, DestinationCapabilities>> = {
  'liveramp-us': { identifiers: ['IDFA', 'GAID'], allowIp: false, allowIpv6: false },
  archive: { identifiers: ['IDFA', 'GAID', 'MAID', 'IP', 'RAMPID', 'UID2', 'UUID2'], allowIp: true, allowIpv6: false },
};

const computed = new Map<string, Expected>();

/** What the oracle makes of the n-th destination of an advertiser. */
function expected(advertiserId: string, index = 0): Expected {
  const key = `${advertiserId} ${index}`;
  const known = computed.get(key);
  if (known !== undefined) return known;
  const advertiser = ADVERTISERS.find((each) => each.advertiserId === advertiserId);
  if (advertiser === undefined) throw new Error(`no advertiser ${advertiserId}`);
  const entries = JSON.parse(advertiser.destinations) as (DestinationEntry & { readonly destination: string })[];
  const entry = entries[index];
  const capabilities = CAPABILITIES[entry?.destination ?? ''];
  if (entry === undefined || capabilities === undefined) throw new Error(`no destination ${index} of ${advertiserId}`);
  const result = computeExpected({
    tables,
    config: {
      agencyId: advertiser.agencyId,
      advertiserId,
      exposureSource: advertiser.exposure,
      joinStrategy: advertiser.strategy,
      attributionWindowDays: advertiser.attributionWindowDays,
      lookbackDays: advertiser.lookbackDays,
    },
    entry,
    capabilities,
    policy: { deviceTypes: [] },
    now,
  });
  computed.set(key, result);
  return result;
}

function merged(advertiserId: string, index = 0): ExpectedSegment {
  const segment = expected(advertiserId, index).get(MERGED);
  if (segment === undefined) throw new Error('not merged');
  return segment;
}

describe('audiences of a plausible size', () => {
  test.each(['50101', '50103', '50104', '50105', '50106', '60201', '60202', '60203', '60204'])(
    '%s is well above the minimum',
    (id) => {
      const segment = merged(id);
      expect(segment.members.size).toBeGreaterThan(2 * FLOOR);
      expect(segment.suppressed).toBeGreaterThan(0);
      const dropped = Object.values(segment.dropped).reduce((sum, count) => sum + count, 0);
      expect(segment.selected).toBe(segment.members.size + segment.suppressed + dropped);
    },
  );

  test('second destinations are above it as well', () => {
    expect(merged('50101', 1).identifiers.IP).toBeGreaterThan(FLOOR);
    expect(merged('50105', 1).identifiers.RAMPID).toBeGreaterThan(500);
    expect(merged('60202', 1).members.size).toBeGreaterThan(FLOOR);
    expect(merged('60204', 1).members.size).toBeGreaterThan(FLOOR);
  });

  test('a split audience has one small insertion order, and one segment without', () => {
    const segments = expected('50102');
    const small = [...segments].filter(([, { members }]) => members.size < FLOOR).map(([id]) => id);
    expect([...segments.keys()].sort()).toEqual(['880102', '881001', '881002', '881003', '881009', '_none']);
    expect(small).toEqual(['881009']);
  });

  test('one advertiser stays below the minimum however many rows there are', async () => {
    expect(merged('50107').members.size).toBeGreaterThan(0);
    expect(merged('50107').members.size).toBeLessThan(FLOOR);
    await using large = await make(600_000, 1, 2);
    const [row] = await large.session.all(
      sql`SELECT CAST(count(DISTINCT lower(trim(${ident(ID)}))) AS INTEGER) AS n FROM ${tableRef('AD_IMPRESSION_LOG_V2')}
        WHERE DSP_ADVERTISER_ID = 'qll-77' AND length(trim(${ident(ID)})) = 36`,
    );
    expect(Number(row?.n)).toBeLessThan(FLOOR);
  });

  test('both ends of the window have members of their own', () => {
    const times = new Set(merged('50101').members.values());
    expect(times).toContain(now.toISOString());
    expect(times).toContain(new Date(now.getTime() - 30 * DAY_MS).toISOString());
    expect(
      [...times].every((time) => time >= new Date(now.getTime() - 30 * DAY_MS).toISOString() && time <= now.toISOString()),
    ).toBe(true);
  });

  test('every reason to drop an identifier occurs', () => {
    const reasons = new Set(['50101', '60204'].flatMap((id) => Object.keys(merged(id).dropped)));
    for (const reason of [
      'BLANK',
      'SYNTHETIC',
      'ZERO_ID',
      'MALFORMED',
      'NON_PUBLIC_IP',
      'IPV6',
      'IP_NOT_ALLOWED',
      'FUTURE',
      'UNKNOWN_TYPE',
      'TYPE_NOT_WANTED',
      'VISITED',
    ]) {
      expect(reasons).toContain(reason);
    }
  });

  test('an aggregated source is refused', () => {
    expect(() => merged('50110')).toThrow('CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS');
  });
});
