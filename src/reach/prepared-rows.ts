import { IDENTIFIER_KINDS } from '../identity/identifier-kind.ts';
import { raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import { isOptedOutSql } from './consent-rows.ts';
import type { ExposureRequest, PreparedPart } from './exposure.ts';
import { identifierColumns } from './log-rows.ts';
import { preparedColumns } from './prepared-columns.ts';
import { fixedDeviceType, insertionOrderFilter, notBefore } from './row-filters.ts';
import type { Visited } from './visited.ts';

const SEEN_AT: Sql = raw('e."SEEN_AT"');

/** Prepared exposures, aliased `e`, joined to their owned keys, aliased `o`. */
export function joinPrepared(exposures: Sql, owned: Sql): Sql {
  return sql`${exposures} e JOIN ${owned} o ON o.key_no = e."KEY_NO"`;
}

/** When a prepared exposure was. */
export const preparedAt = SEEN_AT;

/** The prepared exposures of one advertiser, a part for each kind of identifier that the log has. */
export function preparedParts(
  log: BoundTable,
  rows: { readonly exposures: Sql; readonly owned: Sql },
  request: ExposureRequest,
  visited: Visited | null,
): readonly PreparedPart[] {
  const columns = identifierColumns(log);
  const hasConsent = ['US_PRIVACY', 'GPP', 'LMT', 'DNT'].some((name) => log.has(name));
  const optedOut = hasConsent ? isOptedOutSql(raw('e."CONSENT"'), request.unknownConsent ?? 'refuse') : sql`FALSE`;
  const rule = fixedDeviceType(request.deviceTypes, log.spec.name, request.agencyId);
  const told = raw('e."DEVICE_TYPE"');
  // Few keys are one advertiser's, and the warehouse skips what holds none of them.
  const mine = sql`(SELECT key_no, k_io, io_name FROM ${rows.owned} WHERE advertiser = ${request.advertiserId} AND owners = 1)`;
  return IDENTIFIER_KINDS.filter((kind) => columns[kind] !== undefined).map((kind) => {
    const { value, misfit, reason } = preparedColumns(kind, 'e');
    return {
      form: 'prepared',
      source: log.spec.name,
      kind,
      hasConsent,
      rows: sql`SELECT ${value} AS value, ${misfit} AS misfit, ${reason} AS reason,
          ${kind !== 'MAID' ? sql`CAST(NULL AS VARCHAR)` : rule === null ? told : sql`COALESCE(${told}, ${rule})`} AS device_type,
          ${SEEN_AT} AS seen_at, o.k_io AS io, o.io_name AS io_name,
          ${visited === null ? sql`FALSE` : visited.prepared(preparedColumns('IP', 'e').value, preparedColumns('MAID', 'e').value)} AS visited,
          ${optedOut} AS opted_out
        FROM ${joinPrepared(rows.exposures, mine)}
        WHERE ${notBefore(SEEN_AT, request.window.from)}${insertionOrderFilter(request, raw('o.k_io'))}
          AND (${value} IS NOT NULL OR ${misfit} IS NOT NULL)`,
    };
  });
}
