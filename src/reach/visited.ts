import { DAY_MS } from '../lib/clock.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { timeSql } from '../warehouse/time-column.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { canonicalValueSql } from './canonical-sql.ts';
import type { ExposureRequest } from './exposure.ts';
import { ipColumn, siteEvents } from './site-rows.ts';
import { storeVisitFilter } from './store-rows.ts';
import { presentIdSql } from './text-sql.ts';
import { workTable } from './work-table.ts';

/**
 * Who was seen on the advertiser's site or in its stores within the attribution window: addresses and devices, widened by household.
 * Attribution tables are not asked: their device ids are derived from addresses and are nobody's.
 */
export interface Visited {
  /** Whether an exposure row's address or device (as found) belongs to a visitor: either speaks for whatever else is on the row. */
  row(rawIp: Sql, rawMaid: Sql): IsVisitor;
  /** The same of a prepared row's address and device. */
  prepared(ip: Sql, device: Sql): IsVisitor;
  /** Whether a canonical identifier belongs to a visitor. */
  identifier(kind: 'MAID' | 'IP', value: Sql): IsVisitor;
}

export interface IsVisitor {
  /** Never null. */
  readonly is: Sql;
  /** What must be joined for it, behind the rows. */
  readonly joined: Sql;
}

interface VisitedSources {
  readonly events: BoundTable;
  readonly hosts: Sql | null;
  readonly visits: BoundTable;
  /** Selects of one column `raw`: the addresses and the devices, as found, of the advertiser's exposures. */
  readonly exposed: Readonly<Record<'IP' | 'MAID', readonly Sql[]>>;
}

export async function findVisited(
  session: Session,
  catalogue: Catalogue,
  sources: VisitedSources,
  request: ExposureRequest,
  signal?: AbortSignal,
): Promise<Visited> {
  const { dialect } = session;
  const from = new Date(request.window.to.getTime() - request.attributionWindowDays * DAY_MS);
  const within = (seenAt: Sql): Sql => sql`${seenAt} BETWEEN ${from} AND ${request.window.to}`;
  const seenIps = await workTable(session, 'seen_ips', siteVisitorIps(dialect, sources, request, within), signal);
  const seenMaids = await workTable(session, 'seen_maids', storeVisitorMaids(dialect, sources.visits, request, within), signal);

  const ipHomes = households(dialect, catalogue.table('IP_HOUSEHOLD_LOOKUP'), 'IP', 'IP_ADDRESS');
  const maidHomes = households(dialect, catalogue.table('MAID_HOUSEHOLD_LOOKUP'), 'MAID', 'MAID');
  const homes = await workTable(
    session,
    'seen_homes',
    sql`SELECT DISTINCT household FROM (${ipHomes}) WHERE value IN (SELECT value FROM ${seenIps})
      UNION SELECT household FROM (${maidHomes}) WHERE value IN (SELECT value FROM ${seenMaids})`,
    signal,
  );
  const widen = (purpose: string, seen: Sql, homesOf: Sql): Promise<Sql> =>
    workTable(
      session,
      purpose,
      sql`SELECT value FROM ${seen} UNION SELECT value FROM (${homesOf}) WHERE household IN (SELECT household FROM ${homes})`,
      signal,
    );
  const ips = await widen('visited_ips', seenIps, ipHomes);
  const maids = await widen('visited_maids', seenMaids, maidHomes);
  const spelled = (kind: 'IP' | 'MAID', visitors: Sql): Promise<Sql> =>
    workTable(session, 'visited_raw', spellings(dialect, kind, sources.exposed[kind], visitors), signal);
  const rawIps = await spelled('IP', ips);
  const rawMaids = await spelled('MAID', maids);
  return {
    row: (rawIp, rawMaid) => ({
      is: EITHER,
      joined: sql` LEFT JOIN ${rawIps} seen_ip ON seen_ip.raw = ${rawIp} LEFT JOIN ${rawMaids} seen_device ON seen_device.raw = ${rawMaid}`,
    }),
    prepared: (ip, device) => ({
      is: EITHER,
      joined: sql` LEFT JOIN (SELECT value AS raw FROM ${ips}) seen_ip ON seen_ip.raw = ${ip}
        LEFT JOIN (SELECT ${dialect.deviceKey(sql`value`)} AS raw FROM ${maids}) seen_device ON seen_device.raw = ${device}`,
    }),
    identifier: (kind, value) => ({
      is: sql`seen_id.value IS NOT NULL`,
      joined: sql` LEFT JOIN ${kind === 'IP' ? ips : maids} seen_id ON seen_id.value = ${value}`,
    }),
  };
}

