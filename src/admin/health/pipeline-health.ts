import { listConfigs } from '../../config/advertiser-config-store.ts';
import type { FeedHealth, PipelineHealth } from '../../shapes/config/health.ts';
import type { ListDeliveries } from '../advertisers/delivery-states.ts';
import { type AdminContext, isInScope } from '../context.ts';
import { agenciesHealth } from './agencies-health.ts';
import { feedUsers } from './feed-users.ts';
import { feedsHealth } from './feeds.ts';

/** How the feeds are, and the agencies in scope. */
export async function pipelineHealth(admin: AdminContext, listDeliveries: ListDeliveries): Promise<PipelineHealth> {
  const { session, catalogue, scope, clock } = admin;
  const all = await listConfigs(session, catalogue);
  const configs = all.filter(({ agencyId }) => isInScope(scope, agencyId));
  const { feeds, absent } = await feedsHealth(admin, feedUsers(configs));
  return {
    OVERALL: worstOf(feeds),
    CHECKED_AT: clock.now().toISOString(),
    FEEDS: [...feeds],
    ABSENT: [...absent],
    AGENCIES: [...(await agenciesHealth(admin, configs, listDeliveries))],
  };
}

/** The worst feed. With one that is not known it is at best a warning, and when none could be judged it is not known either. */
export function worstOf(feeds: readonly Pick<FeedHealth, 'STATUS' | 'VOLUME'>[]): PipelineHealth['OVERALL'] {
  const statuses = new Set(feeds.flatMap(({ STATUS, VOLUME }) => (VOLUME === null ? [STATUS] : [STATUS, VOLUME.STATUS])));
  if (statuses.has('CRITICAL')) return 'CRITICAL';
  const isJudged = statuses.has('HEALTHY') || statuses.has('WARNING');
  if (!isJudged) return 'UNKNOWN';
  return statuses.has('WARNING') || statuses.has('UNKNOWN') ? 'WARNING' : 'HEALTHY';
}
