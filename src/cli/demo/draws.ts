import { join, type Sql, sql } from '../../lib/sql.ts';

/**
 * Repeatable chance. Every draw is a hash of the seed, of what is drawn, and of a number; so the same seed gives the same warehouse,
 * whatever the order or the number of threads in which rows are made.
 */

/** The name of a draw as a number (FNV-1a, 60 bits): mixing numbers is several times faster than mixing texts. */
function saltOf(name: string): bigint {
  let salt = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(name)) salt = ((salt ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return salt >> 4n;
}

/** DuckDB joins the hashes of several arguments so simply that draws of one key would go together; so only one is given. */
function mixed(key: Sql, name: string): Sql {
  return sql`hash(xor(${key}, CAST(${saltOf(name)} AS UBIGINT)))`;
}

/** A key from which any number of independent draws can be taken. */
export function keyFor(seed: number, what: string, number: Sql): Sql {
  return mixed(sql`hash(CAST(${number} AS BIGINT))`, `${what} ${seed}`);
}

/** A whole number from 0 to `size` - 1. */
export function draw(key: Sql, salt: string, size: number): Sql {
  return sql`CAST(${mixed(key, salt)} % CAST(${size} AS UBIGINT) AS BIGINT)`;
}

/** A number from 0 up to, but not including, 1. */
export function share(key: Sql, salt: string): Sql {
  return sql`(CAST(${mixed(key, salt)} >> 12 AS DOUBLE) / 4503599627370496)`;
}

/** One of several texts, each as likely. */
export function oneOf(key: Sql, salt: string, options: readonly (string | null)[]): Sql {
  const list = join(options.map((option) => sql`CAST(${option} AS VARCHAR)`));
  return sql`list_extract([${list}], 1 + ${draw(key, salt, options.length)})`;
}

/** `whenTrue` for about `count` of every thousand keys. */
export function perMille(key: Sql, salt: string, count: number, whenTrue: Sql, otherwise: Sql): Sql {
  return sql`CASE WHEN ${draw(key, salt, 1000)} < ${count} THEN ${whenTrue} ELSE ${otherwise} END`;
}
