import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder } from '../src/destinations/folder/folder.ts';
import { folderFailure } from '../src/destinations/local-folder/classify.ts';
import { destinationConformance } from './conformance/destination.ts';
import { failureOf } from './support/stage-files.ts';
import { stagedFile, stagedSet, testCtx } from './support/staged-set.ts';

function snapshotOf(path: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(path).map((name) => {
      const { ino, mtimeNs } = statSync(join(path, name), { bigint: true });
      return [
        name,
        `${ino} ${mtimeNs} ${createHash('sha256')
          .update(readFileSync(join(path, name)))
          .digest('hex')}`,
      ];
    }),
  );
}

destinationConformance('a folder', folder, async () => {
  const above = mkdtempSync(join(tmpdir(), 'aquarius-folder-'));
  const path = join(above, 'partner');
  mkdirSync(path);
  writeFileSync(join(above, 'file'), '');
  const settings = { type: 'folder', path };
  return {
    settings,
    secrets: {},
    canaries: [],
    broken: [
      { name: 'no folder', settings: { ...settings, path: join(above, 'missing') }, kind: 'config', code: 'folder_missing' },
      { name: 'a file', settings: { ...settings, path: join(above, 'file') }, kind: 'config', code: 'folder_missing' },
    ],
    read: async (name) => (readdirSync(path).includes(name) ? readFileSync(join(path, name)) : null),
    put: async (name, content) => writeFileSync(join(path, name), content),
    snapshot: async () => snapshotOf(path),
    [Symbol.asyncDispose]: async () => rmSync(above, { recursive: true, force: true }),
  };
});

describe('a folder as a destination, further', () => {
  test('what the operating system says has a kind and a hint', () => {
    const failure = (code: string) => folderFailure(Object.assign(new Error('said'), { code }), 'write a.psv', '/partner');
    expect(failure('ENOENT')).toMatchObject({ kind: 'config', code: 'folder_missing' });
    expect(failure('EACCES')).toMatchObject({ kind: 'config', code: 'folder_permission' });
    expect(failure('EROFS')).toMatchObject({ kind: 'config', code: 'folder_permission' });
    expect(failure('EPERM')).toMatchObject({ kind: 'config', code: 'folder_no_links' });
    expect(failure('ENAMETOOLONG')).toMatchObject({ kind: 'config', code: 'folder_name' });
    expect(failure('ENOSPC')).toMatchObject({ kind: 'transient', code: 'folder_full' });
    expect(failure('EIO')).toMatchObject({ kind: 'transient', code: 'folder_failure' });
    const bug = new TypeError('not a function');
    expect(folderFailure(bug, 'write a.psv', '/partner')).toBe(bug);
  });

  test('a name longer than the file system takes is told as such', async () => {
    const path = mkdtempSync(join(tmpdir(), 'aquarius-folder-'));
    const set = stagedSet([stagedFile(`${'n'.repeat(300)}.psv`, Buffer.from('x'))]);
    const error = await failureOf(folder.deliver(set, folder.settings.parse({ type: 'folder', path }), testCtx()));
    expect(error).toMatchObject({ kind: 'config', code: 'folder_name' });
    expect(readdirSync(path)).toEqual([]);
    rmSync(path, { recursive: true });
  });

  test('capabilities follow the settings', () => {
    const capabilities = (more: object) => folder.capabilities(folder.settings.parse({ type: 'folder', path: 'x', ...more }));
    expect(capabilities({})).toMatchObject({ allowIp: false, minRows: 1, refresh: ['full'] });
    expect(capabilities({}).identifiers).not.toContain('IP');
    expect(capabilities({ allowIp: true }).identifiers).toContain('IP');
    expect(capabilities({ identifiers: ['UID2'], minRows: 100 })).toMatchObject({ identifiers: ['UID2'], minRows: 100 });
  });

  test('settings that contradict each other are refused where they are', () => {
    const problems = (more: object) =>
      folder.settings
        .safeParse({ type: 'folder', path: 'x', ...more })
        .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    expect(problems({ identifiers: ['IP'] })).toEqual(['identifiers: IP needs allowIp: true']);
    expect(problems({ allowIpv6: true })).toEqual(['allowIpv6: allowIpv6 needs allowIp: true']);
    expect(problems({ minRows: 10, maxRows: 9 })).toEqual(['minRows: minRows is larger than maxRows']);
    expect(problems({ profile: 'activation', header: false, timestampFormat: 'unix-seconds' })).toEqual([
      'header: header is for the profile event-log only',
      'timestampFormat: timestampFormat is for the profile event-log only',
    ]);
  });

  test('its files are readable by whom the umask lets, as those of any program', async () => {
    const path = mkdtempSync(join(tmpdir(), 'aquarius-folder-'));
    await folder.deliver(
      stagedSet([stagedFile('a.psv', Buffer.from('x'))]),
      folder.settings.parse({ type: 'folder', path }),
      testCtx(),
    );
    expect(statSync(join(path, 'a.psv')).mode & 0o777).toBe(0o666 & ~process.umask());
    rmSync(path, { recursive: true });
  });
});
