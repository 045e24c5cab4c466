import { AquariusError, configError } from '../../errors.ts';
import type { Manifest } from '../../format/manifest.ts';
import { withResource } from '../../lib/with-resource.ts';
import type { Ctx, ReadableSet, Receipt } from '../destination.ts';
import { type Api, xandrApi } from './api.ts';
import { avroEncoding } from './avro-encoding.ts';
import { changesOf, count, type Reasons } from './changes.ts';
import type { Encoding, SegmentTerms } from './encoding.ts';
import { type Filled, fill } from './fill.ts';
import { segmentOf } from './segment.ts';
import { MAX_TTL_DAYS, requireEnabled, type XandrSettings } from './settings.ts';
import { type Sent, settle } from './settle.ts';
import { openSpool } from './spool.ts';
import { textEncoding } from './text-encoding.ts';
import { type Upload, upload } from './upload.ts';

const BATCH_ROWS = 1000;
const MINUTES_PER_DAY = 1440;

/**
 * Uploads a set as files and waits until the partner has processed them all. A set that is sent again is uploaded again: the partner
 * keeps no sign of what a file held, and the same rows with the same times leave a segment as it was.
 */
export async function deliverToXandr(set: ReadableSet, settings: XandrSettings, ctx: Ctx): Promise<Receipt> {
  ctx.signal.throwIfAborted();
  requireEnabled(settings);
  const { manifest } = set;
  const expireMinutes = expireMinutesOf(manifest, settings);
  const api = xandrApi(settings, ctx);
  const segment = await segmentOf(manifest, expireMinutes, settings, api, ctx);
  const terms: SegmentTerms = { segment, expireMinutes, cutAt: Math.floor(Date.parse(manifest.createdAt) / 1000) };
  const encoding = settings.format === 'avro' ? avroEncoding(settings, terms) : textEncoding(settings, terms);
  const { sent, refused } = await sendAll(set, encoding, settings, api, ctx);
  const { accepted, reasons, details } = await settle(sent, settings, api, ctx);
  count(reasons, refused);
  const remote = `member/${settings.memberId}/segment/${segment.id}`;
  return {
    accepted,
    rejected: Object.values(reasons).reduce((sum, rows) => sum + rows, 0),
    reasons,
    reference: sent.length === 0 ? remote : sent.map(({ jobId }) => jobId).join(','),
    files: set.files.map(({ name, bytes }) => ({ name, remote, bytes, outcome: 'sent' })),
    details: { segment: segment.id, format: settings.format, jobs: sent.length, ...details },
  };
}

/** Minutes that members are kept: the delivery's own ttlDays, or that of the settings, where 0 is the partner's maximum. */
function expireMinutesOf({ terms }: Manifest, settings: XandrSettings): number {
  const days = terms?.ttlDays ?? settings.ttlDays;
  if (days <= MAX_TTL_DAYS) return days * MINUTES_PER_DAY;
  throw configError('xandr_ttl', `Xandr keeps members for ${MAX_TTL_DAYS} days at most, and the delivery asks for ${days}.`, {
    hint: "Lower the delivery's ttlDays.",
  });
}

/**
 * Uploads the set file by file, each as large as the partner takes it: one that is refused as too large is made anew, half as large,
 * from the row with which it began.
 */
async function sendAll(
  set: ReadableSet,
  encoding: Encoding,
  settings: XandrSettings,
  api: Api,
  ctx: Ctx,
): Promise<{ readonly sent: readonly Sent[]; readonly refused: Reasons }> {
  const sent: Sent[] = [];
  const refused: Reasons = {};
  let done = 0;
  let maxRows = Number.POSITIVE_INFINITY;
  let batchRows = BATCH_ROWS;
  const book = (filled: Filled, at: Upload | undefined) => {
    if (at !== undefined) sent.push({ ...at, rows: filled.sent });
    count(refused, filled.refused);
    done += filled.rows;
    ctx.onProgress?.(progress(set, done));
  };

  /** Sends one file: what comes next is the end, another file of `changes`, or a file of changes that are read anew. */
  const sendOne = (changes: ReturnType<typeof changesOf>) =>
    withResource(openSpool(), async (file): Promise<'end' | 'next' | 'anew'> => {
      const filled = await fill(
        file,
        changes,
        { encoding, maxBytes: settings.maxFileBytes, maxRows, seed: `${set.manifest.runId} ${done}` },
        ctx,
      );
      if (filled.rows === 0) return 'end';
      try {
        book(filled, filled.sent === 0 ? undefined : await upload(file, sent.length > 0, settings, api, ctx));
        return 'next';
      } catch (error) {
        if (!(error instanceof AquariusError) || error.code !== 'xandr_file_too_large' || filled.rows === 1) throw error;
        maxRows = Math.ceil(filled.rows / 2);
        // Files end between batches: with batches of half that, each try is smaller than the one before.
        batchRows = Math.min(batchRows, Math.ceil(maxRows / 2));
        return 'anew';
      }
    });

  for (let state: 'end' | 'next' | 'anew' = 'anew'; state !== 'end'; ) {
    const changes = changesOf(set, done, batchRows, ctx.signal);
    try {
      do state = await sendOne(changes);
      while (state === 'next');
    } finally {
      await changes.return(undefined);
    }
  }
  return { sent, refused };
}

/** The share of the set's bytes that its first rows are. */
function progress({ manifest, files }: ReadableSet, rows: number): number {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return rows === manifest.rows ? bytes : Math.floor((bytes * rows) / manifest.rows);
}
