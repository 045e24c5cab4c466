import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import { build } from 'vite';
import { BUILD_CACHE, sourceHash, WEB_SOURCES } from './source-hash.ts';

/**
 * `node build-web.ts [FOLDER]`: builds the pages into FOLDER/web-HASH, unless they are there. A program of its own, since a server need
 * not keep what a build takes, nor fall with it. Several may run at once: each builds beside, and the first one's build stays.
 */

const COMPRESSIBLE = /\.(?:js|css|svg|json|html)$/;
const SMALLEST_COMPRESSED = 512;
const OLD_MS = 24 * 3_600_000;

const cache = resolve(process.argv[2] ?? BUILD_CACHE);
// Whatever this was started by: the other kind is twice as large and slow.
process.env.NODE_ENV = 'production';
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const target = join(cache, `web-${await sourceHash()}`);
if (!(await isThere(target))) {
  await mkdir(cache, { recursive: true });
  const made = await mkdtemp(join(cache, 'making-'));
  try {
    await build({
      configFile: join(WEB_SOURCES, 'vite.config.ts'),
      // Nothing is written beside the configuration, whose folder may be read only.
      configLoader: 'native',
      logLevel: 'warn',
      build: { outDir: made, emptyOutDir: false },
    });
    await compress(made);
    // A temporary folder is its maker's alone; what is in it is no secret.
    await chmod(made, 0o755);
    await publish(made);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  await removeOld();
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Each file as a browser may ask for it, so that no request waits for that. */
async function compress(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name))) {
    const path = join(parentPath, name);
    const content = await readFile(path);
    if (content.length < SMALLEST_COMPRESSED) continue;
    await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
    const params = { [zlib.BROTLI_PARAM_QUALITY]: zlib.BROTLI_MAX_QUALITY, [zlib.BROTLI_PARAM_SIZE_HINT]: content.length };
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }));
  }
}

async function publish(made: string): Promise<void> {
  try {
    await rename(made, target);
  } catch (error) {
    // Another one was faster, with the same.
    if (!(await isThere(target))) throw error;
  }
}

/** Builds of other sources, and what was never finished. Servers hold theirs in memory. */
async function removeOld(): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    const isOther = name.startsWith('web-') && path !== target;
    const isUnfinished = name.startsWith('making-') && Date.now() - (await stat(path)).mtimeMs > OLD_MS;
    if (isOther || isUnfinished) await rm(path, { recursive: true, force: true });
  }
}
