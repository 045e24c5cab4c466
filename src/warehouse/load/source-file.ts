import { stat } from 'node:fs/promises';
import { configError, transientError } from '../../errors.ts';
import { EXTENSIONS, type FileFormat, formatOf } from '../duckdb/data-file.ts';
import { hashFile } from './hash-file.ts';

/** A file to load, as it was found. */
export interface SourceFile {
  readonly path: string;
  readonly format: FileFormat;
  readonly bytes: number;
  readonly modifiedAt: Date;
  /** Of its content. */
  readonly sha256: string;
}

/** Bytes and format of the files, before any is read. */
export async function sizeFiles(paths: readonly string[]): Promise<readonly Omit<SourceFile, 'sha256'>[]> {
  return Promise.all(
    paths.map(async (path) => {
      const format = formatOf(path);
      if (format === null) {
        throw configError('unknown_format', `The extension of ${path} does not tell its format.`, {
          hint: `Known extensions: ${EXTENSIONS.join(', ')}; all but .parquet may be followed by .gz.`,
        });
      }
      const { size, mtime } = await stat(path);
      return { path, format, bytes: size, modifiedAt: mtime };
    }),
  );
}

/** Hashes the file's content, by which it is known whatever it is called. */
export async function identify(
  file: Omit<SourceFile, 'sha256'>,
  signal: AbortSignal | undefined,
  onBytes: (bytes: number) => void,
): Promise<SourceFile> {
  return { ...file, sha256: await hashFile(file.path, signal, onBytes) };
}

/** What was loaded must be what was hashed. */
export async function checkUnchanged(file: SourceFile): Promise<void> {
  const { size, mtime } = await stat(file.path);
  if (size === file.bytes && mtime.getTime() === file.modifiedAt.getTime()) return;
  throw transientError('file_changed', `${file.path} was changed while it was loaded; nothing was loaded.`, {
    hint: 'Load it again when it is complete.',
  });
}
