import type { z } from 'zod';
import { idText, isNoId } from '../../config/values.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { sql } from '../../lib/sql.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { AgencyRow, agenciesQuery } from '../../shapes/config/lists.ts';
import { timeSql } from '../../warehouse/time-column.ts';
import { type AdvertiserNames, advertiserNames } from '../advertisers/advertiser-names.ts';
import { type AssignedToAll, readAssigned } from '../advertisers/assigned.ts';
import { listOf } from '../advertisers/config-row.ts';
import { isReportingReady } from '../advertisers/reporting-ready.ts';
import { hasPart } from '../advertisers/set-up.ts';
import { type AdminContext, inScope, isInScope } from '../context.ts';

/** Days of pixel events in which an agency is met. */
const PIXEL_DAYS = 30;

type Source = AgencyRow['KNOWN_FROM'][number];

/** Every agency that any table knows, each once under its one name, or those that have something to report. */
export async function listAgencies(
  ctx: AdminContext,
  { scope, limit, offset }: z.output<typeof agenciesQuery>,
): Promise<Listed<AgencyRow>> {
  const names = await advertiserNames(ctx);
  const assigned = await readAssigned(ctx);
  const pixels = await pixelAgencies(ctx);
  const agencies = await knownAgencies(ctx, names, assigned, pixels.ids);
  const rows = agencyRows(names, assigned, agencies).filter((row) => scope === 'all' || row.REPORTING_READY);
  return {
    total: rows.length,
    rows: rows.slice(offset, offset + limit),
    warnings: [...assigned.warnings, ...pixels.warnings],
  };
}

/** How many agencies any table knows. */
export async function countAgencies(ctx: AdminContext): Promise<number> {
  const names = await advertiserNames(ctx);
  const agencies = await knownAgencies(ctx, names, await readAssigned(ctx), (await pixelAgencies(ctx)).ids);
  return agencies.size;
}

/** Agencies in scope, each with the tables that know it. */
async function knownAgencies(
  ctx: AdminContext,
  names: AdvertiserNames,
  assigned: AssignedToAll,
  pixels: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<Source>>> {
  const found = new Map<string, Set<Source>>();
  const add = (agencyId: string, source: Source): void => {
    if (isNoId(agencyId) || !isInScope(ctx.scope, agencyId)) return;
    found.set(agencyId, (found.get(agencyId) ?? new Set()).add(source));
  };
  const { agencies } = await ctx.names.current(ctx.session, ctx.catalogue);
  for (const agencyId of agencies.keys()) add(agencyId, 'names');
  for (const { agencyId, config } of names.advertisers) if (config !== null) add(agencyId, 'config');
  for (const { agencyId, by } of assigned.advertisers) add(agencyId, by);
  for (const agencyId of pixels) add(agencyId, 'pixel_events');
  return found;
}

async function pixelAgencies(
  ctx: AdminContext,
): Promise<{ readonly ids: readonly string[]; readonly warnings: readonly string[] }> {
  const table = ctx.catalogue.table('WEBPIXEL_EVENTS');
  if (!table.exists || !table.has('AGENCY_ID') || !table.has('EVENT_TIMESTAMP')) {
    return { ids: [], warnings: ['WEBPIXEL_EVENTS is missing: agencies that only have pixels are not in the list.'] };
  }
  const { dialect } = ctx.session;
  const now = ctx.clock.now();
  const at = timeSql(dialect, table, 'EVENT_TIMESTAMP');
  const rows = await ctx.session.all(sql`SELECT DISTINCT ${dialect.text(table.column('AGENCY_ID'))} AS agency FROM ${table.ref}
    WHERE ${at} > ${new Date(now.getTime() - PIXEL_DAYS * DAY_MS)} AND ${at} <= ${now} AND ${inScope(ctx, table)}`);
  const ids = rows.map(({ agency }) => idText(agency));
  return { ids: [...new Set(ids)], warnings: [] };
}

const byText = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function agencyRows(
  names: AdvertiserNames,
  assigned: AssignedToAll,
  agencies: ReadonlyMap<string, ReadonlySet<Source>>,
): readonly AgencyRow[] {
  const members = membersOf(names, assigned);
  const rows = [...agencies].map(([agencyId, sources]): AgencyRow => {
    const own = [...(members.get(agencyId) ?? [])].map((advertiserId) => {
      const config = names.find(agencyId, advertiserId)?.config ?? null;
      return { config, assigned: assigned.of(agencyId, advertiserId) };
    });
    const active = own.filter(({ config }) => config?.status === 'ACTIVE');
    return {
      AGENCY_ID: agencyId,
      AGENCY_NAME: names.agency(agencyId),
      ADVERTISER_COUNT: own.length,
      ACTIVE_COUNT: active.length,
      WITH_POI: own.filter((one) => one.assigned.places > 0).length,
      WITH_WEB_PIXEL: own.filter((one) => one.assigned.hosts.length > 0).length,
      WITH_CAMPAIGNS: own.filter((one) => one.assigned.campaigns > 0).length,
      WITH_REPORT_TYPE: own.filter(({ config }) => listOf(config?.row.REPORT_TYPE_IDS).length > 0).length,
      WITH_DELIVERY: active.filter((one) => hasPart('delivery', one)).length,
      REPORTING_READY: own.some(({ config }) => isReportingReady(config)),
      STRATEGIES: [...new Set(active.flatMap(({ config }) => (config === null ? [] : [config.joinStrategy])))].sort(),
      KNOWN_FROM: [...sources],
    };
  });
  return rows.toSorted(
    (left, right) =>
      Number(left.AGENCY_NAME === null) - Number(right.AGENCY_NAME === null) ||
      byText.compare(left.AGENCY_NAME ?? '', right.AGENCY_NAME ?? '') ||
      byText.compare(left.AGENCY_ID, right.AGENCY_ID),
  );
}

/** Advertisers by agency, each once. */
function membersOf(names: AdvertiserNames, assigned: AssignedToAll): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, Set<string>>();
  for (const { agencyId, advertiserId } of [...names.advertisers, ...assigned.advertisers]) {
    members.set(agencyId, (members.get(agencyId) ?? new Set()).add(advertiserId));
  }
  return members;
}
