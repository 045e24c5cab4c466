import { join, type Sql, sql } from '../../lib/sql.ts';

/**
 * Repeatable chance. Every draw is a hash of the seed, of what is drawn, and of a number; so the same seed gives the same warehouse,
 * whatever the order or the number of threads in which rows are made.
 */

/**
 * A hash of several values. DuckDB joins the hashes of its arguments so simply that draws of one key would go together; hashing the
 * result once more parts them.
 */
function mixed(...values: readonly Sql[]): Sql {
  return sql`hash(hash(${join(values)}))`;
}

/** A key from which any number of independent draws can be taken. */
export function keyFor(seed: number, what: string, number: Sql): Sql {
  return mixed(sql`CAST(${seed} AS BIGINT)`, sql`CAST(${what} AS VARCHAR)`, sql`CAST(${number} AS BIGINT)`);
}

/** A whole number from 0 to `size` - 1. */
export function draw(key: Sql, salt: string, size: number): Sql {
  return sql`CAST(${mixed(key, sql`CAST(${salt} AS VARCHAR)`)} % CAST(${size} AS UBIGINT) AS BIGINT)`;
}

/** A number from 0 up to, but not including, 1. */
export function share(key: Sql, salt: string): Sql {
  return sql`(CAST(${mixed(key, sql`CAST(${salt} AS VARCHAR)`)} >> 12 AS DOUBLE) / 4503599627370496)`;
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
