import { raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { JoinStrategy } from './exposure.ts';
import { idSql, platformSql, presentIdSql } from './text-sql.ts';
import { keptTable, workTable } from './work-table.ts';

/**
 * Whose rows of an exposure log are they? Ownership is decided once per distinct combination of a log's key columns, never per row, and
 * for all advertisers of an agency together, since a conflict between two of them makes a row nobody's.
 */

/** The columns of a log that decide ownership, under short names. */
const KEY_COLUMNS = {
  agency: 'AGENCY_ID',
  platform: 'DSP_PLATFORM_TYPE',
  dsp: 'DSP_ADVERTISER_ID',
  io: 'INSERTION_ORDER_ID',
  li: 'LINE_ITEM_ID',
} as const;
const KEYS = Object.entries(KEY_COLUMNS);

export interface OwnershipRequest {
  readonly agencyId: string;
  readonly strategy: JoinStrategy;
  /** Set for DIRECT_AG when the agency has one advertiser only: it owns every row. */
  readonly soleAdvertiserId: string | null;
}

/** The mapping rows of the agency that can own something, as `m_platform, m_dsp, m_io, m_li, m_advertiser`. */
function mappings(dialect: Dialect, catalogue: Catalogue, agencyId: string): Sql {
  const table = catalogue.table('PIXEL_CAMPAIGN_MAPPING_V2');
  return sql`SELECT DISTINCT ${platformSql(dialect, table.column('DSP_PLATFORM_TYPE'))} AS m_platform,
      ${presentIdSql(dialect, table.column('DSP_ADVERTISER_ID'))} AS m_dsp,
      ${presentIdSql(dialect, table.column('INSERTION_ORDER_ID'))} AS m_io,
      ${presentIdSql(dialect, table.column('LINE_ITEM_ID'))} AS m_li,
      ${presentIdSql(dialect, table.column('QUORUM_ADVERTISER_ID'))} AS m_advertiser
    FROM ${table.ref}
    WHERE ${idSql(dialect, table.column('AGENCY_ID'))} = ${agencyId}`;
}

/** Contenders `(key_no, advertiser)` by the strategy, from `keys` and `mappings`. */
function contenders(request: OwnershipRequest): Sql {
  switch (request.strategy) {
    case 'PCM_4KEY':
      // The most specific mapping wins: 2 for a line item, 1 for an insertion order; blank ones are wildcards.
      return sql`SELECT key_no, m_advertiser AS advertiser FROM (
          SELECT k.key_no, m.m_advertiser, ${raw(SPECIFICITY)} AS specificity, MAX(${raw(SPECIFICITY)}) OVER (PARTITION BY k.key_no) AS best
          FROM log_keys k JOIN mappings m
            ON k.k_platform = m.m_platform AND k.k_dsp = m.m_dsp
            AND (m.m_io IS NULL OR m.m_io = k.k_io) AND (m.m_li IS NULL OR m.m_li = k.k_li)
          WHERE m.m_advertiser IS NOT NULL
        ) WHERE specificity = best`;
    case 'ADM_PREFIX':
      return sql`SELECT k.key_no, m.m_advertiser AS advertiser
        FROM log_keys k JOIN mappings m ON k.k_dsp = m.m_dsp WHERE m.m_advertiser IS NOT NULL`;
    case 'DIRECT_AG':
      return request.soleAdvertiserId === null
        ? sql`SELECT key_no, k_dsp AS advertiser FROM log_keys WHERE k_dsp IS NOT NULL`
        : sql`SELECT key_no, ${request.soleAdvertiserId} AS advertiser FROM log_keys`;
  }
}

const SPECIFICITY = '(CASE WHEN m.m_li IS NULL THEN 0 ELSE 2 END + CASE WHEN m.m_io IS NULL THEN 0 ELSE 1 END)';

/**
 * Makes a work table of a log's key combinations within the agency and their contenders: the raw key columns (`agency, platform,
 * dsp, io, li, own`, for joining back), `advertiser`, and `owners` (1 = owned by that advertiser, more = a conflict).
 * An advertiser id on the row itself (LIVERAMP_IMPRESSION_LOG) wins over the strategy.
 */
export async function ownedKeys(
  session: Session,
  catalogue: Catalogue,
  log: BoundTable,
  request: OwnershipRequest,
  signal?: AbortSignal,
): Promise<Sql> {
  const { dialect } = session;
  const rawKeys = raw(KEYS.map(([name]) => name).join(', '));
  const keys = sql`SELECT ROW_NUMBER() OVER (ORDER BY ${rawKeys}, own) AS key_no, ${rawKeys}, own,
      ${platformSql(dialect, raw('platform'))} AS k_platform, ${presentIdSql(dialect, raw('dsp'))} AS k_dsp,
      ${presentIdSql(dialect, raw('io'))} AS k_io, ${presentIdSql(dialect, raw('li'))} AS k_li,
      ${presentIdSql(dialect, raw('own'))} AS k_own
    FROM (SELECT DISTINCT ${selectKeys(log)} FROM ${log.ref}) raw_keys WHERE ${idSql(dialect, raw('agency'))} = ${request.agencyId}`;
  const owned = ownedSql(dialect, catalogue, keys, request);
  return workTable(session, 'owned', sql`SELECT ${rawKeys}, own, k_io, advertiser, owners FROM (${owned})`, signal);
}

/**
 * The same of the keys of prepared exposures: `key_no`, `k_io`, `io_name`, `advertiser`, `owners`. The table is kept in the session while
 * neither the keys, of which `version` tells, nor the mappings change.
 */
export async function ownedPreparedKeys(
  session: Session,
  catalogue: Catalogue,
  log: BoundTable,
  { keys, version }: { readonly keys: Sql; readonly version: string | null },
  request: OwnershipRequest,
  signal?: AbortSignal,
): Promise<Sql> {
  const ofLog = sql`SELECT KEY_NO AS key_no, PLATFORM AS k_platform, DSP_ADVERTISER_ID AS k_dsp, INSERTION_ORDER_ID AS k_io,
      LINE_ITEM_ID AS k_li, ADVERTISER_ID AS k_own, INSERTION_ORDER_NAME AS io_name
    FROM ${keys} WHERE SOURCE = ${log.spec.name} AND AGENCY_ID = ${request.agencyId}`;
  const owned = ownedSql(session.dialect, catalogue, ofLog, request);
  // One advertiser's keys are looked up again and again, and a table without order would be read as a whole each time.
  const select = sql`SELECT key_no, k_io, io_name, advertiser, owners FROM (${owned}) ORDER BY advertiser, key_no`;
  if (version === null) return workTable(session, 'owned', select, signal);
  const mark = async () => `${version} ${await mappingsMark(session, catalogue, request.agencyId, signal)}`;
  const key = JSON.stringify(['owned', log.spec.name, request]);
  return (await keptTable(session, 'owned', { key, mark, select: () => select }, signal)).table;
}

/** Changes whenever the mapping rows of an agency that can own something do. */
async function mappingsMark(session: Session, catalogue: Catalogue, agencyId: string, signal?: AbortSignal): Promise<string> {
  const { dialect } = session;
  const table = catalogue.table('PIXEL_CAMPAIGN_MAPPING_V2');
  const values = MAPPING_COLUMNS.map((name) => dialect.text(table.column(name)));
  const [row] = await session.all(
    sql`SELECT COUNT(*) AS mapping_count, ${dialect.checksum(values)} AS mapping_sum
      FROM ${table.ref} WHERE ${idSql(dialect, table.column('AGENCY_ID'))} = ${agencyId}`,
    signal === undefined ? {} : { signal },
  );
  return `${row?.mapping_count ?? 0}:${row?.mapping_sum ?? 0}`;
}

const MAPPING_COLUMNS = ['DSP_PLATFORM_TYPE', 'DSP_ADVERTISER_ID', 'INSERTION_ORDER_ID', 'LINE_ITEM_ID', 'QUORUM_ADVERTISER_ID'];

/** Keys `(key_no, k_platform, k_dsp, k_io, k_li, k_own)` with each of their contenders: `advertiser`, `owners`. */
function ownedSql(dialect: Dialect, catalogue: Catalogue, keys: Sql, request: OwnershipRequest): Sql {
  return sql`WITH log_keys AS (${keys}), mappings AS (
      ${mappings(dialect, catalogue, request.agencyId)}
    ), contenders AS (
      SELECT key_no, k_own AS advertiser FROM log_keys WHERE k_own IS NOT NULL
      UNION
      SELECT c.key_no, c.advertiser FROM (${contenders(request)}) c JOIN log_keys k ON k.key_no = c.key_no WHERE k.k_own IS NULL
    ), judged AS (
      SELECT key_no, advertiser, COUNT(*) OVER (PARTITION BY key_no) AS owners FROM contenders
    )
    SELECT * FROM judged JOIN log_keys USING (key_no)`;
}

/** The key columns of a log under their short names, as they are stored. */
function selectKeys(log: BoundTable): Sql {
  const keys = KEYS.map(([name, column]) => sql`${log.column(column)} AS ${raw(name)}`);
  const own = log.has('ADVERTISER_ID') ? sql`${log.column('ADVERTISER_ID')}` : sql`CAST(NULL AS VARCHAR)`;
  return [...keys, sql`${own} AS own`].reduce((left, right) => sql`${left}, ${right}`);
}

/** Joins a log, aliased `l`, to its owned keys, aliased `o`. */
export function joinOwned(log: BoundTable, owned: Sql): Sql {
  const same = KEYS.map(([name, column]) => sql`${log.column(column, 'l')} IS NOT DISTINCT FROM ${raw(`o.${name}`)}`);
  if (log.has('ADVERTISER_ID')) same.push(sql`${log.column('ADVERTISER_ID', 'l')} IS NOT DISTINCT FROM o.own`);
  return sql`${log.ref} l JOIN ${owned} o ON ${same.reduce((left, right) => sql`${left} AND ${right}`)}`;
}

export interface MappingCount {
  readonly usable: number;
  /** Rows whose platform type is not readable as a number; they match nothing where the platform is a key. */
  readonly unreadable: number;
}

/** How many mapping rows each advertiser of an agency has. */
export async function countMappings(
  session: Session,
  catalogue: Catalogue,
  agencyId: string,
  strategy: JoinStrategy,
): Promise<ReadonlyMap<string, MappingCount>> {
  if (!catalogue.table('PIXEL_CAMPAIGN_MAPPING_V2').exists) return new Map();
  const readable = strategy === 'PCM_4KEY' ? sql`m_platform IS NOT NULL` : sql`TRUE`;
  const rows = await session.all(
    sql`SELECT m_advertiser, SUM(CASE WHEN ${readable} THEN 1 ELSE 0 END) AS usable, SUM(CASE WHEN ${readable} THEN 0 ELSE 1 END) AS unreadable
      FROM (${mappings(session.dialect, catalogue, agencyId)}) WHERE m_advertiser IS NOT NULL AND m_dsp IS NOT NULL GROUP BY m_advertiser`,
  );
  return new Map(
    rows.map((row) => [String(row.m_advertiser), { usable: Number(row.usable), unreadable: Number(row.unreadable) }]),
  );
}

/** The column of a log that tells when an impression was shown. */
export function timeColumn(log: BoundTable): string {
  return log.has('AUCTION_TIMESTAMP') ? 'AUCTION_TIMESTAMP' : 'IMPRESSION_TIMESTAMP';
}

/** What ownership says of one advertiser's part of a log. */
export interface OwnershipSummary {
  /** Key combinations that are the advertiser's alone. */
  readonly ownedKeys: number;
  /** Rows that are its alone and rows that it contends for with others, since an instant. Counted only where there is a conflict. */
  readonly ownedRows: number;
  readonly contestedRows: number;
}

/** Keys that are an advertiser's alone, and keys that it contends for with others. */
export interface KeyCount {
  readonly own: number;
  readonly contested: number;
}

const keyCounts = new WeakMap<Sql, Promise<ReadonlyMap<string, KeyCount>>>();

/** The owned keys of every advertiser, counted once for each table. */
export function countKeys(session: Session, owned: Sql, signal?: AbortSignal): Promise<ReadonlyMap<string, KeyCount>> {
  const counts = keyCounts.get(owned) ?? countAllKeys(session, owned, signal);
  keyCounts.set(owned, counts);
  return counts;
}

async function countAllKeys(session: Session, owned: Sql, signal?: AbortSignal): Promise<ReadonlyMap<string, KeyCount>> {
  const rows = await session.all(
    sql`SELECT advertiser, ${OWN} AS own, ${CONTESTED} AS contested FROM ${owned} o GROUP BY advertiser`,
    signal === undefined ? {} : { signal },
  );
  return new Map(rows.map((row) => [String(row.advertiser), { own: Number(row.own), contested: Number(row.contested) }]));
}

const OWN = raw('SUM(CASE WHEN o.owners = 1 THEN 1 ELSE 0 END)');
const CONTESTED = raw('SUM(CASE WHEN o.owners > 1 THEN 1 ELSE 0 END)');

/** `rows` joins the log's rows to the owned keys, aliased `o`; `seenAt` is their time. */
export async function summariseOwnership(
  session: Session,
  { rows, seenAt, keys }: { readonly rows: Sql; readonly seenAt: Sql; readonly keys: KeyCount | undefined },
  advertiserId: string,
  from: Date | null,
  signal?: AbortSignal,
): Promise<OwnershipSummary> {
  const ownedKeys = keys?.own ?? 0;
  if ((keys?.contested ?? 0) === 0) return { ownedKeys, ownedRows: 0, contestedRows: 0 };
  const since = from === null ? sql`TRUE` : sql`${seenAt} >= ${from}`;
  const [found] = await session.all(
    sql`SELECT ${OWN} AS own, ${CONTESTED} AS contested FROM ${rows} WHERE o.advertiser = ${advertiserId} AND ${since}`,
    signal === undefined ? {} : { signal },
  );
  return { ownedKeys, ownedRows: Number(found?.own ?? 0), contestedRows: Number(found?.contested ?? 0) };
}
