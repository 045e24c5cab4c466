import { configError } from '../../../errors.ts';
import type { CheckCtx } from '../../destination.ts';
import { findElement } from './elements.ts';
import { taxonomyOf } from './plan.ts';
import { openPlatform } from './platform.ts';
import type { WithTaxonomy } from './settings.ts';

/** What every provider's taxonomy begins with; it is not listed everywhere. */
const ROOT = 'ROOT';

/**
 * Proves, by one call and a login, that the Platform API lets us in and knows the provider. A parent that is not there is a `config`
 * error `ttd_parent_missing`.
 */
export async function checkTaxonomy(settings: WithTaxonomy, ctx: CheckCtx): Promise<void> {
  const own = taxonomyOf(settings);
  const parent = await findElement(openPlatform(own, ctx), own, own.parentElementId);
  if (parent !== null || own.parentElementId === ROOT) return;
  throw configError(
    'ttd_parent_missing',
    `The Trade Desk’s taxonomy of ${own.providerId} has no element ${own.parentElementId}.`,
    {
      hint: 'Correct taxonomy.parentElementId, or leave it out for a flat list.',
    },
  );
}
