import { type AdvertiserConfig, readAdvertiserConfig } from '../../config/advertiser-config.ts';
import { checkAgainstSettings } from '../../config/check-against-settings.ts';
import { type ConfigField, fieldNamed } from '../../config/config-fields.ts';
import { prepareChange, strategyForNew } from '../../config/prepare-change.ts';
import { configTable } from '../../config/read-configs.ts';
import { configError } from '../../errors.ts';
import type { AdminContext } from '../context.ts';
import type { KnownAdvertiser } from './known-advertiser.ts';

/**
 * The configuration as it would be with values that nobody has saved, read as a save reads them. Gives the columns that would change,
 * too. Mistakes are one `config` error `config_invalid`, with all of them.
 */
export function unsavedConfig(
  { catalogue, settings }: Pick<AdminContext, 'catalogue' | 'settings'>,
  { config, agency }: KnownAdvertiser,
  values: Readonly<Record<string, unknown>>,
): { readonly config: AdvertiserConfig; readonly changed: readonly string[] } {
  const wanted = new Map<ConfigField, unknown>();
  for (const [name, value] of Object.entries(values)) {
    const field = fieldNamed(name);
    if (value !== undefined && !('message' in field)) wanted.set(field, value);
  }
  const { writes, problems } = prepareChange(configTable(catalogue), config, config, wanted, strategyForNew(agency));
  const read = readAdvertiserConfig({ ...config.row, ...Object.fromEntries(writes) });
  const lacking = writes.has('DELIVERY_DESTINATIONS') ? checkAgainstSettings(read, settings) : [];
  const wrong = [...problems, ...lacking];
  if (wrong.length > 0) {
    throw configError('config_invalid', 'These values could not be saved.', {
      problems: wrong,
      hint: 'Correct them all, then try again.',
    });
  }
  return { config: { ...read, displayName: config.displayName }, changed: [...writes.keys()] };
}
