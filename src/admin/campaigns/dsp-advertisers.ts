import { decodedName } from '../../lib/decoded-name.ts';
import { raw, sql } from '../../lib/sql.ts';
import { type AdminContext, inScope } from '../context.ts';
import { type CampaignKey, dspText } from './campaign-key.ts';
import { firstDay, type ImpressionDays, type ImpressionRequest, impressionDays } from './impression-days.ts';
import { campaignFacts } from './impression-facts.ts';
import { advertisersOf } from './mapping-index.ts';
import { type MappingState, mappingState } from './mapping-state.ts';
import type { MappingWorld } from './mapping-world.ts';

/** A DSP advertiser on a platform that has impressions, with how much of it is somebody's. */
export interface DspAdvertiser extends Pick<CampaignKey, 'agencyId' | 'platform' | 'dsp'> {
  /** As the platform calls it, decoded. */
  readonly name: string | null;
  /** Of the days that were asked for, as are the days below. */
  readonly impressions: number;
  readonly impressions30: number;
  readonly activeDays: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly state: MappingState;
  /** Whom mappings give it to, or a part of it. */
  readonly advertiserIds: readonly string[];
  readonly assigned: number;
  readonly unassigned: number;
  /** Insertion orders and line items that are somebody's, and those that are nobody's. */
  readonly assignedCampaigns: number;
  readonly unassignedCampaigns: number;
}

export interface DspAdvertisers {
  readonly found: readonly DspAdvertiser[];
  readonly warnings: readonly string[];
}

const SHOWN_DAYS = 30;

/** Every DSP advertiser with impressions in these days, in no order. */
export async function dspAdvertisers(
  ctx: AdminContext,
  world: MappingWorld,
  request: ImpressionRequest,
): Promise<DspAdvertisers> {
  const counted = await impressionDays(ctx, { ...request, days: Math.max(request.days, SHOWN_DAYS) });
  const shares = await sharesOf(ctx, world, counted, request.days);
  const { index } = world;
  const found = (await totals(ctx, counted, request.days)).map((total): DspAdvertiser => {
    const { assigned, assignedCampaigns, unassignedCampaigns } = shares.get(dspText(total)) ?? NOTHING;
    return {
      ...total,
      state: mappingState(index, total),
      advertiserIds: advertisersOf(index.ofDsp(total.agencyId, total.dsp)),
      ...{ assigned, assignedCampaigns, unassignedCampaigns },
      unassigned: total.impressions - assigned,
    };
  });
  return { found, warnings: counted.warnings };
}

type Total = Pick<
  DspAdvertiser,
  'agencyId' | 'platform' | 'dsp' | 'name' | 'impressions' | 'impressions30' | 'activeDays' | 'firstDay' | 'lastDay'
>;

async function totals(ctx: AdminContext, { table }: ImpressionDays, days: number): Promise<readonly Total[]> {
  if (table === null) return [];
  const now = ctx.clock.now();
  const since = (count: number) => sql`day >= CAST(${firstDay(now, count)} AS DATE)`;
  const of = (count: number) => sql`CAST(SUM(CASE WHEN ${since(count)} THEN impressions ELSE 0 END) AS BIGINT)`;
  const rows = await ctx.session.all(
    sql`SELECT f.*, COALESCE(n.name, f.dsp_name) AS name FROM (
        SELECT agency, platform, dsp, MAX(dsp_name) AS dsp_name, ${of(days)} AS impressions, ${of(SHOWN_DAYS)} AS impressions_30,
          COUNT(DISTINCT CASE WHEN ${since(days)} THEN day END) AS active_days,
          CAST(MIN(CASE WHEN ${since(days)} THEN day END) AS VARCHAR) AS first_day,
          CAST(MAX(CASE WHEN ${since(days)} THEN day END) AS VARCHAR) AS last_day
        FROM ${table} GROUP BY agency, platform, dsp
      ) f LEFT JOIN (${namesSql(ctx)}) n ON n.agency = f.agency AND n.platform IS NOT DISTINCT FROM f.platform AND n.id = f.dsp
      WHERE f.impressions > 0`,
    { signal: ctx.signal },
  );
  return rows.map((row) => ({
    agencyId: String(row.agency),
    platform: textOf(row.platform),
    dsp: textOf(row.dsp),
    name: row.name === null || row.name === '' ? null : decodedName(String(row.name)),
    impressions: Number(row.impressions),
    impressions30: Number(row.impressions_30),
    activeDays: Number(row.active_days),
    firstDay: String(row.first_day),
    lastDay: String(row.last_day),
  }));
}

/** `agency, platform, id, name` of DSP advertisers, each once, where the site keeps names. */
function namesSql(ctx: AdminContext) {
  const names = ctx.catalogue.table('AD_IMPRESSION_NAME');
  if (!names.exists) return raw("SELECT '' AS agency, '' AS platform, '' AS id, '' AS name WHERE FALSE");
  const { dialect } = ctx.session;
  return sql`SELECT ${names.column('AGENCY_ID')} AS agency, ${dialect.text(names.column('DSP_PLATFORM_TYPE'))} AS platform,
      ${names.column('ID')} AS id, ${dialect.argMax(names.column('NAME'), names.column('SEEN_AT'))} AS name
    FROM ${names.ref} WHERE ${names.column('KIND')} = 'DSP_ADVERTISER' AND ${inScope(ctx, names)} GROUP BY 1, 2, 3`;
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

interface Shares {
  assigned: number;
  assignedCampaigns: number;
  unassignedCampaigns: number;
}

const NOTHING: Readonly<Shares> = { assigned: 0, assignedCampaigns: 0, unassignedCampaigns: 0 };

async function sharesOf(
  ctx: AdminContext,
  { index }: MappingWorld,
  counted: ImpressionDays,
  days: number,
): Promise<ReadonlyMap<string, Shares>> {
  const shares = new Map<string, Shares>();
  for await (const batch of campaignFacts(ctx, counted, days)) {
    for (const facts of batch) {
      if (facts.recent === 0) continue;
      const key = dspText(facts);
      const share = shares.get(key) ?? { ...NOTHING };
      shares.set(key, share);
      if (index.ownersOf(facts).length > 0) {
        share.assigned += facts.recent;
        share.assignedCampaigns += 1;
      } else share.unassignedCampaigns += 1;
    }
  }
  return shares;
}
