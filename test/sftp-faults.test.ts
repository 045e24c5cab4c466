import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { outcomes, type SftpPlace, sftpPlace } from './support/sftp-settings.ts';
import { failureOf, patternedBytes } from './support/stage-files.ts';
import { stagedFile } from './support/staged-set.ts';

const NAME = 'audience_2026-11-23.psv';
const FINAL = `/in/${NAME}`;
const CONTENT = patternedBytes(1_000_003);
const file = stagedFile(NAME, CONTENT, 41);
const SIXTY_PERCENT = Math.floor(CONTENT.length * 0.6);

const arrived = (place: SftpPlace) => place.stored(FINAL)?.equals(CONTENT) === true;
const entries = (place: SftpPlace) => [...place.server.files.keys()];
const renames = (place: SftpPlace) => place.server.requests.filter((request) => request.startsWith('RENAME'));

describe('an upload to a server that fails', () => {
  test('SF-04, LR-15: a connection that is reset at 60 % leaves nothing under the final name, and the next attempt delivers and tidies up', async () => {
    await using place = await sftpPlace({ faults: { resetAfter: SIXTY_PERCENT } });
    expect(await failureOf(place.deliver([file]))).toMatchObject({ kind: 'transient', code: 'sftp_connection' });
    expect(entries(place)).toEqual([expect.stringMatching(/^\/in\/\.audience_2026-11-23\.psv\.[0-9a-f]{12}\.partial$/)]);
    const receipt = await place.deliver([file]);
    expect(outcomes(receipt)).toEqual(['sent']);
    expect(receipt.details.unfinishedRemoved).toBe(1);
    expect(arrived(place)).toBe(true);
    expect(entries(place)).toEqual([FINAL]);
  });

  test('SF-05, LR-15: a server that stores 102,000 bytes and acknowledges all is found out', async () => {
    await using place = await sftpPlace({ faults: { keepOnly: 102_000 } });
    for (const verify of ['size', 'tail', 'content'] as const) {
      expect(await failureOf(place.deliver([file], { verify }))).toMatchObject({ kind: 'transient', code: 'sftp_incomplete' });
      expect(entries(place)).toEqual([]);
    }
  });

  test('SF-06: a block that was stored as zeros is found by reading back what verify covers', async () => {
    await using place = await sftpPlace();
    place.server.faults.zeroAt = 400_000;
    expect(await failureOf(place.deliver([file], { verify: 'content' }))).toMatchObject({
      kind: 'transient',
      code: 'sftp_incomplete',
    });
    place.server.faults.zeroAt = CONTENT.length - 30_000;
    expect(await failureOf(place.deliver([file], { verify: 'tail' }))).toMatchObject({
      kind: 'transient',
      code: 'sftp_incomplete',
    });
    expect(entries(place)).toEqual([]);
  });

  test('reading back survives a server that answers with less than was asked for', async () => {
    await using place = await sftpPlace({ faults: { shortReads: 7_001 } });
    expect(outcomes(await place.deliver([file], { verify: 'content' }))).toEqual(['sent']);
    expect(outcomes(await place.deliver([file], { verify: 'tail' }))).toEqual(['already']);
  });

  test('SF-07, LR-15: a close that fails is a failed upload', async () => {
    await using place = await sftpPlace({ faults: { closeFails: true } });
    expect(await failureOf(place.deliver([file]))).toMatchObject({ kind: 'transient', code: 'sftp_failure' });
    expect(entries(place)).toEqual([]);
  });

  test('SF-08: another file that takes the name during the upload is not overwritten', async () => {
    await using place = await sftpPlace();
    const other = Buffer.from('of somebody else');
    const rival = {
      ...file,
      open: async () =>
        during(file.open(), () => place.server.files.set(FINAL, { data: other, size: other.length, modified: 0 })),
    };
    expect(await failureOf(place.deliver([rival]))).toMatchObject({ kind: 'rejected', code: 'sftp_conflict' });
    expect(place.stored(FINAL)).toEqual(other);
    expect(entries(place)).toEqual([FINAL]);
    expect(renames(place)).toHaveLength(1);
  });

  test('SF-09: after a rename whose answer is lost, the next attempt finds the file and sends nothing', async () => {
    await using place = await sftpPlace({ faults: { loseRenameReply: true } });
    expect(await failureOf(place.deliver([file]))).toMatchObject({ kind: 'transient', code: 'sftp_connection' });
    expect(arrived(place)).toBe(true);
    expect(outcomes(await place.deliver([file]))).toEqual(['already']);
    expect(renames(place)).toHaveLength(1);
    expect(entries(place)).toEqual([FINAL]);
  });

  test('SF-10: a server without posix-rename renames plainly', async () => {
    await using place = await sftpPlace();
    expect(outcomes(await place.deliver([file]))).toEqual(['sent']);
    expect(renames(place)).toEqual([
      expect.stringMatching(/^RENAME \/in\/\.audience_2026-11-23\.psv\.[0-9a-f]{12}\.partial \/in\/audience_2026-11-23\.psv$/),
    ]);
  });

  test('a server that cannot rename is a config error that names the way out, and takes the file without a rename', async () => {
    for (const renameStatus of [3, 8]) {
      await using place = await sftpPlace({ faults: { renameStatus } });
      const error = await failureOf(place.deliver([file]));
      expect(error).toMatchObject({ kind: 'config', code: 'sftp_rename', hint: expect.stringContaining("temp: 'none'") });
      expect(entries(place)).toEqual([]);
      expect(outcomes(await place.deliver([file], { temp: 'none' }))).toEqual(['sent']);
      expect(arrived(place)).toBe(true);
    }
  });

  test('SF-11, LR-15: a folder that is missing is a config error', async () => {
    await using place = await sftpPlace();
    expect(await failureOf(place.deliver([file], { folder: '/uploads/acme' }))).toMatchObject({
      kind: 'config',
      code: 'sftp_folder_missing',
    });
  });

  test('SF-12, LR-15: a disk that is full half-way is transient, and the unfinished file goes', async () => {
    await using place = await sftpPlace({ faults: { failAfter: SIXTY_PERCENT } });
    const error = await failureOf(place.deliver([file]));
    expect(error).toMatchObject({ kind: 'transient', code: 'sftp_failure' });
    expect(String(error)).toContain('no space left');
    expect(entries(place)).toEqual([]);
    delete place.server.faults.failAfter;
    expect(outcomes(await place.deliver([file]))).toEqual(['sent']);
  });

  test('a permission that is lost half-way is a config error', async () => {
    await using place = await sftpPlace({ faults: { failAfter: SIXTY_PERCENT, failStatus: 3 } });
    expect(await failureOf(place.deliver([file]))).toMatchObject({ kind: 'config', code: 'sftp_permission' });
    expect(entries(place)).toEqual([]);
  });

  test('SF-13: a server that stops answering without closing is given up', async () => {
    await using place = await sftpPlace({ faults: { stallAfter: SIXTY_PERCENT } });
    expect(await failureOf(place.deliver([file], { stallSeconds: 0.2 }))).toMatchObject({
      kind: 'transient',
      code: 'sftp_stall',
    });
    expect(arrived(place)).toBe(false);
    delete place.server.faults.stallAfter;
    expect(outcomes(await place.deliver([file]))).toEqual(['sent']);
    expect(entries(place)).toEqual([FINAL]);
  });

  test('a slow source is no stall of the server', async () => {
    await using place = await sftpPlace();
    const slow = { ...file, open: async () => Readable.from(slowly(CONTENT), { objectMode: false }) };
    expect(outcomes(await place.deliver([slow], { stallSeconds: 0.2 }))).toEqual(['sent']);
  });

  test('SF-14: a file that is collected right after its rename is accepted only where that is set', async () => {
    await using place = await sftpPlace({ faults: { sweep: true } });
    expect(await failureOf(place.deliver([file]))).toMatchObject({
      kind: 'config',
      code: 'sftp_vanished',
      hint: expect.stringContaining('acceptVanished'),
    });
    expect(outcomes(await place.deliver([file], { acceptVanished: true }))).toEqual(['sent']);
  });

  test('an unfinished file that is collected is a config error, also where finished ones may be', async () => {
    await using place = await sftpPlace();
    const stolen = { ...file, open: async () => during(file.open(), () => place.server.files.clear()) };
    expect(await failureOf(place.deliver([stolen], { acceptVanished: true }))).toMatchObject({
      kind: 'config',
      code: 'sftp_vanished',
    });
  });

  test('SF-16: a server that refuses to seek is never asked to', async () => {
    await using place = await sftpPlace({ faults: { refuseSeek: true } });
    expect(outcomes(await place.deliver([file], { concurrency: 64, chunkKiB: 1 }))).toEqual(['sent']);
    expect(arrived(place)).toBe(true);
  });

  test('SF-17: of two uploads of one file at once, one sends it and the other finds it', async () => {
    await using place = await sftpPlace();
    // Both have seen that the file is not there before either goes on.
    let seen = 0;
    const both = Promise.withResolvers<void>();
    const gated = {
      ...file,
      open: async () => {
        seen += 1;
        if (seen === 2) both.resolve();
        await both.promise;
        return file.open();
      },
    };
    const receipts = await Promise.all([place.deliver([gated]), place.deliver([gated])]);
    expect(receipts.flatMap(outcomes).sort()).toEqual(['already', 'sent']);
    expect(arrived(place)).toBe(true);
    expect(entries(place)).toEqual([FINAL]);
  });

  test('LR-16: a folder outside the home is a permission error', async () => {
    await using place = await sftpPlace({ faults: { denyFolder: '/etc' }, folders: ['/in', '/etc'] });
    expect(await failureOf(place.deliver([file], { folder: '/etc' }))).toMatchObject({ kind: 'config', code: 'sftp_permission' });
  });

  test('a drop box that lets nothing be read back is a config error, unless only the size is compared', async () => {
    await using place = await sftpPlace({ faults: { denyRead: true, denyList: true } });
    expect(await failureOf(place.deliver([file]))).toMatchObject({
      kind: 'config',
      code: 'sftp_not_readable',
      hint: expect.stringContaining("verify: 'size'"),
    });
    expect(entries(place)).toEqual([]);
    expect(outcomes(await place.deliver([file], { verify: 'size' }))).toEqual(['sent']);
  });
});

