import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import type { Ctx, ReadableFile, ReadableSet } from '../../src/destinations/destination.ts';
import type { Manifest } from '../../src/format/manifest.ts';
import { clockAt } from '../../src/lib/clock.ts';
import type { KeptResources } from '../../src/lib/kept-resources.ts';

/** A staged file in memory. Its stream comes in pieces that fit no block size. */
export function stagedFile(name: string, content: Buffer, rows = 1): ReadableFile {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const bytes = content.length;
  return {
    name,
    rows,
    bytes,
    sha256,
    plainBytes: bytes,
    plainSha256: sha256,
    identifiers: { IDFA: rows },
    open: async () => piecesOf(content),
  };
}

const PIECE_BYTES = 50_021;

function piecesOf(content: Buffer): Readable {
  return Readable.from(
    (function* () {
      for (let at = 0; at < content.length; at += PIECE_BYTES) yield content.subarray(at, at + PIECE_BYTES);
    })(),
    { objectMode: false },
  );
}

/** A staged set of these files, as the engine would hand it to a destination. */
export function stagedSet(files: readonly ReadableFile[]): ReadableSet {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const manifest: Manifest = {
    schemaVersion: 1,
    runId: 'run-1',
    slot: '2026-W47',
    agencyId: '1480',
    advertiserId: '4711',
    destination: 'partner',
    segmentId: '1480_4711',
    segmentName: 'Visitors',
    layout: 'event-log',
    window: { from: null, to: '2026-11-23T06:00:00Z' },
    configVersion: 1,
    programVersion: '0.1.0',
    createdAt: '2026-11-23T06:00:00Z',
    rows,
    counts: { selected: rows, dropped: {}, suppressed: 0, identifiers: { IDFA: rows } },
    suppression: 'none',
    files: files.map(({ open, ...file }) => file),
  };
  return { manifest, files, isResumed: false };
}

export interface TestCtxOptions {
  readonly signal?: AbortSignal;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly now?: string;
  readonly onProgress?: (bytes: number) => void;
  readonly kept?: KeptResources;
}

/** A context whose secrets are in a table, by reference. */
export function testCtx({ signal, secrets = {}, now = '2026-11-23T06:00:00Z', onProgress, kept }: TestCtxOptions = {}): Ctx {
  return {
    signal: signal ?? new AbortController().signal,
    log: pino({ level: 'silent' }),
    clock: clockAt(new Date(now)),
    secrets: async (reference) => {
      const value = secrets[reference];
      if (value === undefined) throw new Error(`no secret ${reference}`);
      return value;
    },
    fence: async () => {},
    sleep: async () => {},
    onRejected: async () => {},
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(kept === undefined ? {} : { kept }),
  };
}
