import type { PlaceRefusal } from '../../shapes/config/places.ts';
import type { Place } from './place-query.ts';

/** Why a place cannot be assigned: stable for programs, and in words. */
export interface Refusal {
  readonly reason: PlaceRefusal;
  readonly message: string;
}

/** What stands against assigning a place, or null. */
export function refusalOf(place: Place): Refusal | null {
  if (place.md5 === null)
    return { reason: 'NO_MD5', message: 'No row of SEGMENT_MD5_MAPPING has this place, so its MD5 is not known.' };
  if (place.isDenied) return { reason: 'SENSITIVE_CATEGORY', message: sensitive(place.category) };
  if (!place.isGeofence) return { reason: 'NOT_A_GEOFENCE', message: 'It is another kind of segment than a geofence.' };
  return place.isActive ? null : { reason: 'INACTIVE', message: 'It is not in use any more.' };
}

/** What is said of a category whose places nobody's visit is delivered from. */
export function sensitive(category: string | null): string {
  return `Places of the category ${category ?? 'in question'} are sensitive: visits to them are never delivered.`;
}

/** What stands against assigning an MD5 of which no place is known. */
export function unknownMd5(md5: string, isAssigned: boolean): Refusal {
  if (!/^[0-9a-f]{32}$/.test(md5)) return { reason: 'NOT_AN_MD5', message: 'It is not 32 hexadecimal digits.' };
  if (!isAssigned) return { reason: 'UNKNOWN', message: 'No such place is known.' };
  return { reason: 'NO_REAL_ID', message: 'None of its ids is in SEGMENT_METADATA, so what place it is cannot be told.' };
}
