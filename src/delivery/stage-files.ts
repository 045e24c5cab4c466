import { rm } from 'node:fs/promises';
import type { FileAction, FileContext, Layout } from '../format/layout.ts';
import type { ManifestFile } from '../format/manifest.ts';
import type { PackedFile } from '../format/pack-file.ts';
import { inParallel } from '../lib/in-parallel.ts';
import type { Sql } from '../lib/sql.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { Engine, RunProgress } from './engine.ts';
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

/** A group is written and packed while the one before is staged. */
const GROUPS_AT_ONCE = 2;

/** What one group has become. */
interface Group {
  readonly action: FileAction | undefined;
  readonly files: readonly PackedFile[];
}

/** Writes, packs and stages files, each in as many parts as its layout's limits ask for; gives them in their order. */
export async function stageFiles(work: FileWork, outgoing: readonly Outgoing[]): Promise<readonly ManifestFile[]> {
  const { session, folder, engine, progress } = work;
  const packed: Group[] = [];
  let isWriting = false;

  async function* groups(signal: AbortSignal): AsyncGenerator<Group> {
    for (const { action, layout, members, groups: ofLayout } of outgoing) {
      for (const runs of ofLayout) {
        isWriting = true;
        progress.step('writing');
        const context = { ...work.context, action };
        const files = await packLines({ engine, session, folder, layout, context, members, runs, progress, signal });
        isWriting = false;
        packed.push({ action, files });
        yield { action, files };
      }
    }
  }

  await inParallel(groups, GROUPS_AT_ONCE, work.signal, async ({ files }, signal) => {
    if (!isWriting) progress.step('staging');
    for (const file of files) {
      await stageFile(work, file, signal, (done) => {
        if (!isWriting) progress.amount(done, file.bytes, 'bytes');
      });
    }
  });
  return packed.flatMap(({ action, files }) =>
    files.map(({ path: _path, ...file }) => (action === undefined ? file : { ...file, action })),
  );
}

async function stageFile(
  { engine, prefix }: FileWork,
  { name, bytes, sha256, path }: PackedFile,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<void> {
  await engine.stage.put({ key: `${prefix}/${name}`, path, bytes, sha256, isGiven: true, signal, onProgress });
  await rm(path);
}
