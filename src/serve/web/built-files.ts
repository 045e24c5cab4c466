import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A file of a build, in every form in which it is given out. */
export interface BuiltFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
}

export interface BuiltFiles {
  /** With `AQUARIUS_NONCE` where a nonce belongs. */
  readonly index: string;
  /** By the path of a request: `/assets/index-AbC.js`. What does not stand here cannot be reached. */
  readonly assets: ReadonlyMap<string, BuiltFile>;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  json: 'application/json',
};

/** A whole build, read into memory: a few megabytes. A file of a type that is not known is left out. */
export async function readBuild(folder: string): Promise<BuiltFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = new Map<string, Buffer>();
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
    const path = join(parentPath, name);
    found.set(`/${relative(folder, path).replaceAll(sep, '/')}`, await readFile(path));
  }
  const index = found.get('/index.html');
  if (index === undefined) throw new Error('The build of the pages has no index.html.');
  const assets = new Map<string, BuiltFile>();
  for (const [path, plain] of found) {
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
    if (type === undefined || !path.startsWith('/assets/')) continue;
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
    assets.set(path, { type, etag, plain, br: found.get(`${path}.br`) ?? null, gzip: found.get(`${path}.gz`) ?? null });
  }
  return { index: index.toString('utf8'), assets };
}
