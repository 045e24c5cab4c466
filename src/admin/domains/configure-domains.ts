import { type ConfigField, fieldOf } from '../../config/config-fields.ts';
import { configError } from '../../errors.ts';
import type { Detection } from '../../pixel/detect.ts';
import type { Platform } from '../../pixel/platforms.ts';
import { type AdvertiserNames, advertiserNames } from '../advertisers/advertiser-names.ts';
import { requireAgency, type WriteContext } from '../context.ts';
import { makeChange } from '../make-change.ts';
import { detectDomains } from './detect-domains.ts';
import { type DomainRow, hostsOf, ownersAmong, readDomainRows } from './domain-rows.ts';
import { readDomainSettings } from './domain-settings.ts';
import { eventTable, eventWindow, NO_EVENTS } from './event-window.ts';
import type { HostEvents } from './host-events.ts';
import { ownEvents, RECENT_DAYS, recentEvents } from './owned-events.ts';
import { type PlannedDomain, planDomains, planText, type WantedDomain } from './plan-domains.ts';
import { planWarnings } from './plan-warnings.ts';
import { platformField, platformToStore, storedPlatform } from './site-platform.ts';
import { writePlan, writeSetting } from './write-domains.ts';

/** Giving domains to advertisers: all that are asked for, or none. */

export interface ConfigureRequest {
  readonly agencyId: string;
  readonly wanted: readonly WantedDomain[];
  /** Takes domains from the advertisers that have them. */
  readonly replace: boolean;
  /** Where in the request the n-th domain stands. */
  readonly pathOf: (index: number, field: 'url' | 'advertiser_id') => string;
  /** Written into new rows, instead of the names that the warehouse has. */
  readonly advertiserName?: string | undefined;
  readonly webVisitSource?: string | undefined;
  readonly platformOverride?: Platform | undefined;
  readonly expectedVersion?: number | undefined;
}

export interface Configured {
  readonly planned: readonly PlannedDomain[];
  /** What each runs on, in the same order. */
  readonly detections: readonly Detection[];
  /** Events of the last 7 days that count for the advertisers since and did not before; null where there is no table of them. */
  readonly eventsGained: number | null;
  /** Hosts that an advertiser has since. */
  readonly hostCount: (advertiserId: string) => number;
  readonly configVersion: (advertiserId: string) => number | null;
  readonly storedPlatform: (advertiserId: string) => string | null;
  readonly auditId: string | null;
  readonly warnings: readonly string[];
}

/**
 * `config` errors: `agency_forbidden`, `advertiser_unknown`, `domain_invalid` with all that is wrong, `domain_conflict` when others have
 * one of them, and those of `makeChange`.
 */
export async function configureDomains(ctx: WriteContext, request: ConfigureRequest): Promise<Configured> {
  const { agencyId, wanted } = request;
  requireAgency(ctx.scope, agencyId);
  const own: WriteContext = { ...ctx, scope: [agencyId] };
  const names = await advertiserNames(own, [agencyId]);
  refuseUnknown(names, request);
  const before = await readDomainRows(own);
  const plan = planOrRefuse(before, names, request);
  const events = await recentEvents(own);
  const hosts = events?.get(agencyId) ?? [];
  const detections = await detect(own, request, plan.planned, hosts);

  const asked = new Set(wanted.map(({ advertiserId }) => advertiserId));
  const isSettled = request.platformOverride === undefined && request.webVisitSource === undefined;
  const touched = new Set(
    plan.planned.flatMap(({ state, wanted: { advertiserId }, holders }) =>
      state === 'unchanged' && isSettled ? [] : [advertiserId, ...holders],
    ),
  );
  // The advertiser whose version was named comes first, also when there is nothing to do.
  if (request.expectedVersion !== undefined || touched.size === 0) for (const id of [...asked].slice(0, 1)) touched.add(id);
  const changed = await makeChange(
    own,
    {
      action: 'domain.configure',
      agencyId,
      advertiserIds: [...touched].toSorted((left, right) => Number(asked.has(right)) - Number(asked.has(left))),
      expectedVersion: request.expectedVersion,
    },
    async ({ journal, config, set }) => {
      const now = planOrRefuse(await readDomainRows(own), names, request);
      if (planText(now) !== planText(plan)) {
        throw configError('domain_conflict', 'Somebody changed these domains meanwhile.', {
          hint: 'Look at them again, then repeat it.',
        });
      }
      const at = ctx.clock.now();
      const nameOf = (advertiserId: string) => request.advertiserName ?? names.advertiser(agencyId, advertiserId);
      await writePlan(journal, plan.planned, { agencyId, nameOf, at });
      const { platformOverride, webVisitSource } = request;
      if (platformOverride !== undefined)
        for (const domain of new Set(plan.planned.map((planned) => planned.domain)))
          await writeSetting(journal, { agencyId, domain, by: ctx.actor.name, at }, { PLATFORM_OVERRIDE: platformOverride });
      for (const advertiserId of touched) {
        const changes = new Map<ConfigField, unknown>();
        const field = platformField(own);
        const isFirst = hostsOf(before, advertiserId).size === 0;
        const platform = platformToStore(
          storedPlatform(config(advertiserId)?.row),
          isFirst,
          detectionsOf(advertiserId, plan.planned, detections, isSettled),
        );
        if (field !== null && platform !== null) changes.set(field, platform);
        if (webVisitSource !== undefined && asked.has(advertiserId)) changes.set(fieldOf('WEB_VISIT_SOURCE'), webVisitSource);
        if (changes.size > 0) set(advertiserId, changes);
      }
    },
  );
  const after = await readDomainRows(own);
  const configOf = (advertiserId: string) => changed.configs.find((config) => config.advertiserId === advertiserId);
  const gained = ownEvents(ownersAmong(after, agencyId), hosts, asked) - ownEvents(ownersAmong(before, agencyId), hosts, asked);
  return {
    planned: plan.planned,
    detections,
    eventsGained: events === null ? null : gained,
    hostCount: (advertiserId) => hostsOf(after, advertiserId).size,
    configVersion: (advertiserId) =>
      (configOf(advertiserId) ?? names.find(agencyId, advertiserId)?.config)?.configVersion ?? null,
    storedPlatform: (advertiserId) => storedPlatform((configOf(advertiserId) ?? names.find(agencyId, advertiserId)?.config)?.row),
    auditId: changed.auditId,
    warnings: [...(events === null ? [NO_EVENTS] : []), ...planWarnings(ownersAmong(after, agencyId), plan.planned)],
  };
}

