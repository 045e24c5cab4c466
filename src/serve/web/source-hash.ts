import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';

/** The folder of the package: what the pages are built from is there, and nothing else. */
const PACKAGE = resolve(import.meta.dirname, '../../..');

export const WEB_SOURCES = resolve(PACKAGE, 'web');

/** Where builds are kept unless it cannot be written to. */
export const BUILD_CACHE = resolve(PACKAGE, 'node_modules/.cache/aquarius');

/** Names a build: the same sources and the same libraries have the same hash. */
export async function sourceHash(): Promise<string> {
  const entries = await readdir(WEB_SOURCES, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => resolve(parentPath, name));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), resolve(PACKAGE, 'package-lock.json')]) {
    const content = await readFile(file);
    hash.update(`${relative(PACKAGE, file).replaceAll(sep, '/')} ${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}
