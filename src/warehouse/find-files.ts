import { glob, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { configError } from '../errors.ts';

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/** The absolute paths that the patterns stand for, each once, in order of pattern and name. Every pattern must find a file. */
export async function findFiles(patterns: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const files = await match(pattern, cwd);
    if (files.length === 0) {
      throw configError('files_missing', `No file matches ${pattern}.`, {
        hint: /^[a-z][a-z0-9+]+:\/\//i.test(pattern)
          ? 'Only local files can be read: copy them here first.'
          : `Check the path; it is looked up in ${cwd}. A folder is written as folder/*.parquet.`,
      });
    }
    for (const file of files) found.add(file);
  }
  return [...found];
}

async function match(pattern: string, cwd: string): Promise<readonly string[]> {
  // A name with brackets is itself before it is a pattern.
  const literally = resolve(cwd, pattern);
  if (await isFile(literally)) return [literally];
  const files: string[] = [];
  for await (const path of glob(pattern, { cwd })) {
    const file = resolve(cwd, path);
    if (await isFile(file)) files.push(file);
  }
  return files.sort();
}
