import { createHash } from 'node:crypto';
import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { writeDurableFile } from '../src/format/durable-file.ts';
import { headerLine } from '../src/format/header-line.ts';
import type { Layout } from '../src/format/layout.ts';
import { activationLayout } from '../src/format/layouts/activation.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import type { PackedFile } from '../src/format/pack-file.ts';
import { writeRows } from '../src/format/write-rows.ts';
import { collect, contextOf, deviceId, inBatches, memberships, packLines, scratch } from './support/format.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const linesOf = (layout: Layout, count: number): Promise<Buffer> =>
  collect(writeRows(layout, contextOf(), inBatches(memberships(count))));

/** The rows of all parts one after the other, headers taken away and checked. */
async function rowsOf(files: readonly PackedFile[], layout: Layout): Promise<string> {
  const header = `${headerLine(layout, contextOf())}\n`;
  let rows = '';
  for (const file of files) {
    const text = await readFile(file.path, 'utf8');
    expect(text.startsWith(header)).toBe(true);
    expect(text.endsWith('\n')).toBe(true);
    rows += text.slice(header.length);
  }
  return rows;
}

test('a finished file is counted, sized and hashed as it is on the disk, for its owner only', async () => {
  await using directory = await scratch();
  const layout = eventLogLayout();
  const lines = await linesOf(layout, 100);
  const [file, ...more] = await packLines(directory.path, layout, lines, [{ type: 'IDFA', rows: 100 }]);
  const bytes = await readFile(file?.path ?? '');
  expect(more).toEqual([]);
  expect(file).toMatchObject({ rows: 100, bytes: bytes.length, sha256: sha256(bytes), identifiers: { IDFA: 100 } });
  expect(file).toMatchObject({ plainBytes: bytes.length, plainSha256: sha256(bytes) });
  expect((await stat(file?.path ?? '')).mode & 0o777).toBe(0o600);
  expect((await readdir(directory.path)).sort()).toEqual([file?.name, 'lines'].sort());
});

test('what a killed packing left behind is written over', async () => {
  await using directory = await scratch();
  const layout = eventLogLayout();
  const lines = await linesOf(layout, 100);
  const runs = [{ type: 'IDFA' as const, rows: 100 }];
  const [first] = await packLines(directory.path, layout, lines, runs);
  const bytes = await readFile(first?.path ?? '');
  await writeFile(first?.path ?? '', 'half a file');
  await writeFile(`${first?.path}.partial`, Buffer.alloc(2 * bytes.length));
  const [second] = await packLines(directory.path, layout, lines, runs);
  expect(second).toEqual(first);
  expect((await readFile(second?.path ?? '')).equals(bytes)).toBe(true);
  expect(await readdir(directory.path)).toHaveLength(2);
});

test('a full disk is said as such, and nothing is left', async () => {
  await using directory = await scratch();
  const path = join(directory.path, 'file');
  // Every write to this device fails as one to a full disk does.
  await symlink('/dev/full', `${path}.partial`);
  const writing = writeDurableFile(path, Readable.from([Buffer.from('x')]), new AbortController().signal);
  await expect(writing).rejects.toMatchObject({ kind: 'transient', code: 'disk_full' });
  expect(await readdir(directory.path)).toEqual([]);
});

test('no rows make no file, and fewer rows than a file needs make none either', async () => {
  await using directory = await scratch();
  const layout = eventLogLayout();
  expect(await packLines(directory.path, layout, '', [{ type: 'IDFA', rows: 0 }])).toEqual([]);
  expect(await packLines(directory.path, layout, '', [])).toEqual([]);
  expect(await packLines(directory.path, layout, await linesOf(layout, 24), [{ type: 'IDFA', rows: 24 }])).toEqual([]);
  expect(await readdir(directory.path)).toEqual(['lines']);
  expect(await packLines(directory.path, layout, await linesOf(layout, 25), [{ type: 'IDFA', rows: 25 }])).toHaveLength(1);
});

