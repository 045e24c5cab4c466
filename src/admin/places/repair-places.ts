import { MOST_PLACES, type RefusedPlace } from '../../shapes/config/places.ts';
import { requireAdvertiser } from '../advertisers/require-advertiser.ts';
import type { WriteContext } from '../context.ts';
import { type Changed, makeChange } from '../make-change.ts';
import type { PlacesRequest } from './assign-places.ts';
import { type AssignedKey, assignedKeys, MAPPING, mappingKey } from './assigned-keys.ts';
import { placesByMd5 } from './place-query.ts';
import { unknownMd5 } from './refuse-place.ts';

interface Repaired {
  readonly repaired: number;
  readonly skipped: number;
  readonly remaining: number;
  /** Of those repaired: places of a category that is never delivered. */
  readonly denied: number;
  readonly rejected: readonly RefusedPlace[];
}

/**
 * Replaces ids of places that SEGMENT_METADATA does not know by those that it does. A place with several rows has one afterwards. What is never
 * delivered is repaired too: while nobody sees what such a place is, visits to it would be delivered.
 */
export async function repairPlaces(
  ctx: WriteContext,
  request: PlacesRequest & { readonly md5s?: readonly string[] | undefined },
): Promise<Changed<Repaired>> {
  const { agencyId, advertiserId, expectedVersion } = request;
  const change = { action: 'poi.repair', agencyId, advertiserIds: [advertiserId], expectedVersion };
  return makeChange(ctx, change, async ({ journal }): Promise<Repaired> => {
    await requireAdvertiser(ctx, agencyId, advertiserId);
    const wanted = request.md5s === undefined ? undefined : [...new Set(request.md5s.map((md5) => md5.trim().toLowerCase()))];
    const all = byMd5(await assignedKeys(ctx, request));
    const broken = new Map([...all].filter(([, keys]) => keys.some(({ isKnown }) => !isKnown)));
    const chosen = wanted === undefined ? [...broken.keys()].slice(0, MOST_PLACES) : wanted.filter((md5) => broken.has(md5));
    const { places, md5s } = await placesByMd5(ctx, chosen);
    const repairable = chosen.filter((md5) => places.has(md5));
    const key = mappingKey(ctx.catalogue.table(MAPPING));
    const keys = repairable.flatMap((md5) => broken.get(md5) ?? []).map(({ key: own }) => own);
    if (keys.length > 0) {
      const rows = new Map((await journal.find(MAPPING, key, keys)).map((row) => [md5Of(row.SEGMENT_MD5), row]));
      await journal.remove(MAPPING, key, keys);
      await journal.insert(
        MAPPING,
        key,
        [...rows].map(([md5, row]) => ({ ...row, SEGMENT_UNIQUE_ID: places.get(md5)?.uniqueId ?? null })),
      );
    }
    const unassigned = (wanted ?? []).filter((md5) => !all.has(md5));
    return {
      repaired: repairable.length,
      skipped: (wanted ?? []).length - chosen.length * (wanted === undefined ? 0 : 1) - unassigned.length,
      remaining: broken.size - repairable.length,
      denied: repairable.filter((md5) => places.get(md5)?.isDenied === true).length,
      rejected: [
        ...unassigned.map((md5) => ({ md5, reason: 'UNKNOWN' as const, message: 'It is not assigned to this advertiser.' })),
        ...chosen.filter((md5) => !places.has(md5)).map((md5) => ({ md5, ...unknownMd5(md5, md5s.has(md5)) })),
      ],
    };
  });
}

const md5Of = (value: unknown): string =>
  String(value ?? '')
    .trim()
    .toLowerCase();

function byMd5(assigned: readonly AssignedKey[]): ReadonlyMap<string, readonly AssignedKey[]> {
  return Map.groupBy(assigned, ({ md5 }) => md5);
}
