import { AquariusError, rejectedError, transientError } from '../../errors.ts';
import { inTurn } from '../../lib/in-turn.ts';
import type { Ctx } from '../destination.ts';
import { call, type StreamedBody } from '../http/http.ts';
import { patiently } from '../http/patiently.ts';
import { BETWEEN_UPLOADS_MS, errorIdOf, QUOTA_MS, responseOf, saidBy } from './answer.ts';
import type { Api, Seat } from './api.ts';
import { type NewJob, phaseOf, requestJob } from './job.ts';
import type { XandrSettings } from './settings.ts';

/** How often the end of an hour is waited for within one delivery: a day. */
const QUOTA_WAITS = 24;

/** One live address for a seat, so one upload at a time. */
const oneUpload = inTurn<Seat>();

/** An upload that has arrived. */
export interface Upload {
  readonly jobId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Uploads a file, again under a new job when it does not arrive. When the partner's limit for the hour is reached: a delivery that has
 * sent something (`hasSent`) waits for the next hour, since to begin again would use up that one too; any other comes back later.
 * `rejected` (`xandr_file_too_large`) when the partner wants smaller files.
 */
export async function upload(file: StreamedBody, hasSent: boolean, settings: XandrSettings, api: Api, ctx: Ctx): Promise<Upload> {
  const attempt = () => patiently(ctx.sleep, () => oneUpload(api.seat, () => uploadOnce(file, settings, api, ctx)));
  for (let waits = 0; ; waits += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AquariusError) || error.code !== 'xandr_quota' || !hasSent || waits === QUOTA_WAITS) throw error;
      await ctx.sleep(QUOTA_MS);
    }
  }
}

async function uploadOnce(file: StreamedBody, settings: XandrSettings, api: Api, ctx: Ctx): Promise<Upload> {
  const { seat } = api;
  const now = () => ctx.clock.now().getTime();
  const left = seat.lastUploadAt === undefined ? 0 : seat.lastUploadAt + BETWEEN_UPLOADS_MS - now();
  // A clock that was set back must not make the wait longer.
  if (left > 0) await ctx.sleep(Math.min(left, BETWEEN_UPLOADS_MS));
  const job = await requestJob(settings, api);
  await ctx.fence();
  const at = now();
  seat.lastUploadAt = at;
  try {
    await send(file, job, settings, ctx);
  } catch (error) {
    if (!isLost(error) || !(await hasArrived(job, settings, api))) throw error;
  }
  return { jobId: job.id, at };
}

/** The address carries its own permission; the token stays here. */
async function send(file: StreamedBody, { uploadUrl }: NewJob, settings: XandrSettings, ctx: Ctx): Promise<void> {
  if (settings.apiUrl.startsWith('https:') && !uploadUrl.startsWith('https:'))
    throw transientError('xandr_answer', 'Xandr gave an address to upload to that is not https.', {
      hint: 'It is asked again. If it stays so, something between here and Xandr changes its answers.',
    });
  const answer = await call({
    method: 'POST',
    url: uploadUrl,
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
    timeoutMs: settings.uploadTimeoutMinutes * 60_000,
    signal: ctx.signal,
  });
  const id = errorIdOf(saidBy(answer));
  if (id === 'FILESIZE_LIMIT_EXCEEDED')
    throw rejectedError('xandr_file_too_large', 'Xandr takes no files of this size from this seat.', {
      hint: 'Lower maxFileBytes.',
    });
  if (id === 'uploading-error')
    throw transientError('xandr_upload_broken', 'Xandr did not take the upload.', { hint: 'It is sent again under a new job.' });
  try {
    responseOf(answer, 'take the file', ctx.clock.now());
  } catch (error) {
    // Not the data, which is judged in the job: the address has died, of its age or because somebody else has asked for one.
    if (!(error instanceof AquariusError) || error.kind === 'transient') throw error;
    const told = id === undefined ? `HTTP ${answer.status}` : `HTTP ${answer.status}, ${id}`;
    throw transientError('xandr_upload_broken', `Xandr did not take the upload (${told}).`, {
      hint: 'It is sent again under a new job. If it stays so, somebody else uploads for the same seat.',
      cause: error,
    });
  }
}

/** Failures after which the file may have arrived all the same. */
const isLost = (error: unknown): boolean =>
  error instanceof AquariusError &&
  ['partner_unreachable', 'partner_timeout', 'xandr_answer', 'xandr_unavailable'].includes(error.code);

async function hasArrived({ id }: NewJob, settings: XandrSettings, api: Api): Promise<boolean> {
  const phase = await phaseOf(id, settings, api);
  return phase !== undefined && ['validating', 'processing', 'completed'].includes(phase);
}
