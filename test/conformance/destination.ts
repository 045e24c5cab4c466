import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Destination, ReadableFile } from '../../src/destinations/destination.ts';
import { AquariusError, type ErrorKind } from '../../src/errors.ts';
import { failureOf, localFiles, patternedBytes } from '../support/stage-files.ts';
import { stagedFile, stagedSet, testCtx } from '../support/staged-set.ts';

/** A place to deliver to, new for each test. */
export interface DestinationHarness extends AsyncDisposable {
  /** As written in aquarius.yaml. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** What else must never be in an error. */
  readonly canaries: readonly string[];
  /** Settings that are valid and cannot work, with what `check` and `deliver` then say. */
  readonly broken: readonly {
    readonly name: string;
    readonly settings: Readonly<Record<string, unknown>>;
    readonly kind: ErrorKind;
    readonly code: string;
  }[];
  /** What is under a name, or null. */
  read(name: string): Promise<Buffer | null>;
  put(name: string, content: Buffer): Promise<void>;
  /** Every entry of the place, hidden ones too, with what would tell that it was written again. */
  snapshot(): Promise<Readonly<Record<string, string>>>;
}

/** A device id, which is in every file and may be in nothing else. */
const DEVICE = '38400000-8CF0-11BD-B23E-10B96E40000D';

const content = (bytes: number) => Buffer.concat([Buffer.from(`DEVICE_ID\n${DEVICE}\n`), patternedBytes(bytes)]);

