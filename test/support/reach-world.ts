import { DAY_MS } from '../../src/lib/clock.ts';
import { ident, join, raw, type Sql, sql } from '../../src/lib/sql.ts';
import { exposuresProduct, prepareInto } from '../../src/reach/exposures-product.ts';
import { type RefreshOptions, refreshProduct } from '../../src/reach/refresh.ts';
import { NO_DAY, observedDays } from '../../src/reach/source-days.ts';
import { bindCatalogue, type Catalogue } from '../../src/warehouse/catalogue.ts';
import { createTable, createTables } from '../../src/warehouse/ddl.ts';
import { openDuckDB } from '../../src/warehouse/duckdb/duckdb.ts';
import { findTable } from '../../src/warehouse/tables.ts';
import type { Session, Warehouse } from '../../src/warehouse/warehouse.ts';

/** A small warehouse whose logs are written by chance, and that has its prepared exposures twice: as refreshed, and made afresh. */

export const START = new Date('2026-01-05T00:00:00Z');
export const LOGS = ['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG'] as const;
export type LogName = (typeof LOGS)[number];
export const REACH_TABLES = ['REACH_KEYS', 'REACH_EXPOSURES', 'REACH_DAYS', 'REACH_STATE'] as const;

/** How a site keeps its logs; all but the usual one have few identifiers and no consent, which takes the warehouse a fraction of the time. */
export const SITES = ['usual', 'plain', 'texts', 'numbers', 'floats', 'silent'] as const;
export type Site = (typeof SITES)[number];

export interface ReachWorld extends AsyncDisposable {
  readonly warehouse: Warehouse;
  readonly session: Session;
  /** With the exposures that are refreshed. */
  readonly catalogue: Catalogue;
  /** With those that are made afresh, to compare. */
  readonly fresh: Catalogue;
  /** Without any, so that the logs are read. */
  readonly bare: Catalogue;
}

const SITE_COLUMNS: Readonly<Record<Site, (log: LogName) => readonly string[]>> = {
  usual: () => [],
  plain: () => [],
  texts: (log) => [
    `ALTER ${log === LOGS[0] ? 'AUCTION_TIMESTAMP' : 'IMPRESSION_TIMESTAMP'} TYPE VARCHAR`,
    'ALTER INGESTION_TIMESTAMP TYPE VARCHAR',
  ],
  numbers: () => ['ALTER AGENCY_ID TYPE BIGINT', 'ALTER DSP_PLATFORM_TYPE TYPE BIGINT'],
  floats: () => ['ALTER AGENCY_ID TYPE DOUBLE', 'ALTER INSERTION_ORDER_ID TYPE DOUBLE'],
  silent: () => ['DROP INGESTION_TIMESTAMP'],
};

const LEFT_OUT: Readonly<Record<LogName, readonly string[]>> = {
  AD_IMPRESSION_LOG_V2: ['UID2', 'UUID2', 'GPP', 'US_PRIVACY', 'LMT', 'DNT'],
  LIVERAMP_IMPRESSION_LOG: ['IP_ADDRESS', 'GPP', 'US_PRIVACY', 'LMT', 'DNT'],
};

export async function openWorld(site: Site = 'usual'): Promise<ReachWorld> {
  const warehouse = await openDuckDB({ path: ':memory:', readOnly: false, threads: 1 });
  const session = await warehouse.session();
  await createTables(session);
  for (const log of LOGS) {
    const left = site === 'usual' ? [] : LEFT_OUT[log].map((column) => `DROP ${column}`);
    for (const change of [...left, ...SITE_COLUMNS[site](log)])
      await session.execute(raw(`ALTER TABLE ${SCHEMA[log]}.${log} ${change}`));
  }
  for (const name of REACH_TABLES) {
    const spec = findTable(name);
    if (spec === undefined) throw new Error(`There is no ${name}.`);
    for (const schema of ['FRESH', 'SAVED']) {
      await session.execute(sql`CREATE SCHEMA IF NOT EXISTS ${ident(schema)}`);
      await session.execute(createTable(spec, { schema, name }, 'duckdb'));
    }
  }
  const placed = (schema: string) => Object.fromEntries(REACH_TABLES.map((name) => [name, { schema, name }]));
  return {
    warehouse,
    session,
    catalogue: await bindCatalogue(session, {}),
    fresh: await bindCatalogue(session, placed('FRESH')),
    bare: await bindCatalogue(session, placed('NOWHERE')),
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]();
      await warehouse[Symbol.asyncDispose]();
    },
  };
}

