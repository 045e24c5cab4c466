import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { configError } from '../errors.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import type { Clock } from '../lib/clock.ts';
import { checkContext, checkLayout } from './check-layout.ts';
import { syncDirectory, writeDurableFile } from './durable-file.ts';
import { canNameParts, checksumsInName, fileName } from './file-name.ts';
import { gzipMember } from './gzip-member.ts';
import { headerLine, headerTexts } from './header-line.ts';
import type { FileContext, Layout } from './layout.ts';
import { type LineBlocksOptions, lineBlocks, lineBlocksOf } from './line-blocks.ts';
import { mostBytes } from './line-bytes.ts';
import { beforeLf } from './line-end.ts';
import type { ManifestFile } from './manifest.ts';
import { hashing, meter } from './meter.ts';
import { type PgpRecipient, readPgpRecipient } from './pgp-recipient.ts';
import { refuseLongRow } from './row-length.ts';
import { partsNeeded, type RowPart, splitRows } from './split-rows.ts';

/** Rows of one type that stand together. */
export interface TypeRun {
  readonly type: IdentifierType;
  readonly rows: number;
}

interface PackOptions {
  readonly runs: readonly TypeRun[];
  readonly layout: Layout;
  readonly context: FileContext;
  /** The file's one type, where the layout has a file for each. */
  readonly identifierType?: IdentifierType;
  /** Where the finished files go; it must exist. */
  readonly directory: string;
  /** Decides whether a PGP key is in force. */
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told the bytes of the lines read so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** Lines as `unload` and `writeRows` make them: no header, LF ended, grouped by type in the order of `runs`. */
export interface PackRequest extends PackOptions {
  /** A local file of lines. */
  readonly path: string;
}

/** The same lines while they are made. What stops before its end is left for its owner to close. */
export interface PackStreamRequest extends PackOptions {
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** A finished file and where it is. */
export interface PackedFile extends ManifestFile {
  readonly path: string;
}

/** What rows `from` to `to` (not included) of the whole are, by type. */
export function identifiersBetween(runs: readonly TypeRun[], from: number, to: number): Partial<Record<IdentifierType, number>> {
  const counts: Partial<Record<IdentifierType, number>> = {};
  let start = 0;
  for (const { type, rows } of runs) {
    const shared = Math.min(to, start + rows) - Math.max(from, start);
    if (shared > 0) counts[type] = (counts[type] ?? 0) + shared;
    start += rows;
  }
  return counts;
}

/** Drops a line end of so many bytes; the last chunk holds at least a whole line. */
async function* withoutLineEnd(source: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined;
  for await (const chunk of source) {
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (held !== undefined) yield held.subarray(0, -bytes);
}

async function* plainBytes(header: Buffer, part: RowPart): AsyncGenerator<Uint8Array> {
  if (header.length > 0) yield header;
  yield* part.slices;
}

interface PartTask {
  readonly request: PackOptions;
  readonly header: Buffer;
  readonly recipient: PgpRecipient | undefined;
  /** The n-th part, from 1. */
  readonly nth: number;
  readonly part: RowPart;
  /** Rows in earlier parts. */
  readonly before: number;
}

async function packPart({ request, header, recipient, nth, part, before }: PartTask): Promise<PackedFile> {
  const { layout, context, runs, directory, identifierType, signal } = request;
  const content = plainBytes(header, part);
  const trimmed = layout.finalNewline ? content : withoutLineEnd(content, beforeLf(layout).length + 1);
  const md5 = checksumsInName(layout).includes('md5') ? hashing(trimmed, 'md5') : undefined;
  const plain = meter(md5?.stream ?? trimmed);
  const compressed = layout.compression === 'gzip' ? gzipMember(plain.stream) : plain.stream;
  const encoded = recipient === undefined ? compressed : recipient.encrypt(compressed);
  const finished = encoded === plain.stream ? undefined : meter(encoded);
  const draft = join(directory, fileName(layout, context, nth, identifierType));
  await writeDurableFile(draft, finished?.stream ?? plain.stream, signal);
  const measured = plain.measured();
  const { bytes, sha256 } = finished?.measured() ?? measured;
  const checksums = { md5: md5?.digest() ?? '', sha256: measured.sha256 };
  const name = fileName(layout, context, nth, identifierType, checksums);
  const path = join(directory, name);
  if (path !== draft) await rename(draft, path);
  const { rows } = part.total;
  return {
    name,
    rows,
    bytes,
    sha256,
    plainBytes: measured.bytes,
    plainSha256: measured.sha256,
    identifiers: identifiersBetween(runs, before, before + rows),
    ...(layout.header ? { columns: headerTexts(layout, context, identifierType) } : {}),
    path,
  };
}

async function readThrough(parts: AsyncIterable<RowPart>): Promise<void> {
  for await (const part of parts) {
    for await (const slice of part.slices) void slice;
  }
}

/**
 * Whether rows can be packed while they are made: where their bytes decide how they are split, they must all be known before.
 * The layout must be able to carry the types.
 */
export function canPackStream({
  layout,
  context,
  runs,
  identifierType,
}: Omit<PackOptions, 'signal' | 'clock' | 'directory'>): boolean {
  const { maxRows, maxBytes } = layout.limits;
  const header = headerBytes(layout, context, identifierType).length;
  const rows = rowsOf(runs);
  if (rows <= maxRows) return header + mostBytes(layout, context, runs) <= maxBytes;
  const longest = Math.max(...runs.map(({ type }) => mostBytes(layout, context, [{ type, rows: 1 }])));
  return header + maxRows * longest <= maxBytes;
}

/**
 * Makes a partner's finished files of a file of lines: header, split between rows, compressed, encrypted, hashed and counted in one
 * reading, named by the layout, safe on the disk. Too few rows for a file (`minRows`) give no file, and the caller must book them.
 * The same lines give the same bytes, unless they are encrypted. Wrong names, limits, segments and keys are refused before a byte is
 * written (`config` errors), and after any failure no file is left. Rows that do not add up to `runs` are a bug and thrown as one.
 */
export async function packFile(request: PackRequest): Promise<PackedFile[]> {
  const { size } = await stat(request.path);
  return pack(request, size, (options) => lineBlocks(request.path, options));
}

/** Does what `packFile` does with the same lines while they come, and gives the same files, where `canPackStream` holds. */
export function packStream(request: PackStreamRequest): Promise<PackedFile[]> {
  return pack(request, null, (options) => lineBlocksOf(request.chunks, options));
}

const rowsOf = (runs: readonly TypeRun[]): number => runs.reduce((sum, { rows }) => sum + rows, 0);

/** The header line with its end; nothing for a layout without one. */
export function headerBytes(layout: Layout, context: FileContext, identifierType: IdentifierType | undefined): Buffer {
  return Buffer.from(layout.header ? `${headerLine(layout, context, identifierType)}${beforeLf(layout)}\n` : '');
}

async function pack(
  request: PackOptions,
  bytes: number | null,
  blocks: (options: LineBlocksOptions) => AsyncIterable<Buffer>,
): Promise<PackedFile[]> {
  const { layout, context, runs, identifierType } = request;
  checkLayout(layout);
  checkContext(layout, context);
  if (identifierType !== undefined && runs.some(({ type, rows }) => type !== identifierType && rows > 0)) {
    throw new Error(`A file for ${identifierType} was given rows of another type.`);
  }
  const header = headerBytes(layout, context, identifierType);
  refuseLongRow(header, 0, header.length - 1, layout.limits.maxRowCharacters);
  const recipient =
    layout.pgpPublicKey === undefined ? undefined : await readPgpRecipient(layout.pgpPublicKey, request.clock.now());
  const limits = { ...layout.limits, maxRowBytes: layout.limits.maxBytes - header.length };
  if (limits.maxRowBytes <= 0) {
    throw configError('file_limits', 'The header alone has more bytes than a file may have.', { hint: 'Raise maxBytes.' });
  }
  const given = { rows: rowsOf(runs), bytes };
  const parts = splitRows(blocks({ ...request, maxRowCharacters: limits.maxRowCharacters }), given, limits);
  if (given.rows < Math.max(1, limits.minRows)) {
    await readThrough(parts);
    return [];
  }
  fileName(layout, context, 1, identifierType);
  if (partsNeeded(given, limits) > 1 && !canNameParts(layout)) {
    throw configError('file_name', 'The audience needs several files, and the file name template lacks {part}.', {
      hint: 'Add {part} to the template.',
    });
  }

  const files: PackedFile[] = [];
  let before = 0;
  try {
    for await (const part of parts) {
      files.push(await packPart({ request, header, recipient, nth: files.length + 1, part, before }));
      before += part.total.rows;
    }
    if (new Set(files.map(({ name }) => name)).size < files.length) {
      throw new Error('Two parts of an audience have the same content, and hence the same checksum in their names.');
    }
    if (files.some(({ rows }) => rows < limits.minRows)) {
      throw configError('file_limits', `The audience cannot be split into files of at least ${limits.minRows} rows.`, {
        hint: 'Raise maxRows or maxBytes.',
      });
    }
    await syncDirectory(request.directory);
  } catch (error) {
    await Promise.all(files.map(({ path }) => rm(path, { force: true })));
    throw error;
  }
  return files;
}
