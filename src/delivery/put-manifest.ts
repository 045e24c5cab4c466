import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, manifestJson } from '../format/manifest.ts';
import type { Stage } from '../stage/stage.ts';

/** Stages a manifest beside its files: whoever finds it knows that the set is whole. */
export async function putManifest(
  stage: Stage,
  key: string,
  manifest: Manifest,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const text = Buffer.from(manifestJson(manifest), 'utf8');
  const path = join(folder, 'manifest.json');
  await writeFile(path, text, { mode: 0o600 });
  const sha256 = createHash('sha256').update(text).digest('hex');
  await stage.put({ key, path, bytes: text.length, sha256, contentType: 'application/json', signal });
  await rm(path);
}
