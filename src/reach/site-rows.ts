import { join, raw, type Sql, sql } from '../lib/sql.ts';
import { type DomainOwners, hostOf, ownersOfHost, readDomains } from '../pixel/domains.ts';
import { EVENT_WORDS } from '../pixel/event-type.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { timeSql } from '../warehouse/time-column.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { OptedOut } from './consent-rows.ts';
import type { ExposureRequest, FoundPart } from './exposure.ts';
import { insertionOrderFilter, notBefore } from './row-filters.ts';
import { idSql, presentIdSql } from './text-sql.ts';
import { workTable } from './work-table.ts';

/** Pixel events of an advertiser's site: events whose host is mapped to it, decided per distinct host and not per event. */

/** The part of a page's address that holds the host, as it stands in the event. */
export function authoritySql(dialect: Dialect, events: BoundTable): Sql {
  return dialect.extract(
    sql`lower(${dialect.text(events.column('PAGE_URL', 'e'))})`,
    '^[ \\t]*([a-z][a-z0-9+.-]*://|//)?([^/?#\\\\ \\t]*)',
    2,
  );
}

/** Words that pixel events use for what the field calls a lead and a purchase. */
const CONVERSIONS = [...EVENT_WORDS.lead, ...EVENT_WORDS.purchase];

/** The domains that an agency has mapped, and who owns them. */
export async function domainOwners(session: Session, catalogue: Catalogue, agencyId: string): Promise<DomainOwners> {
  const table = catalogue.table('ADVERTISER_DOMAIN_MAPPING');
  if (!table.exists) return { entries: new Map(), unusable: [] };
  const rows = await session.all(
    sql`SELECT ${presentIdSql(session.dialect, table.column('Advertiser_id'))} AS advertiser_id, ${table.column('URL')} AS url
      FROM ${table.ref} WHERE ${idSql(session.dialect, table.column('Agency_Id'))} = ${agencyId}`,
  );
  return readDomains(
    rows.flatMap(({ advertiser_id, url }) =>
      advertiser_id === null ? [] : [{ advertiserId: String(advertiser_id), url: String(url ?? '') }],
    ),
  );
}

/** Makes a work table `(authority, advertiser)` of the hosts in an agency's events that have exactly one owner. */
export async function ownedHosts(
  session: Session,
  events: BoundTable,
  owners: DomainOwners,
  agencyId: string,
  signal?: AbortSignal,
): Promise<Sql> {
  const options = signal === undefined ? {} : { signal };
  const table = await workTable(
    session,
    'hosts',
    sql`SELECT CAST('' AS VARCHAR) AS authority, CAST('' AS VARCHAR) AS advertiser LIMIT 0`,
  );
  const authorities = sql`SELECT DISTINCT ${authoritySql(session.dialect, events)} AS authority
    FROM ${events.ref} e WHERE ${idSql(session.dialect, events.column('AGENCY_ID', 'e'))} = ${agencyId}`;
  const owned: Sql[] = [];
  for await (const batch of session.query(authorities, options)) {
    for (const { authority } of batch) {
      const host = hostOf(String(authority ?? ''));
      const advertisers = host === null ? new Set<string>() : ownersOfHost(owners, host);
      const [advertiser] = advertisers;
      if (advertisers.size === 1 && advertiser !== undefined) owned.push(sql`(${String(authority)}, ${advertiser})`);
    }
  }
  for (let start = 0; start < owned.length; start += INSERT_ROWS) {
    await session.execute(sql`INSERT INTO ${table} VALUES ${join(owned.slice(start, start + INSERT_ROWS))}`, options);
  }
  return table;
}

const INSERT_ROWS = 500;

/** `… WHERE …` of one advertiser's events, aliased `e`; `joined` is joined as well. */
export function siteEvents(
  dialect: Dialect,
  events: BoundTable,
  hosts: Sql,
  { agencyId, advertiserId }: Pick<ExposureRequest, 'agencyId' | 'advertiserId'>,
  joined = raw(''),
): Sql {
  return sql`${events.ref} e JOIN ${hosts} h ON h.authority = ${authoritySql(dialect, events)}${joined}
    WHERE ${idSql(dialect, events.column('AGENCY_ID', 'e'))} = ${agencyId} AND h.advertiser = ${advertiserId}`;
}

/** `… WHERE …` of the events that an audience is made from: for CONVERTERS only those of people who left a lead or bought. */
export function siteRows(dialect: Dialect, events: BoundTable, hosts: Sql, request: ExposureRequest, joined = raw('')): Sql {
  const converted =
    request.audience === 'CONVERTERS'
      ? sql` AND lower(TRIM(${dialect.text(events.column('EVENT_TYPE', 'e'))})) IN (${join(CONVERSIONS.map((word) => sql`${word}`))})`
      : raw('');
  return sql`${siteEvents(dialect, events, hosts, request, joined)}${converted}${insertionOrderFilter(request, sql`CAST(NULL AS VARCHAR)`)}
          AND ${notBefore(timeSql(dialect, events, 'EVENT_TIMESTAMP', 'e'), request.window.from)}`;
}

/** Addresses of visitors of the advertiser's site. */
export function siteParts(
  dialect: Dialect,
  events: BoundTable,
  hosts: Sql,
  request: ExposureRequest,
  optedOut: OptedOut | null,
): readonly FoundPart[] {
  const seenAt = timeSql(dialect, events, 'EVENT_TIMESTAMP', 'e');
  return [
    {
      form: 'found',
      source: events.spec.name,
      kind: 'IP',
      hasAlternative: true,
      hasConsent: optedOut !== null,
      rows: sql`SELECT ${ipColumn(dialect, events, 'CLIENT_IP')} AS raw, ${ipColumn(dialect, events, 'IP')} AS raw_alt,
          CAST(NULL AS VARCHAR) AS device_type, ${seenAt} AS seen_at,
          CAST(NULL AS VARCHAR) AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, ${optedOut?.is ?? sql`FALSE`} AS opted_out
        FROM ${siteRows(dialect, events, hosts, request, optedOut?.joined)}`,
    },
  ];
}

/** An address column as text; an absent one is null. */
export function ipColumn(dialect: Dialect, events: BoundTable, name: 'CLIENT_IP' | 'IP'): Sql {
  return events.has(name) ? dialect.text(events.column(name, 'e')) : sql`CAST(NULL AS VARCHAR)`;
}
