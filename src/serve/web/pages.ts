import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Logger } from 'pino';
import type { ApiDeps } from '../../api/deps.ts';
import { assetAnswer, indexAnswer, pageAnswer } from './answer-page.ts';
import { type BuiltFiles, readBuild } from './built-files.ts';
import { BUILD_CACHE, sourceHash } from './source-hash.ts';

export interface PagesOptions {
  /** Folders in which builds are looked for; a new one goes into the first that can be written to. */
  readonly caches: readonly string[];
  readonly log: Logger;
  /** Ends a build that is under way. */
  readonly signal: AbortSignal;
  /** Called when there is no build of these sources yet. */
  readonly onBuilding: () => void;
}

const BUILDING = plainPage(
  'The pages are being built. This takes a few seconds, once.',
  '<meta http-equiv="refresh" content="2">',
);
const FAILED = plainPage('The pages could not be built. The log of the server says why; the API works without them.', '');

/** The program's own folder, or else, where that is read only, the data directory. */
export function buildCaches(home: string): readonly string[] {
  return [BUILD_CACHE, join(home, 'pages')];
}

/**
 * Answers browsers. The build is made in the background where there is none: deliveries do not wait for it, and go on when it fails.
 */
export function startPages(options: PagesOptions): {
  readonly answer: NonNullable<ApiDeps['pages']>;
  readonly ready: Promise<void>;
} {
  let files: BuiltFiles | 'building' | 'failed' = 'building';
  const ready = builtFiles(options).then(
    (found) => {
      files = found;
    },
    (error: unknown) => {
      files = 'failed';
      if (!options.signal.aborted) options.log.error({ at: String(error) }, 'the pages could not be built');
    },
  );
  return {
    ready,
    answer(request) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/assets/')) {
        const file = typeof files === 'string' ? undefined : files.assets.get(pathname);
        return file === undefined ? null : assetAnswer(file, request);
      }
      if (request.headers.get('accept')?.includes('text/html') !== true) return null;
      if (files === 'building') return pageAnswer(BUILDING, 503, { 'Retry-After': '2' });
      return files === 'failed' ? pageAnswer(FAILED, 503) : indexAnswer(files);
    },
  };
}

async function builtFiles({ caches, signal, onBuilding }: PagesOptions): Promise<BuiltFiles> {
  const name = `web-${await sourceHash()}`;
  for (const cache of caches) {
    const found = await readBuild(join(cache, name)).catch(() => null);
    if (found !== null) return found;
  }
  onBuilding();
  const cache = await firstWritable(caches);
  await runBuild(cache, signal);
  return readBuild(join(cache, name));
}

async function firstWritable(folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
      return folder;
    } catch {
      // The next one may do.
    }
  }
  throw new Error(`None of these folders can be written to: ${folders.join(', ')}`);
}

/** Nothing of the environment is handed on but what a program needs to run: secrets are among the rest. */
async function runBuild(cache: string, signal: AbortSignal): Promise<void> {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'build-web.ts'), cache], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { NODE_ENV: 'production', NO_COLOR: '1', PATH, HOME, TMPDIR },
    signal,
  });
  const [told, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new Error(told.slice(-4_000) || `the build ended with ${code}`);
}

function plainPage(words: string, head: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Aquarius</title>${head}
<style nonce="AQUARIUS_NONCE">body{font:1rem system-ui,sans-serif;margin:20vh auto;max-width:30rem;padding:0 1rem}</style></head>
<body><main><h1>Aquarius</h1><p>${words}</p></main></body>
</html>
`;
}
