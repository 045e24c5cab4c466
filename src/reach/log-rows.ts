import type { IdentifierKind } from '../identity/identifier-kind.ts';
import { raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { timeSql } from '../warehouse/time-column.ts';
import type { OptedOut } from './consent-rows.ts';
import { deviceTypeSql } from './device-type-sql.ts';
import type { ExposureRequest, FoundPart } from './exposure.ts';
import { joinOwned, timeColumn } from './ownership.ts';
import { fixedDeviceType, insertionOrderFilter, notBefore } from './row-filters.ts';
import type { Visited } from './visited.ts';

/** Which column of which log holds which kind of identifier (reference: the allow-list of identifier sources). */
const LOG_IDENTIFIERS: Readonly<Record<string, Readonly<Partial<Record<IdentifierKind, string>>>>> = {
  AD_IMPRESSION_LOG_V2: { MAID: 'DEVICE_ID_RAW', IP: 'USER_IP_FROM_HTTP_REQUEST', UID2: 'UID2', UUID2: 'UUID2' },
  LIVERAMP_IMPRESSION_LOG: { MAID: 'MAID', IP: 'IP_ADDRESS', RAMPID: 'GROUPING_INDICATOR' },
};

/** The identifier columns that a log has, by kind; none where it is no source of identifiers. */
export function identifierColumns(log: BoundTable): Partial<Record<IdentifierKind, string>> {
  const columns = Object.entries(LOG_IDENTIFIERS[log.spec.name] ?? {});
  return Object.fromEntries(columns.filter(([, column]) => log.has(column)));
}

/** Kinds that most rows do not have: an empty column of theirs is no blank identifier. */
export const OPTIONAL_KINDS: readonly IdentifierKind[] = ['UID2', 'UUID2'];

/** The rows of an impression log that are one advertiser's, a part for each identifier column that the log has. */
export function logParts(
  dialect: Dialect,
  log: BoundTable,
  owned: Sql,
  request: ExposureRequest,
  visited: Visited | null,
  optedOut: OptedOut | null,
): readonly FoundPart[] {
  const columns = identifierColumns(log);
  const kinds = Object.keys(columns) as IdentifierKind[];
  const visitors = visited?.row(rawColumn(dialect, log, 'IP'), rawColumn(dialect, log, 'MAID')) ?? null;
  const joined = sql`${visitors?.joined ?? raw('')}${optedOut?.joined ?? raw('')}`;
  return kinds.map((kind) => ({
    form: 'found',
    source: log.spec.name,
    kind,
    hasAlternative: false,
    hasConsent: optedOut !== null,
    rows: sql`SELECT ${rawColumn(dialect, log, kind)} AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
        ${kind === 'MAID' ? deviceTypeColumn(dialect, log, request) : sql`CAST(NULL AS VARCHAR)`} AS device_type,
        ${timeSql(dialect, log, timeColumn(log), 'l')} AS seen_at,
        o.k_io AS io, ${ioName(dialect, log)} AS io_name,
        ${visitors?.is ?? sql`FALSE`} AS visited,
        ${optedOut?.is ?? sql`FALSE`} AS opted_out
      FROM ${logRows(dialect, log, owned, request, joined)}${
        OPTIONAL_KINDS.includes(kind) ? sql` AND ${log.column(columns[kind] ?? '', 'l')} IS NOT NULL` : sql``
      }`,
  }));
}

/** `… WHERE …` of the rows of a log, aliased `l`, that are one advertiser's and not before the window; `joined` is joined as well. */
export function logRows(dialect: Dialect, log: BoundTable, owned: Sql, request: ExposureRequest, joined = raw('')): Sql {
  return sql`${joinOwned(log, owned)}${joined}
      WHERE o.advertiser = ${request.advertiserId} AND o.owners = 1${insertionOrderFilter(request, raw('o.k_io'))}
        AND ${notBefore(timeSql(dialect, log, timeColumn(log), 'l'), request.window.from)}`;
}

/** An identifier column of a log as text. */
export function rawColumn(dialect: Dialect, log: BoundTable, kind: IdentifierKind): Sql {
  return dialect.text(log.column(LOG_IDENTIFIERS[log.spec.name]?.[kind] ?? '', 'l'));
}

function ioName(dialect: Dialect, log: BoundTable): Sql {
  return log.has('INSERTION_ORDER_NAME') ? dialect.text(log.column('INSERTION_ORDER_NAME', 'l')) : sql`CAST(NULL AS VARCHAR)`;
}

/** The row's own word where it has a readable one, else the configured rule of its source. */
function deviceTypeColumn(dialect: Dialect, log: BoundTable, request: ExposureRequest): Sql {
  const rule = fixedDeviceType(request.deviceTypes, log.spec.name, request.agencyId);
  const fallback = rule === null ? sql`CAST(NULL AS VARCHAR)` : sql`${rule}`;
  if (!log.has('DEVICE_TYPE')) return fallback;
  const own = deviceTypeSql(dialect, dialect.text(log.column('DEVICE_TYPE', 'l')));
  return rule === null ? own : sql`COALESCE(${own}, ${fallback})`;
}
