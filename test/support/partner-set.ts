import { readFile } from 'node:fs/promises';
import type { ReadableFile, ReadableSet } from '../../src/destinations/destination.ts';
import { partnerFile } from '../../src/destinations/partner-file/partner-file.ts';
import type { PartnerFileSettings } from '../../src/destinations/partner-file/settings.ts';
import type { FileContext, Layout, Membership } from '../../src/format/layout.ts';
import { writeRows } from '../../src/format/write-rows.ts';
import { IDENTIFIER_TYPES } from '../../src/identity/identifier-type.ts';
import { collect, contextOf, inBatches, packLines, scratch } from './format.ts';
import { stagedFile, stagedSet } from './staged-set.ts';

/** Settings of a partner as in aquarius.yaml, with a folder unless they say another way. */
export function partnerSettings(written: Readonly<Record<string, unknown>>): PartnerFileSettings {
  return partnerFile.settings.parse({ type: 'partner-file', via: { type: 'folder', path: '/partner' }, ...written });
}

export const layoutOf = (
  written: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>> = {},
): Promise<Layout> => partnerFile.layout(partnerSettings(written), async (reference) => secrets[reference] ?? '');

/** The finished files of members, as the engine would stage them: grouped by type, one file or one for each type. */
export async function cutFiles(
  layout: Layout,
  members: readonly Membership[],
  changes: Partial<FileContext> = {},
): Promise<ReadableFile[]> {
  await using directory = await scratch();
  const context = contextOf(changes);
  const sorted = IDENTIFIER_TYPES.map((type) => members.filter((member) => member.type === type)).filter(
    ({ length }) => length > 0,
  );
  const files: ReadableFile[] = [];
  for (const group of layout.filePer === 'segment' ? [sorted.flat()] : sorted) {
    const lines = await collect(writeRows(layout, context, inBatches(group, 100)));
    const runs = IDENTIFIER_TYPES.map((type) => ({ type, rows: group.filter((member) => member.type === type).length }));
    const [first] = group;
    const type = layout.filePer === 'segment' || first === undefined ? {} : { identifierType: first.type };
    for (const { path, ...packed } of await packLines(directory.path, layout, lines, runs, { context, ...type }))
      files.push({ ...stagedFile(packed.name, await readFile(path), packed.rows), ...packed, action: context.action });
  }
  return files;
}

/** A staged set of members for these settings. */
export async function cutSet(
  written: Readonly<Record<string, unknown>>,
  members: readonly Membership[],
  changes: Partial<FileContext> = {},
): Promise<ReadableSet> {
  const { segmentName, segmentId } = contextOf(changes);
  const set = stagedSet(await cutFiles(await layoutOf(written), members, changes));
  return { ...set, manifest: { ...set.manifest, segmentName, segmentId } };
}
