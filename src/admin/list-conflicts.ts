import type { MappingConflictRow } from '../shapes/config/campaigns.ts';
import type { Listed } from '../shapes/config/envelope.ts';
import { advertiserNames } from './advertisers/advertiser-names.ts';
import { campaignConflicts } from './campaigns/campaign-conflicts.ts';
import { namedAdvertisers } from './campaigns/dsp-rows.ts';
import { byId } from './campaigns/mapping-index.ts';
import type { Conflict } from './conflict.ts';
import type { AdminContext } from './context.ts';
import { domainConflicts } from './domains/conflicts.ts';
import { placeConflicts } from './places/conflicts.ts';

/** What contradicts itself, of all areas. */

type Kind = Conflict['kind'];

const FIND: Readonly<Record<Kind, (ctx: AdminContext) => Promise<readonly Conflict[]>>> = {
  campaign: campaignConflicts,
  domain: domainConflicts,
  place: placeConflicts,
};
const KINDS = Object.keys(FIND) as readonly Kind[];

const UNITS = { campaign: 'impressions', domain: 'events', place: 'places' } as const;
const HINTS: Readonly<Record<Kind, string>> = {
  campaign: 'Take the mapping out of all but one of them.',
  domain: 'Leave the domain to one of them: its events go to neither until then.',
  place: 'Repair the place: it is known under several ids.',
};

/** Every conflict in scope. */
async function allConflicts(ctx: AdminContext, kind?: Kind): Promise<readonly Conflict[]> {
  const found: Conflict[] = [];
  for (const one of KINDS) if (kind === undefined || kind === one) found.push(...(await FIND[one](ctx)));
  return found;
}

export async function listConflicts(
  ctx: AdminContext,
  query: { readonly kind?: Kind | undefined; readonly limit: number; readonly offset: number },
): Promise<Listed<MappingConflictRow>> {
  const names = await advertiserNames(ctx);
  const found = (await allConflicts(ctx, query.kind)).toSorted(
    (left, right) =>
      KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind) ||
      (right.affected ?? -1) - (left.affected ?? -1) ||
      byId(left.agencyId, right.agencyId) ||
      byId(left.key, right.key),
  );
  const rows = found.slice(query.offset, query.offset + query.limit).map((conflict): MappingConflictRow => {
    const { kind, agencyId, key, advertisers, affected, hint = HINTS[kind], campaign } = conflict;
    return {
      KIND: kind,
      AGENCY_ID: agencyId,
      AGENCY_NAME: names.agency(agencyId),
      KEY: key,
      ADVERTISERS: namedAdvertisers(names, agencyId, advertisers),
      AFFECTED: affected,
      UNIT: UNITS[kind],
      HINT: hint,
      CAMPAIGN:
        campaign === undefined
          ? null
          : {
              PLATFORM_TYPE_ID: campaign.platform,
              DSP_ADVERTISER_ID: campaign.dsp ?? '',
              INSERTION_ORDER_ID: campaign.io,
              LINE_ITEM_ID: campaign.li,
            },
    };
  });
  return { rows, total: found.length };
}
