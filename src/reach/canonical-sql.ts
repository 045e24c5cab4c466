import { BLANK_PATTERN } from '../identity/blank.ts';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../identity/identifier-kind.ts';
import type { DropReason } from '../identity/identifier-type.ts';
import { RAMPID_PATTERN, UID2_PATTERN, UUID2_MAX, UUID2_PATTERN } from '../identity/opaque-id.ts';
import {
  SHA256_BASE64_PATTERN,
  SHA256_HEX_PATTERN,
  SUPPRESSION_WORD_PATTERNS,
  suppressionClass,
} from '../identity/suppression-key.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { isIpSql, publicIpSql } from './ip-sql.ts';
import { deviceIdSql, isZeroIdSql, maidSpellingsSql } from './maid-sql.ts';
import { trimmedSql } from './trimmed-sql.ts';

/**
 * The SQL twins of identity's rules, for whole columns. `text` is always an expression of text type, best a column, since most rules
 * read it several times.
 */

interface Rule {
  /** The canonical text; null for whatever is not delivered, blanks and null among it. */
  value(dialect: Dialect, text: Sql): Sql;
  /** Why a text that is not blank has no value, as `told` tells reasons. */
  reason(dialect: Dialect, text: Sql, told: TellReason): Sql;
}

/** How a reason stands in the result. */
type TellReason = (reason: DropReason) => Sql;

const RULES: Readonly<Record<IdentifierKind, Rule>> = {
  MAID: {
    value: deviceIdSql,
    reason: (dialect, text, told) => {
      // No other letter than an S and a Y has these lower-case ones.
      const synthetic = sql`lower(substr(${trimmedSql(text)}, 1, 4)) = 'sys-'`;
      return sql`CASE WHEN ${synthetic} THEN ${told('SYNTHETIC')} WHEN ${isZeroIdSql(dialect, text)} THEN ${told('ZERO_ID')} ELSE ${told('MALFORMED')} END`;
    },
  },
  IP: {
    value: publicIpSql,
    reason: (dialect, text, told) =>
      sql`CASE WHEN ${isIpSql(dialect, text)} THEN ${told('NON_PUBLIC_IP')} ELSE ${told('MALFORMED')} END`,
  },
  RAMPID: {
    value: (dialect, text) =>
      sql`CASE WHEN ${dialect.matches(trimmedSql(text), RAMPID_PATTERN)} AND NOT ${dialect.matches(text, BLANK_PATTERN)} THEN ${trimmedSql(text)} END`,
    reason: (_dialect, _text, told) => told('MALFORMED'),
  },
  UID2: {
    value: (dialect, text) => sql`CASE WHEN ${dialect.matches(trimmedSql(text), UID2_PATTERN)} THEN ${trimmedSql(text)} END`,
    reason: (_dialect, _text, told) => told('MALFORMED'),
  },
  UUID2: {
    value: (dialect, text) => {
      const number = sql`ltrim(${trimmedSql(text)}, '0')`;
      const fits = sql`(length(${number}) < ${raw(String(UUID2_MAX.length))} OR ${number} <= ${raw(`'${UUID2_MAX}'`)})`;
      return sql`CASE WHEN ${dialect.matches(text, UUID2_PATTERN)} AND ${fits} THEN ${number} END`;
    },
    reason: (_dialect, _text, told) => told('MALFORMED'),
  },
};

/** Twin of `canonicalise`: the canonical text, or null. Wanted with the reason, it is best a column of an inner select. */
export function canonicalValueSql(dialect: Dialect, kind: IdentifierKind, text: Sql): Sql {
  return RULES[kind].value(dialect, text);
}

/**
 * Twin of `canonicalise`: the reason, or null where there is a value. `value` is what `canonicalValueSql` gave, best as a column, so that it is
 * worked out once. Reasons are words unless `told` gives something else for them.
 */
export function canonicalReasonSql(dialect: Dialect, kind: IdentifierKind, text: Sql, value: Sql, told: TellReason = word): Sql {
  return sql`CASE WHEN ${value} IS NOT NULL THEN NULL WHEN ${blankSql(dialect, text)} THEN ${told('BLANK')} ELSE ${RULES[kind].reason(dialect, text, told)} END`;
}

function word(reason: DropReason): Sql {
  return raw(`'${reason}'`);
}

/** Twin of `isBlank`; never null. */
export function blankSql(dialect: Dialect, text: Sql): Sql {
  return sql`(${text} IS NULL OR ${dialect.matches(text, BLANK_PATTERN)})`;
}

/**
 * Twin of `suppressionKeys`: makes of a select of a list's entries the rows of their keys, an entry having as many rows as keys. The
 * entry's own columns stay, and `entry_class`, `entry_form` and `entry_key` come. `type` and `value` are columns of the select.
 */
export function suppressionKeySql(dialect: Dialect, type: Sql, value: Sql): (entries: Sql) => Sql {
  const named = (kind: IdentifierKind): Sql => dialect.matches(type, SUPPRESSION_WORD_PATTERNS[kind]);
  const open = sql`(${type} IS NULL OR NOT ${dialect.matches(type, Object.values(SUPPRESSION_WORD_PATTERNS).join('|'))})`;
  const classes = join(
    IDENTIFIER_KINDS.map((kind) => sql`WHEN ${named(kind)} THEN ${classWord(kind)}`),
    ' ',
  );
  return (entries) => {
    const plain = IDENTIFIER_KINDS.map(
      (
        kind,
      ) => sql`SELECT sup_e.*, ${classWord(kind)} AS entry_class, 'plain' AS entry_form, ${RULES[kind].value(dialect, value)} AS entry_key
        FROM (${entries}) sup_e WHERE ${named(kind)} OR ${open}`,
    );
    const hash = sql`SELECT sup_e.*, CASE ${classes} ELSE 'ANY' END AS entry_class, 'sha256' AS entry_form, ${sha256KeySql(dialect, value)} AS entry_key
      FROM (${entries}) sup_e`;
    return sql`SELECT * FROM (${join([...plain, hash], ' UNION ALL ')}) sup_k WHERE entry_key IS NOT NULL`;
  };
}

function classWord(kind: IdentifierKind): Sql {
  return raw(`'${suppressionClass(kind)}'`);
}

function sha256KeySql(dialect: Dialect, value: Sql): Sql {
  const text = trimmedSql(value);
  const standard = sql`(translate(substr(${text}, 1, 43), '-_', '+/') || '=')`;
  return sql`CASE WHEN ${dialect.matches(value, SHA256_HEX_PATTERN)} THEN lower(${text})
    WHEN ${dialect.matches(value, SHA256_BASE64_PATTERN)} THEN ${dialect.base64ToHex(standard)} END`;
}

/** Twin of `suppressionHashes`: an expression for each hash that may stand for the canonical identifier. */
export function suppressionHashesSql(dialect: Dialect, kind: IdentifierKind, canonical: Sql): readonly Sql[] {
  const spellings = kind === 'MAID' ? maidSpellingsSql(canonical) : [canonical];
  return spellings.map((spelling) => dialect.sha256Hex(spelling));
}