function refuseUnknown(names: AdvertiserNames, { agencyId, wanted, pathOf }: ConfigureRequest): void {
  const problems = wanted.flatMap(({ advertiserId }, index) =>
    names.find(agencyId, advertiserId) === null
      ? [{ path: pathOf(index, 'advertiser_id'), message: `agency ${agencyId} has no advertiser ${advertiserId}` }]
      : [],
  );
  if (problems.length === 0) return;
  throw configError('advertiser_unknown', `Agency ${agencyId} has no such advertiser.`, {
    problems,
    hint: 'GET /api/config/search-advertisers finds them, and POST /api/config/create-advertiser makes a new one.',
  });
}

function planOrRefuse(
  rows: readonly DomainRow[],
  names: AdvertiserNames,
  { agencyId, wanted, replace, pathOf }: ConfigureRequest,
) {
  const plan = planDomains(rows, wanted, {
    replace,
    pathOf: (index) => pathOf(index, 'url'),
    nameOf: (advertiserId) => names.advertiser(agencyId, advertiserId),
  });
  const problems = [...plan.problems, ...plan.conflicts];
  const [first] = problems;
  if (first === undefined) return plan;
  const hint = problems.length === 1 ? first.hint : 'Nothing was changed: correct them all, or send fewer.';
  const details = { problems, ...(hint === undefined ? {} : { hint }) };
  const message =
    problems.length === 1
      ? `The domain cannot be configured: it ${first.message}.`
      : `${problems.length} domains cannot be configured.`;
  if (plan.problems.length > 0) throw configError('domain_invalid', message, details);
  throw configError('domain_conflict', problems.length === 1 ? `${first.message}.` : message, details);
}

/** What each domain runs on; what the request says wins. */
async function detect(
  ctx: WriteContext,
  { agencyId, platformOverride }: ConfigureRequest,
  planned: readonly PlannedDomain[],
  hosts: readonly HostEvents[],
): Promise<readonly Detection[]> {
  const settings = await readDomainSettings(ctx);
  const targets = planned.map(({ host, domain }) => ({
    domain: host,
    hosts,
    override: platformOverride ?? settings.of(agencyId, domain).override,
  }));
  return detectDomains(ctx, eventTable(ctx), eventWindow(ctx, RECENT_DAYS), targets);
}

/** What counts for the platform of an advertiser's row: domains that it is given; those that it has, once somebody decides about them. */
function detectionsOf(
  advertiserId: string,
  planned: readonly PlannedDomain[],
  detections: readonly Detection[],
  isSettled: boolean,
): readonly Detection[] {
  return detections.filter((_, index) => {
    const plan = planned[index];
    return plan?.wanted.advertiserId === advertiserId && (plan.state !== 'unchanged' || !isSettled);
  });
}