export const SCHEMA: Readonly<Record<LogName, string>> = {
  AD_IMPRESSION_LOG_V2: 'BASE_TABLES',
  LIVERAMP_IMPRESSION_LOG: 'SEGMENT_DATA',
};

/** Numbers from 0 to `below` − 1 that depend on the seed alone. */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export type Dice = ReturnType<typeof dice>;
export const pick = <T>(roll: Dice, from: readonly T[]): T => from[roll(from.length)] as T;

const AGENCIES = ['1480', '1480', '1480', ' 1480 ', '1480.0', '77', '77', '', null];
const NUMBERS = ['1480', '1480', '77', '5', null];
const PLATFORMS = ['6', '6', '06', ' 6 ', '6.0', '0', 'x', '', null];
const DSPS = ['A1', 'A1', ' A1 ', 'a1', 'B2', 'B2', '42', '42.0', '0', 'null', '', null];
const ORDERS = ['91', '91', ' 91', '92', '93', '', '0', null];
const ITEMS = ['7', '7', '7 ', '8', '', null];
const OWNERS = [null, null, null, '42', ' 42 ', '0', ''];
const TIMES = [
  '2286-11-20',
  '58082-01-01',
  '0001-01-01',
  '0001-01-02',
  '0044-03-15 (BC)',
  '0001-12-30 (BC)',
  'infinity',
  '-infinity',
];
const CONSENT = [null, null, null, null, '1YNN', '1YYN', 'perhaps', ''];
const GPP = [null, null, null, 'DBABLA~BAAAAAAAAQA.QA', 'garbage', ''];
const KINDS = ['IDFA', 'IDFA', 'gaid', 'Android', '', 'x', null];

function device(roll: Dice): string | null {
  const id = `38400000-8cf0-11bd-b23e-10b96e40000${roll(8).toString(16)}`;
  return pick(roll, [
    id,
    id,
    id,
    id.toUpperCase(),
    id.replaceAll('-', ''),
    'no id',
    ' No ID ',
    '',
    '00000000-0000-0000-0000-000000000000',
    null,
  ]);
}

function address(roll: Dice): string | null {
  return pick(roll, [
    `8.8.8.${roll(6)}`,
    `8.8.8.${roll(6)}`,
    '2001:4860:4860::8888',
    '2001:4860:4860:0:0:0:0:8888',
    '10.0.0.1',
    'here',
    '',
    null,
  ]);
}

const CELLS: Readonly<Record<LogName, Readonly<Record<string, (roll: Dice) => string | null>>>> = {
  AD_IMPRESSION_LOG_V2: {
    INSERTION_ORDER_NAME: (roll) => pick(roll, ['Spring', 'Spring', 'Summer', null]),
    USER_IP_FROM_HTTP_REQUEST: address,
    DEVICE_ID_RAW: device,
    DEVICE_TYPE: (roll) => pick(roll, KINDS),
    UID2: (roll) => pick(roll, [null, null, `${'A'.repeat(42)}${roll(4)}=`, 'short', '']),
    UUID2: (roll) => pick(roll, [null, null, String(roll(5)), '007', 'x']),
    US_PRIVACY: (roll) => pick(roll, CONSENT),
    GPP: (roll) => pick(roll, GPP),
  },
  LIVERAMP_IMPRESSION_LOG: {
    ADVERTISER_ID: (roll) => pick(roll, OWNERS),
    MAID: device,
    DEVICE_TYPE: (roll) => pick(roll, KINDS),
    GROUPING_INDICATOR: (roll) => pick(roll, [null, `XY${'a'.repeat(46)}${roll(4)}`, `Xi${'b'.repeat(47)}`, 'no', '']),
    IP_ADDRESS: address,
    LMT: (roll) => pick(roll, [null, null, null, '0', '1', '?']),
  },
};

