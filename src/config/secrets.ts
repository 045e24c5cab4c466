import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Secrets } from '../destinations/destination.ts';
import { configError } from '../errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment, with what a `.env` file in `folder` adds to it; the real environment wins. */
export async function readEnvironment(folder: string, env: Environment): Promise<Environment> {
  const path = join(folder, '.env');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (reason(error) === 'ENOENT') return env;
    throw configError('env_unreadable', `${path} cannot be read (${reason(error)}).`, {
      hint: 'Make it readable, or remove it.',
    });
  }
  return { ...parseEnv(text), ...env };
}

/** Resolves references; files are relative to `folder`, that of aquarius.yaml. A file's final line end is not part of the secret. */
export function makeSecrets(env: Environment, folder: string): Secrets {
  return async (reference) => {
    const [, scheme, name] = /^(env|file):(.+)$/s.exec(reference) ?? [];
    if (scheme === undefined || name === undefined) {
      // What is no reference may be the secret itself: it is not shown.
      throw configError('secret_inline', 'A secret is given by value, not by reference.', { hint: REFERENCE_HINT });
    }
    const value = scheme === 'env' ? env[name] : await contents(reference, resolve(folder, name));
    if (value !== undefined && value !== '') return value;
    throw configError('secret_missing', `The secret ${reference} is ${value === '' ? 'empty' : 'not set'}.`, {
      hint:
        scheme === 'env' ? `Set ${name} in the environment or in .env beside aquarius.yaml.` : 'Write the secret into the file.',
    });
  };
}

export const REFERENCE_HINT = 'Name where it is kept: env:NAME for an environment variable, file:/path for a file.';

async function contents(reference: string, path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    throw configError('secret_missing', `The secret ${reference} cannot be read (${reason(error)}).`, {
      hint: 'Put the secret into that file and let this user read it.',
    });
  }
}

/** The system's error code, such as ENOENT. */
function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}
