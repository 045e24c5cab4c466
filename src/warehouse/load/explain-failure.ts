import { AquariusError, rejectedError } from '../../errors.ts';
import { sql } from '../../lib/sql.ts';
import { scan } from '../duckdb/data-file.ts';
import type { Session } from '../warehouse.ts';
import { badValues } from './bad-values.ts';
import { type MatchedFile, usedColumns } from './insert-file.ts';

/** A file whose bytes cannot be read. */
export function unreadableFile(path: string) {
  return rejectedError('unreadable_file', `${path} cannot be read: it is broken, cut short or in another format.`, {
    hint: 'Check that the file is complete and in the format that its extension says, and get it again if it is not.',
  });
}

/** What to tell of a failed insert: a file that cannot be read, values that cannot be accepted, or the failure itself. */
export async function explainFailure(
  session: Session,
  source: MatchedFile,
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (error instanceof AquariusError || signal?.aborted) return error;
  const { path, format } = source.file;
  try {
    // Reads every byte without converting anything.
    await session.all(sql`SELECT bit_xor(hash(entry)) AS sum FROM ${scan(format, [path], usedColumns(source))} AS entry`, {
      signal,
    });
  } catch (failure) {
    if (failure instanceof AquariusError || signal?.aborted) return failure;
    return unreadableFile(path);
  }
  return (await badValues(session, source, signal)) ?? error;
}
