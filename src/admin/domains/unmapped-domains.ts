import { type DomainOwners, ownersOfHost, registrableDomain } from '../../pixel/domains.ts';
import type { Platform } from '../../pixel/platforms.ts';
import type { UnmappedPixelRow } from '../../shapes/config/domains.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { AdminContext } from '../context.ts';
import { detectDomains } from './detect-domains.ts';
import { NO_DOMAINS, ownersAmong, readDomainRows } from './domain-rows.ts';
import { type DomainSetting, readDomainSettings } from './domain-settings.ts';
import { eventFigures } from './event-figures.ts';
import { type EventWindow, effectiveDays, eventTable, eventWindow, NO_EVENTS } from './event-window.ts';
import { type HostEvents, hostEvents } from './host-events.ts';
import { pickHosts } from './picked-hosts.ts';

/** Domains that pixels report and that belong to nobody. */

export interface UnmappedFilter {
  readonly days: number;
  /** Fewest events of the hosts that belong to nobody. */
  readonly minEvents: number;
  /** Those that are ignored, instead of those that are not. */
  readonly ignored?: boolean;
  /** Text in one of the hosts. */
  readonly search?: string | undefined;
  readonly platform?: Platform | undefined;
}

export interface UnmappedDomain {
  readonly agencyId: string;
  readonly domain: string;
  /** All hosts of the domain that have events. */
  readonly hosts: readonly HostEvents[];
  /** Those that belong to nobody, most events first. */
  readonly open: readonly HostEvents[];
  /** Advertisers that have others of them. */
  readonly mappedTo: readonly string[];
  readonly setting: DomainSetting;
  /** Of the open hosts. */
  readonly events: number;
}

export interface UnmappedDomains {
  readonly found: readonly UnmappedDomain[];
  /** Events on addresses that can belong to nobody: of the network, of a single label, of a public suffix. */
  readonly unusableEvents: number;
  readonly noHost: ReadonlyMap<string, number>;
  readonly window: EventWindow;
  readonly warnings: readonly string[];
}

/** All of them, most events first. What is mapped or ignored is taken out here, before anybody takes a page of the rest. */
export async function unmappedDomains(ctx: AdminContext, filter: UnmappedFilter): Promise<UnmappedDomains> {
  const window = eventWindow(ctx, filter.days);
  const events = eventTable(ctx);
  if (events === null) return { found: [], unusableEvents: 0, noHost: new Map(), window, warnings: [NO_EVENTS] };
  const rows = await readDomainRows(ctx);
  const settings = await readDomainSettings(ctx);
  const { hosts, noHost } = await hostEvents(ctx, events, window);
  const found: UnmappedDomain[] = [];
  let unusableEvents = 0;
  for (const [agencyId, ofAgency] of hosts) {
    const owners = ownersAmong(rows, agencyId);
    const domains = Map.groupBy(ofAgency, ({ host }) => registrableDomain(host));
    for (const [domain, ofDomain] of domains) {
      if (domain === null) {
        unusableEvents += sum(ofDomain);
        continue;
      }
      const setting = settings.of(agencyId, domain);
      if (setting.isIgnored !== (filter.ignored ?? false)) continue;
      found.push({ agencyId, domain, hosts: ofDomain, setting, ...split(owners, ofDomain) });
    }
  }
  const search = filter.search?.toLowerCase() ?? '';
  return {
    found: found
      .filter(({ open, events: count }) => open.length > 0 && count >= filter.minEvents)
      .filter(({ domain, open }) => domain.includes(search) || open.some(({ host }) => host.includes(search)))
      .toSorted(
        (left, right) => right.events - left.events || byText(left.domain, right.domain) || byText(left.agencyId, right.agencyId),
      ),
    unusableEvents,
    noHost,
    window,
    warnings: ctx.catalogue.table('ADVERTISER_DOMAIN_MAPPING').exists ? [] : [NO_DOMAINS],
  };
}

