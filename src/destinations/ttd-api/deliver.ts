import type { Ctx, ReadableFile, ReadableSet, Receipt } from '../destination.ts';
import { batchesOf, type CallLimits } from './batches.ts';
import { endpointUrls } from './endpoint-urls.ts';
import { inParallel } from './in-parallel.ts';
import { type CallFacts, requester } from './request.ts';
import { routesFor } from './routes.ts';
import { segmentOf } from './segment.ts';
import { batchSender } from './send-batch.ts';
import type { TtdSettings } from './settings.ts';
import { startTally } from './tally.ts';
import { ensureElement } from './taxonomy/ensure-element.ts';

/**
 * Tells The Trade Desk of every member of a staged set. A member that is told again is as it was, so a delivery that broke off is made
 * again from the start.
 */
export async function deliverToTtd({ manifest, files }: ReadableSet, settings: TtdSettings, ctx: Ctx): Promise<Receipt> {
  ctx.signal.throwIfAborted();
  const segment = segmentOf(manifest, settings);
  const facts: CallFacts = { calls: 0, requestId: '' };
  const limits: CallLimits = { items: settings.maxItems, bytes: settings.maxBytes };
  const tally = startTally(ctx);
  const urls = endpointUrls(settings);
  async function tell(some: readonly ReadableFile[]): Promise<void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([ctx.signal, stop.signal]);
    const send = batchSender(await requester(settings, ctx, signal, ctx.fence, facts), tally, limits);
    const batches = batchesOf(some, routesFor(segment, urls, settings), limits, signal);
    await inParallel(batches, settings.parallel, send, (error) => stop.abort(error));
  }
  // Opt-outs are for all segments, and wait for none.
  await tell(files.filter(({ action }) => action === 'optOut'));
  const others = files.filter(({ action }) => action !== 'optOut');
  if (settings.taxonomy !== undefined && others.length > 0) await ensureElement(manifest, settings, ctx);
  await tell(others);
  return {
    accepted: tally.accepted,
    rejected: tally.rejected,
    reasons: tally.reasons,
    reference: `${segment.owner}/${segment.name}`,
    files: files.map(({ name, bytes, action }) => ({
      name,
      remote: new URL(action === 'optOut' ? urls.optOuts : urls.data).pathname,
      bytes,
      outcome: 'sent',
    })),
    details: { ...facts, itemsPerCall: limits.items },
  };
}
