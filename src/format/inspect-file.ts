import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AquariusError, transientError } from '../errors.ts';
import { headerTexts } from './header-line.ts';
import type { Layout } from './layout.ts';
import { lineBlocksOf } from './line-blocks.ts';
import type { ManifestFile } from './manifest.ts';
import { meter } from './meter.ts';
import { headerBytes, identifiersBetween } from './pack-file.ts';
import { refuseLongRow } from './row-length.ts';
import type { FileLines, WarehousePart } from './warehouse-parts.ts';

const LF = 10;

/**
 * Reads a file that a warehouse has written, once, and gives what a manifest says of it. It must be what `packFile` would have made of the
 * same lines, but for how its bytes were compressed: the header first, then as many rows as the part has, none of them empty or too long.
 * Anything else is a `transient` error `export_damaged`; a row that is too long is a `config` error, as there.
 */
export async function inspectFile(
  body: AsyncIterable<Uint8Array>,
  lines: FileLines,
  { name, from, to }: WarehousePart,
  signal: AbortSignal,
): Promise<ManifestFile> {
  const { layout, context, identifierType, runs } = lines;
  const header = headerBytes(layout, context, identifierType);
  const finished = meter(body);
  let plain: ReturnType<typeof meter> | undefined;
  let rows = 0;
  async function look(content: AsyncIterable<Uint8Array>): Promise<void> {
    plain = meter(content);
    rows = await countRows(withoutHeader(plain.stream, header), layout, signal);
  }
  try {
    if (layout.compression === 'gzip') await pipeline(finished.stream, createGunzip(), look, { signal });
    else await look(finished.stream);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AquariusError) throw error;
    throw damaged(name, 'it cannot be read', error);
  }
  if (plain === undefined || rows !== to - from) throw damaged(name, `it has ${rows} rows instead of ${to - from}`);
  const { bytes, sha256 } = finished.measured();
  const measured = plain.measured();
  return {
    name,
    rows,
    bytes,
    sha256,
    plainBytes: measured.bytes,
    plainSha256: measured.sha256,
    identifiers: identifiersBetween(runs, from, to),
    ...(layout.header ? { columns: headerTexts(layout, context, identifierType) } : {}),
  };
}

/** Passes on what comes after the header, which must be there. */
async function* withoutHeader(source: AsyncIterable<Uint8Array>, header: Buffer): AsyncGenerator<Uint8Array> {
  let left = header;
  for await (const chunk of source) {
    const compared = Math.min(left.length, chunk.length);
    if (!left.subarray(0, compared).equals(chunk.subarray(0, compared))) throw new Error('The file begins with another line.');
    left = left.subarray(compared);
    if (compared < chunk.length) yield chunk.subarray(compared);
  }
  if (left.length > 0) throw new Error('The file ends within its header.');
}

async function countRows(source: AsyncIterable<Uint8Array>, { limits }: Layout, signal: AbortSignal): Promise<number> {
  let rows = 0;
  for await (const block of lineBlocksOf(source, { maxRowCharacters: limits.maxRowCharacters, signal })) {
    for (let at = 0; at < block.length; ) {
      const end = block.indexOf(LF, at);
      if (end === at) throw new Error('A row is empty.');
      refuseLongRow(block, at, end, limits.maxRowCharacters);
      rows += 1;
      at = end + 1;
    }
  }
  return rows;
}

function damaged(name: string, found: string, cause?: unknown): AquariusError {
  return transientError('export_damaged', `${name}, as the warehouse wrote it into the stage, cannot be sent: ${found}.`, {
    hint: 'Nothing of it was sent; the audience is cut again. See what else writes to the bucket, and the encoding of the external stage.',
    ...(cause === undefined ? {} : { cause }),
  });
}
