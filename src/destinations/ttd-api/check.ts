import { configError } from '../../errors.ts';
import type { CheckCtx } from '../destination.ts';
import { addressRoute } from './address-route.ts';
import { memberRoute } from './device-route.ts';
import { endpointUrls } from './endpoint-urls.ts';
import { requester } from './request.ts';
import type { Segment } from './segment.ts';
import type { TtdSettings } from './settings.ts';
import { checkTaxonomy } from './taxonomy/check-taxonomy.ts';

/**
 * Proves that credentials and ids are good by calls without any item, which leave nothing. The Trade Desk may find fault with the
 * missing items; it says so only to whom it knows.
 */
export async function checkTtd(settings: TtdSettings, ctx: CheckCtx): Promise<void> {
  ctx.signal.throwIfAborted();
  const request = await requester(settings, ctx, ctx.signal, async () => {}, { calls: 0, requestId: '' });
  if (settings.taxonomy !== undefined) await checkTaxonomy(settings, ctx);
  if (!settings.checkByCall) return;
  const urls = endpointUrls(settings);
  for (const owner of ownersOf(settings)) {
    const segment: Segment = { owner, name: 'check', ttlMinutes: 0 };
    const routes = [
      memberRoute(urls.data, segment, settings),
      ...(settings.allowIp ? [addressRoute(urls.addresses, segment, settings)] : []),
    ];
    for (const route of routes) {
      const answer = await request(route, []);
      if (answer.kind === 'taken' || (answer.kind === 'refused' && answer.namesItems)) continue;
      const { host, pathname } = new URL(route.url);
      throw configError('ttd_not_configured', `${host} refuses an empty call to ${pathname} for ${owner}.`, {
        hint: 'Check the ids of the destination, and ask The Trade Desk whether it takes data for them. checkByCall: false leaves this check out.',
      });
    }
  }
}

function ownersOf({ mode, advertiserId, advertiserIds, dataProviderId }: TtdSettings): ReadonlySet<string> {
  const owners = mode === 'thirdParty' ? [dataProviderId] : [advertiserId, ...Object.values(advertiserIds ?? {})];
  return new Set(owners.filter((owner) => owner !== undefined));
}
