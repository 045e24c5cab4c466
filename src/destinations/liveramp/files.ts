import type { Layout } from '../../format/layout.ts';
import { audienceFileCapabilities, audienceFileLayout } from '../audience-file.ts';
import type { Capabilities, Secrets } from '../destination.ts';
import { REGIONS } from './regions.ts';
import type { LiverampSettings } from './settings.ts';

/** What may go to LiveRamp. It takes no single members away; of opt-outs it is told through its Privacy API. */
export function liverampCapabilities(settings: LiverampSettings): Capabilities {
  return {
    ...audienceFileCapabilities(settings, ['IDFA', 'GAID', 'MAID', 'RAMPID']),
    optOuts: settings.privacyApi !== undefined,
    headersFixed: true,
  };
}

/** The layout of the profile, within the limits of the region. */
export async function liverampFileLayout(settings: LiverampSettings, secrets: Secrets): Promise<Layout> {
  const { maxRows, maxRowCharacters } = REGIONS[settings.liverampRegion];
  const layout = await audienceFileLayout({ ...settings, maxRows: settings.maxRows ?? maxRows }, secrets);
  return { ...layout, limits: { ...layout.limits, maxRowCharacters } };
}
