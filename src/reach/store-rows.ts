import { type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { timeSql } from '../warehouse/time-column.ts';
import type { ExposureRequest, FoundPart } from './exposure.ts';
import { fixedDeviceType, insertionOrderFilter, insertionOrderSql, notBefore } from './row-filters.ts';
import { idSql } from './text-sql.ts';

/** The store-visit rows of one advertiser, by its id alone: no mapping. */
export function storeVisitFilter(dialect: Dialect, visits: BoundTable, agencyId: string, advertiserId: string): Sql {
  return sql`${idSql(dialect, visits.column('AGENCY_ID', 'v'))} = ${agencyId}
    AND ${idSql(dialect, visits.column('QUORUM_ADVERTISER_ID', 'v'))} = ${advertiserId}`;
}

/** Devices seen in the advertiser's stores. A visit's date counts as its midnight, UTC. */
export function storeParts(dialect: Dialect, visits: BoundTable, request: ExposureRequest): readonly FoundPart[] {
  const seenAt = timeSql(dialect, visits, 'STORE_VISIT_DATE', 'v');
  const io = insertionOrderSql(dialect, visits, 'v');
  const rule = fixedDeviceType(request.deviceTypes, visits.spec.name, request.agencyId);
  return [
    {
      form: 'found',
      source: visits.spec.name,
      kind: 'MAID',
      hasAlternative: false,
      hasConsent: false,
      rows: sql`SELECT ${dialect.text(visits.column('MAID', 'v'))} AS raw, CAST(NULL AS VARCHAR) AS raw_alt,
          ${rule === null ? sql`CAST(NULL AS VARCHAR)` : sql`${rule}`} AS device_type, ${seenAt} AS seen_at,
          ${io} AS io, CAST(NULL AS VARCHAR) AS io_name, FALSE AS visited, FALSE AS opted_out
        FROM ${visits.ref} v
        WHERE ${storeVisitFilter(dialect, visits, request.agencyId, request.advertiserId)}${insertionOrderFilter(request, io)}
          AND ${notBefore(seenAt, request.window.from)}`,
    },
  ];
}
