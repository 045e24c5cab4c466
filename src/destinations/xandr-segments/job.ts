import { z } from 'zod';
import { rejectedError, transientError } from '../../errors.ts';
import type { Ctx } from '../destination.ts';
import { patiently } from '../http/patiently.ts';
import type { Response } from './answer.ts';
import type { Api } from './api.ts';
import { FIGURES, type Figures } from './figures.ts';
import type { XandrSettings } from './settings.ts';

const count = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .pipe(z.int().nonnegative());

const jobSchema = z.object({
  job_id: z.string().min(1),
  phase: z.string().nullish(),
  error_code: z.union([z.string(), z.number()]).nullish(),
});
const newJobSchema = z.object({ job_id: z.string().min(1), upload_url: z.url({ protocol: /^https?$/ }) });
const finishedSchema = z.object({ num_valid: count, error_log_lines: z.string().nullish(), ...figureFields() });

type Job = z.infer<typeof jobSchema>;

/** A job that waits for its file. The address is used once, within five minutes, and told to nobody. */
export interface NewJob {
  readonly id: string;
  readonly uploadUrl: string;
}

/** What the partner says of a file that it has processed. */
export interface FinishedJob {
  readonly figures: Figures;
  /** Some of the lines that were refused, each after the name of its figure; undefined when the partner lists none. */
  readonly log: string | undefined;
}

/** Asks for an address to upload to. Whatever address was given before is dead then. */
export async function requestJob({ memberId }: XandrSettings, api: Api): Promise<NewJob> {
  const answer = await api.once({ method: 'POST', path: `/batch-segment?member_id=${memberId}`, what: 'open an upload' });
  const { job_id: id, upload_url: uploadUrl } = readable(newJobSchema, jobIn(answer));
  return { id, uploadUrl };
}

/** The phase in which the partner is with a job. */
export async function phaseOf(id: string, settings: XandrSettings, api: Api): Promise<string | undefined> {
  return (await read(id, settings, api)).job.phase ?? undefined;
}

/**
 * Waits until a file is processed. Past the time that the partner has for it that is `transient` (`xandr_job_timeout`): whether its
 * members are there is not known. A job that ends in an error is `transient` when the upload broke off, else `rejected`.
 */
export async function finished(
  id: string,
  uploadedAt: number,
  settings: XandrSettings,
  api: Api,
  ctx: Ctx,
): Promise<FinishedJob> {
  const allowedMs = settings.slaHours * 3_600_000;
  const pollMs = settings.pollSeconds * 1000;
  for (let waited = 0; ; waited += pollMs) {
    const { job, raw } = await patiently(ctx.sleep, () => read(id, settings, api));
    if (job.phase === 'completed') return figuresIn(raw);
    if (job.phase === 'error') throw failed(job);
    if (Math.max(waited, ctx.clock.now().getTime() - uploadedAt) >= allowedMs)
      throw transientError('xandr_job_timeout', `Xandr has not processed job ${id} within ${settings.slaHours} hours.`, {
        hint: 'Ask Xandr with the job id. The members are sent again, which leaves those that have arrived as they are.',
      });
    await ctx.sleep(pollMs);
  }
}

async function read(id: string, { memberId }: XandrSettings, api: Api): Promise<{ readonly job: Job; readonly raw: unknown }> {
  const query = new URLSearchParams({ member_id: String(memberId), job_id: id });
  const raw = jobIn(await api.once({ method: 'GET', path: `/batch-segment?${query}`, what: 'tell how a file is coming on' }));
  const job = readable(jobSchema, raw);
  if (job.job_id !== id) throw unreadable();
  return { job, raw };
}

/** Figures are there only once all is done; those that are missing count nothing. */
function figuresIn(raw: unknown): FinishedJob {
  const { error_log_lines: log, ...figures } = readable(finishedSchema, raw);
  return { figures, log: log ?? undefined };
}

/** Data providers get a list with one job in it. */
function jobIn({ batch_segment_upload_job: job }: Response): unknown {
  return Array.isArray(job) ? job[0] : job;
}

function readable<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw unreadable();
}

function unreadable(): Error {
  return transientError('xandr_answer', "Xandr's answer about an upload is not about one.", {
    hint: 'It is asked again. If it stays so, something between here and Xandr changes its answers.',
  });
}

function failed({ job_id: id, error_code: code }: Job): Error {
  const told = /^[A-Za-z0-9_-]{1,60}$/.test(String(code ?? '')) ? `: ${code}` : '';
  if (told === '' || code === 'uploading-error')
    return transientError('xandr_upload_broken', `Xandr did not get the file of job ${id}${told}.`, {
      hint: 'It is sent again.',
    });
  return rejectedError('xandr_job_failed', `Xandr could not process the file of job ${id}${told}.`, {
    hint: 'Check that the format in the settings is the one of your account, and ask Xandr with the job id.',
  });
}

function figureFields() {
  const figure = count.nullish().transform((given) => given ?? 0);
  return Object.fromEntries(FIGURES.map((name) => [name, figure])) as Record<(typeof FIGURES)[number], typeof figure>;
}
