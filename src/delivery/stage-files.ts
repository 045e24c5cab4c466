import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { memberLines } from '../audience/member-lines.ts';
import type { FileAction, FileContext, Layout } from '../format/layout.ts';
import { lineSql } from '../format/line-sql.ts';
import type { ManifestFile } from '../format/manifest.ts';
import { packFile } from '../format/pack-file.ts';
import type { Sql } from '../lib/sql.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Engine, RunProgress } from './engine.ts';
import type { TypeCount } from './file-groups.ts';

/** Members that leave in files of one layout, with one thing to be done with them. */
export interface Outgoing {
  /** Absent: they are added. */
  readonly action?: FileAction;
  readonly layout: Layout;
  /** `id_type`, `id_value`, `last_seen`. */
  readonly members: Sql;
  /** The files, each with its types. */
  readonly groups: readonly (readonly TypeCount[])[];
}

export interface FileWork {
  readonly engine: Engine;
  readonly session: Session;
  readonly folder: string;
  readonly context: FileContext;
  readonly prefix: string;
  readonly progress: RunProgress;
  readonly signal: AbortSignal;
}

/** Writes, packs and stages files, each in as many parts as its layout's limits ask for. */
export async function stageFiles(work: FileWork, outgoing: Outgoing): Promise<readonly ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const group of outgoing.groups) files.push(...(await stageGroup(work, outgoing, group)));
  return files;
}

async function stageGroup(
  work: FileWork,
  { action, layout, members }: Outgoing,
  group: readonly TypeCount[],
): Promise<readonly ManifestFile[]> {
  const { engine, session, folder, prefix, progress, signal } = work;
  const context = { ...work.context, action };
  const types = group.map(({ type }) => type);
  const identifierType = layout.filePer === 'identifierType' ? types[0] : undefined;
  const path = join(folder, `lines-${types.join('-')}`);
  progress.step('writing');
  const lines = memberLines(members, types, (columns) => lineSql(session.dialect, layout, context, columns, identifierType));
  await session.unload(lines, path, { signal, onProgress: progress.share });
  progress.step('packing');
  const parts = await packFile({
    path,
    runs: group,
    layout,
    context,
    identifierType,
    directory: folder,
    clock: engine.clock,
    signal,
    onProgress: (bytes) => progress.amount(bytes, null, 'bytes'),
  });
  await rm(path);
  progress.step('staging');
  const files: ManifestFile[] = [];
  for (const { path: local, ...file } of parts) {
    const { name, bytes, sha256 } = file;
    const onProgress = (done: number): void => progress.amount(done, bytes, 'bytes');
    await engine.stage.put({ key: `${prefix}/${name}`, path: local, bytes, sha256, signal, onProgress });
    await rm(local);
    files.push(action === undefined ? file : { ...file, action });
  }
  return files;
}
