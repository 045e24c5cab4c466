import type { ImpressionExplanation } from '../../shapes/config/campaigns.ts';
import type { Told } from '../../shapes/config/envelope.ts';
import type { AdminContext } from '../context.ts';
import { type CampaignKey, campaignText } from './campaign-key.ts';
import { campaignKeyOf } from './check-mappings.ts';
import { advertiserLabel, namedAdvertisers } from './dsp-rows.ts';
import { type ImpressionDays, impressionDays } from './impression-days.ts';
import { campaignFacts } from './impression-facts.ts';
import { advertisersOf, byId, directOwner, type Judgement, specificityOf } from './mapping-index.ts';
import { mappingState } from './mapping-state.ts';
import { type MappingWorld, mappingWorld } from './mapping-world.ts';
import { readPlatforms } from './platforms.ts';
import type { CampaignMapping } from './read-mappings.ts';

export interface ExplainQuery {
  readonly agency_id: string;
  readonly platform_type: string;
  readonly dsp_advertiser_id: string;
  readonly insertion_order_id?: string | undefined;
  readonly line_item_id?: string | undefined;
}

const DAYS = 30;

/** Why an impression counts for an advertiser, or for nobody. */
export async function explainImpression(ctx: AdminContext, query: ExplainQuery): Promise<Told<ImpressionExplanation>> {
  const { agency_id: agencyId } = query;
  const key = campaignKeyOf(agencyId, query);
  const world = await mappingWorld(ctx, { agencyId });
  const platforms = await readPlatforms(ctx);
  const days = await impressionDays(ctx, { days: DAYS, agencyIds: [agencyId], dsps: key.dsp === null ? [] : [key.dsp] });
  const judgement = world.index.judge(key);
  const [only, ...others] = judgement.advertisers;
  return {
    data: {
      AGENCY_ID: agencyId,
      PLATFORM_TYPE_ID: key.platform,
      PLATFORM_NAME: platforms.nameOf(key.platform),
      DSP_ADVERTISER_ID: key.dsp,
      INSERTION_ORDER_ID: key.io,
      LINE_ITEM_ID: key.li,
      STATE: mappingState(world.index, key),
      OUTCOME: only === undefined ? 'UNMAPPED' : others.length === 0 ? 'OWNED' : 'CONFLICT',
      ADVERTISER: others.length > 0 || only === undefined ? null : (namedAdvertisers(world.names, agencyId, [only])[0] ?? null),
      SENTENCES: sentences(query, key, judgement, world),
      MAPPINGS: mappingsOf(key, judgement, world),
      ADVERTISERS: advertisers(key, judgement, world),
      IMPRESSIONS_30D: await countOf(ctx, days, key),
    },
    warnings: days.warnings,
  };
}

async function countOf(ctx: AdminContext, days: ImpressionDays, key: CampaignKey): Promise<number | null> {
  if (days.table === null) return null;
  const wanted = campaignText(key);
  for await (const batch of campaignFacts(ctx, days, DAYS)) {
    const found = batch.find((facts) => campaignText(facts) === wanted);
    if (found !== undefined) return found.impressions;
  }
  return 0;
}

function sentences(
  query: ExplainQuery,
  key: CampaignKey,
  { winning, advertisers: who }: Judgement<CampaignMapping>,
  world: MappingWorld,
): string[] {
  const { agencyId, platform, dsp } = key;
  if (platform === null) return [`${query.platform_type} is not readable as a platform type, and so no mapping can match it.`];
  if (dsp === null) return [`${query.dsp_advertiser_id} stands for no DSP advertiser, and so no mapping can match it.`];
  const all = world.index.ofDsp(agencyId, dsp);
  const here = world.index.ofPlatform(key);
  if (all.length === 0)
    return [`No mapping of the agency names DSP advertiser ${dsp}, and so such an impression belongs to nobody.`];
  const matching = here.filter((mapping) => misfit(mapping, key) === null);
  const found = `${counted(all.length, 'mapping')} of the agency ${all.length === 1 ? 'names' : 'name'} DSP advertiser ${dsp}, ${here.length} of them on platform ${platform}; ${matching.length} ${matching.length === 1 ? 'fits' : 'fit'} this impression.`;
  const [first] = winning;
  if (first === undefined) return [found, 'Nothing fits, and so it belongs to nobody.'];
  const level = LEVELS[specificityOf(first)] ?? '';
  const best = `The most exact that fits ${level}; less exact ones do not matter.`;
  const names = who.map((id) => advertiserLabel(world.names, agencyId, id));
  if (names.length === 1) return [found, best, `It belongs to ${names[0]}.`];
  return [found, best, `${names.join(' and ')} claim exactly the same: that is a conflict, and it goes to neither.`];
}

