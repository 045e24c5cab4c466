import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import type { ConfigKey } from '../../config/config-fields.ts';
import { configTable, readConfigs } from '../../config/read-configs.ts';
import { withNames } from '../../delivery/advertiser-names.ts';
import { unknownAdvertiser } from '../../delivery/check-filter.ts';
import { type AdminContext, requireAgency } from '../context.ts';

export interface KnownAdvertiser {
  readonly config: AdvertiserConfig;
  /** All advertisers of the agency. */
  readonly agency: readonly AdvertiserConfig[];
}

/** An advertiser that is configured, under its name. `config` errors: `agency_forbidden`, `advertiser_unknown`. */
export async function knownAdvertiser(
  { session, catalogue, scope }: AdminContext,
  { agencyId, advertiserId }: ConfigKey,
): Promise<KnownAdvertiser> {
  requireAgency(scope, agencyId);
  const agency = await readConfigs(session, configTable(catalogue), { agencyId });
  const own = agency.filter((config) => config.advertiserId === advertiserId);
  const [config] = await withNames(session, catalogue, own);
  if (config === undefined) throw unknownAdvertiser(agencyId, advertiserId);
  return { config, agency };
}
