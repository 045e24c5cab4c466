import { IPV4_PATTERN, IPV6_PATTERN, MAPPED_IPV4_PATTERN, MAPPED_PREFIX_PATTERN, OCTET } from '../identity/ip-address.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { trimmedSql } from './trimmed-sql.ts';

/**
 * Twin of identity/ip-address.ts. Addresses stay text throughout: no warehouse's own address type is as strict as a partner, and they
 * differ from each other. The ranges of identity/ip-ranges.ts are told by how an address begins.
 */

/** IPv4 addresses that are not public. */
const NON_PUBLIC_IPV4_PATTERN = `(${[
  '0|10|127',
  '100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])',
  '169\\.254',
  '172\\.(1[6-9]|2[0-9]|3[01])',
  '192\\.(168|0\\.[02]|88\\.99)',
  '198\\.(1[89]|51\\.100)',
  '203\\.0\\.113',
  '22[4-9]|2[34][0-9]|25[0-5]',
].join('|')})\\.[0-9.]+`;

/** Most addresses: IPv4 whose first number alone says that it is public, which spares them a second pattern. */
const PLAINLY_PUBLIC_PATTERN = `(${[
  '[1-9]|1[1-9]|[2-9][0-9]',
  '10[1-9]|11[0-9]|12[0-689]|1[3-5][0-9]|16[0-8]|17[013-9]|18[0-9]|19[013-79]',
  '20[0-24-9]|21[0-9]|22[0-3]',
].join('|')})(\\.${OCTET}){3}`;

/** IPv6 in 2000::/3: four digits, since a leading zero would make it another range. */
const GLOBAL_UNICAST_PATTERN = '[23][0-9a-fA-F]{3}:[0-9a-fA-F:]+';

/**
 * In 2000::/3 but not public: 2001::/23, 2001:db8::/32, 2002::/16, 3fff::/20. The second group may have leading zeros, and is zero
 * when it is nothing, being part of `::`.
 */
const NON_PUBLIC_IPV6_PATTERN = [
  '2001:(0{0,2}[0-9a-fA-F]{0,2}|0?1[0-9a-fA-F]{2}|0?[dD][bB]8):[0-9a-fA-F:]*',
  '2002:[0-9a-fA-F:]+',
  '3[fF]{3}:0?[0-9a-fA-F]{0,3}:[0-9a-fA-F:]*',
].join('|');

/**
 * Most addresses in logs are canonical as they are; two pairs of patterns find them, and spare them the rewriting. The first of a
 * pair counts the groups, the second sees that there is no leading zero and no further run of zero groups.
 */
const NOT_ZERO = '[1-9a-f][0-9a-f]*';
const ZEROS_APART = `${NOT_ZERO}((:0)?:${NOT_ZERO})*`;
const IN_FULL = ['([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}', `${ZEROS_APART}(:0)?`] as const;
const WITH_GAP = ['[0-9a-f]{1,4}(::?[0-9a-f]{1,4}){0,5}(::)?', `${ZEROS_APART}::(${ZEROS_APART})?`] as const;

/** IPv4 in IPv6 without a dotted tail. With `::` anywhere else behind the prefix it would begin with 0. */
const MAPPED_HEX_PATTERN = `${MAPPED_PREFIX_PATTERN}[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}|(0{1,4}:){5}[fF]{4}:[0-9a-fA-F]{1,4}::`;

/** The canonical public address that `text` is; else null. Trimming costs more than all the rest, so what needs none comes first. */
export function publicIpSql(dialect: Dialect, text: Sql): Sql {
  const trimmed = trimmedSql(text);
  return sql`CASE
    WHEN ${dialect.matches(text, PLAINLY_PUBLIC_PATTERN)} THEN ${text}
    WHEN ${dialect.matches(text, IPV4_PATTERN)} THEN ${publicIpv4Sql(dialect, text)}
    WHEN ${dialect.matches(text, GLOBAL_UNICAST_PATTERN)} THEN ${publicIpv6Sql(dialect, text)}
    WHEN ${dialect.matches(trimmed, IPV4_PATTERN)} THEN ${publicIpv4Sql(dialect, trimmed)}
    WHEN ${dialect.matches(trimmed, GLOBAL_UNICAST_PATTERN)} THEN ${publicIpv6Sql(dialect, trimmed)}
    WHEN ${dialect.matches(trimmed, MAPPED_IPV4_PATTERN)} THEN ${publicIpv4Sql(dialect, dialect.extract(trimmed, '([0-9.]+)$'))}
    WHEN ${dialect.matches(trimmed, MAPPED_HEX_PATTERN)} THEN ${publicIpv4Sql(dialect, dottedSql(dialect, trimmed))}
  END`;
}

