import { configError } from '../../errors.ts';
import type { WriteContext } from '../context.ts';
import { type Changed, makeChange } from '../make-change.ts';
import type { RowJournal } from '../row-journal.ts';
import { campaignText } from './campaign-key.ts';
import { type AfterChange, lookAfter, lookBefore } from './change-effects.ts';
import {
  type CheckedMappings,
  checkMappings,
  type RequestedMapping,
  refuseConflicts,
  type WantedMapping,
} from './check-mappings.ts';
import { advertisersOf, byId } from './mapping-index.ts';
import { insertMappings, removeMappings, repointMappings, type StoredMapping, storedMappings } from './mapping-rows.ts';
import { mappingWarnings } from './mapping-warnings.ts';
import { mappingWorld } from './mapping-world.ts';

export interface MapRequest {
  readonly agencyId: string;
  readonly mappings: readonly RequestedMapping[];
  /** Take them from the advertisers that have them. */
  readonly replace: boolean;
  readonly expectedVersion?: number | undefined;
  /** The place of a field of the n-th mapping in the request. */
  readonly pathOf: (index: number, field: string) => string;
}

/** What became of one of them. */
export interface MappedCampaign {
  readonly mapping_id: string | null;
  readonly state: 'created' | 'unchanged' | 'replaced';
  readonly replaced: string[];
}

export interface MappedCampaigns {
  readonly wanted: readonly WantedMapping[];
  readonly mapped: readonly MappedCampaign[];
  /** Everyone concerned, those who were given something first. */
  readonly advertiserIds: readonly string[];
  readonly changed: Changed<unknown>;
  readonly after: AfterChange;
  readonly warnings: readonly string[];
}

/** Makes all of the mappings, or none. `config` errors: `mapping_invalid`, `mapping_conflict`, and those of `makeChange`. */
export async function mapCampaigns(ctx: WriteContext, request: MapRequest): Promise<MappedCampaigns> {
  const { agencyId, replace, pathOf } = request;
  const world = await mappingWorld(ctx, { agencyId });
  const { wanted, warnings }: CheckedMappings = await checkMappings(ctx, { agencyId, mappings: request.mappings, world }, pathOf);
  if (!replace) refuseConflicts(wanted, world, pathOf);
  const given = [...new Set(wanted.map(({ advertiserId }) => advertiserId))];
  const holders = new Set(wanted.flatMap((mapping) => advertisersOf(world.index.exactly(mapping))));
  const losers = [...holders].filter((id) => !given.includes(id)).toSorted(byId);
  const advertiserIds = [...given, ...losers.filter((id) => world.names.find(agencyId, id) !== null)];
  const before = await lookBefore(ctx, agencyId, { advertiserIds, dsps: wanted.map(({ dsp }) => dsp) });
  const change = { action: 'campaign.map', agencyId, advertiserIds, expectedVersion: request.expectedVersion };
  const changed = await makeChange(ctx, change, ({ journal }) =>
    write(ctx, journal, { wanted, replace, known: new Set([...given, ...losers]) }),
  );
  const after = await lookAfter(ctx, before);
  const told = new Set([...warnings, ...after.warnings, ...wanted.flatMap((mapping) => mappingWarnings(after.world, mapping))]);
  return { wanted, mapped: changed.result, advertiserIds, changed, after, warnings: [...told] };
}

interface Writing {
  readonly wanted: readonly WantedMapping[];
  readonly replace: boolean;
  /** The advertisers whose rows the change counts anew. */
  readonly known: ReadonlySet<string>;
}

async function write(
  ctx: WriteContext,
  journal: RowJournal,
  { wanted, replace, known }: Writing,
): Promise<readonly MappedCampaign[]> {
  const [first] = wanted;
  if (first === undefined) return [];
  const there = new Map<string, StoredMapping[]>();
  for (const mapping of await storedMappings(ctx, first.agencyId)) {
    const key = campaignText(mapping);
    there.set(key, [...(there.get(key) ?? []), mapping]);
  }
  const done = new Map<string, MappedCampaign>();
  const made: WantedMapping[] = [];
  for (const mapping of wanted) {
    const key = campaignText(mapping);
    if (done.has(key)) continue;
    const rows = there.get(key) ?? [];
    const others = rows.filter(({ advertiserId }) => advertiserId !== null && advertiserId !== mapping.advertiserId);
    if (others.some(({ advertiserId }) => !replace || !known.has(advertiserId ?? ''))) throw changedMeanwhile();
    const own = rows.filter(({ advertiserId }) => advertiserId === mapping.advertiserId);
    const blank = rows.filter(({ advertiserId }) => advertiserId === null);
    const replaced = [...advertisersOf(others)];
    const id = own[0]?.mappingId ?? others[0]?.mappingId ?? blank[0]?.mappingId ?? null;
    if (own.length > 0) await removeMappings(ctx, journal, others);
    else if (others.length > 0) await repointMappings(ctx, journal, others, mapping);
    // The platform's feed noted the campaign, and nobody had it yet.
    else if (blank.length > 0) await repointMappings(ctx, journal, blank, mapping);
    else made.push(mapping);
    const state = replaced.length > 0 ? 'replaced' : own.length > 0 ? 'unchanged' : 'created';
    done.set(key, { mapping_id: id, state, replaced });
  }
  if (made.length > 0) {
    const ids = await insertMappings(ctx, journal, made);
    for (const [index, mapping] of made.entries())
      done.set(campaignText(mapping), { mapping_id: ids[index] ?? null, state: 'created', replaced: [] });
  }
  const seen = new Set<string>();
  return wanted.map((mapping): MappedCampaign => {
    const key = campaignText(mapping);
    const outcome = done.get(key) ?? { mapping_id: null, state: 'unchanged', replaced: [] };
    const isAgain = seen.has(key);
    seen.add(key);
    return isAgain ? { ...outcome, state: 'unchanged', replaced: [] } : outcome;
  });
}

/** Between looking and writing. */
function changedMeanwhile() {
  return configError('mapping_conflict', 'Nothing was mapped: somebody mapped the same in this moment.', {
    hint: 'Look at it again, then repeat what you wanted to change.',
  });
}
