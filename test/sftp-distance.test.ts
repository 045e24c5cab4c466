import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadableFile } from '../src/destinations/destination.ts';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { type KeptResources, keepResources } from '../src/lib/kept-resources.ts';
import { type DelayProxy, startDelayProxy } from './support/delay-proxy.ts';
import { outcomes, sftpPlace } from './support/sftp-settings.ts';
import { type SshServer, startSshd } from './support/sshd.ts';
import { failureOf, patternedBytes } from './support/stage-files.ts';
import { stagedFile, stagedSet, type TestCtxOptions, testCtx } from './support/staged-set.ts';

const CONTENT = patternedBytes(36_000_001);
const KEEP_MS = 1_000_000;

let sshd: SshServer;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

/** A new folder on the server, and deliveries into it that go through a proxy. */
function folderBehind(proxy: DelayProxy, more: object = {}) {
  const folder = mkdtempSync(join(sshd.root, 'in-'));
  sshd.grant(folder);
  const secrets = { 'file:/key': readFileSync(sshd.privateKey, 'utf8') };
  const deliver = (files: readonly ReadableFile[], options: TestCtxOptions = {}, settings: object = {}) =>
    liverampSftp.deliver(
      stagedSet(files),
      liverampSftp.settings.parse({
        type: 'liveramp-sftp',
        host: sshd.host,
        port: proxy.port,
        username: sshd.username,
        privateKey: 'file:/key',
        hostKeys: [sshd.hostKeys.ed25519],
        folder,
        ...more,
        ...settings,
      }),
      testCtx({ secrets, ...options }),
    );
  return {
    deliver,
    entries: () => readdirSync(folder).sort(),
    holds: (name: string, content: Buffer) => readFileSync(join(folder, name)).equals(content),
  };
}

const small = (n: number) => stagedFile(`small-${n}.psv`, CONTENT.subarray(n, n + 10_000));

/** Of each burst every connection can take a share. */
const BURST = 2_000_000;
const CROWDED_AT = 28_000_000;

/**
 * A large file whose bytes come in bursts, each when the one before is acknowledged, until so many connections have got a share of them.
 * A connection logs in and joins in fewer round trips than there are bursts.
 */
function crowded(name: string, proxy: DelayProxy, connections: number, whenCrowded = () => {}) {
  const carrying = () => proxy.passed.filter(({ sent }) => sent() > 300_000).length;
  const logins = sshd.logins() + connections;
  let acknowledged = 0;
  let more = Promise.withResolvers<void>();
  async function* bursts() {
    let at = 0;
    while (at < CROWDED_AT) {
      yield CONTENT.subarray(at, at + BURST);
      at += BURST;
      // All but what may wait for a whole request.
      while (acknowledged < at - 300_000) await more.promise;
      while (sshd.logins() < logins) await new Promise((resolve) => setImmediate(resolve));
    }
    whenCrowded();
    yield CONTENT.subarray(at);
  }
  const file: ReadableFile = { ...stagedFile(name, CONTENT), open: async () => Readable.from(bursts(), { objectMode: false }) };
  const onProgress = (bytes: number) => {
    acknowledged = bytes;
    more.resolve();
    more = Promise.withResolvers<void>();
  };
  return { file, onProgress, carrying };
}

describe('a large file', () => {
  test('is written over several connections, and is one file at the partner', async () => {
    await using proxy = await startDelayProxy(sshd.port, 10);
    const place = folderBehind(proxy, { connections: 3, verify: 'content' });
    const { file, onProgress, carrying } = crowded('audience.psv', proxy, 3);
    const receipt = await place.deliver([file], { onProgress });
    expect(receipt.details.connections).toBe(3);
    expect(carrying()).toBe(3);
    expect(place.holds('audience.psv', CONTENT)).toBe(true);
    expect(place.entries()).toEqual(['audience.psv']);
  });

  test('of which one connection breaks is a transient failure, and arrives with the next delivery', async () => {
    await using proxy = await startDelayProxy(sshd.port, 10);
    await using kept = keepResources(KEEP_MS);
    const place = folderBehind(proxy, { connections: 3 });
    const { file, onProgress } = crowded('audience.psv', proxy, 3, () => proxy.passed[1]?.cut());
    expect(await failureOf(place.deliver([file], { onProgress, kept }))).toMatchObject({
      kind: 'transient',
      code: 'sftp_connection',
    });
    expect(place.entries()).not.toContain('audience.psv');
    // After a failure no connection is used again.
    expect(proxy.passed.filter((each) => each.isOpen())).toEqual([]);
    expect(outcomes(await place.deliver([stagedFile('audience.psv', CONTENT)], { kept }))).toEqual(['sent']);
    expect(place.holds('audience.psv', CONTENT)).toBe(true);
    expect(place.entries()).toEqual(['audience.psv']);
  });

  test('whose staged bytes are not those of its manifest is refused, whoever wrote them', async () => {
    await using proxy = await startDelayProxy(sshd.port, 10);
    const place = folderBehind(proxy, { connections: 2 });
    const { file, onProgress } = crowded('audience.psv', proxy, 2);
    const error = await failureOf(place.deliver([{ ...file, sha256: '0'.repeat(64) }], { onProgress }));
    expect(error).toMatchObject({ kind: 'rejected', code: 'staged_file_changed' });
    expect(place.entries()).toEqual([]);
  });

  test('goes over one connection where the server is not known to take several, or is not to', async () => {
    await using place = await sftpPlace();
    const file = stagedFile('audience.psv', CONTENT);
    const receipt = await place.deliver([file], { connections: 3, verify: 'size' });
    expect(receipt.details.connections).toBe(1);
    expect(place.server.requests.filter((request) => request === 'CONNECT')).toHaveLength(1);
    await using proxy = await startDelayProxy(sshd.port, 0);
    await folderBehind(proxy, { connections: 3, striping: false }).deliver([file]);
    expect(proxy.came()).toBe(1);
  });
});

