import { AquariusError, configError } from '../../errors.ts';
import type { Clock } from '../../lib/clock.ts';
import { readColumns } from '../duckdb/data-file.ts';
import { findFiles } from '../find-files.ts';
import { findLive, readLiveTables } from '../information-schema.ts';
import { unknownTable } from '../placement.ts';
import type { TableSpec } from '../table-spec.ts';
import { findTable } from '../tables.ts';
import type { Session } from '../warehouse.ts';
import { explainFailure, unreadableFile } from './explain-failure.ts';
import { insertFile, type MatchedFile } from './insert-file.ts';
import { emptyTable, isLoaded, recordLoaded } from './loaded-files.ts';
import { matchColumns } from './match-columns.ts';
import { type LoadProgress, trackProgress } from './progress.ts';
import { checkUnchanged, identify, type SourceFile, sizeFiles } from './source-file.ts';
import { checkUniqueKey } from './unique-key.ts';

export interface LoadRequest {
  /** A table of the catalogue, in any case. */
  readonly table: string;
  /** Files and patterns. */
  readonly patterns: readonly string[];
  /** Put the files in place of all that the table holds. */
  readonly replace?: boolean;
  /** Skip columns that the table does not have, instead of refusing the file. */
  readonly ignoreUnknownColumns?: boolean;
  /** Where relative patterns are looked up; by default the working directory. */
  readonly cwd?: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

export interface LoadedFile {
  /** Absolute. */
  readonly path: string;
  /** Rows that this load added: none for a file that was loaded before. */
  readonly rows: number;
  readonly outcome: 'loaded' | 'already';
}

export interface LoadReport {
  /** The table's name in the catalogue. */
  readonly table: string;
  readonly files: readonly LoadedFile[];
  /** Rows added. */
  readonly rows: number;
  /** Files loaded, and files that had been loaded before. */
  readonly loaded: number;
  readonly already: number;
}

/**
 * Loads files into a table: all of them or, when anything is wrong with any, none. Each content is loaded once: a file that was
 * loaded before, under whatever name, is passed over.
 */
export async function loadFiles(session: Session, request: LoadRequest): Promise<LoadReport> {
  const { signal } = request;
  if (session.dialect.name !== 'duckdb')
    throw configError('load_unsupported', 'Files are loaded into the embedded warehouse only.', {
      hint: 'Put them into a stage and use COPY INTO in Snowflake, or a pipe.',
    });
  const spec = await target(session, request.table);
  const sized = await sizeFiles(await findFiles(request.patterns, request.cwd ?? process.cwd()));
  const progress = trackProgress(
    sized.map(({ bytes }) => bytes),
    request.onProgress,
  );
  const sources: MatchedFile[] = [];
  for (const [index, file] of sized.entries()) {
    const identified = await identify(file, signal, (bytes) => progress.hashed(index, bytes));
    sources.push(await matchFile(session, spec, identified, request.ignoreUnknownColumns === true));
  }
  let inserting: MatchedFile | null = null;
  const files: LoadedFile[] = [];
  try {
    await session.transaction(async () => {
      if (request.replace) await emptyTable(session, spec);
      for (const [index, source] of sources.entries()) {
        const { file } = source;
        if (await isLoaded(session, spec, file)) {
          files.push({ path: file.path, rows: 0, outcome: 'already' });
        } else {
          inserting = source;
          const onProgress = (share: number): void => progress.inserted(index, share);
          const rows = await insertFile(session, spec, source, { signal, onProgress });
          inserting = null;
          await checkUnchanged(file);
          await recordLoaded(session, spec, file, rows, request.clock.now());
          files.push({ path: file.path, rows, outcome: 'loaded' });
        }
        progress.finished(index);
      }
      await checkUniqueKey(session, spec);
    });
  } catch (error) {
    throw inserting === null ? error : await explainFailure(session, inserting, error, signal);
  }
  return reportOf(spec, files);
}

function reportOf(spec: TableSpec, files: readonly LoadedFile[]): LoadReport {
  const loaded = files.filter(({ outcome }) => outcome === 'loaded');
  return {
    table: spec.name,
    files,
    rows: loaded.reduce((sum, { rows }) => sum + rows, 0),
    loaded: loaded.length,
    already: files.length - loaded.length,
  };
}

/** The table to load into, which must be there. */
async function target(session: Session, name: string): Promise<TableSpec> {
  const spec = findTable(name);
  if (spec === undefined || spec.internal) throw unknownTable(name);
  if (session.dialect.name !== 'duckdb') {
    throw configError('load_unsupported', 'Files are loaded into the embedded warehouse only.', {
      hint: "Use the warehouse's own loader.",
    });
  }
  if (findLive(await readLiveTables(session, [spec]), spec) === undefined) {
    throw configError('table_missing', `The warehouse has no table ${spec.schema}.${spec.name}.`, {
      hint: 'Run `aquarius init`.',
    });
  }
  return spec;
}

async function matchFile(session: Session, spec: TableSpec, file: SourceFile, ignoreUnknown: boolean): Promise<MatchedFile> {
  const columns = await readColumns(session, file.format, [file.path]).catch((error: unknown) => {
    throw error instanceof AquariusError ? error : unreadableFile(file.path);
  });
  // A JSON file without lines names no columns; there is nothing to miss.
  const isEmpty = file.format.kind === 'json' && columns.length === 0;
  return { file, columns, matched: isEmpty ? [] : matchColumns(spec, file.path, columns, ignoreUnknown) };
}
