import { transientError } from '../../errors.ts';
import { ident, sql } from '../../lib/sql.ts';
import type { TableSpec } from '../table-spec.ts';
import { loadedFiles } from '../tables/bookkeeping.ts';
import type { Session } from '../warehouse.ts';
import type { SourceFile } from './source-file.ts';

const TABLE = ident(loadedFiles.schema, loadedFiles.name);

/** Whether a file of this content was loaded into the table before. */
export async function isLoaded(session: Session, spec: TableSpec, file: SourceFile): Promise<boolean> {
  const found = await session.all(sql`SELECT 1 AS one FROM ${TABLE} WHERE TABLE_NAME = ${spec.name} AND SHA256 = ${file.sha256}`);
  return found.length > 0;
}

/** Records that a file was loaded, in the transaction that loads it. */
export async function recordLoaded(session: Session, spec: TableSpec, file: SourceFile, rows: number, at: Date): Promise<void> {
  try {
    await session.execute(sql`INSERT INTO ${TABLE} (TABLE_NAME, PATH, BYTES, MODIFIED_AT, SHA256, ROW_COUNT, LOADED_AT)
      VALUES (${spec.name}, ${file.path}, ${file.bytes}, ${file.modifiedAt}, ${file.sha256}, ${rows}, ${at})`);
  } catch (error) {
    // The transaction did not see the record, yet its key is taken: another load was faster.
    if (!(error instanceof Error && /Constraint Error/.test(error.message))) throw error;
    throw transientError('warehouse_conflict', `${file.path} was loaded by another session at the same time.`, {
      hint: 'Try again.',
    });
  }
}

/** Empties the table and forgets what was loaded into it. */
export async function emptyTable(session: Session, spec: TableSpec): Promise<void> {
  await session.execute(sql`DELETE FROM ${ident(spec.schema, spec.name)}`);
  await session.execute(sql`DELETE FROM ${TABLE} WHERE TABLE_NAME = ${spec.name}`);
}
