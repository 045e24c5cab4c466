import { rm } from 'node:fs/promises';
import type { FileAction, FileContext, Layout } from '../format/layout.ts';
import type { ManifestFile } from '../format/manifest.ts';
import type { PackedFile } from '../format/pack-file.ts';
import { inParallel } from '../lib/in-parallel.ts';
import type { Sql } from '../lib/sql.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Engine, RunProgress } from './engine.ts';
import { adoptFile, type ExportedFile, exportLines, refuseUsedPrefix } from './export-lines.ts';
import type { TypeCount } from './file-groups.ts';
import { packLines } from './pack-lines.ts';

/** Members that leave in files of one layout, with one thing to be done with them. */
export interface Outgoing {
  /** Absent: they are added. */
  readonly action?: FileAction;
  readonly layout: Layout;
  /** As in a cut. */
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

/** A group is written while the one before is staged, or looked through where the warehouse has written it into the stage. */
const GROUPS_AT_ONCE = 2;

/** A group that is written and not yet in the stage, or not yet known there. */
interface Group {
  readonly nth: number;
  readonly action: FileAction | undefined;
  readonly files: readonly (PackedFile | ExportedFile)[];
}

/** Writes, packs and stages files, each in as many parts as its layout's limits ask for; gives them in their order. */
export async function stageFiles(work: FileWork, outgoing: readonly Outgoing[]): Promise<readonly ManifestFile[]> {
  const { session, folder, engine, prefix, progress } = work;
  const staged: ManifestFile[][] = [];
  let isWriting = false;
  await refuseUsedPrefix(engine.stage, session.exporter, prefix, work.signal);

  async function* groups(signal: AbortSignal): AsyncGenerator<Group> {
    for (const { action, layout, members, groups: ofLayout } of outgoing) {
      for (const runs of ofLayout) {
        isWriting = true;
        progress.step('writing');
        const context = { ...work.context, action };
        const lines = { engine, session, folder, layout, context, members, runs, progress, signal };
        const files = (await exportLines(lines, prefix)) ?? (await packLines(lines));
        isWriting = false;
        yield { nth: staged.push([]) - 1, action, files };
      }
    }
  }

  await inParallel(groups, GROUPS_AT_ONCE, work.signal, async ({ nth, action, files }, signal) => {
    if (!isWriting) progress.step('staging');
    for (const file of files) {
      const own = 'part' in file ? await adoptFile(engine.stage, prefix, file, signal) : await put(file, signal);
      staged[nth]?.push(action === undefined ? own : { ...own, action });
    }
  });
  return staged.flat();

  function put(file: PackedFile, signal: AbortSignal): Promise<ManifestFile> {
    return stageFile(work, file, signal, (done) => {
      if (!isWriting) progress.amount(done, file.bytes, 'bytes');
    });
  }
}

async function stageFile(
  { engine, prefix }: FileWork,
  { path, ...file }: PackedFile,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<ManifestFile> {
  const { name, bytes, sha256 } = file;
  await engine.stage.put({ key: `${prefix}/${name}`, path, bytes, sha256, isGiven: true, signal, onProgress });
  await rm(path);
  return file;
}
