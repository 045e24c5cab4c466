import { sql } from '../../lib/sql.ts';
import { requireAdvertiser } from '../advertisers/require-advertiser.ts';
import type { WriteContext } from '../context.ts';
import { type Changed, makeChange } from '../make-change.ts';
import type { PlacesRequest } from './assign-places.ts';
import { assignedKeys, MAPPING, mappingKey } from './assigned-keys.ts';
import { isOfBrand } from './place-query.ts';
import { presentTextSql } from './place-sql.ts';
import { type PlaceChoice, requireFew } from './wanted-places.ts';

interface Removed {
  readonly deleted: number;
  readonly notAssigned: number;
}

/** Takes places away from an advertiser. A place that has several rows loses all of them. */
export async function removePlaces(
  ctx: WriteContext,
  request: PlacesRequest & { readonly choice: PlaceChoice },
): Promise<Changed<Removed>> {
  const { agencyId, advertiserId, expectedVersion, choice } = request;
  const change = { action: 'poi.remove', agencyId, advertiserIds: [advertiserId], expectedVersion };
  return makeChange(ctx, change, async ({ journal }): Promise<Removed> => {
    await requireAdvertiser(ctx, agencyId, advertiserId);
    const wanted = 'brand' in choice ? null : [...new Set(choice.md5s.map((md5) => md5.trim().toLowerCase()))];
    const metadata = ctx.catalogue.table('SEGMENT_METADATA');
    const ofBrand =
      'brand' in choice
        ? sql`SELECT ${presentTextSql(ctx.session.dialect, metadata.column('SEGMENT_UNIQUE_ID'))} FROM ${metadata.ref} WHERE ${isOfBrand(ctx, choice)}`
        : undefined;
    const assigned = await assignedKeys(ctx, request, { md5s: wanted ?? undefined, uids: ofBrand });
    const deleted = new Set(assigned.map(({ md5 }) => md5)).size;
    requireFew(deleted, `This advertiser has ${deleted} of these places`);
    const key = mappingKey(ctx.catalogue.table(MAPPING));
    if (assigned.length > 0)
      await journal.remove(
        MAPPING,
        key,
        assigned.map(({ key: own }) => own),
      );
    return { deleted, notAssigned: wanted === null ? 0 : wanted.length - deleted };
  });
}
