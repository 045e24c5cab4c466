import type { AdvertiserConfigRow } from '../../../../../src/shapes/config/advertiser-config.ts';
import { ApiError } from '../../../api/api-error.ts';
import { listOf } from '../../../api/config.ts';
import { type AdvertiserKey, keyOf } from '../queries.ts';

/** The configuration as it is now. */
export async function readConfig(advertiser: AdvertiserKey): Promise<AdvertiserConfigRow> {
  const { rows } = await listOf<AdvertiserConfigRow>('advertiser-config', {
    query: { ...keyOf(advertiser), active_only: false, limit: 1 },
  });
  const [config] = rows;
  if (config !== undefined) return config;
  throw new ApiError('The advertiser is not there any more.', { status: 404, code: 'advertiser_unknown' });
}