/** Rows for a log: the day that most are of, and when they came; null where they do not say. */
export interface NewRows {
  readonly site: Site;
  readonly log: LogName;
  readonly count: number;
  readonly agency?: string | null;
  readonly day: Date;
  /** Days before `day` that they spread over. */
  readonly spread?: number;
  readonly ingested: string | null;
  /** Whether a few have no time, or an impossible one. */
  readonly odd?: boolean;
}

export async function addRows(session: Session, roll: Dice, rows: NewRows): Promise<void> {
  const { site, log, count, ingested, odd = false } = rows;
  const time = log === LOGS[0] ? 'AUCTION_TIMESTAMP' : 'IMPRESSION_TIMESTAMP';
  const keys: Readonly<Record<string, (roll: Dice) => string | null>> = {
    AGENCY_ID: () =>
      rows.agency !== undefined ? rows.agency : pick(roll, site === 'numbers' || site === 'floats' ? NUMBERS : AGENCIES),
    DSP_PLATFORM_TYPE: () => pick(roll, site === 'numbers' ? ['6', '6', '0', null] : PLATFORMS),
    DSP_ADVERTISER_ID: () => pick(roll, DSPS),
    INSERTION_ORDER_ID: () => pick(roll, site === 'floats' ? ['91', '92', '0', null] : ORDERS),
    LINE_ITEM_ID: () => pick(roll, ITEMS),
    [time]: () => {
      if (odd && roll(4) === 0) return pick(roll, [null, site === 'texts' ? 'yesterday' : null, ...TIMES]);
      const day = new Date(rows.day.getTime() - roll((rows.spread ?? 0) + 1) * DAY_MS + roll(24) * 3_600_000);
      return `${day.toISOString().slice(0, 19)}.${pick(roll, ['000', '123456', '999999'])}`.replace('T', ' ');
    },
    ...(site === 'silent' ? {} : { INGESTION_TIMESTAMP: () => ingested }),
  };
  const left = site === 'usual' ? [] : LEFT_OUT[log];
  const cells = Object.entries({ ...keys, ...CELLS[log] }).filter(([name]) => !left.includes(name));
  const values = Array.from({ length: count }, () => sql`(${join(cells.map(([, make]) => sql`${make(roll)}`))})`);
  if (values.length === 0) return;
  await session.execute(
    sql`INSERT INTO ${ident(SCHEMA[log], log)} (${join(cells.map(([name]) => ident(name)))}) VALUES ${join(values)}`,
  );
}

/** The condition for the rows of a day of an agency as the log has it. */
export function ofDay(log: LogName, agency: string, day: Date): Sql {
  const time = raw(log === LOGS[0] ? 'AUCTION_TIMESTAMP' : 'IMPRESSION_TIMESTAMP');
  return sql`CAST(AGENCY_ID AS VARCHAR) = ${agency} AND CAST(${time} AS VARCHAR) LIKE ${`${day.toISOString().slice(0, 10)}%`}`;
}

export function refresh(world: ReachWorld, at: Date, options: Omit<RefreshOptions, 'clock'>, session: Session = world.session) {
  return refreshProduct(session, world.catalogue, exposuresProduct, { clock: { now: () => at }, ...options });
}

