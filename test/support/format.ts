import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileContext, Layout, Membership } from '../../src/format/layout.ts';
import { type PackedFile, type PackRequest, packFile } from '../../src/format/pack-file.ts';
import { clockAt } from '../../src/lib/clock.ts';

export const PLANNED_AT = new Date('2026-02-16T06:00:00Z');

export function contextOf(changes: Partial<FileContext> = {}): FileContext {
  return {
    agencyId: '1480',
    advertiserId: '4711',
    segmentId: '1480_4711_30D',
    segmentName: 'Exposed, 30 days',
    destination: 'liveramp-us',
    slot: '2026-W08',
    runId: '01kgyz3r9jv7m2n4p6q8s0t1w3',
    plannedAt: PLANNED_AT,
    ...changes,
  };
}

/** A directory that is gone at the end of its scope. */
export async function scratch(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'aquarius-format-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export async function* inBatches<T>(rows: readonly T[], size = 1000): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}

export async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A device id that is as good as any other, the n-th of many. */
export function deviceId(n: number): string {
  return `${n.toString(16).padStart(8, '0')}-03ee-455a-b3c4-e57283966239`;
}

export function memberships(count: number, type: Membership['type'] = 'IDFA'): Membership[] {
  return Array.from({ length: count }, (_, n) => ({ type, value: deviceId(n), lastSeen: PLANNED_AT }));
}

/** Packs lines that are written to `directory` first; `changes` may say otherwise about anything. */
export async function packLines(
  directory: string,
  layout: Layout,
  lines: Uint8Array | string,
  runs: PackRequest['runs'],
  changes: Partial<PackRequest> = {},
): Promise<PackedFile[]> {
  const path = join(directory, 'lines');
  await writeFile(path, lines);
  const signal = new AbortController().signal;
  return packFile({ path, runs, layout, context: contextOf(), directory, clock: clockAt(PLANNED_AT), signal, ...changes });
}
