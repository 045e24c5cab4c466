import { FILLER_PREFIX, MAID_PATTERN, MAID_SEPARATORS, ZERO_ID_DIGESTS } from '../identity/maid.ts';
import { anyCase } from '../identity/text-pattern.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';

/** Twin of identity/maid.ts. The two common spellings come first, and are told apart from zero ids before anything is rewritten. */

const HEX = '[0-9a-fA-F]';
const USUAL_PATTERN = `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`;
const BARE_PATTERN = `${HEX}{32}`;
const GROUPS_PATTERN = `^(${HEX}{8})(${HEX}{4})(${HEX}{4})(${HEX}{4})(${HEX}{12})$`;

/** The digits in any case and with separators anywhere. */
function loosely(digits: string): string {
  return `[${MAID_SEPARATORS}]*${Array.from(digits, (digit) => `${anyCase(digit)}[${MAID_SEPARATORS}]*`).join('')}`;
}

/** The digit, again and again. */
function oneDigit(digit: string): string {
  return `${anyCase(digit)}[${MAID_SEPARATORS}${digit}${digit.toUpperCase()}]*`;
}

const digests = (lengths: readonly number[]): string[] =>
  ZERO_ID_DIGESTS.filter(({ length }) => lengths.includes(length)).map(loosely);

/** What stands for no device, among texts of the shape of an id. */
const ZERO_ID_PATTERN = [
  `[${MAID_SEPARATORS}]*(${Array.from('0123456789abcdef', oneDigit).join('|')})`,
  `${loosely(FILLER_PREFIX)}[${MAID_SEPARATORS}0-9a-fA-F]*`,
  ...digests([32]),
].join('|');

const LONG_DIGEST_PATTERN = digests([40, 64]).join('|');

/** The canonical device id that `text` is, in whatever spelling; else null. Zero ids are looked for once: the pattern takes long to compile. */
export function deviceIdSql(dialect: Dialect, text: Sql): Sql {
  const isDevice = dialect.matches(text, `${USUAL_PATTERN}|${BARE_PATTERN}|${MAID_PATTERN}`);
  const digits = dialect.replaceAll(text, `[${MAID_SEPARATORS}]+`, '');
  return sql`CASE WHEN ${isDevice} AND NOT ${dialect.matches(text, ZERO_ID_PATTERN)} THEN lower(CASE WHEN ${dialect.matches(text, USUAL_PATTERN)} THEN ${text}
    WHEN ${dialect.matches(text, BARE_PATTERN)} THEN ${hyphenatedSql(text)}
    ELSE ${dialect.replaceAll(digits, GROUPS_PATTERN, '\\1-\\2-\\3-\\4-\\5')} END) END`;
}

const oneDigitKeys = Array.from('0123456789abcdef', (digit) => digit.repeat(32));
const ZERO_KEYS = [...oneDigitKeys, ...ZERO_ID_DIGESTS.filter(({ length }) => length === 32)].map(canonicalText);
const [FIRST_FILLER, LAST_FILLER] = ['0', 'f'].map((digit) => canonicalText(FILLER_PREFIX.padEnd(32, digit)));

function canonicalText(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The device of each text, as the engine's key, like `deviceIdSql` and far faster: what the engine reads by itself needs no pattern.
 * `read` is what `readDeviceKey` gives for the text, best as a column, so that it is worked out once.
 */
export function deviceKeySql(dialect: Dialect, text: Sql, read: Sql): Sql {
  const zeros = join(ZERO_KEYS.map((zero) => dialect.deviceKey(raw(`'${zero}'`))));
  const fillers = [FIRST_FILLER, LAST_FILLER].map((filler) => dialect.deviceKey(raw(`'${filler}'`)));
  const stands = sql`${read} IS NOT NULL AND ${read} NOT IN (${zeros}) AND ${read} NOT BETWEEN ${join(fillers, ' AND ')}`;
  return sql`CASE WHEN ${stands} THEN ${read} WHEN ${text} IS NOT NULL THEN ${dialect.deviceKey(deviceIdSql(dialect, text))} END`;
}

/** Whether `text`, which is known to be no device id, is one of the ids that stand for none, or the digest of one. */
export function isZeroIdSql(dialect: Dialect, text: Sql): Sql {
  return dialect.matches(text, `${MAID_PATTERN}|${LONG_DIGEST_PATTERN}`);
}

/** 32 digits with hyphens. Faster than by pattern, but reads `digits` five times. */
function hyphenatedSql(digits: Sql): Sql {
  return sql`concat(substr(${digits}, 1, 8), '-', substr(${digits}, 9, 4), '-', substr(${digits}, 13, 4), '-', substr(${digits}, 17, 4), '-', substr(${digits}, 21, 12))`;
}

/** The spellings that `maidSpellings` gives. */
export function maidSpellingsSql(canonical: Sql): readonly Sql[] {
  const digits = sql`replace(${canonical}, '-', '')`;
  return [canonical, sql`upper(${canonical})`, digits, sql`upper(${digits})`];
}
