import { ident, join, raw, type Sql, sql } from '../../lib/sql.ts';
import type { Dialect } from '../dialect.ts';
import { BASE_LETTERS, MARKED_LETTERS } from './accents.ts';
import { bindMarker } from './binds.ts';
import { literal, patternLiteral } from './literal.ts';

const integer = (value: number): Sql => raw(String(value));

const UUID_PATTERN = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

export const snowflakeDialect: Dialect = {
  name: 'snowflake',
  placeholder: bindMarker,
  text: (expression) => sql`CAST(${expression} AS VARCHAR)`,
  timestamp(expression, type) {
    switch (/^[A-Z_]+/.exec(type.toUpperCase())?.[0]) {
      // As it stands, so that filters on it still skip partitions.
      case 'TIMESTAMP_NTZ':
      case 'DATETIME':
      case 'TIMESTAMP':
        return expression;
      case 'TIMESTAMP_LTZ':
      case 'TIMESTAMP_TZ':
        return inUtc(expression);
      case 'DATE':
        return sql`CAST(${expression} AS TIMESTAMP_NTZ)`;
      case 'VARIANT':
        return readTime(sql`CAST(${expression} AS VARCHAR)`);
      case 'TEXT':
      case 'VARCHAR':
      case 'STRING':
      case 'CHAR':
        return readTime(expression);
      default:
        return raw('CAST(NULL AS TIMESTAMP_NTZ)');
    }
  },
  matches,
  replaceAll: (expression, pattern, replacement) =>
    sql`REGEXP_REPLACE(${expression}, ${patternLiteral(pattern)}, ${literal(replacement)})`,
  // Without a match it is null, as it is for null.
  extract: (expression, pattern, group = 1) =>
    sql`COALESCE(REGEXP_SUBSTR(${expression}, ${patternLiteral(pattern)}, 1, 1, 'e', ${integer(group)}), SUBSTR(${expression}, 1, 0))`,
  nextNumber: ({ schema, name }) => sql`${ident(schema, name)}.NEXTVAL`,
  // Marks that stand by themselves have no letter to become, and go.
  folded: (expression) => sql`TRANSLATE(LOWER(${expression}), ${literal(MARKED_LETTERS)}, ${literal(BASE_LETTERS)})`,
  sha256Hex: (expression) => sql`SHA2(${expression}, 256)`,
  sha1Hex: (expression) => sql`SHA1(${expression})`,
  md5Hex: (expression) => sql`MD5(${expression})`,
  base64ToHex: (expression) => sql`LOWER(HEX_ENCODE(TRY_BASE64_DECODE_BINARY(${expression})))`,
  // Not one format with letters in quotes, which other readers of this SQL do not all know.
  isoSeconds: (timestamp) => sql`TO_CHAR(${timestamp}, 'YYYY-MM-DD') || 'T' || TO_CHAR(${timestamp}, 'HH24:MI:SS') || 'Z'`,
  unixSeconds: (timestamp) => sql`CAST(DATEDIFF('second', TIMESTAMP '1970-01-01 00:00:00', ${timestamp}) AS VARCHAR)`,
  argMax: (expression, order) => sql`MAX_BY(${expression}, ${order})`,
  anyTrue: (expression) => sql`COALESCE(BOOLOR_AGG(${expression}), FALSE)`,
  anyTrueOver: (expression, by) => sql`COALESCE(BOOLOR_AGG(${expression}) OVER (PARTITION BY ${by}), FALSE)`,
  bitsOfAll: (expression) => sql`BITOR_AGG(${expression})`,
  hasBit: (expression, bit) => sql`BITAND(${expression}, ${integer(bit)}) <> 0`,
  checksum: (columns) => sql`CAST(SUM(HASH(${join(columns)})) AS VARCHAR)`,
  bucket: (expression, count) => sql`MOD(ABS(HASH(${expression})), ${integer(count)})`,
  // There is no type for it: the text itself is the key.
  deviceKey: (canonical) => canonical,
  deviceText: (key) => key,
  inOrder: (of, from, order) => sql`SELECT ${of} FROM ${from} AS sorted ORDER BY ${order}`,
  sharedTable(name) {
    const ref = ident(name);
    return { ref, create: sql`CREATE TRANSIENT TABLE ${ref}` };
  },
  readDeviceKey: (text) => sql`CASE WHEN ${matches(text, UUID_PATTERN)} THEN LOWER(${text}) END`,
  ipv6Hex(expression) {
    // `::` becomes as many zero groups as are missing; at either end it leaves an empty group, which is padded to zero as well.
    const missing = sql`GREATEST(8 - (LENGTH(${expression}) - LENGTH(REPLACE(${expression}, ':', ''))), 0)`;
    const groups = sql`REPLACE(LOWER(${expression}), '::', ':' || REPEAT('0:', ${missing}))`;
    const digits = [1, 2, 3, 4, 5, 6, 7, 8].map((place) => sql`LPAD(SPLIT_PART(${groups}, ':', ${integer(place)}), 4, '0')`);
    return sql`(${join(digits, ' || ')})`;
  },
};

/** The pattern is anchored, though the function asks for the whole text by itself: readers of this SQL other than Snowflake do not all know that. */
function matches(expression: Sql, pattern: string): Sql {
  return sql`REGEXP_LIKE(${expression}, ${patternLiteral(`^(${pattern})$`)})`;
}

function inUtc(instant: Sql): Sql {
  return sql`CAST(CONVERT_TIMEZONE('UTC', ${instant}) AS TIMESTAMP_NTZ)`;
}

/** Of text. Digits alone would be read as a number of seconds, which they are nowhere else. */
function readTime(text: Sql): Sql {
  return sql`CASE WHEN ${text} LIKE '%-%-%' THEN ${inUtc(sql`TRY_TO_TIMESTAMP_TZ(${text})`)} END`;
}
