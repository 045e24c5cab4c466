import { kindOf } from '../identity/identifier-kind.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../identity/identifier-type.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';

export interface MemberColumns {
  readonly type: Sql;
  /** The canonical identifier. */
  readonly value: Sql;
  /** The newest exposure within the window, UTC. */
  readonly lastSeen: Sql;
}

/** Files are grouped by type in the order of IDENTIFIER_TYPES, then sorted by value. */
function typeOrder(types: readonly IdentifierType[]): Sql {
  const places = IDENTIFIER_TYPES.filter((type) => types.includes(type)).map(
    (type, index) => sql`WHEN ${type} THEN ${raw(String(index))}`,
  );
  return sql`CASE id_type ${join(places, ' ')} END`;
}

type Render = (columns: MemberColumns) => Sql;

/**
 * The lines of a file of some types: `render` is given the columns of `members` and makes a line's text of them. The order is fixed, so
 * that the same rows give the same bytes. `members` are as in a cut. Only columns that the types use are sorted: with a column of text in
 * the order, though it is always null, writing 10 million lines took 8.7 s of processor time where it takes 7.9 s.
 */
export function memberLines(dialect: Dialect, members: Sql, types: readonly IdentifierType[], render: Render): Sql {
  const chosen = choose(members, types);
  return dialect.inOrder(sql`${lineOf(dialect, types, render)} AS line`, chosen.rows, join(chosen.order));
}

/** The same lines under a header, which is a line like the others; null for none. */
export function linesUnder(
  header: string | null,
  dialect: Dialect,
  members: Sql,
  types: readonly IdentifierType[],
  render: Render,
): Sql {
  if (header === null) return memberLines(dialect, members, types, render);
  const { rows, order } = choose(members, types);
  const keys = order.map((_, index) => raw(`key_${index + 1}`));
  const own = order.map((key, index) => sql`${key} AS ${keys[index] ?? key}`);
  return sql`SELECT line FROM (
    SELECT ${lineOf(dialect, types, render)} AS line, 1 AS place, ${join(own)} FROM ${rows} AS members
    UNION ALL SELECT ${header}, 0, ${join(keys.map(() => raw('NULL')))}
    ) AS headed ORDER BY place, ${join(keys)}`;
}

/** The members of some types with their place in that order, as `row_no` from 1. */
export function numberedMembers(members: Sql, types: readonly IdentifierType[]): Sql {
  const { rows, order } = choose(members, types);
  return sql`SELECT *, ROW_NUMBER() OVER (ORDER BY ${join(order)}) AS row_no FROM ${rows} AS members`;
}

function lineOf(dialect: Dialect, types: readonly IdentifierType[], render: Render): Sql {
  const key = dialect.deviceText(raw('id_key'));
  const value = hasDevices(types) && hasOthers(types) ? sql`COALESCE(${key}, id_text)` : hasDevices(types) ? key : raw('id_text');
  return render({ type: raw('id_type'), value, lastSeen: raw('last_seen') });
}

/** The rows of some types, with what they are ordered by. */
function choose(members: Sql, types: readonly IdentifierType[]): { readonly rows: Sql; readonly order: readonly Sql[] } {
  const identifier = [...(hasDevices(types) ? [raw('id_key')] : []), ...(hasOthers(types) ? [raw('id_text')] : [])];
  const wanted = join(types.map((type) => sql`${type}`));
  return {
    rows: sql`(SELECT id_type, ${join(identifier)}, last_seen FROM ${members} WHERE id_type IN (${wanted}))`,
    order: types.length > 1 ? [typeOrder(types), ...identifier] : identifier,
  };
}

const hasDevices = (types: readonly IdentifierType[]): boolean => types.some((type) => kindOf(type) === 'MAID');
const hasOthers = (types: readonly IdentifierType[]): boolean => types.some((type) => kindOf(type) !== 'MAID');