/** A page of them with all figures. */
export async function listUnmapped(
  ctx: AdminContext,
  { limit, offset, ...filter }: UnmappedFilter & { readonly limit: number; readonly offset: number },
): Promise<Listed<UnmappedPixelRow>> {
  const { found, unusableEvents, noHost, window, warnings } = await unmappedDomains(ctx, filter);
  const events = eventTable(ctx);
  if (events === null) return { rows: [], total: 0, warnings };
  const detect = (domains: readonly UnmappedDomain[]) =>
    detectDomains(
      ctx,
      events,
      window,
      domains.map(({ domain, hosts, setting }) => ({ domain, hosts, override: setting.override })),
    );
  const wanted = filter.platform;
  const all = wanted === undefined ? null : await detect(found);
  const kept = found.filter((_, index) => all === null || all[index]?.platform === wanted);
  const page = kept.slice(offset, offset + limit);
  const detections =
    all === null ? await detect(page) : all.filter(({ platform }) => platform === wanted).slice(offset, offset + limit);
  const picked = await pickHosts(
    ctx,
    page.map(({ open }) => ({ hosts: open })),
  );
  const figures = await eventFigures(ctx, events, window, picked);
  const daysThere = await effectiveDays(ctx, events, window);
  const rows = page.map((domain, index): UnmappedPixelRow => {
    const { platform, rule, confidence, evidence } = detections[index] ?? NOT_DETECTED;
    const { uniqueIps, revenue, unreadableValues } = figures(index);
    return {
      ...figuresOfHosts(domain),
      UNIQUE_IPS: uniqueIps,
      REVENUE: revenue,
      UNREADABLE_VALUES: unreadableValues,
      DETECTED_PLATFORM: platform,
      RULE_ID: rule,
      CONFIDENCE: confidence,
      EVIDENCE: evidence,
      NO_HOST_EVENTS: noHost.get(domain.agencyId) ?? 0,
      EFFECTIVE_DAYS: daysThere,
    };
  });
  const remarks = [
    ...warnings,
    ...(daysThere < window.days ? [`Of the ${window.days} days that were asked for there are events of ${daysThere} only.`] : []),
    ...(noHostText([...noHost.values()].reduce((left, right) => left + right, 0)) ?? []),
    ...(unusableEvents === 0
      ? []
      : [`${unusableEvents} events are on addresses that can belong to nobody, such as IP addresses and localhost.`]),
  ];
  return { rows, total: kept.length, warnings: remarks };
}

const NOT_DETECTED = { platform: 'STANDARD', rule: 'none', confidence: 0, evidence: null } as const;

/** Hosts of a row that are named; how many there are is told besides. */
const NAMED_HOSTS = 20;

function figuresOfHosts({ agencyId, domain, open, mappedTo, setting, events }: UnmappedDomain) {
  const of = (type: 'site_visit' | 'lead' | 'purchase' | 'other') => open.reduce((total, { byType }) => total + byType[type], 0);
  const first = Math.min(...open.map(({ firstSeen }) => firstSeen.getTime()));
  const last = Math.max(...open.map(({ lastSeen }) => lastSeen.getTime()));
  return {
    AGENCY_ID: agencyId,
    BASE_DOMAIN: domain,
    HOSTS: open.slice(0, NAMED_HOSTS).map(({ host }) => host),
    HOST_COUNT: open.length,
    EVENT_COUNT: events,
    PURCHASES: of('purchase'),
    LEADS: of('lead'),
    SITE_VISITS: of('site_visit'),
    OTHER_EVENTS: of('other'),
    FIRST_SEEN: new Date(first).toISOString(),
    LAST_SEEN: new Date(last).toISOString(),
    STATE: mappedTo.length === 0 ? ('UNMAPPED' as const) : ('PARTIAL' as const),
    MAPPED_TO: [...mappedTo],
    IS_IGNORED: setting.isIgnored,
    NOTE: setting.note,
  };
}

function split(owners: DomainOwners, hosts: readonly HostEvents[]): Pick<UnmappedDomain, 'open' | 'mappedTo' | 'events'> {
  const open: HostEvents[] = [];
  const mappedTo = new Set<string>();
  for (const host of hosts) {
    const advertisers = ownersOfHost(owners, host.host);
    if (advertisers.size === 0) open.push(host);
    for (const advertiser of advertisers) mappedTo.add(advertiser);
  }
  open.sort((left, right) => right.events - left.events || byText(left.host, right.host));
  return { open, mappedTo: [...mappedTo].sort(), events: sum(open) };
}

const sum = (hosts: readonly HostEvents[]): number => hosts.reduce((total, { events }) => total + events, 0);

const byText = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);

function noHostText(count: number): readonly string[] | undefined {
  return count === 0 ? undefined : [`${count} events have a page address without a host.`];
}
