import { ident, join, raw, type Sql, sql } from '../../lib/sql.ts';
import type { Dialect } from '../dialect.ts';

/** Our own constant as a literal. Patterns are not bound: DuckDB compiles a constant one once, a bound one for every row. */
function literal(constant: string): Sql {
  return raw(`'${constant.replaceAll("'", "''")}'`);
}

/** A database in memory beside the file, of all connections: temporary tables are one connection's. */
export const SHARED = 'aquarius_shared';

export const duckdbDialect: Dialect = {
  name: 'duckdb',
  placeholder: (n) => `$${n}`,
  text: (expression) => sql`CAST(${expression} AS VARCHAR)`,
  // A TIMESTAMP stays as it is, so that filters on it still skip row groups. Text goes by way of TIMESTAMPTZ, since a cast to
  // TIMESTAMP drops an offset without applying it.
  timestamp: (expression) =>
    sql`CASE typeof(${expression}) WHEN 'TIMESTAMP' THEN TRY_CAST(${expression} AS TIMESTAMP) ELSE CAST(TRY_CAST(${expression} AS TIMESTAMPTZ) AS TIMESTAMP) END`,
  matches: (expression, pattern) => sql`regexp_full_match(${expression}, ${literal(pattern)})`,
  replaceAll: (expression, pattern, replacement) =>
    sql`regexp_replace(${expression}, ${literal(pattern)}, ${literal(replacement)}, 'g')`,
  extract: (expression, pattern, group = 1) => sql`regexp_extract(${expression}, ${literal(pattern)}, ${raw(String(group))})`,
  nextNumber: ({ schema, name }) => sql`nextval(${literal(`"${schema}"."${name}"`)})`,
  folded: (expression) => sql`lower(strip_accents(${expression}))`,
  sha256Hex: (expression) => sql`sha256(${expression})`,
  sha1Hex: (expression) => sql`sha1(${expression})`,
  md5Hex: (expression) => sql`md5(${expression})`,
  base64ToHex: (expression) => sql`lower(hex(TRY(from_base64(${expression}))))`,
  isoSeconds: (timestamp) => sql`strftime(${timestamp}, '%Y-%m-%dT%H:%M:%SZ')`,
  unixSeconds: (timestamp) => sql`CAST(epoch_us(date_trunc('second', ${timestamp})) // 1000000 AS VARCHAR)`,
  argMax: (expression, order) => sql`arg_max_null(${expression}, ${order})`,
  anyTrue: (expression) => sql`coalesce(bool_or(${expression}), false)`,
  bitsOfAll: (expression) => sql`bit_or(${expression})`,
  hasBit: (expression, bit) => sql`(${expression} & ${raw(String(bit))}) <> 0`,
  anyTrueOver: (expression, by) => sql`coalesce(bool_or(${expression}) OVER (PARTITION BY ${by}), false)`,
  checksum: (columns) => sql`CAST(sum(hash(${join(columns)})) AS VARCHAR)`,
  bucket: (expression, count) => sql`hash(${expression}) % ${raw(String(count))}`,
  deviceKey: (canonical) => sql`CAST(${canonical} AS UUID)`,
  deviceText: (key) => sql`CAST(${key} AS VARCHAR)`,
  // Insertion order is preserved, see duckdb.ts.
  inOrder: (of, from, order) => sql`SELECT ${of} FROM (SELECT * FROM ${from} ORDER BY ${order}) AS sorted`,
  sharedTable(name) {
    const ref = ident(SHARED, 'main', name);
    return { ref, create: sql`CREATE TABLE ${ref}` };
  },
  readDeviceKey: (text) => sql`TRY_CAST(${text} AS UUID)`,
  ipv6Hex(expression) {
    // `::` becomes as many zero groups as are missing; at either end it leaves an empty group, which is padded to zero as well.
    const missing = sql`8 - (length(${expression}) - length(replace(${expression}, ':', '')))`;
    const groups = sql`string_split(replace(lower(${expression}), '::', ':' || repeat('0:', ${missing})), ':')`;
    return sql`array_to_string(list_transform(${groups}, lambda part: lpad(part, 4, '0')), '')`;
  },
};
