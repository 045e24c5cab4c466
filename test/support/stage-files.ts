import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A finished local file, as the engine would stage it. */
export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: Buffer;
}

export interface LocalFiles extends Disposable {
  readonly folder: string;
  file(content: string | Buffer): LocalFile;
}

/** A folder of local files that goes when it is disposed. */
export function localFiles(): LocalFiles {
  const folder = mkdtempSync(join(tmpdir(), 'aquarius-stage-files-'));
  let count = 0;
  return {
    folder,
    file(text) {
      const content = Buffer.from(text);
      count += 1;
      const path = join(folder, `file-${count}`);
      writeFileSync(path, content);
      return { path, content, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Bytes that do not repeat within any part, the same on every run. */
export function patternedBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 0x9e3779b9;
  for (let at = 0; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  return bytes;
}

/** The error that a promise is rejected with; fails when it is not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`expected a failure, got ${JSON.stringify(value)}`);
}
