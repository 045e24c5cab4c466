import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { memberLines } from '../audience/member-lines.ts';
import type { FileContext, Layout } from '../format/layout.ts';
import { typicalBytes } from '../format/line-bytes.ts';
import { lineSql } from '../format/line-sql.ts';
import { canPackStream, type PackedFile, packFile, packStream } from '../format/pack-file.ts';
import { type NamedPipe, openNamedPipe } from '../lib/named-pipe.ts';
import type { Sql } from '../lib/sql.ts';
import { withResource } from '../lib/with-resource.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Engine, RunProgress } from './engine.ts';
import type { TypeCount } from './file-groups.ts';
import { requireRoom } from './require-room.ts';

/** From here on a pipe pays; it takes some milliseconds to make. */
const ROWS_FOR_A_PIPE = 100_000;

/** Members of some types, to be packed into a file, or into several as the layout's limits ask for. */
export interface LinesWork {
  readonly engine: Pick<Engine, 'clock' | 'stage'>;
  readonly session: Session;
  readonly folder: string;
  readonly layout: Layout;
  readonly context: FileContext;
  /** As in a cut. */
  readonly members: Sql;
  readonly runs: readonly TypeCount[];
  readonly progress: RunProgress;
  readonly signal: AbortSignal;
}

/** Writes lines and packs them; through a pipe, so that both go on at once and no plain file is on the disk, where that can be. */
export async function packLines(work: LinesWork): Promise<readonly PackedFile[]> {
  const { engine, session, folder, layout, context, members, runs } = work;
  const types = runs.map(({ type }) => type);
  const identifierType = layout.filePer === 'identifierType' ? types[0] : undefined;
  const lines = memberLines(session.dialect, members, types, (columns) =>
    lineSql(session.dialect, layout, context, columns, types),
  );
  const path = join(folder, `lines-${types.join('-')}`);
  const packing = { runs, layout, context, identifierType, directory: folder, clock: engine.clock };
  const rows = runs.reduce((sum, each) => sum + each.rows, 0);
  const pipe = rows >= ROWS_FOR_A_PIPE && canPackStream(packing) ? await openNamedPipe(path) : null;
  const room = {
    folder,
    stage: engine.stage,
    layout,
    plainBytes: typicalBytes(layout, context, runs),
    keepsPlain: pipe === null,
  };
  if (pipe === null) {
    await requireRoom(room);
    return throughFile(work, lines, path, packing);
  }
  return withResource(Promise.resolve(pipe), async () => {
    await requireRoom(room);
    return throughPipe(work, lines, pipe, packing, rows);
  });
}

type Packing = Omit<Parameters<typeof packFile>[0], 'path' | 'signal' | 'onProgress'>;

async function throughFile(work: LinesWork, lines: Sql, path: string, packing: Packing): Promise<readonly PackedFile[]> {
  const { session, progress, signal } = work;
  await session.unload(lines, path, { signal, onProgress: progress.share });
  progress.step('packing');
  const onProgress = (bytes: number): void => progress.amount(bytes, null, 'bytes');
  const files = await packFile({ ...packing, path, signal, onProgress });
  await rm(path);
  return files;
}

/** What fails first ends the other side too, and is what is told: what the other says then only follows from it. */
async function throughPipe(
  work: LinesWork,
  lines: Sql,
  pipe: NamedPipe,
  packing: Packing,
  rows: number,
): Promise<readonly PackedFile[]> {
  const { session, progress } = work;
  const failed = new AbortController();
  const signal = AbortSignal.any([work.signal, failed.signal]);
  const failures: unknown[] = [];
  const fails = (error: unknown): null => {
    failures.push(error);
    failed.abort(error);
    return null;
  };
  let bytesRead = 0;
  const onProgress = (bytes: number): void => {
    bytesRead = bytes;
    progress.amount(bytes, null, 'bytes');
  };
  const share = (done: number): void => {
    if (bytesRead === 0) progress.share(done);
  };
  const writing = session.unload(lines, pipe.path, { signal, onProgress: share }).catch(fails).finally(pipe.end);
  const packed = packStream({ ...packing, chunks: pipe.chunks, signal, onProgress })
    .catch(fails)
    .finally(pipe.close);
  const [unloaded, files] = await Promise.all([writing, packed]);
  if (unloaded === null || files === null) throw failures[0];
  if (unloaded.rows !== rows) throw new Error(`The warehouse wrote ${unloaded.rows} rows instead of ${rows}.`);
  return files;
}