function publicIpv4Sql(dialect: Dialect, address: Sql): Sql {
  return sql`CASE WHEN NOT ${dialect.matches(address, NON_PUBLIC_IPV4_PATTERN)} THEN ${address} END`;
}

/** Of text that begins as global unicast does. */
function publicIpv6Sql(dialect: Dialect, text: Sql): Sql {
  const both = ([count, shape]: readonly [string, string]): Sql =>
    sql`(${dialect.matches(text, count)} AND ${dialect.matches(text, shape)})`;
  return sql`CASE
    WHEN ${dialect.matches(text, NON_PUBLIC_IPV6_PATTERN)} THEN NULL
    WHEN ${both(IN_FULL)} OR ${both(WITH_GAP)} THEN ${text}
    WHEN ${dialect.matches(text, IPV6_PATTERN)} THEN ${compressedSql(dialect, groupsSql(dialect, text))}
  END`;
}

/** Whether `text` is an address at all. */
export function isIpSql(dialect: Dialect, text: Sql): Sql {
  return dialect.matches(trimmedSql(text), `${IPV4_PATTERN}|${IPV6_PATTERN}|${MAPPED_IPV4_PATTERN}`);
}

/** Eight lower-case groups without leading zeros. */
function groupsSql(dialect: Dialect, text: Sql): Sql {
  // Between two groups, `::` stands for 8 − colons zero groups; at the end it is given a zero to be between. It is not at the start.
  const closed = sql`(lower(${text}) || CASE WHEN right(${text}, 1) = ':' THEN '0' ELSE '' END)`;
  const missing = sql`(8 - (length(${text}) - length(replace(${text}, ':', ''))))`;
  const full = sql`replace(${closed}, '::', ':' || repeat('0:', ${missing}))`;
  return dialect.replaceAll(full, ':0+([0-9a-f])', ':\\1');
}

/**
 * RFC 5952 text of eight groups, the first not zero: the longest run of zero groups, or the first of the longest, becomes `::`. Four
 * or more can be only once. Shorter runs are taken from a text that has no `::` yet, with only shorter ones before them.
 */
function compressedSql(dialect: Dialect, groups: Sql): Sql {
  const long = dialect.replaceAll(groups, '(:0){4,7}(:|$)', '::');
  return [3, 2].reduce((text, count) => {
    const before = `${NOT_ZERO}((:0){0,${count - 1}}:${NOT_ZERO})*`;
    return dialect.replaceAll(text, `^(${before})(:0){${count}}(:([0-9a-f]+(:[0-9a-f]+)*))?$`, '\\1::\\6');
  }, long);
}

/** The IPv4 address in the last two groups of a text that matches `MAPPED_HEX_PATTERN`. */
function dottedSql(dialect: Dialect, text: Sql): Sql {
  const halves = ['ffff:([0-9a-f]+):', '([0-9a-f]*)$'].map(
    (place) => sql`lpad(${dialect.extract(sql`lower(${text})`, place)}, 4, '0')`,
  );
  const octets = halves.flatMap((half) =>
    [1, 3].map((at) => sql`CAST(${digitSql(half, at)} * 16 + ${digitSql(half, at + 1)} AS VARCHAR)`),
  );
  return sql`(${join(octets, ` || '.' || `)})`;
}

/** The value of the hexadecimal digit at a position. */
function digitSql(hex: Sql, at: number): Sql {
  return sql`(position(substr(${hex}, ${raw(String(at))}, 1) IN '0123456789abcdef') - 1)`;
}
