import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { counted } from './table.ts';

/** One advertiser's configuration in words. */
export function configText(config: AdvertiserConfig): string {
  const lines = [
    `Advertiser ${config.advertiserId} of agency ${config.agencyId}${config.displayName === null ? '' : `: ${config.displayName}`}`,
    `  status        ${config.status}`,
    `  delivery      ${config.deliveryEnabled ? 'on' : 'off'}`,
    `  source        ${config.exposureSource}, rows by ${config.joinStrategy}`,
    `  cadence       ${config.cadence}`,
    `  lookback      ${config.lookbackDays === null ? 'never expires' : counted(config.lookbackDays, 'day')}`,
    `  attribution   ${counted(config.attributionWindowDays, 'day')} (${config.matchStrategy})`,
    `  version       ${config.configVersion}`,
  ];
  for (const entry of config.destinations) lines.push(`  destination   ${JSON.stringify(entry)}`);
  if (config.destinations.length === 0) lines.push('  destination   none');
  for (const { path, message, hint } of config.problems)
    lines.push(`  ✗ ${path}: ${message}${hint === undefined ? '' : ` (${hint})`}`);
  return lines.join('\n');
}
