import type { CheckCtx } from '../destination.ts';
import { patiently } from '../http/patiently.ts';
import { isObject } from './classify.ts';
import { metaFailure } from './codes.ts';
import { accountPath } from './find-audience.ts';
import { openGraph } from './graph.ts';
import type { MetaSettings } from './settings.ts';

/**
 * Proves the token, that it reaches the ad account and its audiences, and, where Meta tells, that it may advertise there and that the
 * terms have been accepted. Reads only.
 */
export async function checkMeta(settings: MetaSettings, ctx: CheckCtx): Promise<void> {
  ctx.signal.throwIfAborted();
  const graph = await openGraph(settings, ctx);
  const account = accountPath(settings);
  const told = await patiently(ctx.sleep, () =>
    graph.get(account, { fields: 'id,tos_accepted,user_tasks' }, `the ad account ${account}`),
  );
  await patiently(ctx.sleep, () =>
    graph.get(`${account}/customaudiences`, { fields: 'id', limit: '1' }, `the audiences of ${account}`),
  );
  const { tos_accepted: terms, user_tasks: tasks } = told;
  // Of accounts that are shared Meta does not always tell: only a plain no counts.
  if (isObject(terms) && (terms.custom_audience_tos === 0 || terms.custom_audience_tos === false))
    throw metaFailure('meta_terms', `the ad account ${account}`);
  if (Array.isArray(tasks) && tasks.length > 0 && !tasks.includes('ADVERTISE') && !tasks.includes('MANAGE'))
    throw metaFailure('meta_permission', `the ad account ${account}`);
}
