import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadableFile } from '../src/destinations/destination.ts';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { openSftp } from '../src/destinations/sftp/sftp-connection.ts';
import { outcomes } from './support/sftp-settings.ts';
import { type SshServer, startSshd } from './support/sshd.ts';
import { failureOf, patternedBytes } from './support/stage-files.ts';
import { stagedFile, stagedSet, testCtx } from './support/staged-set.ts';

const CONTENT = patternedBytes(5_000_001);
const file = stagedFile('audience.psv', CONTENT);

/** A new folder on the server, and deliveries into it. */
function folderOn(sshd: SshServer, more: object = {}) {
  const folder = mkdtempSync(join(sshd.root, 'in-'));
  sshd.grant(folder);
  const settings = liverampSftp.settings.parse({
    type: 'liveramp-sftp',
    host: sshd.host,
    port: sshd.port,
    username: sshd.username,
    privateKey: 'file:/key',
    hostKeys: [sshd.hostKeys.ed25519],
    folder,
    ...more,
  });
  const ctx = (signal?: AbortSignal) =>
    testCtx({ secrets: { 'file:/key': readFileSync(sshd.privateKey, 'utf8') }, ...(signal === undefined ? {} : { signal }) });
  return {
    folder,
    settings,
    ctx,
    deliver: (files: readonly ReadableFile[], signal?: AbortSignal) =>
      liverampSftp.deliver(stagedSet(files), settings, ctx(signal)),
    check: () => liverampSftp.check(settings, ctx()),
    entries: () => readdirSync(folder).sort(),
    holds: (name: string, content: Buffer) => readFileSync(join(folder, name)).equals(content),
  };
}