/** What every destination that takes files must do. */
export function destinationConformance<S>(
  name: string,
  destination: Destination<S>,
  makeHarness: () => Promise<DestinationHarness>,
): void {
  describe(`${name} as a destination`, () => {
    let place: DestinationHarness;
    let settings: S;

    beforeEach(async () => {
      place = await makeHarness();
      settings = destination.settings.parse(place.settings);
    });
    afterEach(async () => {
      await place[Symbol.asyncDispose]();
    });

    const ctx = (options: { signal?: AbortSignal; onProgress?: (bytes: number) => void } = {}) =>
      testCtx({ secrets: place.secrets, ...options });
    const deliver = (...files: ReadableFile[]) => destination.deliver(stagedSet(files), settings, ctx());

    /** The typed error of a delivery, once it is proved to tell no id and no secret. */
    async function refusal(work: Promise<unknown>): Promise<AquariusError> {
      const error = await failureOf(work);
      expect(error).toBeInstanceOf(AquariusError);
      const told = inspect(error, { depth: 20, showHidden: true });
      for (const secret of [DEVICE, ...place.canaries, ...Object.values(place.secrets)]) expect(told).not.toContain(secret);
      return error as AquariusError;
    }

    test('a set arrives under its names, byte for byte, and nothing else does', async () => {
      const files = [
        stagedFile('one.psv', content(3_000_001), 41),
        stagedFile('two.psv.gz', content(70_000), 26),
        stagedFile('empty.psv', Buffer.alloc(0), 0),
      ];
      const receipt = await deliver(...files);
      for (const file of files) expect((await place.read(file.name))?.equals(await contentOf(file))).toBe(true);
      expect(Object.keys(await place.snapshot()).sort()).toEqual(['empty.psv', 'one.psv', 'two.psv.gz']);
      expect(receipt.files.map(({ name, bytes, outcome }) => ({ name, bytes, outcome }))).toEqual(
        files.map(({ name, bytes }) => ({ name, bytes, outcome: 'sent' })),
      );
    });

    test('files that are read from a disk arrive byte for byte, whatever the size of their pieces', async () => {
      using local = localFiles();
      for (const highWaterMark of [7_000, 64 * 1024, 1024 * 1024]) {
        const name = `read-by-${highWaterMark}.psv`;
        const { path, content: bytes } = local.file(content(2_500_000));
        const file = { ...stagedFile(name, bytes), open: async () => createReadStream(path, { highWaterMark }) };
        const receipts = [await deliver(file), await deliver(file)];
        expect(receipts.map(({ files }) => files[0]?.outcome)).toEqual(['sent', 'already']);
        expect((await place.read(name))?.equals(bytes)).toBe(true);
      }
    });

    test('the receipt reconciles with the manifest', async () => {
      const set = stagedSet([stagedFile('one.psv', content(1000), 41), stagedFile('two.psv', content(1000), 26)]);
      const receipt = await destination.deliver(set, settings, ctx());
      expect(receipt).toMatchObject({ accepted: 67, rejected: 0, reasons: {} });
      expect(receipt.accepted + receipt.rejected).toBe(set.manifest.rows);
      expect(receipt.reference).not.toBe('');
      const told = JSON.stringify(receipt);
      for (const secret of [DEVICE, ...place.canaries, ...Object.values(place.secrets)]) expect(told).not.toContain(secret);
    });

    test('progress grows to the size of the set', async () => {
      const files = [stagedFile('one.psv', content(700_000)), stagedFile('two.psv', content(300_000))];
      const told: number[] = [];
      await destination.deliver(stagedSet(files), settings, ctx({ onProgress: (bytes) => told.push(bytes) }));
      expect(told).toEqual([...told].sort((a, b) => a - b));
      expect(told.at(-1)).toBe(files.reduce((sum, { bytes }) => sum + bytes, 0));
    });

    test('delivering the same set again changes nothing and says so', async () => {
      const files = [stagedFile('one.psv', content(200_000)), stagedFile('empty.psv', Buffer.alloc(0))];
      await deliver(...files);
      const before = await place.snapshot();
      const again = await deliver(...files);
      expect(again.files.map(({ outcome }) => outcome)).toEqual(['already', 'already']);
      expect(await place.snapshot()).toEqual(before);
    });

    test('another file under the name is refused and stays, whether its size differs or not', async () => {
      const file = stagedFile('one.psv', content(200_000));
      const others = [
        Buffer.from('longer or shorter'),
        Buffer.concat([(await contentOf(file)).subarray(0, -1), Buffer.from('!')]),
      ];
      for (const other of others) {
        await place.put('one.psv', other);
        expect(await refusal(deliver(file))).toMatchObject({ kind: 'rejected' });
        expect((await place.read('one.psv'))?.equals(other)).toBe(true);
        expect(Object.keys(await place.snapshot())).toEqual(['one.psv']);
      }
    });

    test('a delivery that is stopped half-way leaves nothing, and ends with the reason of the stop', async () => {
      const stop = new AbortController();
      const reason = new Error('the deadline has come');
      const file = interrupted(stagedFile('one.psv', content(5_000_000)), 2_000_000, () => stop.abort(reason));
      const work = destination.deliver(stagedSet([file]), settings, ctx({ signal: stop.signal }));
      expect(await failureOf(work)).toBe(reason);
      expect(await place.snapshot()).toEqual({});
    });

    test('a delivery that was stopped before it began does nothing', async () => {
      const reason = new Error('too late');
      const work = destination.deliver(
        stagedSet([stagedFile('one.psv', content(10))]),
        settings,
        ctx({ signal: AbortSignal.abort(reason) }),
      );
      expect(await failureOf(work)).toBe(reason);
      expect(await place.snapshot()).toEqual({});
    });

    test('a source that ends early is a failure, and leaves nothing', async () => {
      const whole = stagedFile('one.psv', content(1_000_000));
      const short = {
        ...whole,
        open: async () => Readable.from([(await contentOf(whole)).subarray(0, -1)], { objectMode: false }),
      };
      expect(await refusal(deliver(short))).toMatchObject({ kind: 'transient', code: 'staged_file_size' });
      expect(await place.snapshot()).toEqual({});
    });

    test('a source with other bytes than the manifest says is a failure, and leaves nothing', async () => {
      const whole = stagedFile('one.psv', content(300_000));
      const changed = Buffer.from(await contentOf(whole));
      changed[150_000] = (changed[150_000] ?? 0) ^ 1;
      const file = { ...whole, open: async () => Readable.from([changed], { objectMode: false }) };
      expect(await refusal(deliver(file))).toMatchObject({ kind: 'rejected', code: 'staged_file_changed' });
      expect(await place.snapshot()).toEqual({});
    });

    test('a source that breaks is a failure, and leaves nothing', async () => {
      const whole = stagedFile('one.psv', content(3_000_000));
      const file = interrupted(whole, 1_000_000, () => {
        throw new Error('the store went away');
      });
      expect(await refusal(deliver(file))).toMatchObject({ kind: 'transient', code: 'staged_file_unreadable' });
      expect(await place.snapshot()).toEqual({});
    });

    test('after a failure the next attempt sends only what is missing', async () => {
      const [first, second] = [stagedFile('one.psv', content(100_000)), stagedFile('two.psv', content(100_000))];
      const broken = interrupted(second, 50_000, () => {
        throw new Error('the store went away');
      });
      await refusal(deliver(first, broken));
      expect(Object.keys(await place.snapshot())).toEqual(['one.psv']);
      const receipt = await deliver(first, second);
      expect(receipt.files.map(({ outcome }) => outcome)).toEqual(['already', 'sent']);
    });

    test('of two deliveries of one file at once, none tears it', async () => {
      const file = stagedFile('one.psv', content(2_000_000));
      const results = await Promise.allSettled([deliver(file), deliver(file), deliver(file)]);
      const outcomes = results.flatMap((result) =>
        (result.status === 'fulfilled' ? result.value.files : []).map(({ outcome }) => outcome),
      );
      expect(outcomes).toContain('sent');
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(AquariusError);
      expect((await place.read('one.psv'))?.equals(await contentOf(file))).toBe(true);
      expect(Object.keys(await place.snapshot())).toEqual(['one.psv']);
    });

    test('a check proves that deliveries can be made, and leaves nothing', async () => {
      await destination.check(settings, ctx());
      expect(await place.snapshot()).toEqual({});
    });

    test('a check and a delivery both say what is wrong with settings that cannot work', async () => {
      expect(place.broken.length).toBeGreaterThan(0);
      for (const { settings: written, kind, code } of place.broken) {
        const broken = destination.settings.parse(written);
        expect(await refusal(destination.check(broken, ctx()))).toMatchObject({ kind, code, hint: expect.stringMatching(/\S/) });
        const set = stagedSet([stagedFile('one.psv', content(1000))]);
        expect(await refusal(destination.deliver(set, broken, ctx()))).toMatchObject({
          kind,
          code,
          hint: expect.stringMatching(/\S/),
        });
      }
      expect(await place.snapshot()).toEqual({});
    });

    test('settings are strict, and each is described', () => {
      expect(destination.settings.safeParse({ ...place.settings, unknwon: 1 }).success).toBe(false);
      expect(destination.settings.safeParse({ ...place.settings, type: 'other' }).success).toBe(false);
      const schema = z.toJSONSchema(destination.settings, { io: 'input' });
      expect(schema.additionalProperties).toBe(false);
      for (const [field, described] of Object.entries(schema.properties ?? {}))
        expect({ field, described }).toMatchObject({ described: { description: expect.stringMatching(/\S/) } });
      expect(schema.properties?.type).toMatchObject({ const: destination.type });
    });

    test('its layout and its capabilities agree', async () => {
      const layout = await destination.layout(settings, ctx().secrets);
      const can = destination.capabilities(settings);
      expect(layout.limits.minRows).toBe(can.minRows);
      expect(can.identifiers.length).toBeGreaterThan(0);
      expect(can.allowIp || !can.identifiers.includes('IP')).toBe(true);
      for (const type of can.identifiers) expect(layout.typeWords[type]).toMatch(/\S/);
    });
  });
}

async function contentOf(file: ReadableFile): Promise<Buffer> {
  return Buffer.concat(await (await file.open()).toArray());
}

/** The same file, with something happening once this much of it has been read. */
function interrupted(file: ReadableFile, after: number, happen: () => void): ReadableFile {
  return {
    ...file,
    async open() {
      const whole = await contentOf(file);
      return Readable.from(
        (async function* () {
          let happened = false;
          for (let at = 0; at < whole.length; at += 50_021) {
            yield whole.subarray(at, at + 50_021);
            if (happened || at < after) continue;
            happened = true;
            // After whatever was read so far has been passed on.
            await new Promise(setImmediate);
            happen();
          }
        })(),
        { objectMode: false },
      );
    },
  };
}
