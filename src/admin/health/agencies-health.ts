import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { sql } from '../../lib/sql.ts';
import { idSql } from '../../reach/text-sql.ts';
import type { AgencyHealth } from '../../shapes/config/health.ts';
import { timeSql } from '../../warehouse/time-column.ts';
import { readAssigned } from '../advertisers/assigned.ts';
import type { ListDeliveries } from '../advertisers/delivery-states.ts';
import { campaignConflicts } from '../campaigns/campaign-conflicts.ts';
import { dspAdvertisers } from '../campaigns/dsp-advertisers.ts';
import { mappingWorld } from '../campaigns/mapping-world.ts';
import { type AdminContext, inScope, isInScope } from '../context.ts';
import { agencyDimensions } from './agency-dimensions.ts';
import type { AgencyFacts } from './agency-facts.ts';
import { judgeAgency } from './judge-agency.ts';

const UNMAPPED_DAYS = 14;
const PIXEL_DAYS = 30;

const ORDER = { CRITICAL: 0, NEEDS_ATTENTION: 1, MINOR_GAPS: 2, NOT_CHECKED: 3, HEALTHY: 4 } as const;
const collator = new Intl.Collator('en', { numeric: true });

/**
 * How every agency in scope is, worst first. Each thing is asked once for all of them, however many there are; what fails to be
 * looked at is said to be not checked, and the rest is told.
 */
export async function agenciesHealth(
  admin: AdminContext,
  configs: readonly AdvertiserConfig[],
  listDeliveries: ListDeliveries,
): Promise<readonly AgencyHealth[]> {
  const { scope } = admin;
  const facts: AgencyFacts = {
    assigned: await known(admin, () => readAssigned(admin)),
    campaigns: await known(admin, async () => {
      const { found } = await dspAdvertisers(admin, await mappingWorld(admin), { days: UNMAPPED_DAYS });
      return admin.catalogue.table('AD_IMPRESSION_LOG_V2').exists ? found : null;
    }),
    conflicts: await known(admin, () => campaignConflicts(admin)),
    dimensions: await known(admin, () => agencyDimensions(admin)),
    pixels: await known(admin, () => agenciesWithPixels(admin)),
    deliveries: await known(admin, () => listDeliveries(scope === 'all' ? {} : { agencyIds: scope })),
  };
  const byAgency = Map.groupBy(configs, ({ agencyId }) => agencyId);
  const ids = new Set([
    ...byAgency.keys(),
    ...(facts.assigned?.advertisers ?? []).map(({ agencyId }) => agencyId),
    ...(facts.campaigns ?? []).map(({ agencyId }) => agencyId),
    ...(scope === 'all' ? [] : scope),
  ]);
  return [...ids]
    .filter((id) => id !== '' && isInScope(scope, id))
    .map((id) =>
      judgeAgency(id, byAgency.get(id) ?? [], facts, { now: admin.clock.now(), defaults: admin.settings.defaults.cadence }),
    )
    .toSorted((left, right) => ORDER[left.OVERALL] - ORDER[right.OVERALL] || collator.compare(left.AGENCY_ID, right.AGENCY_ID));
}

async function known<T>({ signal }: AdminContext, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/** Null where there is no table of pixel events. */
async function agenciesWithPixels(admin: AdminContext): Promise<ReadonlySet<string> | null> {
  const { session, catalogue, clock, signal } = admin;
  const events = catalogue.table('WEBPIXEL_EVENTS');
  if (!events.exists) return null;
  const now = clock.now();
  const time = timeSql(session.dialect, events, 'EVENT_TIMESTAMP');
  const rows = await session.all(
    sql`SELECT DISTINCT ${idSql(session.dialect, events.column('AGENCY_ID'))} AS agency FROM ${events.ref}
      WHERE ${time} BETWEEN ${new Date(now.getTime() - PIXEL_DAYS * DAY_MS)} AND ${now} AND ${inScope(admin, events)}`,
    { signal },
  );
  return new Set(rows.map(({ agency }) => String(agency)));
}
