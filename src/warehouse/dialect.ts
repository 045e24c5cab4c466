import type { Placeholder, Sql } from '../lib/sql.ts';
import type { SequenceSpec } from './sequence-spec.ts';

/** The differences between the warehouses' SQL, one file for each engine. Everything above is written once, with these. */
export interface Dialect {
  readonly name: 'duckdb' | 'snowflake';
  /** Marker of a bound value, for `compile`. */
  readonly placeholder: Placeholder;
  /** Cast to text. */
  text(expression: Sql): Sql;
  /**
   * A UTC timestamp without zone of a column whose type the engine calls `type`; null when unreadable. A date gives its midnight. See
   * `timeSql`.
   */
  timestamp(expression: Sql, type: string): Sql;
  /** True when the whole text matches the pattern, a constant of ours that keeps to what every engine knows: see `patternLiteral`. */
  matches(expression: Sql, pattern: string): Sql;
  /** All matches of the pattern replaced; `\\1` refers to a group. */
  replaceAll(expression: Sql, pattern: string, replacement: string): Sql;
  /** The capture group of the pattern, the first unless said otherwise, or empty text when there is no match. */
  extract(expression: Sql, pattern: string, group?: number): Sql;
  /** A number that nobody was given before, another one for each row. */
  nextNumber(sequence: SequenceSpec): Sql;
  /** Text as it is searched in: in lower case and without accents. */
  folded(expression: Sql): Sql;
  /** Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes. */
  sha256Hex(expression: Sql): Sql;
  /** Lower-case hexadecimal SHA-1 of a text's UTF-8 bytes, for partners who match hashed ids. */
  sha1Hex(expression: Sql): Sql;
  /** Lower-case hexadecimal MD5 of a text's UTF-8 bytes, for partners who match hashed ids. */
  md5Hex(expression: Sql): Sql;
  /** Lower-case hexadecimal of base64 text; null when unreadable. */
  base64ToHex(expression: Sql): Sql;
  /** ISO 8601 UTC text in whole seconds: `2026-02-16T06:00:00Z`. */
  isoSeconds(timestamp: Sql): Sql;
  /** Whole Unix seconds as text. */
  unixSeconds(timestamp: Sql): Sql;
  /** The value of `expression` in the row with the largest `order`. */
  argMax(expression: Sql, order: Sql): Sql;
  /** True when any row's boolean is true. */
  anyTrue(expression: Sql): Sql;
  /** The same over all rows that have the same `by`. */
  anyTrueOver(expression: Sql, by: Sql): Sql;
  /** All bits that are set in any row's whole number. */
  bitsOfAll(expression: Sql): Sql;
  /** True for a whole number with a bit that is a power of two; null for null. */
  hasBit(expression: Sql, bit: number): Sql;
  /**
   * An order-independent checksum over what rows have in these columns, as text; '0' or null for no rows. Nothing moves from one column to
   * the next unseen, and null is told from an empty text.
   */
  checksum(columns: readonly Sql[]): Sql;
  /** A whole number from 0 to `count` − 1, the same for the same text. */
  bucket(expression: Sql, count: number): Sql;
  /** A canonical device id in the engine's most compact form, in which ids compare and group as their texts do. */
  deviceKey(canonical: Sql): Sql;
  /** The canonical text of such a key. */
  deviceText(key: Sql): Sql;
  /** `of` for every row of `from` in the order of `order`, worked out after sorting where the engine keeps the order: sorting short rows is faster. */
  inOrder(of: Sql, from: Sql, order: Sql): Sql;
  /** A table that every session of the warehouse can read, by a name that nobody else uses: what it is called, and how the statement that makes it begins. */
  sharedTable(name: string): { readonly ref: Sql; readonly create: Sql };
  /**
   * The key of any text that the engine itself reads as 32 hexadecimal digits, with hyphens and braces or without; null for any other
   * text, also for one that is a device id all the same.
   */
  readDeviceKey(text: Sql): Sql;
  /**
   * The 32 lower-case hexadecimal digits of IPv6 text. The text must have matched `IPV6_PATTERN` already: groups with at most one
   * `::`, without zone or dotted tail. Any other text gives some text, never a failure.
   */
  ipv6Hex(expression: Sql): Sql;
}
