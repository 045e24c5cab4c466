import { IDENTIFIER_KINDS, type IdentifierKind } from '../identity/identifier-kind.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import { canonicalReasonSql, canonicalValueSql } from '../reach/canonical-sql.ts';
import type { ExposurePart, FoundPart } from '../reach/exposure.ts';
import { misfitText } from '../reach/misfit-text.ts';
import type { Exposures } from '../reach/reach.ts';
import type { IsVisitor, Visited } from '../reach/visited.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { noDeviceKey } from './device-key.ts';
import { deviceTypeOf } from './device-type.ts';
import { dropReasonSql, termsOf } from './drop-rules.ts';
import { preparedIdentifiers } from './prepared-identifiers.ts';
import { type AudienceSpec, NO_INSERTION_ORDER } from './spec.ts';
import type { Suppression } from './suppression.ts';

/**
 * The verdict on every distinct identifier of an audience, as one select with the columns `segment` (insertion order, or '' when
 * merged), `segment_name`, `id_type`, `id_value` (canonical; null when dropped for its shape), the same again in `id_key` for devices,
 * compact, and in `id_text` for others, `last_seen`, `reason` (null when kept) and `suppressed`. Spellings are collapsed before they are
 * parsed, so that the work grows with people and not with rows.
 */
export function classify(dialect: Dialect, spec: AudienceSpec, exposures: Exposures, suppression: Suppression): Sql {
  const kinds = IDENTIFIER_KINDS.filter((kind) => exposures.parts.some((part) => part.kind === kind));
  if (kinds.length === 0) return nobody(dialect);
  return join(
    kinds.map((kind) => judged(dialect, spec, kind, exposures, suppression)),
    ' UNION ALL ',
  );
}

const nobody = (
  dialect: Dialect,
): Sql => sql`SELECT CAST('' AS VARCHAR) AS segment, CAST('' AS VARCHAR) AS segment_name, CAST('' AS VARCHAR) AS id_type,
  CAST('' AS VARCHAR) AS id_value, ${noDeviceKey(dialect)} AS id_key, CAST('' AS VARCHAR) AS id_text, CAST(NULL AS TIMESTAMP) AS last_seen, CAST('' AS VARCHAR) AS reason, FALSE AS suppressed LIMIT 0`;

/** Constant text, since a bound value in a select list and the same in its grouping would be two values. */
const SPLIT = raw(`COALESCE(io, '${NO_INSERTION_ORDER}')`);

/** One row per spelling: newest time within the window, and what the rows say of the device's platform and of consent. */
function spellings(dialect: Dialect, spec: AudienceSpec, parts: readonly FoundPart[]): Sql {
  const { to } = spec.exposures.window;
  const inside = sql`seen_at <= ${to}`;
  const split = spec.mode === 'split';
  return sql`SELECT raw, raw_alt, ${split ? SPLIT : sql`''`} AS segment,
      ${split ? sql`MAX(io_name)` : sql`CAST(NULL AS VARCHAR)`} AS segment_name,
      MAX(CASE WHEN ${inside} THEN seen_at END) AS last_seen,
      ${dialect.anyTrue(sql`${inside} AND device_type = 'IDFA'`)} AS is_idfa,
      ${dialect.anyTrue(sql`${inside} AND device_type = 'GAID'`)} AS is_gaid,
      ${dialect.anyTrue(sql`${inside} AND visited`)} AS has_visited${
        // An opt-out counts whenever it was said, and costs nothing where no source says any.
        hasConsent(parts) ? sql`, MAX(CASE WHEN opted_out THEN 1 ELSE 0 END) AS opted_out` : raw('')
      }
    FROM (${join(
      parts.map(({ rows }) => rows),
      ' UNION ALL ',
    )})
    GROUP BY raw, raw_alt${split ? sql`, ${SPLIT}` : raw('')}`;
}

function hasConsent(parts: readonly ExposurePart[]): boolean {
  return parts.some((part) => part.hasConsent);
}

/** Adds the canonical value, or the reason why there is none and the text that it was found in. */
function parsed(dialect: Dialect, kind: IdentifierKind, parts: readonly FoundPart[], from: Sql): Sql {
  const value = canonicalValueSql(dialect, kind, sql`raw`);
  const reason = canonicalReasonSql(dialect, kind, sql`raw`, sql`first_value`);
  if (!parts.some((part) => part.hasAlternative)) {
    return sql`SELECT *, first_value AS id_value, ${reason} AS shape_reason, raw AS found
      FROM (SELECT *, ${value} AS first_value FROM (${from}))`;
  }
  // Of two columns the first valid one counts; when neither is, the reason is that of the first unless it is blank.
  const second = canonicalValueSql(dialect, kind, sql`raw_alt`);
  const secondReason = canonicalReasonSql(dialect, kind, sql`raw_alt`, sql`second_value`);
  return sql`SELECT *, COALESCE(first_value, second_value) AS id_value,
      CASE WHEN first_value IS NULL AND second_value IS NULL THEN
        CASE WHEN first_reason = 'BLANK' THEN second_reason ELSE first_reason END END AS shape_reason,
      CASE WHEN first_value IS NULL AND first_reason = 'BLANK' THEN raw_alt ELSE raw END AS found
    FROM (SELECT *, ${reason} AS first_reason, ${secondReason} AS second_reason
      FROM (SELECT *, ${value} AS first_value, ${second} AS second_value FROM (${from})))`;
}

