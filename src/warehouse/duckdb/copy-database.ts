import { chmod } from 'node:fs/promises';
import { ident, raw, sql } from '../../lib/sql.ts';
import type { QueryOptions, Session } from '../warehouse.ts';

/** The name under which the copy is attached. */
const COPY = ident('aquarius_copy');

/**
 * Copies the session's database to the new file `path`, as it is at one moment, while other sessions go on. Only its owner can read
 * the copy. A file that is there already is refused.
 */
export async function copyDatabase(session: Session, path: string, options: QueryOptions = {}): Promise<void> {
  const [row] = await session.all(sql`SELECT current_database() AS name`);
  // ATTACH takes no bound value, and reads a text as any other statement does.
  await session.execute(sql`ATTACH ${raw(`'${path.replaceAll("'", "''")}'`)} AS ${COPY} (READ_WRITE)`, options);
  try {
    await chmod(path, 0o600);
    await session.execute(sql`COPY FROM DATABASE ${ident(String(row?.name))} TO ${COPY}`, options);
  } finally {
    // Writes what is in the copy's log into its file.
    await session.execute(sql`DETACH ${COPY}`);
  }
}
