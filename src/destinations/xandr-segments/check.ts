import type { CheckCtx } from '../destination.ts';
import { patiently } from '../http/patiently.ts';
import { xandrApi } from './api.ts';
import { requireEnabled, type XandrSettings } from './settings.ts';

/** Logs in and reads a segment of the seat. Changes nothing. */
export async function checkXandr(settings: XandrSettings, ctx: CheckCtx): Promise<void> {
  ctx.signal.throwIfAborted();
  requireEnabled(settings);
  const api = xandrApi(settings, ctx);
  const path = `/segment?member_id=${settings.memberId}&num_elements=1`;
  await patiently(ctx.sleep, () => api.once({ method: 'GET', path, what: "read the seat's segments" }));
}
