import { configError } from '../../../errors.ts';
import type { CheckCtx, Difference, SegmentTerms } from '../../destination.ts';
import { type Element, readElements } from './elements.ts';
import { exactDecimal } from './exact-decimal.ts';
import { openPlatform, type Platform } from './platform.ts';
import { readRates } from './rates.ts';
import type { TaxonomySettings, WithTaxonomy } from './settings.ts';
import { type Wanted, wantedElements } from './wanted.ts';

/** The partner's side: elements, and canonical prices of those that have one, both by element id. */
export interface Found {
  readonly elements: ReadonlyMap<string, Element>;
  readonly rates: ReadonlyMap<string, string>;
}

/** How the partner's taxonomy differs from what the segments want. Reads only. */
export async function planTaxonomy(
  segments: readonly SegmentTerms[],
  settings: WithTaxonomy,
  ctx: CheckCtx,
): Promise<readonly Difference[]> {
  const own = taxonomyOf(settings);
  const wanted = wantedElements(segments);
  return compare(wanted, await lookUp(openPlatform(own, ctx), own, wanted), own);
}

/** The taxonomy's settings, which must be there. */
export function taxonomyOf({ taxonomy }: WithTaxonomy): TaxonomySettings {
  if (taxonomy !== undefined) return taxonomy;
  throw configError('ttd_no_taxonomy', 'The destination has no settings for a taxonomy.', {
    hint: 'Set taxonomy: in aquarius.yaml, if you are a data provider; first-party data needs none.',
  });
}

/** Reads the elements, and the rates where any segment has a price. */
export async function lookUp(
  platform: Platform,
  settings: TaxonomySettings,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<Found> {
  const elements = await readElements(platform, settings);
  const hasPrices = [...wanted.values()].some(({ price }) => price !== null);
  return { elements, rates: hasPrices ? await readRates(platform, settings) : new Map() };
}

const KINDS: readonly Difference['kind'][] = ['create', 'rename', 'price', 'not_wanted'];

/** Every difference, by segment; those of one segment in the order in which they are made. */
export function compare(
  wanted: ReadonlyMap<string, Wanted>,
  { elements, rates }: Found,
  { parentElementId }: TaxonomySettings,
): readonly Difference[] {
  const differences = [...wanted.values()].flatMap((one) => differencesOf(one, elements.get(one.id), rates.get(one.id)));
  const ids = new Set([...wanted.values()].map(({ id }) => id));
  for (const { id, name, parent, buyable } of elements.values()) {
    // Containers of other elements are nobody's segments.
    if (buyable && parent === parentElementId && !ids.has(id))
      differences.push({ segmentId: id, kind: 'not_wanted', from: name, to: null });
  }
  return differences.sort(
    (left, right) => order(left.segmentId, right.segmentId) || KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind),
  );
}

function differencesOf({ segmentId, name, price }: Wanted, element: Element | undefined, rate: string | undefined): Difference[] {
  const found: Difference[] = [];
  if (element === undefined) found.push({ segmentId, kind: 'create', from: null, to: name });
  else if (element.name !== name) found.push({ segmentId, kind: 'rename', from: element.name, to: name });
  if (price !== null && rate !== exactDecimal(price)) found.push({ segmentId, kind: 'price', from: rate ?? null, to: price });
  return found;
}

function order(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