describe('an OpenSSH server', () => {
  let sshd: SshServer;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  test('is known by its name and its pinned key, and takes 255 KiB at once', async () => {
    const { settings, ctx } = folderOn(sshd);
    await using sftp = await openSftp(settings, ctx());
    expect(sftp.software).toMatch(/^OpenSSH_\d/);
    expect(sftp.hostKey.publicKeyLine).toBe(sshd.hostKeys.ed25519);
    expect(sftp.writeLimit).toBe(255 * 1024);
    expect(sftp.offersPosixRename).toBe(true);
  });

  test('gets every byte, whatever the size of file, piece and chunk', async () => {
    for (const [chunkKiB, concurrency, bytes] of [
      [undefined, 64, 5_000_001],
      [1, 7, 300_001],
      [32, 64, 5 * 32 * 1024],
      [255, 2, 255 * 1024 + 1],
      [255, 64, 1],
    ] as const) {
      const place = folderOn(sshd, { chunkKiB, concurrency, verify: 'content' });
      const content = CONTENT.subarray(0, bytes);
      expect(outcomes(await place.deliver([stagedFile('a.psv', content)]))).toEqual(['sent']);
      expect(place.holds('a.psv', content)).toBe(true);
    }
  });

  test('a set over several connections arrives whole', async () => {
    const place = folderOn(sshd, { connections: 4 });
    const files = Array.from({ length: 9 }, (_, n) => stagedFile(`part-${n}.psv`, CONTENT.subarray(n * 100_000)));
    const receipt = await place.deliver(files);
    expect(receipt.files.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
    expect(receipt.details.connections).toBe(4);
    for (const [n, { name }] of files.entries()) expect(place.holds(name, CONTENT.subarray(n * 100_000))).toBe(true);
  });

  test('SF-17: of uploads of one file at once, one has sent it, and the others find it', async () => {
    const place = folderOn(sshd);
    const receipts = await Promise.all(Array.from({ length: 4 }, () => place.deliver([file])));
    expect(receipts.flatMap(outcomes).filter((outcome) => outcome === 'sent')).toHaveLength(1);
    expect(place.holds('audience.psv', CONTENT)).toBe(true);
    expect(place.entries()).toEqual(['audience.psv']);
  });

  test('whoever watches the folder sees the final name only when the file is whole', async () => {
    const place = folderOn(sshd);
    const sizes: number[] = [];
    const watcher = watch(place.folder, (_event, name) => {
      if (name !== 'audience.psv') return;
      try {
        sizes.push(readFileSync(join(place.folder, name)).length);
      } catch {
        // Not there yet, or no more.
      }
    });
    await place.deliver([file]);
    watcher.close();
    expect(sizes.filter((size) => size !== CONTENT.length)).toEqual([]);
  });

  test('a session that is killed on the server in mid-upload is transient, and leaves nothing under the final name', async () => {
    const place = folderOn(sshd);
    const killed = {
      ...file,
      open: async () =>
        Readable.from(
          (async function* () {
            yield CONTENT.subarray(0, 2_000_000);
            for (const pid of sessionsOf(sshd)) process.kill(pid, 'SIGKILL');
            yield CONTENT.subarray(2_000_000);
          })(),
          { objectMode: false },
        ),
    };
    expect(await failureOf(place.deliver([killed]))).toMatchObject({ kind: 'transient', code: 'sftp_connection' });
    expect(place.entries()).not.toContain('audience.psv');
    expect(outcomes(await place.deliver([file]))).toEqual(['sent']);
    expect(place.entries()).toEqual(['audience.psv']);
  });

  test('killed in mid-upload, Aquarius leaves nothing under the final name, and the next attempt tidies up', async () => {
    const place = folderOn(sshd);
    const source = join(sshd.root, 'source');
    writeFileSync(source, CONTENT);
    const args = [sshd.privateKey, source, createHash('sha256').update(CONTENT).digest('hex'), JSON.stringify(place.settings)];
    const child = spawn(process.execPath, [join(import.meta.dirname, 'support', 'sftp-child.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(child.stdout, 'data');
    expect(String(line)).toBe('half\n');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(place.entries()).toEqual([expect.stringMatching(/^\.audience\.psv\.[0-9a-f]{12}\.partial$/)]);
    const receipt = await place.deliver([file]);
    expect(outcomes(receipt)).toEqual(['sent']);
    expect(receipt.details.unfinishedRemoved).toBe(1);
    expect(place.entries()).toEqual(['audience.psv']);
  });
});

/** The sshd processes that serve somebody, below the one that listens. */
function sessionsOf(sshd: SshServer): number[] {
  const children = (parent: number): number[] => {
    const found = execFileSync('ps', ['-o', 'pid=', '--ppid', String(parent)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/)
      .map(Number);
    return found.flatMap((pid) => [pid, ...safely(() => children(pid))]);
  };
  return children(sshd.pid);
}

/** `ps` exits with 1 when there is nothing to show. */
function safely(find: () => number[]): number[] {
  try {
    return find();
  } catch {
    return [];
  }
}

describe('an OpenSSH server with settings of its own', () => {
  async function withSshd(extra: readonly string[], work: (sshd: SshServer) => Promise<void>) {
    const sshd = await startSshd(extra);
    try {
      await work(sshd);
    } finally {
      await sshd.stop();
    }
  }

  test('new session keys in mid-upload change nothing', () =>
    withSshd(['RekeyLimit 1M'], async (sshd) => {
      const place = folderOn(sshd, { verify: 'content' });
      await place.deliver([file]);
      expect(place.holds('audience.psv', CONTENT)).toBe(true);
    }));

  test('every cipher that is offered works', async () => {
    for (const cipher of ['aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr']) {
      await withSshd([`Ciphers ${cipher}`], async (sshd) => {
        const place = folderOn(sshd);
        await place.deliver([file]);
        expect(place.holds('audience.psv', CONTENT)).toBe(true);
      });
    }
  });

  test('nothing but unsafe algorithms is a config error', () =>
    withSshd(['Ciphers aes128-cbc'], async (sshd) => {
      expect(await failureOf(folderOn(sshd).check())).toMatchObject({ kind: 'config', code: 'sftp_algorithms' });
    }));

  test('SF-10: where only posix-rename is allowed, it is used; where no rename is, that is a config error', async () => {
    await withSshd(['ForceCommand internal-sftp -P rename'], async (sshd) => {
      const place = folderOn(sshd);
      await place.check();
      expect(outcomes(await place.deliver([file]))).toEqual(['sent']);
      expect(place.entries()).toEqual(['audience.psv']);
    });
    await withSshd(['ForceCommand internal-sftp -P rename,posix-rename'], async (sshd) => {
      const place = folderOn(sshd);
      for (const work of [place.check, () => place.deliver([file])]) {
        expect(await failureOf(work())).toMatchObject({ kind: 'config', code: 'sftp_rename' });
      }
      expect(place.entries()).toEqual([]);
      expect(outcomes(await folderOn(sshd, { temp: 'none' }).deliver([file]))).toEqual(['sent']);
    });
  });

  test('SF-11, LR-16: a server that only lets be read is a permission error', () =>
    withSshd(['ForceCommand internal-sftp -R'], async (sshd) => {
      const place = folderOn(sshd);
      for (const work of [place.check, () => place.deliver([file])]) {
        expect(await failureOf(work())).toMatchObject({ kind: 'config', code: 'sftp_permission' });
      }
    }));

  test('a server without fsync, or without its limits, is written to all the same', async () => {
    for (const denied of ['fsync', 'limits']) {
      await withSshd([`ForceCommand internal-sftp -P ${denied}`], async (sshd) => {
        const place = folderOn(sshd);
        expect(outcomes(await place.deliver([file]))).toEqual(['sent']);
      });
    }
  });
});