/** Prepares all rows of all logs at once beside what was refreshed, and notes their days: what any history of refreshes must come to. */
export async function makeFresh({ session, fresh }: ReachWorld, horizon: Date | null): Promise<void> {
  for (const name of REACH_TABLES) await session.execute(sql`DELETE FROM ${fresh.table(name).ref}`);
  const place = { keys: fresh.table('REACH_KEYS').ref, exposures: fresh.table('REACH_EXPOSURES').ref };
  const isKept = horizon === null ? sql`TRUE` : sql`(day >= ${horizon} OR day = ${NO_DAY})`;
  for (const log of exposuresProduct.sources(fresh)) {
    const days = observedDays(session.dialect, log, sql`TRUE`);
    const noted = await session.execute(
      sql`INSERT INTO ${fresh.table('REACH_DAYS').ref} (PRODUCT, SOURCE, AGENCY_ID, DAY, SOURCE_ROWS, SOURCE_WATERMARK, SOURCE_MARK, KEPT, BUILT_AT)
        SELECT 'EXPOSURES', ${log.spec.name}, agency, day, row_count, newest, mark, ${isKept}, ${START} FROM (${days})`,
    );
    if (noted > 0) await prepareInto(session, log, sql`TRUE`, place);
    await session.execute(
      sql`INSERT INTO ${fresh.table('REACH_STATE').ref} (PRODUCT, SOURCE, SHAPE, SOURCE_ROWS, HORIZON, CHECKED_AT)
        SELECT 'EXPOSURES', ${log.spec.name}, ${exposuresProduct.shape(log)}, COUNT(*), ${horizon}, ${START} FROM ${log.ref}`,
    );
  }
}

const LOGICAL = raw(`k.* EXCLUDE (KEY_NO), e.* EXCLUDE (KEY_NO)`);

/** Exposures with their keys spelled out, from a day on. */
export function logicalRows(keys: Sql, exposures: Sql, horizon: Date | null): Sql {
  const since = horizon === null ? sql`TRUE` : sql`(e.SEEN_AT IS NULL OR e.SEEN_AT >= ${horizon})`;
  return sql`SELECT ${LOGICAL} FROM ${exposures} e LEFT JOIN ${keys} k USING (KEY_NO) WHERE ${since}`;
}

export function logicalTables(catalogue: Catalogue, horizon: Date | null): Sql {
  return logicalRows(catalogue.table('REACH_KEYS').ref, catalogue.table('REACH_EXPOSURES').ref, horizon);
}

/** Rows that only one of two selects has: none, when they are the same. */
export async function differences(session: Session, left: Sql, right: Sql): Promise<readonly string[]> {
  const rows = await session.all(sql`WITH a AS MATERIALIZED (${left}), b AS MATERIALIZED (${right})
    SELECT '-' AS side, CAST(d AS VARCHAR) AS row FROM (SELECT * FROM a EXCEPT ALL SELECT * FROM b) d
    UNION ALL SELECT '+', CAST(d AS VARCHAR) FROM (SELECT * FROM b EXCEPT ALL SELECT * FROM a) d ORDER BY ALL LIMIT 5`);
  return rows.map(({ side, row }) => `${side} ${row}`);
}

/** What is refreshed against what was made afresh: exposures, the ledger of days, and how far each log is read. */
export async function drift(world: ReachWorld, horizon: Date | null): Promise<Readonly<Record<string, readonly string[]>>> {
  const { session, catalogue, fresh } = world;
  const of = (from: Catalogue, name: string, without: string): Sql =>
    sql`SELECT * EXCLUDE (${raw(without)}) FROM ${from.table(name).ref}`;
  const compare = (name: string, without: string) => differences(session, of(catalogue, name, without), of(fresh, name, without));
  return {
    exposures: await differences(session, logicalTables(catalogue, horizon), logicalTables(fresh, horizon)),
    days: await compare('REACH_DAYS', 'BUILT_AT'),
    state: await compare('REACH_STATE', 'CHECKED_AT, WATERMARK, GENERATION, VERSION'),
  };
}

export const NO_DRIFT = { exposures: [], days: [], state: [] };