const EITHER = sql`(seen_ip.raw IS NOT NULL OR seen_device.raw IS NOT NULL)`;

function siteVisitorIps(dialect: Dialect, sources: VisitedSources, request: ExposureRequest, within: (seenAt: Sql) => Sql): Sql {
  if (sources.hosts === null) return NOBODY;
  const seenAt = timeSql(dialect, sources.events, 'EVENT_TIMESTAMP', 'e');
  const pairs = sql`SELECT DISTINCT ${ipColumn(dialect, sources.events, 'CLIENT_IP')} AS raw, ${ipColumn(dialect, sources.events, 'IP')} AS raw_alt
    FROM ${siteEvents(dialect, sources.events, sources.hosts, request)} AND ${within(seenAt)}`;
  return sql`SELECT DISTINCT value FROM (SELECT COALESCE(${canonicalValueSql(dialect, 'IP', sql`raw`)}, ${canonicalValueSql(dialect, 'IP', sql`raw_alt`)}) AS value FROM (${pairs})) WHERE value IS NOT NULL`;
}

function storeVisitorMaids(dialect: Dialect, visits: BoundTable, request: ExposureRequest, within: (seenAt: Sql) => Sql): Sql {
  if (!visits.exists) return NOBODY;
  const raws = sql`SELECT DISTINCT ${dialect.text(visits.column('MAID', 'v'))} AS raw FROM ${visits.ref} v
    WHERE ${storeVisitFilter(dialect, visits, request.agencyId, request.advertiserId)}
      AND ${within(timeSql(dialect, visits, 'STORE_VISIT_DATE', 'v'))}`;
  return sql`SELECT DISTINCT value FROM (SELECT ${canonicalValueSql(dialect, 'MAID', sql`raw`)} AS value FROM (${raws})) WHERE value IS NOT NULL`;
}

const NOBODY = sql`SELECT CAST('' AS VARCHAR) AS value LIMIT 0`;

/** `(value, household)` of a lookup table, values canonical; nothing when the warehouse has no such table. */
function households(dialect: Dialect, lookup: BoundTable, kind: 'IP' | 'MAID', column: string): Sql {
  if (!lookup.exists) return sql`SELECT CAST('' AS VARCHAR) AS value, CAST('' AS VARCHAR) AS household LIMIT 0`;
  return sql`SELECT value, household FROM (
      SELECT ${canonicalValueSql(dialect, kind, sql`raw`)} AS value, household FROM (
        SELECT ${dialect.text(lookup.column(column))} AS raw, ${presentIdSql(dialect, lookup.column('HOUSEHOLD_ID'))} AS household FROM ${lookup.ref}
      )
    ) WHERE value IS NOT NULL AND household IS NOT NULL`;
}

/** The spellings, as found in the exposures, of what belongs to visitors. */
function spellings(dialect: Dialect, kind: 'IP' | 'MAID', exposed: readonly Sql[], visitors: Sql): Sql {
  if (exposed.length === 0) return sql`SELECT CAST('' AS VARCHAR) AS raw LIMIT 0`;
  const all = exposed.reduce((left, right) => sql`${left} UNION ${right}`);
  return sql`SELECT raw FROM (SELECT raw, ${canonicalValueSql(dialect, kind, sql`raw`)} AS value FROM (${all}))
    WHERE value IN (SELECT value FROM ${visitors})`;
}
