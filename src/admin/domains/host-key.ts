import { type Sql, sql } from '../../lib/sql.ts';
import { hostOf } from '../../pixel/domains.ts';
import { authoritySql } from '../../reach/site-rows.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { Dialect } from '../../warehouse/dialect.ts';

/**
 * Hosts of millions of page addresses: the warehouse cuts each address down to a key, cheaply, and what host a key means is decided
 * here once for each key. The engine's own reading is a pattern, which costs more than twice as much, and is left to the rare addresses
 * that do not begin with `http`.
 */

/** The key of a page's address, for grouping and joining; the table is aliased `e`. */
export function hostKeySql(dialect: Dialect, events: BoundTable): Sql {
  const url = dialect.text(events.column('PAGE_URL', 'e'));
  return sql`CASE WHEN ${url} LIKE 'https://%' OR ${url} LIKE 'http://%' THEN split_part(split_part(${url}, '/', 3), '?', 1)
    ELSE ${authoritySql(dialect, events)} END`;
}

/** The host that a key stands for, as the engine reads the addresses that have it; null when it is none. */
export function hostOfKey(key: string): string | null {
  const authority = /^[^/?#\\ \t]*/.exec(key.toLowerCase())?.[0] ?? '';
  return authority === '' ? null : hostOf(authority);
}
