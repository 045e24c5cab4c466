import type { IdentifierKind } from '../identity/identifier-kind.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { PreparedPart } from '../reach/exposure.ts';
import { DEVICE_TYPE_CODES, REASONS } from '../reach/prepared-columns.ts';
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
 * What the rows of an identifier say, as bits of one number: to collect them together takes half the time of an aggregate for each.
 * Platforms come first, in the numbers that the rows have for them, and reasons last.
 */
const IDFA = 1;
const GAID = 2;
const VISITED = 4;
const OPTED_OUT = 8;
const FIRST_REASON = 16;

const reasonBit = (index: number): number => FIRST_REASON << index;

/**
 * One row per identifier and segment, of prepared exposures: `segment`, `segment_name`, `id_key` (of devices), `id_text` (of others),
 * `shape_reason`, `last_seen` (newest until `to`; null when there is none), `is_idfa`, `is_gaid`, `has_visited`, `has_opted_out`. Devices
 * are grouped in the warehouse's compact form.
 */
export function preparedIdentifiers(
  dialect: Dialect,
  kind: IdentifierKind,
  parts: readonly Pick<PreparedPart, 'rows' | 'hasConsent' | 'canBeVisitors'>[],
  segments: Segments,
  to: Date,
): Sql {
  const isDevice = kind === 'MAID';
  const has = (bit: number): Sql => dialect.hasBit(raw('facts'), bit);
  const reasons = REASONS.map(([, word], index) => sql`WHEN ${has(reasonBit(index))} THEN ${raw(`'${word}'`)}`);
  const text = sql`CASE WHEN facts < ${raw(String(FIRST_REASON))} THEN value END`;
  return sql`SELECT segment, segment_name, ${isDevice ? raw('value') : noDeviceKey(dialect)} AS id_key, ${isDevice ? raw('CAST(NULL AS VARCHAR)') : text} AS id_text,
      CASE WHEN facts >= ${raw(String(FIRST_REASON))} THEN CASE ${join(reasons, ' ')} END END AS shape_reason, last_seen,
      ${has(IDFA)} AS is_idfa, ${has(GAID)} AS is_gaid, ${has(VISITED)} AS has_visited, ${has(OPTED_OUT)} AS has_opted_out
    FROM (SELECT ${segments.id} AS segment, ${segments.name} AS segment_name, value, MAX(CASE WHEN seen_at <= ${to} THEN seen_at END) AS last_seen,
        ${dialect.bitsOfAll(factsOfRow(kind, parts, to))} AS facts
      FROM (${join(
        parts.map(({ rows }) => rows),
        ' UNION ALL ',
      )})
      GROUP BY value${isDevice ? raw(', misfit') : raw('')}${segments.isGroup ? sql`, ${segments.id}` : raw('')})`;
}

/** An opt-out counts whenever it was said, everything else until `to`. What cannot be is not asked. */
function factsOfRow(kind: IdentifierKind, parts: readonly Pick<PreparedPart, 'hasConsent' | 'canBeVisitors'>[], to: Date): Sql {
  const bit = (condition: Sql, number: number): Sql => sql`CASE WHEN ${condition} THEN ${raw(String(number))} ELSE 0 END`;
  const inside = [
    ...(kind === 'MAID'
      ? [
          sql`CASE device_type WHEN ${DEVICE_TYPE_CODES.IDFA} THEN ${raw(String(IDFA))} WHEN ${DEVICE_TYPE_CODES.GAID} THEN ${raw(String(GAID))} ELSE 0 END`,
        ]
      : []),
    ...(parts.some(({ canBeVisitors }) => canBeVisitors) ? [bit(raw('visited'), VISITED)] : []),
  ];
  const reasons = REASONS.map(([code], index) => sql`WHEN ${raw(String(code))} THEN ${raw(String(reasonBit(index)))}`);
  return join(
    [
      sql`CASE reason ${join(reasons, ' ')} ELSE 0 END`,
      ...(inside.length === 0 ? [] : [sql`CASE WHEN seen_at <= ${to} THEN ${join(inside, ' + ')} ELSE 0 END`]),
      ...(parts.some(({ hasConsent }) => hasConsent) ? [bit(raw('opted_out'), OPTED_OUT)] : []),
    ],
    ' + ',
  );
}
