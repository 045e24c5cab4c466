import type { IdentifierKind } from '../identity/identifier-kind.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { PreparedPart } from '../reach/exposure.ts';
import { DEVICE_TYPE_CODES, reasonOfCode } from '../reach/prepared-columns.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { noDeviceKey } from './device-key.ts';

/** What the identifiers are counted under. */
interface Segments {
  readonly id: Sql;
  readonly name: Sql;
  /** Whether there are several, so that each has its own. */
  readonly isGroup: boolean;
}

/**
 * One row per identifier and segment, of prepared exposures: `segment`, `segment_name`, `id_value`, `id_key` (of devices), `shape_reason`, `last_seen` (newest
 * until `to`; null when there is none), `idfa`, `gaid`, `visited`, and `opted_out` where there is consent. Devices are grouped in the
 * warehouse's compact form.
 */
export function preparedIdentifiers(
  dialect: Dialect,
  kind: IdentifierKind,
  parts: readonly Pick<PreparedPart, 'rows' | 'hasConsent'>[],
  segments: Segments,
  to: Date,
): Sql {
  const inside = sql`seen_at <= ${to}`;
  const flag = (condition: Sql): Sql => sql`MAX(CASE WHEN ${inside} AND ${condition} THEN 1 ELSE 0 END)`;
  const isDevice = kind === 'MAID';
  const value = isDevice ? dialect.deviceText(raw('value')) : raw('CASE WHEN MIN(reason) IS NULL THEN value END');
  const consent = parts.some(({ hasConsent }) => hasConsent)
    ? raw(', MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out')
    : raw('');
  return sql`SELECT ${segments.id} AS segment, ${segments.name} AS segment_name, ${value} AS id_value, ${isDevice ? raw('value') : noDeviceKey(dialect)} AS id_key, ${reasonOfCode(raw('MIN(reason)'))} AS shape_reason,
      MAX(CASE WHEN ${inside} THEN seen_at END) AS last_seen,
      ${isDevice ? flag(sql`device_type = ${DEVICE_TYPE_CODES.IDFA}`) : raw('0')} AS idfa, ${isDevice ? flag(sql`device_type = ${DEVICE_TYPE_CODES.GAID}`) : raw('0')} AS gaid,
      ${flag(raw('visited'))} AS visited${consent}
    FROM (${join(
      parts.map(({ rows }) => rows),
      ' UNION ALL ',
    )})
    GROUP BY value${isDevice ? raw(', misfit') : raw('')}${segments.isGroup ? sql`, ${segments.id}` : raw('')}`;
}