describe('splitting by rows', () => {
  test.each([
    [100, 100, [100]],
    [101, 100, [51, 50]],
    [200, 100, [100, 100]],
    [201, 100, [67, 67, 67]],
    [205, 51, [41, 41, 41, 41, 41]],
  ])('%i rows at most %i a file become %j: no tiny rest', async (rows, maxRows, expected) => {
    await using directory = await scratch();
    const layout = eventLogLayout({ maxRows });
    const lines = await linesOf(layout, rows);
    const files = await packLines(directory.path, layout, lines, [{ type: 'IDFA', rows }]);
    expect(files.map((file) => file.rows)).toEqual(expected);
    expect(await rowsOf(files, layout)).toBe(lines.toString());
    expect(files.map(({ name }) => name.slice(-'0001.psv'.length))).toEqual(files.map((_, n) => `000${n + 1}.psv`));
  });

  test('each part says how many of its rows are of which type', async () => {
    await using directory = await scratch();
    const layout = eventLogLayout({ maxRows: 40, minRows: 1 });
    const context = contextOf();
    const rows = [...memberships(30, 'IDFA'), ...memberships(50, 'GAID'), ...memberships(10, 'MAID')];
    const lines = await collect(writeRows(layout, context, inBatches(rows)));
    const files = await packLines(directory.path, layout, lines, [
      { type: 'IDFA', rows: 30 },
      { type: 'GAID', rows: 50 },
      { type: 'MAID', rows: 10 },
    ]);
    expect(files.map(({ identifiers }) => identifiers)).toEqual([{ IDFA: 30 }, { GAID: 30 }, { GAID: 20, MAID: 10 }]);
  });

  test('an audience that no split can bring within the limits is refused, and nothing is left', async () => {
    await using directory = await scratch();
    const layout = eventLogLayout({ maxRows: 30 });
    const packing = packLines(directory.path, layout, await linesOf(layout, 31), [{ type: 'IDFA', rows: 31 }]);
    await expect(packing).rejects.toMatchObject({ kind: 'config', code: 'file_limits' });
    expect(await readdir(directory.path)).toEqual(['lines']);
  });

  test('a template without {part} serves one file, and is refused before two are written', async () => {
    await using directory = await scratch();
    const layout = eventLogLayout({ maxRows: 100, nameTemplate: '{segmentId}_{runId}' });
    expect(await packLines(directory.path, layout, await linesOf(layout, 100), [{ type: 'IDFA', rows: 100 }])).toHaveLength(1);
    await expect(
      packLines(directory.path, layout, await linesOf(layout, 101), [{ type: 'IDFA', rows: 101 }]),
    ).rejects.toMatchObject({
      kind: 'config',
      code: 'file_name',
    });
  });
});

describe('splitting by bytes', () => {
  const header = 'DEVICE_ID|DEVICE_TYPE|SEGMENT_ID|TIMESTAMP\n'.length;
  const row = `${deviceId(0)}|IDFA|1480_4711_30D|2026-02-16T06:00:00Z\n`.length;

  test('header and rows of a part fill a file to the byte and never more', async () => {
    await using directory = await scratch();
    const layout = eventLogLayout({ maxBytes: header + 50 * row });
    const lines = await linesOf(layout, 100);
    const files = await packLines(directory.path, layout, lines, [{ type: 'IDFA', rows: 100 }]);
    expect(files.map(({ plainBytes }) => plainBytes)).toEqual([header + 50 * row, header + 50 * row]);
    expect(await rowsOf(files, layout)).toBe(lines.toString());
  });

  test('a byte less makes another file, with the rows spread over all', async () => {
    await using directory = await scratch();
    const layout = eventLogLayout({ maxBytes: header + 50 * row - 1 });
    const files = await packLines(directory.path, layout, await linesOf(layout, 100), [{ type: 'IDFA', rows: 100 }]);
    expect(files.map((file) => file.rows)).toEqual([34, 33, 33]);
  });

  test('rows of very different lengths keep both limits and leave no tiny file', async () => {
    await using directory = await scratch();
    const layout = eventLogLayout({ header: false, maxBytes: 20_000, maxRows: 300, minRows: 25 });
    const rows = Array.from({ length: 1000 }, (_, n) => `${'x'.repeat(n < 400 ? 150 : 20)}${n}`);
    const files = await packLines(directory.path, layout, `${rows.join('\n')}\n`, [{ type: 'IDFA', rows: 1000 }]);
    expect(files.every((file) => file.rows <= 300 && file.rows >= 100 && file.plainBytes <= 20_000)).toBe(true);
    const texts = await Promise.all(files.map(({ path }) => readFile(path, 'utf8')));
    expect(texts.join('')).toBe(`${rows.join('\n')}\n`);
  });

  test('a limit that not even one row fits in is refused, and nothing is left', async () => {
    await using directory = await scratch();
    for (const maxBytes of [header, header + row - 1]) {
      const layout = eventLogLayout({ maxBytes });
      const packing = packLines(directory.path, layout, await linesOf(layout, 30), [{ type: 'IDFA', rows: 30 }]);
      await expect(packing).rejects.toMatchObject({ kind: 'config', code: 'file_limits' });
    }
    expect(await readdir(directory.path)).toEqual(['lines']);
  });
});

