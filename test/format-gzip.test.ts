import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gzipMember } from '../src/format/gzip-member.ts';
import { headerLine } from '../src/format/header-line.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import { writeRows } from '../src/format/write-rows.ts';
import { collect, contextOf, inBatches, memberships, packLines, scratch } from './support/format.ts';

const layout = eventLogLayout({ compression: 'gzip' });

/** Enough rows for several blocks, and a last block that is not full. */
const ROWS = 50_000;
const lines = await collect(writeRows(layout, contextOf(), inBatches(memberships(ROWS))));
const plain = Buffer.concat([Buffer.from(`${headerLine(layout, contextOf())}\n`), lines]);

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Runs a program on bytes; its exit code and what it printed. */
function run(command: string, args: readonly string[], input: Buffer): { status: number | null; stdout: Buffer } {
  const { status, stdout, error } = spawnSync(command, args, { input, maxBuffer: 2 ** 28 });
  if (error !== undefined) throw error;
  return { status, stdout };
}

test('a packed archive is read by Node, gunzip and Python alike, as the one member that it is', async () => {
  await using directory = await scratch();
  const [file] = await packLines(directory.path, layout, lines, [{ type: 'IDFA', rows: ROWS }]);
  const bytes = await readFile(file?.path ?? '');
  expect(plain.length).toBeGreaterThan(3 * 2 ** 20);
  expect(file).toMatchObject({ bytes: bytes.length, plainBytes: plain.length, rows: ROWS });
  expect(gunzipSync(bytes).equals(plain)).toBe(true);
  expect(run('gunzip', ['-t'], bytes).status).toBe(0);
  expect(run('gunzip', ['-c'], bytes).stdout.equals(plain)).toBe(true);
  const oneMember =
    'import sys,zlib\nd=zlib.decompressobj(31)\nsys.stdout.buffer.write(d.decompress(sys.stdin.buffer.read())+d.flush())\n' +
    'assert d.eof and not d.unused_data';
  const python = run('python3', ['-c', oneMember], bytes);
  expect(python.status).toBe(0);
  expect(python.stdout.equals(plain)).toBe(true);
});

test('the same rows give the same bytes, with no time in them (PM-08)', async () => {
  await using first = await scratch();
  await using second = await scratch();
  const runs = [{ type: 'IDFA' as const, rows: ROWS }];
  const [one] = await packLines(first.path, layout, lines, runs);
  const [two] = await packLines(second.path, layout, lines, runs);
  const bytes = await readFile(one?.path ?? '');
  expect(bytes.equals(await readFile(two?.path ?? ''))).toBe(true);
  expect(one?.sha256).toBe(two?.sha256);
  expect(bytes.subarray(0, 10).toString('hex')).toBe('1f8b0800000000000003');
});

test('how the bytes arrive does not change the archive', async () => {
  const whole = await collect(gzipMember(inPieces(plain, plain.length)));
  for (const size of [999, 65_536, 2 ** 20, 2 ** 20 + 1]) {
    expect((await collect(gzipMember(inPieces(plain, size)))).equals(whole)).toBe(true);
  }
});

test.each([0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 3 * 2 ** 20])('%i bytes come back as they were', async (size) => {
  const bytes = plain.subarray(0, size);
  expect(gunzipSync(await collect(gzipMember(inPieces(bytes, 70_000)))).equals(bytes)).toBe(true);
});

test('an archive that lacks its last byte, or has another in the middle, is refused by gunzip (LR-09)', async () => {
  await using directory = await scratch();
  const [file] = await packLines(directory.path, layout, lines, [{ type: 'IDFA', rows: ROWS }]);
  const bytes = await readFile(file?.path ?? '');
  const path = join(directory.path, 'cut.gz');
  await writeFile(path, bytes.subarray(0, -1));
  expect(run('gunzip', ['-t', path], Buffer.alloc(0)).status).not.toBe(0);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 0x10, middle);
  expect(run('gunzip', ['-t'], bytes).status).not.toBe(0);
});

test('a source that fails ends the archive with its error', async () => {
  const failure = new Error('disk');
  async function* failing(): AsyncGenerator<Buffer> {
    yield* inPieces(plain, 2 ** 20);
    throw failure;
  }
  await expect(collect(gzipMember(failing()))).rejects.toBe(failure);
});

test('each part of a split audience is an archive of its own', async () => {
  await using directory = await scratch();
  const split = eventLogLayout({ compression: 'gzip', maxRows: 20_000 });
  const files = await packLines(directory.path, split, lines, [{ type: 'IDFA', rows: ROWS }]);
  expect(files.map(({ rows }) => rows)).toEqual([16_667, 16_667, 16_666]);
  const header = `${headerLine(split, contextOf())}\n`;
  const texts = await Promise.all(files.map(async ({ path }) => gunzipSync(await readFile(path)).toString()));
  expect(texts.map((text) => text.slice(header.length)).join('')).toBe(lines.toString());
  expect(files.every(({ name }) => name.endsWith('.psv.gz'))).toBe(true);
});
