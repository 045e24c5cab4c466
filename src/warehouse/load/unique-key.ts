import { rejectedError } from '../../errors.ts';
import { ident, join, sql } from '../../lib/sql.ts';
import type { TableSpec } from '../table-spec.ts';
import type { Session } from '../warehouse.ts';

/** After a load no two rows may share the key of a table that says so: else an advertiser would be delivered twice. */
export async function checkUniqueKey(session: Session, spec: TableSpec): Promise<void> {
  if (!spec.unique) return;
  const key = spec.key.map((column) => sql`trim(CAST(${ident(column)} AS VARCHAR))`);
  const names = spec.key.map((column) => ident(column));
  const rows = await session.all(
    sql`SELECT ${join(key.map((part, index) => sql`${part} AS ${names[index] ?? part}`))} FROM ${ident(spec.schema, spec.name)}
      GROUP BY ${join(key)} HAVING count(*) > 1 ORDER BY ${join(key)} LIMIT 10`,
  );
  if (rows.length === 0) return;
  throw rejectedError(
    'duplicate_key',
    `${spec.name} would have several rows of the same ${spec.key.join(' and ')}; nothing was loaded.`,
    {
      hint: 'Remove the duplicates from the files, or load with --replace to put them in place of what is there.',
      problems: rows.map((row) => ({
        path: spec.key.map((column) => `${column} ${row[column]}`).join(', '),
        message: 'more than one row has this key',
      })),
    },
  );
}
