import { SPACE_CHARACTERS } from '../identity/text-pattern.ts';
import { raw, type Sql, sql } from '../lib/sql.ts';

/** Twin of `trimSpace`. */
export function trimmedSql(text: Sql): Sql {
  return sql`trim(${text}, ${raw(`'${SPACE_CHARACTERS}'`)})`;
}
