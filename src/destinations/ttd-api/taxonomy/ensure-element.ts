import { configError } from '../../../errors.ts';
import type { Manifest } from '../../../format/manifest.ts';
import type { Ctx } from '../../destination.ts';
import { createElement, findElement } from './elements.ts';
import { exactDecimal } from './exact-decimal.ts';
import { taxonomyOf } from './plan.ts';
import { openPlatform } from './platform.ts';
import { setRates } from './rate-batch.ts';
import { readRates } from './rates.ts';
import type { WithTaxonomy } from './settings.ts';
import { wantedOf } from './wanted.ts';

/**
 * Proves that the element of a staged segment is there, by one call and a login. A missing one is created where `createMissing` says so,
 * and is a `config` error `ttd_element_missing` otherwise. With `createMissing` its price is looked at by one call more, and set where
 * there is none: an attempt may have broken off between the element and its price. A price that is there is never touched.
 */
export async function ensureElement(
  { segmentId, segmentName, destination, terms }: Pick<Manifest, 'segmentId' | 'segmentName' | 'destination' | 'terms'>,
  settings: WithTaxonomy,
  ctx: Ctx,
): Promise<void> {
  const own = taxonomyOf(settings);
  const { priceCpm = null, partnerReference = null } = terms ?? {};
  const { id, name, price } = wantedOf({ segmentId, segmentName, priceCpm, partnerReference });
  const platform = openPlatform(own, ctx);
  const isThere = (await findElement(platform, own, id)) !== null;
  if (!own.createMissing) {
    if (isThere) return;
    throw configError('ttd_element_missing', `The Trade Desk’s taxonomy of ${own.providerId} has no element ${id}.`, {
      hint: `Look at \`aquarius destinations plan ${destination}\`, then make it with \`aquarius destinations apply ${destination}\`; or set taxonomy.createMissing: true.`,
    });
  }
  if (!isThere) {
    await ctx.fence();
    await createElement(platform, own, id, name);
  }
  const amount = exactDecimal(price ?? '');
  if (amount === null || (await readRates(platform, own, [id])).has(id)) return;
  await ctx.fence();
  await setRates(platform, own, new Map([[id, amount]]), ctx);
}
