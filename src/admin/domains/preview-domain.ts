import { integer, sql } from '../../lib/sql.ts';
import { hostOf, isUnder, ownersOfHost } from '../../pixel/domains.ts';
import { eventTypeOf } from '../../pixel/event-type.ts';
import { hideInUrl, hideInValue, networkOf } from '../../pixel/hide-identifiers.ts';
import { readParameters } from '../../pixel/parameters.ts';
import type { PixelPreview } from '../../shapes/config/domains.ts';
import type { Told } from '../../shapes/config/envelope.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import type { AdminContext } from '../context.ts';
import { detectDomains } from './detect-domains.ts';
import { ownersAmong, readDomainRows } from './domain-rows.ts';
import { readDomainSettings } from './domain-settings.ts';
import { eventFigures, eventIpSql } from './event-figures.ts';
import { type EventWindow, effectiveDays, eventTable, eventTimeSql, eventWindow, NO_EVENTS } from './event-window.ts';
import { type HostEvents, hostEvents } from './host-events.ts';
import { type PickedHosts, pickedEvents, pickHosts } from './picked-hosts.ts';
import { requireHost } from './usable-host.ts';

/** What pixels report of one domain: everything in one answer is of the same days. */

const SAMPLES = 5;
const NAMED_HOSTS = 100;
const LONGEST_VALUE = 200;
const LONGEST_URL = 500;
const MOST_PARAMETERS = 100;

/** `config` error `domain_invalid`. */
export async function previewDomain(
  ctx: AdminContext,
  { agencyId, text, days }: { readonly agencyId: string; readonly text: string; readonly days: number },
): Promise<Told<PixelPreview>> {
  const { host: domain, domain: base } = requireHost(text, 'domain');
  const window = eventWindow(ctx, days);
  const events = eventTable(ctx);
  const setting = (await readDomainSettings(ctx)).of(agencyId, base);
  const owners = ownersAmong(await readDomainRows(ctx), agencyId);
  const ofAgency = events === null ? [] : ((await hostEvents(ctx, events, window)).hosts.get(agencyId) ?? []);
  const hosts = ofAgency
    .filter(({ host }) => isUnder(host, domain))
    .toSorted((left, right) => right.events - left.events || (left.host < right.host ? -1 : 1));
  const [detection] = await detectDomains(ctx, events, window, [{ domain, hosts, override: setting.override }]);
  if (detection === undefined) throw new Error('no detection');
  const looked = events === null ? NOTHING : await look(ctx, events, window, hosts);
  return {
    data: {
      agency_id: agencyId,
      domain,
      base_domain: base,
      hosts: hosts.slice(0, NAMED_HOSTS).map(({ host, events: count }) => {
        const advertisers = [...ownersOfHost(owners, host)].sort();
        const state = advertisers.length === 0 ? 'UNMAPPED' : advertisers.length === 1 ? 'MAPPED' : 'CONFLICT';
        return { host, events: count, state, advertiser_ids: advertisers };
      }),
      host_count: hosts.length,
      detection,
      total_events: hosts.reduce((total, { events: count }) => total + count, 0),
      first_seen: instant(Math.min(...hosts.map(({ firstSeen }) => firstSeen.getTime()))),
      last_seen: instant(Math.max(...hosts.map(({ lastSeen }) => lastSeen.getTime()))),
      ...looked,
      days,
      ignored: setting.isIgnored,
      note: setting.note,
    },
    warnings: events === null ? [NO_EVENTS] : [],
  };
}

type Looked = Pick<PixelPreview, 'event_types' | 'samples' | 'unique_ips' | 'revenue' | 'unreadable_values' | 'effective_days'>;

const NOTHING: Looked = {
  event_types: [],
  samples: [],
  unique_ips: null,
  revenue: null,
  unreadable_values: 0,
  effective_days: 0,
};

const instant = (ms: number): string | null => (Number.isFinite(ms) ? new Date(ms).toISOString() : null);

async function look(ctx: AdminContext, events: BoundTable, window: EventWindow, hosts: readonly HostEvents[]): Promise<Looked> {
  const picked = await pickHosts(ctx, [{ hosts }]);
  const { uniqueIps, revenue, unreadableValues } = (await eventFigures(ctx, events, window, picked))(0);
  return {
    event_types: await countTypes(ctx, events, window, picked),
    samples: await newest(ctx, events, window, picked),
    unique_ips: uniqueIps,
    revenue,
    unreadable_values: unreadableValues,
    effective_days: await effectiveDays(ctx, events, window),
  };
}

async function countTypes(
  ctx: AdminContext,
  events: BoundTable,
  window: EventWindow,
  picked: PickedHosts,
): Promise<PixelPreview['event_types']> {
  const type = ctx.session.dialect.text(events.column('EVENT_TYPE', 'e'));
  const hasIps = events.has('CLIENT_IP') || events.has('IP');
  const ips = hasIps ? sql`count(DISTINCT ${eventIpSql(ctx, events)})` : sql`0`;
  const rows = await ctx.session.all(
    sql`SELECT coalesce(${type}, '') AS event_type, count(*) AS found, ${ips} AS ips
      FROM ${pickedEvents(ctx, events, window, picked)} GROUP BY 1 ORDER BY found DESC, event_type LIMIT 100`,
    { signal: ctx.signal },
  );
  return rows.map(({ event_type: word, found, ips: addresses }) => ({
    event_type: String(word),
    meaning: eventTypeOf(String(word)),
    count: Number(found),
    unique_ips: Number(addresses) === 0 ? null : Number(addresses),
  }));
}

async function newest(
  ctx: AdminContext,
  events: BoundTable,
  window: EventWindow,
  picked: PickedHosts,
): Promise<PixelPreview['samples']> {
  const { dialect } = ctx.session;
  const text = (column: string) => dialect.text(events.column(column, 'e'));
  const at = eventTimeSql(ctx, events);
  const rows = await ctx.session.all(
    sql`SELECT ${at} AS seen_at, ${text('EVENT_TYPE')} AS event_type, ${text('PAGE_URL')} AS page_url,
        ${text('CLIENT_REFERRER_URL')} AS referrer, ${eventIpSql(ctx, events)} AS ip, ${text('CONVERSION_VALUE')} AS value,
        ${text('ALL_PARAMETERS')} AS parameters
      FROM ${pickedEvents(ctx, events, window, picked)}
      ORDER BY seen_at DESC, ${text('UUID')}, page_url LIMIT ${integer(SAMPLES)}`,
    { signal: ctx.signal },
  );
  return rows.map(sampleOf);
}

function sampleOf(row: Row): PixelPreview['samples'][number] {
  const stored = (value: unknown): string | null =>
    value === null || value === undefined || value === '' ? null : String(value);
  const eventType = stored(row.event_type);
  const value = stored(row.value);
  return {
    at: (row.seen_at as Date).toISOString(),
    event_type: eventType,
    meaning: eventTypeOf(eventType),
    page_url: cut(hideInUrl(stored(row.page_url) ?? ''), LONGEST_URL),
    referrer: hostOf(stored(row.referrer) ?? ''),
    ip: networkOf(stored(row.ip)),
    value: value === null ? null : cut(hideInValue('value', value), LONGEST_VALUE),
    parameters: readParameters(stored(row.parameters))
      .slice(0, MOST_PARAMETERS)
      .map(({ name, value: text }) => ({ name: cut(name, LONGEST_VALUE), value: cut(hideInValue(name, text), LONGEST_VALUE) })),
  };
}

const cut = (text: string, longest: number): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
