import { gzipSync } from 'node:zlib';
import type { Identifier, ReadableFile, ReadableSet } from '../../src/destinations/destination.ts';
import type { FileAction } from '../../src/format/layout.ts';
import type { Manifest } from '../../src/format/manifest.ts';
import type { IdentifierType } from '../../src/identity/identifier-type.ts';
import { stagedFile, stagedSet } from './staged-set.ts';

/** Seconds since 1970 of every member's newest exposure. */
export const LAST_SEEN = Date.parse('2026-11-20T12:00:00Z') / 1000;

/** A file of members as the engine stages it for partners with an API: the layout `members`, gzip. */
export function membersFile(name: string, members: readonly Identifier[], action?: FileAction): ReadableFile {
  const lines = ['ID_TYPE,ID,LAST_SEEN', ...members.map(({ type, value }) => `${type},${value},${LAST_SEEN}`)];
  const plain = Buffer.from(`${lines.join('\n')}\n`);
  const identifiers: Partial<Record<IdentifierType, number>> = {};
  for (const { type } of members) identifiers[type] = (identifiers[type] ?? 0) + 1;
  const file = stagedFile(name, gzipSync(plain, { level: 1 }), members.length);
  return { ...file, identifiers, plainBytes: plain.length, ...(action === undefined ? {} : { action }) };
}

/** A staged set of members to add, to remove and to opt out; `changes` alters its manifest. */
export function membersSet(
  {
    add = [],
    remove = [],
    optOut = [],
  }: { add?: readonly Identifier[]; remove?: readonly Identifier[]; optOut?: readonly Identifier[] },
  changes: Partial<Manifest> = {},
): ReadableSet {
  const files = [
    ...(add.length === 0 ? [] : [membersFile('add.csv.gz', add)]),
    ...(remove.length === 0 ? [] : [membersFile('remove.csv.gz', remove, 'remove')]),
    ...(optOut.length === 0 ? [] : [membersFile('opt-out.csv.gz', optOut, 'optOut')]),
  ];
  const { manifest, ...set } = stagedSet(files);
  return { ...set, files, manifest: { ...manifest, layout: 'members', ...changes } };
}

/** `count` different devices, the same ones each time; `from` shifts to others. */
export function devices(count: number, type: 'IDFA' | 'GAID' = 'IDFA', from = 0): readonly Identifier[] {
  return Array.from({ length: count }, (_, index) => {
    const hex = (from + index + 1).toString(16).padStart(12, '0');
    return { type, value: `38400000-8cf0-11bd-b23e-${hex}` };
  });
}