/** One row per identifier and segment. What cannot be an identifier is told apart by its text; all blanks are one. */
function identifiers(dialect: Dialect, kind: IdentifierKind, parts: readonly ExposurePart[], from: Sql): Sql {
  const isDevice = kind === 'MAID';
  const any = (column: string): Sql => sql`${dialect.anyTrue(raw(column))} AS ${raw(column)}`;
  return sql`SELECT segment, MAX(segment_name) AS segment_name, ${isDevice ? dialect.deviceKey(raw('id_value')) : noDeviceKey(dialect)} AS id_key,
      ${isDevice ? raw('CAST(NULL AS VARCHAR)') : raw('id_value')} AS id_text, MIN(shape_reason) AS shape_reason, MAX(last_seen) AS last_seen,
      ${join(['is_idfa', 'is_gaid', 'has_visited'].map(any))}, ${raw(hasConsent(parts) ? 'MAX(opted_out) = 1' : 'FALSE')} AS has_opted_out
    FROM (SELECT *, CASE WHEN shape_reason IS NOT NULL THEN ${misfitText(dialect, kind, sql`found`)} END AS misfit FROM (${from}))
    GROUP BY segment, id_value, misfit`;
}

/** An advertiser's logs are all prepared, or none is. */
function identified(dialect: Dialect, spec: AudienceSpec, kind: IdentifierKind, parts: readonly ExposurePart[]): Sql {
  const prepared = parts.filter((part) => part.form === 'prepared');
  if (prepared.length > 0) {
    const split = spec.mode === 'split';
    const segments = {
      id: split ? SPLIT : sql`''`,
      name: split ? sql`MAX(io_name)` : sql`CAST(NULL AS VARCHAR)`,
      isGroup: split,
    };
    return preparedIdentifiers(dialect, kind, prepared, segments, spec.exposures.window.to);
  }
  const found = parts.filter((part) => part.form === 'found');
  return identifiers(dialect, kind, found, parsed(dialect, kind, found, spellings(dialect, spec, found)));
}

/** Adds the type. A device's platform is a fact about the device, so in a split audience all segments have their say. */
function typed(dialect: Dialect, spec: AudienceSpec, kind: IdentifierKind, from: Sql): Sql {
  if (kind !== 'MAID') return sql`SELECT *, ${kind} AS id_type, id_text AS id_value FROM (${from})`;
  const told = (column: string): Sql => inAllSegments(dialect, spec, kind, column);
  return sql`SELECT *, ${deviceTypeOf(raw('told_idfa'), raw('told_gaid'))} AS id_type, ${dialect.deviceText(raw('id_key'))} AS id_value
    FROM (SELECT *, ${told('is_idfa')} AS told_idfa, ${told('is_gaid')} AS told_gaid FROM (${from}))`;
}

/** Whether something that is so of a person is so in any segment. */
function inAllSegments(dialect: Dialect, spec: AudienceSpec, kind: IdentifierKind, column: string): Sql {
  if (spec.mode !== 'split') return raw(column);
  return sql`${dialect.anyTrueOver(raw(column), raw(kind === 'MAID' ? 'id_key' : 'id_text'))}`;
}

/** Seen by one of the rows it is on, or known by itself. */
function visitorSql(kind: IdentifierKind, visited: Visited): IsVisitor {
  if (kind !== 'MAID' && kind !== 'IP') return { is: raw('has_visited'), joined: raw('') };
  const { is, joined } = visited.identifier(kind, raw('found.id_value'));
  return { is: sql`(has_visited OR ${is})`, joined };
}

function judged(dialect: Dialect, spec: AudienceSpec, kind: IdentifierKind, exposures: Exposures, suppression: Suppression): Sql {
  const parts = exposures.parts.filter((part) => part.kind === kind);
  const found = typed(dialect, spec, kind, identified(dialect, spec, kind, parts));
  const { visited } = exposures;
  const visitor = visited === null ? null : visitorSql(kind, visited);
  const reason = dropReasonSql(kind, termsOf(spec), {
    shapeReason: raw('shape_reason'),
    isFuture: raw('last_seen IS NULL'),
    isIpv6: raw(`id_value LIKE '%:%'`),
    type: raw('id_type'),
    isVisitor: visitor?.is ?? null,
    hasOptedOut: hasConsent(parts) ? inAllSegments(dialect, spec, kind, 'has_opted_out') : null,
  });
  const rows = sql`SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, ${reason} AS reason FROM (${found}) found${visitor?.joined ?? raw('')}`;
  return sql`SELECT segment, segment_name, id_type, id_value, id_key, id_text, last_seen, reason, reason IS NULL AND is_listed AS suppressed
    FROM (${suppression.marked(kind, rows, raw('f.id_value'), raw('f.id_key'))})`;
}
