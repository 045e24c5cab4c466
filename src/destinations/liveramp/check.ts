import { checkAudienceFile } from '../audience-file.ts';
import type { CheckCtx } from '../destination.ts';
import { openPrivacyApi } from './privacy/privacy-api.ts';
import type { LiverampSettings } from './settings.ts';

/**
 * Proves that a delivery could be made: the PGP key can be encrypted to, the transport reaches each place, and the Privacy API takes
 * requests. `checkPlace` is the adapter's transport.
 */
export async function checkLiveramp(
  settings: LiverampSettings,
  ctx: CheckCtx,
  checkPlace: (place: 'usual' | 'rampIds') => Promise<void>,
): Promise<void> {
  await checkAudienceFile(settings, ctx);
  await checkPlace('usual');
  if (settings.rampIdFolder !== undefined) await checkPlace('rampIds');
  if (settings.privacyApi !== undefined) await openPrivacyApi(settings.privacyApi, ctx).check(ctx.signal);
}
