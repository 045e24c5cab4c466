import { sql } from '../../lib/sql.ts';
import type { AdminContext } from '../context.ts';
import type { CampaignKey } from './campaign-key.ts';
import { firstDay, type ImpressionDays, type ImpressionRequest, impressionDays } from './impression-days.ts';
import type { Claim, MappingIndex } from './mapping-index.ts';
import { mappingWorld } from './mapping-world.ts';

/** Impressions of a campaign. */
export interface CampaignFacts extends CampaignKey {
  readonly impressions: number;
  /** Those of the shorter range that was asked for, which ends today as well. */
  readonly recent: number;
  /** The newest day with impressions, `YYYY-MM-DD`. */
  readonly lastDay: string;
}

/** Every campaign with impressions, in batches; `recentDays` asks for a second count over fewer days. */
export async function* campaignFacts(
  ctx: AdminContext,
  { table }: ImpressionDays,
  recentDays: number,
): AsyncIterable<readonly CampaignFacts[]> {
  if (table === null) return;
  const since = firstDay(ctx.clock.now(), recentDays);
  const batches = ctx.session.query(
    sql`SELECT agency, platform, dsp, io, li, CAST(SUM(impressions) AS BIGINT) AS impressions, CAST(MAX(day) AS VARCHAR) AS last_day,
        CAST(SUM(CASE WHEN day >= CAST(${since} AS DATE) THEN impressions ELSE 0 END) AS BIGINT) AS recent
      FROM ${table} GROUP BY agency, platform, dsp, io, li`,
    { signal: ctx.signal },
  );
  for await (const batch of batches) {
    yield batch.map((row) => ({
      agencyId: String(row.agency),
      platform: textOf(row.platform),
      dsp: textOf(row.dsp),
      io: textOf(row.io),
      li: textOf(row.li),
      impressions: Number(row.impressions),
      recent: Number(row.recent),
      lastDay: String(row.last_day),
    }));
  }
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

/** Impressions that are an advertiser's own, by its own strategy. */
export interface OwnImpressions {
  readonly impressions: number;
  /** The newest day with some, `YYYY-MM-DD`. */
  readonly lastDay: string;
}

export interface ImpressionsByAdvertiser {
  /** Null for an advertiser that has none; nothing at all could be counted when `isCounted` is false. */
  of(agencyId: string, advertiserId: string): OwnImpressions | null;
  readonly isCounted: boolean;
  readonly warnings: readonly string[];
}

/** What every advertiser has of the last days, all at once. */
export async function impressionsByAdvertiser(ctx: AdminContext, request: ImpressionRequest): Promise<ImpressionsByAdvertiser> {
  const { index } = await mappingWorld(ctx);
  return sumByAdvertiser(ctx, await impressionDays(ctx, request), index);
}

export async function sumByAdvertiser(
  ctx: AdminContext,
  days: ImpressionDays,
  index: MappingIndex<Claim>,
): Promise<ImpressionsByAdvertiser> {
  const sums = new Map<string, OwnImpressions>();
  const keyOf = (agencyId: string, advertiserId: string): string => JSON.stringify([agencyId, advertiserId]);
  for await (const batch of campaignFacts(ctx, days, 1)) {
    for (const facts of batch) {
      for (const owner of index.ownersOf(facts)) {
        const key = keyOf(facts.agencyId, owner);
        const { impressions = 0, lastDay = '' } = sums.get(key) ?? {};
        const isNewest = facts.lastDay > lastDay;
        sums.set(key, { impressions: impressions + facts.impressions, lastDay: isNewest ? facts.lastDay : lastDay });
      }
    }
  }
  return {
    of: (agencyId, advertiserId) => sums.get(keyOf(agencyId, advertiserId)) ?? null,
    isCounted: days.table !== null,
    warnings: days.warnings,
  };
}