describe('a set of files over a distance', () => {
  test('goes over further connections without a setting', async () => {
    await using proxy = await startDelayProxy(sshd.port, 20);
    const place = folderBehind(proxy);
    const receipt = await place.deliver(Array.from({ length: 6 }, (_, n) => small(n)));
    expect(receipt.details.connections).toBe(2);
    expect(place.entries()).toHaveLength(6);
  });

  test('is delivered where further connections are refused, and one refusal is the end of asking', async () => {
    await using proxy = await startDelayProxy(sshd.port, 0, 1);
    const place = folderBehind(proxy, { connections: 8 });
    const receipt = await place.deliver(Array.from({ length: 8 }, (_, n) => small(n)));
    expect(receipt.details.connections).toBe(1);
    expect(proxy.came()).toBe(2);
    expect(place.entries()).toHaveLength(8);
  });
});

describe('many small deliveries', () => {
  /** As a process would make them. */
  async function withKept(work: (kept: KeptResources, proxy: DelayProxy) => Promise<void>) {
    await using proxy = await startDelayProxy(sshd.port, 0);
    await using kept = keepResources(KEEP_MS);
    await work(kept, proxy);
    await kept[Symbol.asyncDispose]();
    expect(proxy.passed.filter((each) => each.isOpen())).toEqual([]);
  }

  test('log in once, and again only when the connection has broken', () =>
    withKept(async (kept, proxy) => {
      const place = folderBehind(proxy);
      const before = sshd.logins();
      for (let n = 0; n < 5; n++) expect(outcomes(await place.deliver([small(n)], { kept }))).toEqual(['sent']);
      expect(outcomes(await place.deliver([small(0)], { kept }))).toEqual(['already']);
      expect(sshd.logins() - before).toBe(1);
      proxy.passed[0]?.cut();
      expect(outcomes(await place.deliver([small(5)], { kept }))).toEqual(['sent']);
      expect(sshd.logins() - before).toBe(2);
      expect(place.entries()).toHaveLength(6);
    }));

  test('do not use a connection again after a failure, nor one of another account', () =>
    withKept(async (kept, proxy) => {
      const place = folderBehind(proxy);
      await place.deliver([small(0)], { kept });
      const other = stagedFile('small-0.psv', Buffer.from('not the same'));
      expect(await failureOf(place.deliver([other], { kept }))).toMatchObject({ code: 'sftp_conflict' });
      expect(proxy.came()).toBe(1);
      await place.deliver([small(1)], { kept });
      expect(proxy.came()).toBe(2);
      expect(await failureOf(place.deliver([small(2)], { kept }, { privateKey: 'file:/other' }))).toBeInstanceOf(Error);
    }));

  test('at once share as many connections as the host may have', () =>
    withKept(async (kept, proxy) => {
      const place = folderBehind(proxy, { connectionsPerHost: 2 });
      const stop = new AbortController();
      const reason = new Error('the deadline has come');
      const deliveries = Array.from({ length: 7 }, (_, n) =>
        // Some are another destination's, which cannot use the same connections.
        place.deliver([small(n)], { kept }, { stallSeconds: n % 2 === 0 ? 60 : 59 }),
      );
      const late = failureOf(place.deliver([small(7)], { kept, signal: stop.signal }));
      stop.abort(reason);
      expect(await late).toBe(reason);
      expect((await Promise.all(deliveries)).flatMap(outcomes)).toEqual(Array(7).fill('sent'));
      expect(proxy.mostOpen()).toBeLessThanOrEqual(2);
      expect(place.entries()).toHaveLength(7);
    }));

  test('over one connection look for unfinished files at first, later for those seen then, and for all after ten seconds or where an attempt broke off', async () => {
    await using place = await sftpPlace();
    await using kept = keepResources(KEEP_MS);
    const leave = (n: number) =>
      place.server.files.set(`/in/.small-${n}.psv.0123456789ab.partial`, {
        data: Buffer.alloc(1),
        size: 1,
        modified: Date.parse('2026-11-23T06:00:00Z') / 1000,
      });
    const removedBy = async (n: number, now: string, isResumed = false) =>
      (await place.deliver([small(n)], {}, { kept, now: `2026-11-23T${now}Z`, isResumed })).details.unfinishedRemoved;
    leave(0);
    leave(1);
    expect(await removedBy(0, '06:00:00')).toBe(1);
    leave(2);
    expect(await removedBy(3, '06:00:01')).toBe(0);
    expect(await removedBy(1, '06:00:02')).toBe(1);
    leave(4);
    expect(await removedBy(4, '06:00:13')).toBe(1);
    // Given up a moment ago by another worker.
    leave(5);
    expect(await removedBy(5, '06:00:14', true)).toBe(1);
    expect([...place.server.files.keys()].filter((path) => path.endsWith('.partial'))).toEqual([
      '/in/.small-2.psv.0123456789ab.partial',
    ]);
    expect(place.server.requests.filter((request) => request === 'CONNECT')).toHaveLength(1);
  });
});