describe('where files grow', () => {
  test('in a folder of their own', async () => {
    await using place = await sftpPlace({ folders: ['/in', '/growing'] });
    expect(outcomes(await place.deliver([file], { temp: 'sibling-folder', tempFolder: '/growing' }))).toEqual(['sent']);
    expect(renames(place)).toEqual([
      expect.stringMatching(/^RENAME \/growing\/audience_2026-11-23\.psv\.[0-9a-f]{12}\.partial \/in\/audience_2026-11-23\.psv$/),
    ]);
    expect(entries(place)).toEqual([FINAL]);
  });

  test('under their own name, where a torn upload is recognised and replaced, and another file is not', async () => {
    await using place = await sftpPlace({ faults: { resetAfter: SIXTY_PERCENT } });
    expect(await failureOf(place.deliver([file], { temp: 'none' }))).toMatchObject({ code: 'sftp_connection' });
    expect(entries(place)).toEqual([FINAL]);
    expect(outcomes(await place.deliver([file], { temp: 'none' }))).toEqual(['sent']);
    expect(arrived(place)).toBe(true);
    expect(renames(place)).toEqual([]);
    const other = Buffer.from('shorter, and different');
    place.server.files.set(FINAL, { data: other, size: other.length, modified: 0 });
    expect(await failureOf(place.deliver([file], { temp: 'none' }))).toMatchObject({ kind: 'rejected', code: 'sftp_conflict' });
    expect(place.stored(FINAL)).toEqual(other);
  });

  test('a failed upload under its own name is removed', async () => {
    await using place = await sftpPlace({ faults: { failAfter: SIXTY_PERCENT } });
    expect(await failureOf(place.deliver([file], { temp: 'none' }))).toMatchObject({ code: 'sftp_failure' });
    expect(entries(place)).toEqual([]);
  });

  test('with names as long as LiveRamp allows, within what file systems allow', async () => {
    const long = ['a', 'b'].map((end) => stagedFile(`${'n'.repeat(245)}${end}.psv`, CONTENT.subarray(0, 1000)));
    await using place = await sftpPlace();
    expect(outcomes(await place.deliver(long))).toEqual(['sent', 'sent']);
    const temps = renames(place).map((request) => request.split(' ')[1]?.slice('/in/'.length) ?? '');
    for (const temp of temps) expect(Buffer.byteLength(temp)).toBeLessThanOrEqual(255);
    expect(new Set(temps.map((temp) => temp.replace(/\.[0-9a-f]{12}\.partial$/, ''))).size).toBe(2);
  });

  test('old unfinished files are swept, young ones of other files are not, and nothing else is', async () => {
    const now = '2026-11-23T06:00:00Z';
    const hoursAgo = (hours: number) => Date.parse(now) / 1000 - hours * 3600;
    await using place = await sftpPlace();
    const put = (name: string, modified: number) =>
      place.server.files.set(`/in/${name}`, { data: Buffer.alloc(1), size: 1, modified });
    put('.old.psv.0123456789ab.partial', hoursAgo(25));
    put('.young.psv.0123456789ab.partial', hoursAgo(23));
    put(`.${NAME}.0123456789ab.partial`, hoursAgo(1));
    put('.rclone.psv.01234567.partial', hoursAgo(100));
    put('visible.psv.0123456789ab.partial', hoursAgo(100));
    put('report.psv', hoursAgo(1000));
    const receipt = await place.deliver([file], {}, { now });
    expect(receipt.details.unfinishedRemoved).toBe(2);
    expect(entries(place).sort()).toEqual([
      '/in/.rclone.psv.01234567.partial',
      '/in/.young.psv.0123456789ab.partial',
      FINAL,
      '/in/report.psv',
      '/in/visible.psv.0123456789ab.partial',
    ]);
  });

  test('a partner who lets nothing be listed or removed still gets the file', async () => {
    await using place = await sftpPlace({ faults: { denyList: true, denyRemove: true } });
    expect(outcomes(await place.deliver([file]))).toEqual(['sent']);
  });
});