describe('rows that the partner would refuse', () => {
  const layout = eventLogLayout({ minRows: 1 });

  test('a row of 10,000 characters passes, of 10,001 is refused, and nothing is left (LR-13)', async () => {
    await using directory = await scratch();
    const runs = [{ type: 'IDFA' as const, rows: 2 }];
    expect(await packLines(directory.path, layout, `a\n${'x'.repeat(10_000)}\n`, runs)).toHaveLength(1);
    await using other = await scratch();
    const refused = { kind: 'config', code: 'row_too_long' };
    await expect(packLines(other.path, layout, `a\n${'x'.repeat(10_001)}\n`, runs)).rejects.toMatchObject(refused);
    expect(await readdir(other.path)).toEqual(['lines']);
  });

  test('characters are counted, not bytes', async () => {
    await using directory = await scratch();
    expect(await packLines(directory.path, layout, `${'ü🚗'.repeat(5000)}\n`, [{ type: 'IDFA', rows: 1 }])).toHaveLength(1);
    const tooLong = packLines(directory.path, layout, `${'ü🚗'.repeat(5000)}x\n`, [{ type: 'IDFA', rows: 1 }]);
    await expect(tooLong).rejects.toMatchObject({ code: 'row_too_long' });
  });

  test('a row without end is refused without reading it into memory', async () => {
    await using directory = await scratch();
    const tooLong = packLines(directory.path, layout, 'x'.repeat(3_000_000), [{ type: 'IDFA', rows: 1 }]);
    await expect(tooLong).rejects.toMatchObject({ code: 'row_too_long' });
  });

  test('a header is a row too', async () => {
    await using directory = await scratch();
    const long = { ...layout, columns: [{ header: 'x'.repeat(10_001), value: { kind: 'identifier' } as const }] };
    await expect(packLines(directory.path, long, 'a\n', [{ type: 'IDFA', rows: 1 }])).rejects.toMatchObject({
      code: 'row_too_long',
    });
  });
});

describe('counts that do not add up', () => {
  const layout = eventLogLayout({ minRows: 2 });

  test.each([
    ['a row fewer', 'a\nb\n', 3],
    ['a row more', 'a\nb\nc\nd\n', 3],
    ['no row at all', '', 3],
    ['rows where none were reported', 'a\nb\n', 0],
    ['more than the too few that were reported', 'a\nb\n', 1],
    ['fewer than the too few that were reported', '', 1],
    ['a last line without its end', 'a\nb\nc', 3],
    ['an empty line', 'a\n\nc\n', 3],
  ])('%s is a bug, not a file', async (_what, lines, rows) => {
    await using directory = await scratch();
    const failure = await packLines(directory.path, layout, lines, [{ type: 'IDFA', rows }]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toHaveProperty('code');
    expect(await readdir(directory.path)).toEqual(['lines']);
  });

  test('a file for one type is not given rows of another', async () => {
    await using directory = await scratch();
    const runs = [
      { type: 'IDFA' as const, rows: 2 },
      { type: 'GAID' as const, rows: 2 },
    ];
    const packing = packLines(directory.path, activationLayout({ minRows: 1 }), 'a\nb\nc\nd\n', runs, { identifierType: 'IDFA' });
    await expect(packing).rejects.toThrow(/another type/);
  });
});

test('an aborted packing stops with the reason and leaves nothing', async () => {
  await using directory = await scratch();
  const layout = eventLogLayout({ compression: 'gzip' });
  const abort = new AbortController();
  const lines = await linesOf(layout, 40_000);
  const reason = new Error('deadline');
  const packing = packLines(directory.path, layout, lines, [{ type: 'IDFA', rows: 40_000 }], {
    signal: abort.signal,
    onProgress: () => abort.abort(reason),
  });
  await expect(packing).rejects.toBe(reason);
  expect(await readdir(directory.path)).toEqual(['lines']);
});

test('progress tells the bytes that were read, up to the size of the file', async () => {
  await using directory = await scratch();
  const layout = eventLogLayout();
  const lines = await linesOf(layout, 40_000);
  const told: number[] = [];
  await packLines(directory.path, layout, lines, [{ type: 'IDFA', rows: 40_000 }], { onProgress: (bytes) => told.push(bytes) });
  expect(told.length).toBeGreaterThan(1);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(lines.length);
});
