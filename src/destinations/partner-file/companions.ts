import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { configError } from '../../errors.ts';
import type { ManifestFile } from '../../format/manifest.ts';
import type { ReadableFile, ReadableSet } from '../destination.ts';
import { fillFields } from './partner-layout.ts';
import { partnerManifest } from './partner-manifest.ts';
import type { Form } from './resolve.ts';

const MAX_NAME_CHARACTERS = 250;

/**
 * The files that go after the data, in this order: manifests, then done markers. They are made of the staged set's manifest alone, so
 * that every attempt writes the same bytes under the same names. Names that data files have are a `config` error `companion_name`.
 */
export function companionsOf(set: ReadableSet, form: Form): ReadableFile[] {
  const { manifest, done } = form;
  const companions = [
    ...portions(set, manifest?.per).map((files) =>
      companion(fill(manifest?.name ?? '{file}.manifest.json', set, files, form), partnerManifest(set.manifest, files, form)),
    ),
    ...portions(set, done?.per).map((files) =>
      companion(fill(done?.name ?? '{file}.done', set, files, form), fill(done?.content ?? '', set, files, form)),
    ),
  ];
  refuseNames([...set.files, ...companions]);
  return companions;
}

type Files = readonly [ManifestFile, ...ManifestFile[]];

/** The data files that a companion stands for. */
function portions({ files }: ReadableSet, per: 'none' | 'file' | 'set' = 'none'): Files[] {
  if (per === 'file') return files.map((file) => [file]);
  const [first, ...rest] = files;
  return per === 'set' && first !== undefined ? [[first, ...rest]] : [];
}

function fill(template: string, { manifest, files: all }: ReadableSet, files: Files, form: Form): string {
  const [{ name }] = files;
  const { agencyId, advertiserId, segmentId, destination, slot, runId } = manifest;
  const sum = (count: (file: ManifestFile) => number): string => String(files.reduce((total, file) => total + count(file), 0));
  return fillFields(template, {
    ...form.fields,
    file: name,
    stem: name.slice(0, name.lastIndexOf(form.extension)),
    agencyId,
    advertiserId,
    segmentId,
    destination,
    slot,
    runId,
    setId: setIdOf(all),
    files: files.map((file) => file.name).join('\n'),
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
  });
}

/** The same for every delivery of a staged set, and another one for a set that was cut anew. */
function setIdOf(files: readonly ManifestFile[]): string {
  const hash = createHash('sha256');
  for (const { name, sha256 } of files) hash.update(`${name} ${sha256}\n`);
  return hash.digest('hex').slice(0, 16);
}

function companion(name: string, text: string): ReadableFile {
  const content = Buffer.from(text);
  const bytes = content.length;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return {
    // What a data file's name may have, too.
    name: name.replaceAll(/[^A-Za-z0-9._-]/gu, '-'),
    rows: 0,
    bytes,
    sha256,
    plainBytes: bytes,
    plainSha256: sha256,
    identifiers: {},
    open: async () => Readable.from(bytes === 0 ? [] : [content], { objectMode: false }),
  };
}

function refuseNames(files: readonly ReadableFile[]): void {
  const names = new Set<string>();
  for (const { name } of files) {
    if (names.has(name)) throw nameError(`Two files of a delivery would have the name ${name}.`);
    if (/^[._]/.test(name) || name.length > MAX_NAME_CHARACTERS)
      throw nameError(`The name ${name} begins with a dot or an underscore, or has more than ${MAX_NAME_CHARACTERS} characters.`);
    names.add(name);
  }
}

function nameError(message: string): Error {
  return configError('companion_name', message, { hint: 'Correct manifest.name or done.name of this destination.' });
}