describe('pipelining', () => {
  test('no more is read from the source than the requests under way can hold', async () => {
    await using place = await sftpPlace({ answerEvery: 4 });
    const [concurrency, chunkKiB, piece] = [8, 16, 20_000];
    let acknowledged = 0;
    let read = 0;
    let most = 0;
    const measured = {
      ...file,
      open: async () =>
        Readable.from(
          (function* () {
            for (let at = 0; at < CONTENT.length; at += piece) {
              most = Math.max(most, read - acknowledged);
              const data = CONTENT.subarray(at, at + piece);
              read += data.length;
              yield data;
            }
          })(),
          { objectMode: false, highWaterMark: 1 },
        ),
    };
    await place.deliver([measured], { concurrency, chunkKiB }, { onProgress: (bytes) => (acknowledged = bytes) });
    expect(most).toBeLessThanOrEqual(concurrency * chunkKiB * 1024 + chunkKiB * 1024 + 2 * piece);
    expect(place.server.mostUnderWay()).toBeLessThanOrEqual(concurrency);
    expect(place.server.mostUnderWay()).toBeGreaterThan(1);
  });

  test('with one request at a time the file is the same', async () => {
    await using place = await sftpPlace();
    await place.deliver([file], { concurrency: 1 });
    expect(place.server.mostUnderWay()).toBe(1);
    expect(arrived(place)).toBe(true);
  });

  test('the files of a set share one connection, or as many as are set', async () => {
    const files = Array.from({ length: 5 }, (_, n) => stagedFile(`part-${n}.psv`, CONTENT.subarray(n)));
    for (const connections of [1, 3]) {
      await using place = await sftpPlace();
      expect(outcomes(await place.deliver(files, { connections }))).toEqual(files.map(() => 'sent'));
      expect(place.server.requests.filter((request) => request === 'CONNECT')).toHaveLength(connections);
      for (const [n, { name }] of files.entries()) expect(place.stored(`/in/${name}`)?.equals(CONTENT.subarray(n))).toBe(true);
    }
  });

  test('of several connections, the first failure stops all, and none leaves anything unfinished', async () => {
    const files = Array.from({ length: 4 }, (_, n) => stagedFile(`part-${n}.psv`, CONTENT));
    await using place = await sftpPlace({ faults: { failAfter: SIXTY_PERCENT } });
    expect(await failureOf(place.deliver(files, { connections: 3 }))).toMatchObject({ kind: 'transient', code: 'sftp_failure' });
    expect(entries(place).filter((path) => path.endsWith('.partial'))).toEqual([]);
  });
});

