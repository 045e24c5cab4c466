import { AquariusError } from '../../errors.ts';
import type { Told } from '../../shapes/config/envelope.ts';
import type { Figure, Scorecard } from '../../shapes/config/lists.ts';
import { type AdvertiserNames, advertiserNames } from '../advertisers/advertiser-names.ts';
import { readAssigned } from '../advertisers/assigned.ts';
import { instantOf } from '../advertisers/config-row.ts';
import { hasPart, type Part } from '../advertisers/set-up.ts';
import { campaignConflicts } from '../campaigns/campaign-conflicts.ts';
import { unmappedImpressions } from '../campaigns/unmapped-impressions.ts';
import type { AdminContext } from '../context.ts';
import { domainConflicts } from '../domains/conflicts.ts';
import { unmappedDomains } from '../domains/unmapped-domains.ts';
import { placeConflicts } from '../places/conflicts.ts';
import { countAgencies } from './agencies.ts';

/** What counts as unmapped, as in the lists that the figures lead to. */
const IMPRESSIONS = { days: 30, min_impressions: 100 } as const;
const EVENTS = { days: 7, minEvents: 10 } as const;

/** How far the set-up of everybody in scope has come. A figure that could not be counted says so, and is never 0 for that. */
export async function scorecard(ctx: AdminContext, agencyId: string | undefined): Promise<Told<Scorecard>> {
  const names = await advertiserNames(ctx);
  const assigned = await readAssigned(ctx);
  const configs = names.advertisers.flatMap(({ config }) => (config === null ? [] : [config]));
  const active = configs.filter(({ status }) => status === 'ACTIVE');
  const list = listIn(agencyId);
  const configured = (part: Part): Figure => {
    const having = active.filter((config) =>
      hasPart(part, { config, assigned: assigned.of(config.agencyId, config.advertiserId) }),
    );
    return figure(having.length, list('advertiser-hub', { has: part }), active.length);
  };
  return {
    data: {
      TOTAL_ADVERTISERS: figure(configs.length, list('advertiser-config', { active_only: 'false' })),
      ACTIVE_CONFIGS: figure(active.length, list('advertiser-config', {})),
      AGENCY_COUNT: figure(await countAgencies(ctx), list('agencies', { scope: 'all' }, false)),
      STORE_VISIT_CONFIGURED: configured('places'),
      WEB_VISIT_CONFIGURED: configured('domains'),
      IMPRESSION_CONFIGURED: configured('campaigns'),
      DELIVERY_CONFIGURED: configured('delivery'),
      POI_ASSIGNED: figure(assigned.places.total, null),
      UNMAPPED_IMPRESSIONS: await unmappedFigure(ctx, agencyId),
      UNMAPPED_DOMAINS: await counted(
        async () => {
          const { found, warnings } = await unmappedDomains(ctx, EVENTS);
          return ctx.catalogue.table('WEBPIXEL_EVENTS').exists ? found.length : (warnings[0] ?? 'there are no events');
        },
        list('unmapped-webpixels', { days: String(EVENTS.days), min_events: String(EVENTS.minEvents) }),
      ),
      CONFLICTS: await counted(
        async () => {
          const all = [await campaignConflicts(ctx), await domainConflicts(ctx), await placeConflicts(ctx)];
          return all.flat().length;
        },
        list('mapping-conflicts', {}),
      ),
      LAST_CONFIG_UPDATE: lastUpdate(names),
    },
    warnings: assigned.warnings,
  };
}

async function unmappedFigure(ctx: AdminContext, agencyId: string | undefined): Promise<Figure> {
  const { days, min_impressions: least } = IMPRESSIONS;
  return counted(
    async () => {
      const { exists: hasLog } = ctx.catalogue.table('AD_IMPRESSION_LOG_V2');
      if (!hasLog && !ctx.catalogue.table('AD_IMPRESSION_DAILY_SUMMARY').exists) return 'there is no table of impressions';
      const found = await unmappedImpressions(ctx, { agency_id: agencyId, ...IMPRESSIONS, limit: 1, offset: 0 });
      return found.total;
    },
    listIn(agencyId)('unmapped-impressions', { days: String(days), min_impressions: String(least) }),
  );
}

/** The list that a figure counts. */
function listIn(agencyId: string | undefined) {
  return (name: string, parameters: Readonly<Record<string, string>>, isOfAgency = true): string => {
    const own: Readonly<Record<string, string>> = agencyId === undefined || !isOfAgency ? {} : { agency_id: agencyId };
    const query = new URLSearchParams({ ...own, ...parameters }).toString();
    return `/api/config/${name}${query === '' ? '' : `?${query}`}`;
  };
}

function figure(value: number, list: string | null, of?: number): Figure {
  const percent = of === undefined || of === 0 ? null : Math.round((value / of) * 1000) / 10;
  return { value, percent, list, note: null };
}

/** Counts, or says in words why it could not. */
async function counted(count: () => Promise<number | string>, list: string): Promise<Figure> {
  try {
    const found = await count();
    return typeof found === 'number' ? figure(found, list) : { value: null, percent: null, list, note: found };
  } catch (error) {
    if (!(error instanceof AquariusError)) throw error;
    return { value: null, percent: null, list, note: error.message };
  }
}

function lastUpdate({ advertisers }: AdvertiserNames): string | null {
  const times = advertisers.flatMap(({ config }) => instantOf(config?.row.UPDATED_AT) ?? []);
  return times.toSorted().at(-1) ?? null;
}