/** By specificity. */
const LEVELS = [
  'names neither insertion order nor line item, and so takes all of the DSP advertiser',
  'names the insertion order',
  'names the line item',
  'names insertion order and line item',
];

/** Why a mapping does not fit; null when it does. */
function misfit({ platform, io, li }: CampaignMapping, key: CampaignKey): string | null {
  if (platform === null) return 'Its platform type is not readable as a number: it matches nothing.';
  if (platform !== key.platform) return `It is of platform ${platform}.`;
  if (io !== null && io !== key.io) return `It is of insertion order ${io}.`;
  if (li !== null && li !== key.li) return `It is of line item ${li}.`;
  return null;
}

function mappingsOf(
  key: CampaignKey,
  { winning }: Judgement<CampaignMapping>,
  world: MappingWorld,
): ImpressionExplanation['MAPPINGS'] {
  const wins = new Set(winning);
  const best = winning[0] === undefined ? -1 : specificityOf(winning[0]);
  const told = world.index.ofDsp(key.agencyId, key.dsp).map((mapping) => {
    const why = misfit(mapping, key);
    const won = wins.has(mapping);
    const fits =
      winning.length > 0 && advertisersOf(winning).length > 1
        ? 'It fits, and so does another advertiser’s just as exactly.'
        : 'It fits, and nothing more exact does.';
    return {
      MAPPING_ID: mapping.mappingId,
      PLATFORM_TYPE_ID: mapping.platform,
      INSERTION_ORDER_ID: mapping.io,
      LINE_ITEM_ID: mapping.li,
      ADVERTISER: namedAdvertisers(world.names, key.agencyId, advertisersOf([mapping]))[0] ?? null,
      SPECIFICITY: specificityOf(mapping),
      MATCHES: why === null,
      WINS: won,
      WHY: why ?? (won ? fits : `It fits, but another is more exact (${best} over ${specificityOf(mapping)}).`),
    };
  });
  const rank = ({ WINS, MATCHES }: (typeof told)[number]): number => (WINS ? 0 : MATCHES ? 1 : 2);
  return told.toSorted((left, right) => rank(left) - rank(right) || right.SPECIFICITY - left.SPECIFICITY);
}

/** Everybody whom mappings of the DSP advertiser name, and whoever needs no mapping. */
function advertisers(
  key: CampaignKey,
  { advertisers: who }: Judgement<CampaignMapping>,
  world: MappingWorld,
): ImpressionExplanation['ADVERTISERS'] {
  const { agencyId, dsp } = key;
  const { names, index } = world;
  const onAny = advertisersOf(index.ofDsp(agencyId, dsp));
  const direct = directOwner(index.strategies, agencyId, dsp);
  const owners = index.ownersOf(key);
  return [...new Set([...onAny, ...(direct === null ? [] : [direct])])].toSorted(byId).map((id) => {
    const strategy = index.strategies.of(agencyId, id);
    return {
      ADVERTISER: { ADVERTISER_ID: id, ADVERTISER_NAME: names.advertiser(agencyId, id) },
      STRATEGY: strategy,
      GETS: owners.includes(id),
      WHY: whyFor(id),
    };
  });

  function whyFor(id: string): string {
    switch (index.strategies.of(agencyId, id)) {
      case 'ADM_PREFIX':
        return onAny.length > 1
          ? 'By ADM_PREFIX it gets DSP advertisers that are its alone, and this one is shared.'
          : 'By ADM_PREFIX it gets all of its DSP advertisers, whatever else a mapping names.';
      case 'DIRECT_AG':
        if (id !== direct) return 'By DIRECT_AG it gets what has its own id as DSP advertiser; mappings do not count.';
        return index.strategies.sole(agencyId) === id
          ? 'By DIRECT_AG it gets everything of the agency, as its only advertiser.'
          : 'By DIRECT_AG it gets what has its own id as DSP advertiser.';
      case 'PCM_4KEY':
        return fourKeys(id);
      case null:
        return `${fourKeys(id)} It is not configured yet; nothing is computed for it before.`;
    }
  }
  function fourKeys(id: string): string {
    if (!who.includes(id)) return 'By the four keys, no mapping of its own wins.';
    return who.length > 1 ? 'By the four keys it is contended for, and goes to neither.' : 'By the four keys its mapping wins.';
  }
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
