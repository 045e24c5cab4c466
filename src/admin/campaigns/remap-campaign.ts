import { configError } from '../../errors.ts';
import { requireAdvertiser } from '../advertisers/require-advertiser.ts';
import type { WriteContext } from '../context.ts';
import { type Changed, makeChange } from '../make-change.ts';
import { campaignText } from './campaign-key.ts';
import { type AfterChange, type BeforeChange, lookAfter, lookBefore } from './change-effects.ts';
import {
  type MappingPlace,
  removeMappings,
  repointMappings,
  rowsOfMapping,
  type StoredMapping,
  storedMappings,
} from './mapping-rows.ts';
import { mappingWarnings } from './mapping-warnings.ts';

export interface OneMappingRequest {
  readonly agencyId: string;
  readonly place: MappingPlace;
  /** Of the advertiser that has it now. */
  readonly expectedVersion?: number | undefined;
}

export interface RemappedCampaign {
  readonly state: 'remapped' | 'unchanged' | 'merged';
  readonly rows: readonly StoredMapping[];
  readonly first: StoredMapping;
  readonly changed: Changed<unknown>;
  readonly after: AfterChange;
  readonly warnings: readonly string[];
}

/** Gives a mapping to another advertiser. `config` errors: `advertiser_unknown`, `mapping_unknown`, `mapping_ambiguous`, and those of `makeChange`. */
export async function remapCampaign(
  ctx: WriteContext,
  request: OneMappingRequest & { readonly advertiserId: string },
): Promise<RemappedCampaign> {
  const { agencyId } = request;
  const { advertiserId } = await requireAdvertiser(ctx, agencyId, request.advertiserId);
  const { owner, holder, before } = await lookAtOne(ctx, request, [advertiserId]);
  const advertiserIds = [...(holder === null ? [] : [holder]), ...(holder === advertiserId ? [] : [advertiserId])];
  const change = { action: 'campaign.remap', agencyId, advertiserIds, expectedVersion: request.expectedVersion };
  const changed = await makeChange(ctx, change, async ({ journal }) => {
    const mappings = await storedMappings(ctx, agencyId);
    const rows = rowsOfMapping(mappings, request.place);
    const first = firstOf(rows);
    requireSame(first, owner);
    if (first.advertiserId === advertiserId) return { rows, first, state: 'unchanged' as const };
    const isThere = mappings.some((other) => other.advertiserId === advertiserId && campaignText(other) === campaignText(first));
    if (isThere) await removeMappings(ctx, journal, rows);
    else await repointMappings(ctx, journal, rows, { advertiserId });
    return { rows, first, state: isThere ? ('merged' as const) : ('remapped' as const) };
  });
  const after = await lookAfter(ctx, before);
  const warnings = [...after.warnings, ...mappingWarnings(after.world, { ...changed.result.first, advertiserId })];
  return { ...changed.result, changed, after, warnings };
}

export interface UnmappedCampaign {
  readonly rows: readonly StoredMapping[];
  readonly first: StoredMapping;
  readonly changed: Changed<unknown>;
  readonly after: AfterChange;
}

/** Takes a mapping out. `config` errors: `mapping_unknown`, `mapping_ambiguous`, and those of `makeChange`. */
export async function unmapCampaign(ctx: WriteContext, request: OneMappingRequest): Promise<UnmappedCampaign> {
  const { agencyId } = request;
  const { owner, holder, before } = await lookAtOne(ctx, request, []);
  const advertiserIds = holder === null ? [] : [holder];
  const change = { action: 'campaign.unmap', agencyId, advertiserIds, expectedVersion: request.expectedVersion };
  const changed = await makeChange(ctx, change, async ({ journal }) => {
    const rows = rowsOfMapping(await storedMappings(ctx, agencyId), request.place);
    const first = firstOf(rows);
    requireSame(first, owner);
    await removeMappings(ctx, journal, rows);
    return { rows, first };
  });
  return { ...changed.result, changed, after: await lookAfter(ctx, before) };
}

interface Looked {
  /** Whose the mapping is; null for nobody. */
  readonly owner: string | null;
  /** The same, where the agency knows them. */
  readonly holder: string | null;
  readonly before: BeforeChange;
}

async function lookAtOne(ctx: WriteContext, { agencyId, place }: OneMappingRequest, others: readonly string[]): Promise<Looked> {
  const { advertiserId, dsp } = firstOf(rowsOfMapping(await storedMappings(ctx, agencyId), place));
  const advertiserIds = [...(advertiserId === null ? [] : [advertiserId]), ...others];
  const before = await lookBefore(ctx, agencyId, { advertiserIds, dsps: dsp === null ? [] : [dsp] });
  const isKnown = advertiserId !== null && before.world.names.find(agencyId, advertiserId) !== null;
  return { owner: advertiserId, holder: isKnown ? advertiserId : null, before };
}

/** Between looking and writing somebody may have given it to another. */
function requireSame({ advertiserId }: StoredMapping, owner: string | null): void {
  if (advertiserId === owner) return;
  throw configError('mapping_conflict', 'Nothing was changed: somebody gave the mapping to another advertiser in this moment.', {
    hint: 'Look at it again, then repeat what you wanted to change.',
  });
}

function firstOf(rows: readonly StoredMapping[]): StoredMapping {
  const [first] = rows;
  if (first === undefined) throw new Error('A mapping has at least one row.');
  return first;
}
