import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { DEFAULTS } from '../../config/defaults.ts';
import type { AdminContext } from '../context.ts';
import { advertiserNames } from './advertiser-names.ts';

/** What is allowed in a configuration, and worth knowing all the same. */
export async function configWarnings(ctx: AdminContext, config: AdvertiserConfig): Promise<readonly string[]> {
  const warnings: string[] = [];
  if (config.deliveryEnabled && config.status !== 'ACTIVE')
    warnings.push(`Delivery is switched on, but the status is ${config.status}: nothing is delivered.`);
  if (config.deliveryEnabled && !config.destinations.some(({ enabled }) => enabled))
    warnings.push('Delivery is switched on, but no destination is: nothing is delivered.');
  if (config.matchStrategy !== DEFAULTS.matchStrategy)
    warnings.push(`MATCH_STRATEGY ${config.matchStrategy} is informational: reports are by household.`);
  return [...warnings, ...(await agencyWarnings(ctx, config))];
}

/** How the strategies of an agency's advertisers go together. */
async function agencyWarnings(ctx: AdminContext, own: AdvertiserConfig): Promise<readonly string[]> {
  const { advertisers } = await advertiserNames(ctx, [own.agencyId]);
  const others = advertisers.flatMap(({ config }) =>
    config === null || config.advertiserId === own.advertiserId || config.status === 'INACTIVE' ? [] : [config],
  );
  if (own.status === 'INACTIVE' || others.length === 0) return [];
  const warnings: string[] = [];
  const direct = [own, ...others].filter(({ joinStrategy }) => joinStrategy === 'DIRECT_AG');
  if (direct.length > 0) {
    const who = direct.map(({ advertiserId }) => advertiserId).join(', ');
    warnings.push(
      `The agency has several advertisers that are not INACTIVE: with DIRECT_AG (${who}) only impressions whose DSP advertiser is the advertiser's id count, no longer all of the agency.`,
    );
  }
  const strategies = new Set(
    [own, ...others].filter(({ status }) => status === 'ACTIVE').map(({ joinStrategy }) => joinStrategy),
  );
  if (strategies.size > 1)
    warnings.push(
      `The agency's active advertisers use several strategies (${[...strategies].sort().join(', ')}); each is computed by its own.`,
    );
  return warnings;
}