describe('checking', () => {
  const check = (place: SftpPlace, more: object = {}) =>
    liverampSftp.check(liverampSftp.settings.parse({ ...place.written, ...more }), place.ctx());

  test('a server that cannot rename, or be read from, is found before any delivery', async () => {
    await using place = await sftpPlace();
    place.server.faults.renameStatus = 8;
    expect(await failureOf(check(place))).toMatchObject({ kind: 'config', code: 'sftp_rename' });
    await check(place, { temp: 'none' });
    place.server.faults.denyRead = true;
    expect(await failureOf(check(place, { temp: 'none' }))).toMatchObject({ kind: 'config', code: 'sftp_not_readable' });
    await check(place, { temp: 'none', verify: 'size' });
    expect(entries(place)).toEqual([]);
  });

  test('a folder for unfinished files that is missing is found', async () => {
    await using place = await sftpPlace();
    expect(await failureOf(check(place, { temp: 'sibling-folder', tempFolder: '/growing' }))).toMatchObject({
      kind: 'config',
      code: 'sftp_folder_missing',
    });
    place.server.folders.add('/growing');
    await check(place, { temp: 'sibling-folder', tempFolder: '/growing' });
    expect(entries(place)).toEqual([]);
  });
});

/** The same stream, with something happening after its first piece. */
async function during(opened: Promise<Readable>, happen: () => void): Promise<Readable> {
  const source = await opened;
  return Readable.from(
    (async function* () {
      let happened = false;
      for await (const data of source) {
        yield data;
        if (!happened) happen();
        happened = true;
      }
    })(),
    { objectMode: false },
  );
}

/** Two halves, with more time between them than the server is given to answer. */
async function* slowly(content: Buffer) {
  const half = Math.floor(content.length / 2);
  yield content.subarray(0, half);
  await new Promise((resolve) => setTimeout(resolve, 500));
  yield content.subarray(half);
}
