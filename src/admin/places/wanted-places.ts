import { configError } from '../../errors.ts';
import { MOST_PLACES, type RefusedPlace } from '../../shapes/config/places.ts';
import type { AdminContext } from '../context.ts';
import { type BrandChoice, countPlaces, type Place, placesByMd5, placesOfBrand } from './place-query.ts';
import { refusalOf, unknownMd5 } from './refuse-place.ts';

/** Places that are to be assigned: by their MD5s, or all of a brand. */
export type PlaceChoice = { readonly md5s: readonly string[] } | BrandChoice;

export interface WantedPlaces {
  /** By MD5. */
  readonly places: ReadonlyMap<string, Place>;
  readonly rejected: readonly RefusedPlace[];
}

/**
 * Finds the places and tells which of them cannot be assigned. `config` errors: `brand_unknown`, and `places_too_many` when a brand has more
 * than one call may assign.
 */
export async function wantedPlaces(ctx: AdminContext, choice: PlaceChoice): Promise<WantedPlaces> {
  const rejected: RefusedPlace[] = [];
  const places = new Map<string, Place>();
  const take = (named: string, place: Place): void => {
    const refusal = refusalOf(place);
    if (refusal !== null) rejected.push({ md5: named, ...refusal });
    else if (place.md5 !== null) places.set(place.md5, place);
  };
  if ('brand' in choice) {
    for (const place of await allOfBrand(ctx, choice)) take(place.md5 ?? place.uniqueId, place);
    return { places, rejected };
  }
  const md5s = [...new Set(choice.md5s.map((md5) => md5.trim().toLowerCase()))];
  const known = await placesByMd5(ctx, md5s);
  for (const md5 of md5s) {
    const place = known.places.get(md5);
    if (place !== undefined && /^[0-9a-f]{32}$/.test(md5)) take(md5, place);
    else rejected.push({ md5, ...unknownMd5(md5, known.md5s.has(md5)) });
  }
  return { places, rejected };
}

async function allOfBrand(ctx: AdminContext, choice: BrandChoice): Promise<readonly Place[]> {
  const found = await countPlaces(ctx, choice);
  const where = choice.dma === undefined ? '' : ` in ${choice.dma}`;
  if (found === 0) {
    throw configError('brand_unknown', `There is no place of the brand ${choice.brand}${where}.`, {
      hint: 'GET /api/config/poi-brands finds brands by parts of their name.',
    });
  }
  requireFew(found, `${choice.brand}${where} has ${found} places`);
  return placesOfBrand(ctx, choice, { limit: MOST_PLACES, offset: 0 });
}

/** Refuses what is more than one call may change. */
export function requireFew(places: number, what: string): void {
  if (places <= MOST_PLACES) return;
  throw configError('places_too_many', `${what}, and ${MOST_PLACES} can be changed at once.`, {
    hint: 'Choose fewer: a market area after the other, or single places.',
  });
}
