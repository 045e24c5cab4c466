import { IDENTIFIER_TYPES, type IdentifierType } from '../identity/identifier-type.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';

export interface MemberColumns {
  readonly type: Sql;
  /** The canonical identifier. */
  readonly value: Sql;
  /** The newest exposure within the window, UTC. */
  readonly lastSeen: Sql;
}

/** Files are grouped by type in this order, then sorted by value. */
const TYPE_ORDER = join(
  IDENTIFIER_TYPES.map((type, index) => sql`WHEN ${type} THEN ${raw(String(index))}`),
  ' ',
);

/**
 * The lines of a file of some types: `render` is given the columns of `members` and makes a line's text of them. The order is fixed, so
 * that the same rows give the same bytes.
 */
export function memberLines(members: Sql, types: readonly IdentifierType[], render: (columns: MemberColumns) => Sql): Sql {
  return sql`SELECT ${render({ type: sql`id_type`, value: sql`id_value`, lastSeen: sql`last_seen` })} AS line FROM ${members}
    WHERE id_type IN (${join(types.map((type) => sql`${type}`))})
    ORDER BY CASE id_type ${TYPE_ORDER} END, id_value`;
}
