import { z } from 'zod';
import { rejectedError, transientError } from '../../../errors.ts';
import type { CheckCtx } from '../../destination.ts';
import { oneLine } from './answers.ts';
import { unreadable } from './pages.ts';
import type { Platform } from './platform.ts';
import { rateBody } from './rates.ts';
import type { TaxonomySettings } from './settings.ts';

/** The most rates that The Trade Desk takes at once. */
const MOST_RATES = 5_000;
/** The first wait for a batch; it doubles up to the longest one. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;
/** How long a batch is waited for in all. */
const PATIENCE_MS = 1_800_000;

const SEND = 'set data rates';
const WAIT = 'tell how far the data rates are';

const sentBatch = z.object({ BatchId: z.string().min(1) });
const batchState = z.object({
  ProcessingStatus: z.string().min(1),
  ApprovalStatus: z.string().nullish(),
  Message: z.string().nullish(),
  Errors: z.array(z.unknown()).nullish(),
});

/**
 * Sets rates in batches, and waits until each has been worked on: `prices` are canonical decimal text by element. A batch that fails is
 * `rejected` `ttd_rates_refused`; one that takes more than half an hour is `transient` `ttd_rates_pending`. Setting a rate again is harmless.
 */
export async function setRates(
  platform: Platform,
  settings: TaxonomySettings,
  prices: ReadonlyMap<string, string>,
  ctx: CheckCtx,
): Promise<void> {
  const rates = [...prices].map(([id, price]) => rateBody(id, price, settings));
  for (let at = 0; at < rates.length; at += MOST_RATES) {
    const body = { ProviderId: settings.providerId, [settings.fieldNames.rates]: rates.slice(at, at + MOST_RATES) };
    const sent = sentBatch.safeParse(await platform.ask('POST', 'datarate/batch', SEND, body));
    if (!sent.success) throw unreadable(SEND);
    await settle(platform, sent.data.BatchId, ctx);
  }
}

async function settle(platform: Platform, batchId: string, ctx: CheckCtx): Promise<void> {
  let wait = FIRST_WAIT_MS;
  for (let waited = 0; waited < PATIENCE_MS; waited += wait, wait = Math.min(LONGEST_WAIT_MS, wait * 2)) {
    const state = batchState.safeParse(await platform.ask('GET', `datarate/batch/${encodeURIComponent(batchId)}`, WAIT));
    if (!state.success) throw unreadable(WAIT);
    if (isDone(batchId, state.data)) {
      if (/pending/i.test(state.data.ApprovalStatus ?? ''))
        ctx.log.warn({ batchId }, 'The Trade Desk must approve data rates before they hold; ask your contact there');
      return;
    }
    await ctx.sleep(wait);
  }
  throw transientError('ttd_rates_pending', `The Trade Desk is still working on the data rates (batch ${batchId}).`, {
    hint: 'Plan again later: what is set by then is not set again.',
  });
}

/** The words of its end are The Trade Desk's; every other one counts as being at work, and so does one that denies the end. */
function isDone(
  batchId: string,
  { ProcessingStatus: status, ApprovalStatus, Message, Errors }: z.infer<typeof batchState>,
): boolean {
  const why = oneLine([Message, ...(Errors ?? [])].map(wordsOf).filter(Boolean).join('; '));
  if (/fail|error|invalid|cancel|unsuccess|partial/i.test(status) || /reject|denied/i.test(ApprovalStatus ?? '')) {
    throw rejectedError(
      'ttd_rates_refused',
      `The Trade Desk has not taken the data rates (batch ${batchId}: ${status}${why && `, ${why}`}).`,
      { hint: 'Correct what it names and plan again. Some of the batch may be set; the plan tells.' },
    );
  }
  return (
    /success|succeed|complete|processed|finish|done/i.test(status) && !/unprocessed|incomplete|unfinished|\bnot|yet/i.test(status)
  );
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
