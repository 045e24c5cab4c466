import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Destination, ReadableFile, ReadableSet } from '../../src/destinations/destination.ts';
import type { FileContext, Membership } from '../../src/format/layout.ts';
import { packFile } from '../../src/format/pack-file.ts';
import { writeRows } from '../../src/format/write-rows.ts';
import type { IdentifierType } from '../../src/identity/identifier-type.ts';
import { clockAt } from '../../src/lib/clock.ts';
import { collect, contextOf, inBatches, memberships, PLANNED_AT } from './format.ts';
import { stagedSet, testCtx } from './staged-set.ts';

/** So many rows of each type. */
export type Wanted = Partial<Record<IdentifierType, number>>;

const VALUES: Partial<Record<IdentifierType, (n: number) => string>> = {
  IP: (n) => `8.8.${Math.floor(n / 250)}.${(n % 250) + 1}`,
  RAMPID: (n) => `XY1000${String(n).padStart(42, 'a')}`,
};

function rowsOf(type: IdentifierType, count: number): readonly Membership[] {
  const made = VALUES[type];
  return memberships(count, type).map((row, n) => (made === undefined ? row : { ...row, value: made(n) }));
}

/** Makes a set as the engine does: the adapter's layout, a file for all types or for each, finished files with their manifest entries. */
export async function liverampSet<S>(
  directory: string,
  adapter: Destination<S>,
  settings: S,
  wanted: Wanted,
  options: { readonly context?: Partial<FileContext>; readonly secrets?: Readonly<Record<string, string>> } = {},
): Promise<ReadableSet> {
  const context = contextOf(options.context);
  const layout = await adapter.layout(settings, testCtx({ secrets: options.secrets ?? {} }).secrets);
  const types = Object.entries(wanted) as [IdentifierType, number][];
  const groups = layout.filePer === 'identifierType' ? types.map((type) => [type]) : [types];
  const files: ReadableFile[] = [];
  for (const group of groups) {
    const rows = group.flatMap(([type, count]) => rowsOf(type, count));
    const path = join(directory, `lines-${context.runId}-${group.map(([type]) => type).join('-')}`);
    await writeFile(path, await collect(writeRows(layout, context, inBatches(rows))));
    const [only] = group;
    const parts = await packFile({
      path,
      runs: group.map(([type, count]) => ({ type, rows: count })),
      layout,
      context,
      ...(layout.filePer === 'identifierType' && only !== undefined ? { identifierType: only[0] } : {}),
      directory,
      clock: clockAt(PLANNED_AT),
      signal: new AbortController().signal,
    });
    files.push(...parts.map(({ path: local, ...file }) => ({ ...file, open: async () => createReadStream(local) })));
  }
  const { manifest, ...set } = stagedSet(files);
  return { ...set, files, manifest: { ...manifest, segmentId: context.segmentId, runId: context.runId, layout: layout.name } };
}
