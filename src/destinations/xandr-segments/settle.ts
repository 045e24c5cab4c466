import type { Ctx } from '../destination.ts';
import type { Api } from './api.ts';
import { count, type Reasons } from './changes.ts';
import { FIGURES, outcomeOf } from './figures.ts';
import { finished } from './job.ts';
import { refusedMembers } from './refused-lines.ts';
import type { XandrSettings } from './settings.ts';
import { textSettings } from './text-settings.ts';
import type { Upload } from './upload.ts';

/** A file at the partner, and the rows in it. */
export interface Sent extends Upload {
  readonly rows: number;
}

export interface Settled {
  readonly accepted: number;
  readonly reasons: Reasons;
  /** The partner's own figures over all files, and whether they account for all rows. */
  readonly details: Readonly<Record<string, number | boolean>>;
}

/** Waits for the partner to process files, and settles its figures with what was sent. */
export async function settle(sent: readonly Sent[], settings: XandrSettings, api: Api, ctx: Ctx): Promise<Settled> {
  let accepted = 0;
  let addsUp = true;
  const reasons: Reasons = {};
  const figures: Reasons = {};
  for (const { jobId, at, rows } of sent) {
    const job = await finished(jobId, at, settings, api, ctx);
    const outcome = outcomeOf(rows, job.figures);
    accepted += outcome.accepted;
    addsUp &&= outcome.addsUp;
    count(reasons, outcome.reasons);
    for (const figure of ['num_valid', ...FIGURES] as const) count(figures, { [figure]: job.figures[figure] });
    if (job.log === undefined || settings.format === 'avro') continue;
    const members = refusedMembers(job.log, (settings.text ?? textSettings.parse({})).separators);
    if (members.length > 0) await ctx.onRejected(members);
  }
  return { accepted, reasons, details: { figuresAddUp: addsUp, ...figures } };
}
