import { IDENTIFIER_KINDS, type IdentifierKind } from '../identity/identifier-kind.ts';
import { IDENTIFIER_TYPES } from '../identity/identifier-type.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { noCounts, type SegmentCounts, segmentCounts } from './count.ts';
import { deviceTypeOf } from './device-type.ts';
import { dropReasonSql, type Facts, type Terms } from './drop-rules.ts';
import type { Shareable, SharedIdentifiers, SharedReads } from './shared-reads.ts';
import { wantedTypes } from './spec.ts';
import type { Suppression } from './suppression.ts';

/** Identifiers of many audiences, told apart by the number of their read, and the rules of each audience applied to them. */

/**
 * What decides about each identifier, for whatever audience: `audience` (the read's number), `id_kind`, `id_type`, `id_key`, `id_text`,
 * `last_seen`, `shape_reason`, `is_ipv6`, `opted_out`, `suppressed`.
 */
export function factsOfMany(dialect: Dialect, { kind, rows }: SharedIdentifiers, suppression: Suppression): Sql {
  const isDevice = kind === 'MAID';
  const type = isDevice ? deviceTypeOf(raw('is_idfa'), raw('is_gaid')) : raw(`'${kind}'`);
  const value = isDevice ? dialect.deviceText(raw('f.id_key')) : raw('f.id_text');
  return sql`SELECT segment AS audience, ${raw(`'${kind}'`)} AS id_kind, ${type} AS id_type, id_key, id_text, last_seen, shape_reason,
      ${isDevice ? raw('FALSE') : sql`COALESCE(id_text LIKE '%:%', FALSE)`} AS is_ipv6, has_opted_out AS opted_out, shape_reason IS NULL AND is_listed AS suppressed
    FROM (${suppression.marked(kind, rows, value, raw('f.id_key'))})`;
}

/** How many identifiers of each audience are alike in all that decides about them. */
export function profilesOf(facts: Sql): Sql {
  return sql`SELECT audience, id_kind, id_type, shape_reason, last_seen IS NULL AS is_future, is_ipv6, opted_out, suppressed, COUNT(*) AS id_count
    FROM (${facts}) GROUP BY audience, id_kind, id_type, shape_reason, last_seen IS NULL, is_ipv6, opted_out, suppressed`;
}

/** The columns of `factsOfMany` as the rules ask for them. */
const FACTS: Omit<Facts, 'isFuture'> = {
  shapeReason: raw('shape_reason'),
  isIpv6: raw('is_ipv6'),
  type: raw('id_type'),
  isVisitor: null,
  hasOptedOut: raw('opted_out'),
};

/** The first rule by which an identifier of some kinds is dropped; null for one that is kept. */
export function reasonOfMany(kinds: readonly IdentifierKind[], terms: Terms, isFuture: Sql): Sql {
  const reasons = kinds.map((kind) => sql`WHEN ${raw(`'${kind}'`)} THEN ${dropReasonSql(kind, terms, { ...FACTS, isFuture })}`);
  return sql`CASE id_kind ${join(reasons, ' ')} END`;
}

/** Counts audiences from the profiles of what they read, in their order. */
export async function countProfiles(
  session: Session,
  profiles: Sql,
  audiences: readonly Shareable[],
  reads: SharedReads,
  signal?: AbortSignal,
): Promise<readonly SegmentCounts[]> {
  const rows = await session.all(judged(profiles, audiences, reads), signal === undefined ? {} : { signal });
  const bySegment = new Map(segmentCounts(rows).map((counts) => [counts.segment, counts]));
  return audiences.map((_, index) => ({ ...(bySegment.get(String(index)) ?? noCounts('')), segment: '' }));
}

/** The rules of each audience applied to the profiles of what it reads. */
function judged(profiles: Sql, audiences: readonly Shareable[], reads: SharedReads): Sql {
  const values = audiences.map((audience, index) => {
    const { spec } = audience;
    const wanted = wantedTypes(spec);
    const types = join(IDENTIFIER_TYPES.map((type) => sql`${wanted.includes(type)}`));
    return sql`(${String(index)}, ${reads.numberOf(audience)}, ${spec.allowIp}, ${spec.allowIpv6}, ${spec.acceptUnknownDeviceType}, ${types})`;
  });
  const wants = IDENTIFIER_TYPES.map((type) => raw(`wants_${type.toLowerCase()}`));
  const terms: Terms = {
    allowIp: raw('allow_ip'),
    allowIpv6: raw('allow_ipv6'),
    acceptUnknownDeviceType: raw('accept_unknown'),
    isWanted: (type) =>
      sql`(CASE ${type} ${join(
        IDENTIFIER_TYPES.map((each, index) => sql`WHEN ${raw(`'${each}'`)} THEN ${wants[index] ?? raw('FALSE')}`),
        ' ',
      )} END)`,
  };
  return sql`SELECT segment, CAST(NULL AS VARCHAR) AS segment_name, CASE WHEN reason IS NULL AND NOT suppressed THEN id_type END AS kept_type,
      reason, reason IS NULL AND suppressed AS suppressed, SUM(id_count) AS id_count
    FROM (SELECT c.segment, p.*, ${reasonOfMany(IDENTIFIER_KINDS, terms, raw('is_future'))} AS reason
      FROM (VALUES ${join(values)}) AS c (segment, read_no, allow_ip, allow_ipv6, accept_unknown, ${join(wants)})
      JOIN ${profiles} p ON p.audience = c.read_no)
    GROUP BY 1, 3, 4, 5 ORDER BY segment`;
}
