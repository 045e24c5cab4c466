import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stage } from '../../src/stage/stage.ts';
import { failureOf, type LocalFile, type LocalFiles, localFiles, patternedBytes } from '../support/stage-files.ts';

/** What every stage must do. `makeStage` gives an empty one; it is disposed after each test. */
export function stageConformance(name: string, makeStage: () => Promise<Stage & AsyncDisposable>): void {
  describe(`${name} as a stage`, () => {
    let stage: Stage & AsyncDisposable;
    let files: LocalFiles;

    beforeEach(async () => {
      files = localFiles();
      stage = await makeStage();
    });
    afterEach(async () => {
      await stage[Symbol.asyncDispose]();
      files[Symbol.dispose]();
    });

    const requestOf = ({ path, bytes, sha256 }: LocalFile, key: string) => ({ key, path, bytes, sha256 });
    const put = (key: string, content: string | Buffer) => stage.put(requestOf(files.file(content), key));
    const read = async (key: string, start?: number) => buffer(await stage.open(key, start === undefined ? {} : { start }));
    const keysOf = async (prefix: string) => (await stage.list(prefix)).map(({ key }) => key);

    test('a file that was put is found, listed and read back byte for byte', async () => {
      const file = files.file(patternedBytes(300_001));
      expect(await stage.put(requestOf(file, 'runs/1/a b.psv.gz'))).toEqual({ created: true });
      const object = { key: 'runs/1/a b.psv.gz', bytes: file.bytes, sha256: file.sha256 };
      expect(await stage.stat('runs/1/a b.psv.gz')).toEqual(object);
      expect(await stage.list('runs/1')).toEqual([object]);
      expect((await read('runs/1/a b.psv.gz')).equals(file.content)).toBe(true);
    });

    test('putting the same bytes again succeeds without writing', async () => {
      const file = files.file('same');
      await stage.put(requestOf(file, 'runs/1/a'));
      expect(await stage.put(requestOf(file, 'runs/1/a'))).toEqual({ created: false });
      expect(await keysOf('')).toEqual(['runs/1/a']);
    });

    test('other bytes under a key that is taken are a conflict, and what was there stays', async () => {
      await put('runs/1/a', 'first');
      expect(await failureOf(put('runs/1/a', 'other'))).toMatchObject({ kind: 'rejected', code: 'stage_conflict' });
      expect(await failureOf(put('runs/1/a', 'other and longer'))).toMatchObject({ kind: 'rejected', code: 'stage_conflict' });
      expect(String(await read('runs/1/a'))).toBe('first');
    });

    test('of puts that race for a key with the same bytes, all succeed and one writes', async () => {
      const request = requestOf(files.file(patternedBytes(200_000)), 'runs/1/a');
      const results = await Promise.all(Array.from({ length: 5 }, () => stage.put(request)));
      expect(results.filter(({ created }) => created)).toHaveLength(1);
      expect(await keysOf('')).toEqual(['runs/1/a']);
    });

    test('of puts that race for a key with different bytes, one wins and its record is its own', async () => {
      const rivals = Array.from({ length: 5 }, (_, n) => files.file(`rival ${n} `.repeat(20_000)));
      const results = await Promise.allSettled(rivals.map((rival) => stage.put(requestOf(rival, 'runs/1/a'))));
      const winners = rivals.filter((_, n) => results[n]?.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'rejected', code: 'stage_conflict' });
      expect(await stage.stat('runs/1/a')).toMatchObject({ sha256: winners[0]?.sha256 });
      expect((await read('runs/1/a')).equals(winners[0]?.content ?? Buffer.alloc(0))).toBe(true);
    });

    test('a file that is not what the request says is not staged, and nothing of it is left', async () => {
      const file = files.file('the bytes');
      const wrongHash = { ...requestOf(file, 'runs/1/a'), sha256: files.file('other').sha256 };
      expect(await failureOf(stage.put(wrongHash))).toMatchObject({ kind: 'transient', code: 'stage_verify' });
      const wrongSize = { ...requestOf(file, 'runs/1/a'), bytes: file.bytes + 1 };
      expect(await failureOf(stage.put(wrongSize))).toMatchObject({ kind: 'transient', code: 'stage_verify' });
      expect(await stage.stat('runs/1/a')).toBeNull();
      expect(await keysOf('')).toEqual([]);
      expect(await stage.put(requestOf(file, 'runs/1/a'))).toEqual({ created: true });
    });

    test('an empty file can be staged', async () => {
      const file = files.file('');
      await stage.put(requestOf(file, 'runs/1/empty'));
      expect(await stage.stat('runs/1/empty')).toEqual({ key: 'runs/1/empty', bytes: 0, sha256: file.sha256 });
      expect(await read('runs/1/empty')).toHaveLength(0);
    });

    test('progress grows to the size of the file', async () => {
      const file = files.file(patternedBytes(3_000_000));
      const seen: number[] = [];
      await stage.put({ ...requestOf(file, 'runs/1/a'), onProgress: (bytes) => seen.push(bytes) });
      expect(seen.at(-1)).toBe(file.bytes);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    });

    test('reading begins where it is told to, up to the end', async () => {
      await put('runs/1/a', '0123456789');
      expect(String(await read('runs/1/a', 4))).toBe('456789');
      expect(String(await read('runs/1/a', 0))).toBe('0123456789');
      expect(await read('runs/1/a', 10)).toHaveLength(0);
      expect(await failureOf(read('runs/1/a', 11))).toBeInstanceOf(RangeError);
    });

    test('a missing key has no facts and cannot be read', async () => {
      await put('runs/1/a', 'x');
      expect(await stage.stat('runs/1/b')).toBeNull();
      expect(await stage.stat('runs/1/a/b')).toBeNull();
      expect(await stage.stat('runs/1')).toBeNull();
      expect(await failureOf(read('runs/1/b'))).toMatchObject({ kind: 'config', code: 'stage_missing' });
      expect(await failureOf(read('runs/1/b', 3))).toMatchObject({ kind: 'config', code: 'stage_missing' });
    });

    test('lists are sorted by byte and a prefix is a folder', async () => {
      for (const key of ['runs/10/a', 'runs/1/b', 'runs/1/a.1', 'runs/1/a/x', 'runs/1/Z', 'runs/1/a']) {
        // A folder cannot hold a file and a folder of one name; only the key that all stages take is asked for.
        if (key !== 'runs/1/a') await put(key, key);
      }
      expect(await keysOf('runs/1')).toEqual(['runs/1/Z', 'runs/1/a.1', 'runs/1/a/x', 'runs/1/b']);
      expect(await keysOf('runs/1/')).toEqual(['runs/1/Z', 'runs/1/a.1', 'runs/1/a/x', 'runs/1/b']);
      expect(await keysOf('runs/1/b')).toEqual(['runs/1/b']);
      expect(await keysOf('')).toEqual(['runs/1/Z', 'runs/1/a.1', 'runs/1/a/x', 'runs/1/b', 'runs/10/a']);
      expect(await keysOf('nothing')).toEqual([]);
    });

    test('removing takes everything in a folder, nothing beside it, and frees the keys', async () => {
      for (const key of ['runs/1/a', 'runs/1/deep/b', 'runs/10/a', 'runs/1.txt']) await put(key, key);
      expect(await stage.remove('runs/1')).toBe(2);
      expect(await keysOf('')).toEqual(['runs/1.txt', 'runs/10/a']);
      expect(await stage.remove('runs/1')).toBe(0);
      expect(await stage.remove('runs/1.txt')).toBe(1);
      const again = files.file('new bytes');
      expect(await stage.put(requestOf(again, 'runs/1/a'))).toEqual({ created: true });
      expect(await stage.stat('runs/1/a')).toMatchObject({ sha256: again.sha256 });
    });

    test('the whole stage is never removed at once', async () => {
      await put('runs/1/a', 'x');
      expect(await failureOf(stage.remove(''))).toBeInstanceOf(TypeError);
      expect(await failureOf(stage.remove('/'))).toBeInstanceOf(TypeError);
      expect(await keysOf('')).toEqual(['runs/1/a']);
    });

    test.each([
      ['nothing', ''],
      ['a slash in front', '/runs/a'],
      ['a slash at the end', 'runs/a/'],
      ['an empty name', 'runs//a'],
      ['a step upwards', 'runs/../../etc/passwd'],
      ['a dot', 'runs/./a'],
      ['a hidden name', 'runs/.a.sha256'],
      ['a backslash', 'runs\\a'],
      ['a letter outside ASCII', 'runs/ä'],
      ['a control character', 'runs/a\n'],
      ['more than 1,024 bytes (S3-13)', `${'runs/'.repeat(204)}aaaaa`],
      ['a name of more than 200 bytes', `runs/${'a'.repeat(201)}`],
    ])('a key with %s is refused before anything is touched', async (_what, key) => {
      const file = files.file('x');
      expect(await failureOf(stage.put(requestOf(file, key)))).toMatchObject({ kind: 'config', code: 'stage_key' });
      expect(await failureOf(stage.stat(key))).toMatchObject({ code: 'stage_key' });
      expect(await failureOf(stage.open(key))).toMatchObject({ code: 'stage_key' });
      expect(await keysOf('')).toEqual([]);
    });

    test('a long key with odd but allowed characters works', async () => {
      const key = `runs/${`${'x'.repeat(190)}+ %&=?#[]'/`.repeat(4)}end`;
      await put(key, 'bytes');
      expect(await keysOf('runs')).toEqual([key]);
      expect(String(await read(key, 2))).toBe('tes');
      expect(await stage.remove('runs')).toBe(1);
      expect(await keysOf('')).toEqual([]);
    });

    test('an aborted put stops with the reason given and leaves nothing', async () => {
      const reason = new Error('the slot is over');
      const file = files.file(patternedBytes(9_000_000));
      expect(await failureOf(stage.put({ ...requestOf(file, 'runs/1/a'), signal: AbortSignal.abort(reason) }))).toBe(reason);
      const abort = new AbortController();
      const put = stage.put({ ...requestOf(file, 'runs/1/a'), signal: abort.signal, onProgress: () => abort.abort(reason) });
      expect(await failureOf(put)).toBe(reason);
      expect(await keysOf('')).toEqual([]);
      expect(await stage.put(requestOf(file, 'runs/1/a'))).toEqual({ created: true });
    });

    test('an aborted read ends with an error, never as a short file', async () => {
      await put('runs/1/a', patternedBytes(9_000_000));
      const abort = new AbortController();
      const stream = await stage.open('runs/1/a', { signal: abort.signal });
      const reading = (async () => {
        for await (const _chunk of stream) abort.abort(new Error('the slot is over'));
      })();
      expect(await failureOf(reading)).toBeInstanceOf(Error);
      expect(await failureOf(stage.open('runs/1/a', { signal: abort.signal }))).toMatchObject({ message: 'the slot is over' });
    });

    test('the check passes and leaves nothing behind', async () => {
      await stage.check();
      expect(await keysOf('')).toEqual([]);
    });
  });
}
