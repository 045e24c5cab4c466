import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeSecrets } from '../src/config/secrets.ts';
import { AquariusError } from '../src/errors.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const refusal = async (reference: string, env: Record<string, string> = {}): Promise<AquariusError> => {
  const error: unknown = await makeSecrets(
    env,
    folder,
  )(reference).then(
    () => new Error('it was found'),
    (failure: unknown) => failure,
  );
  if (error instanceof AquariusError) return error;
  throw error;
};

test('a secret comes from the environment or from a file, without the final line end', async () => {
  const secrets = makeSecrets({ KEY: 'from env' }, folder);
  expect(await secrets('env:KEY')).toBe('from env');
  writeFileSync(join(folder, 'key'), '-----BEGIN\nbody\n-----END\n');
  chmodSync(join(folder, 'key'), 0o644);
  expect(await secrets('file:key')).toBe('-----BEGIN\nbody\n-----END');
  expect(await secrets(`file:${join(folder, 'key')}`)).toBe('-----BEGIN\nbody\n-----END');
  writeFileSync(join(folder, 'crlf'), 'secret \r\n');
  expect(await secrets('file:crlf')).toBe('secret ');
});

test('a missing or empty secret is a config error that names the reference only', async () => {
  const missing = await refusal('env:NOPE', { OTHER: 'hunter2' });
  expect([missing.kind, missing.code, missing.message]).toEqual(['config', 'secret_missing', 'The secret env:NOPE is not set.']);
  expect(missing.hint).toContain('NOPE');
  expect((await refusal('env:EMPTY', { EMPTY: '' })).message).toBe('The secret env:EMPTY is empty.');
  const file = await refusal('file:nope');
  expect([file.code, file.message]).toEqual(['secret_missing', 'The secret file:nope cannot be read (ENOENT).']);
  expect((await refusal('file:.')).message).toBe('The secret file:. cannot be read (EISDIR).');
});

test('a value in place of a reference is refused and not shown', async () => {
  const error = await refusal('hunter2');
  expect([error.kind, error.code]).toEqual(['config', 'secret_inline']);
  expect(`${error.message} ${error.hint}`).not.toContain('hunter2');
});
