import { type DomainOwners, entryOfHost, isUnder } from '../../pixel/domains.ts';
import type { MappedUrl, URL_PROBLEMS } from '../../shapes/config/domains.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import { advertiserNames } from '../advertisers/advertiser-names.ts';
import type { AdminContext } from '../context.ts';
import { DOMAIN_TABLE, type DomainRow, NO_DOMAINS, ownersAmong, readDomainRows } from './domain-rows.ts';
import { readDomainSettings } from './domain-settings.ts';
import { NO_EVENTS } from './event-window.ts';
import { recentEvents } from './owned-events.ts';
import { readHost } from './usable-host.ts';

/** Domains that belong to an agency's advertisers, with what is wrong with each. */

export interface MappedUrlsRequest {
  readonly agencyId: string;
  readonly advertiserId?: string | undefined;
  /** Text in the URL or host. */
  readonly search?: string | undefined;
  readonly problemsOnly?: boolean;
  readonly limit: number;
  readonly offset: number;
}

export async function mappedUrls(
  ctx: AdminContext,
  { agencyId, advertiserId, search = '', problemsOnly = false, limit, offset }: MappedUrlsRequest,
): Promise<Listed<MappedUrl>> {
  if (!ctx.catalogue.table(DOMAIN_TABLE).exists) return { rows: [], total: 0, warnings: [NO_DOMAINS] };
  const ofAgency = (await readDomainRows(ctx)).filter((row) => row.agencyId === agencyId);
  const owners = ownersAmong(ofAgency, agencyId);
  const problems = problemFinder(ofAgency, owners);
  const text = search.toLowerCase();
  const found = ofAgency
    .filter((row) => advertiserId === undefined || row.advertiserId === advertiserId)
    .filter(({ url, host }) => url.toLowerCase().includes(text) || host?.includes(text) === true)
    .filter((row) => !problemsOnly || problems(row).length > 0)
    .toSorted((left, right) => byText(left.host ?? left.url, right.host ?? right.url) || byText(sortText(left), sortText(right)));
  const page = found.slice(offset, offset + limit);
  const recent = page.length === 0 ? new Map() : await recentEvents(ctx);
  const counts = recent === null ? null : eventsOfEntries(owners, recent.get(agencyId) ?? []);
  const names = await advertiserNames(ctx, [agencyId]);
  const settings = await readDomainSettings(ctx);
  const rows = page.map((row): MappedUrl => {
    const read = readHost(row.url);
    return {
      url: row.url,
      host: row.host,
      agency_id: agencyId,
      advertiser_id: row.advertiserId,
      advertiser_name: (row.advertiserId === null ? null : names.advertiser(agencyId, row.advertiserId)) ?? row.advertiserName,
      is_poi: row.isPoi,
      created_at: row.createdAt?.toISOString() ?? null,
      events_7d: counts === null ? null : ownEntry(owners, row) ? (counts.get(row.host ?? '') ?? 0) : 0,
      platform: 'domain' in read ? settings.of(agencyId, read.domain).override : null,
      problems: problems(row),
    };
  });
  return { rows, total: found.length, warnings: recent === null ? [NO_EVENTS] : [] };
}

const sortText = ({ url, advertiserId }: DomainRow): string => `${advertiserId ?? ''}\n${url}`;
const byText = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);

/** Whether the row's advertiser is the only one who has its host. */
function ownEntry(owners: DomainOwners, { host, advertiserId }: DomainRow): boolean {
  const claimed = host === null ? undefined : owners.entries.get(host);
  return advertiserId !== null && claimed?.size === 1 && claimed.has(advertiserId);
}

/** Events by the entry that decides about their host. */
function eventsOfEntries(
  owners: DomainOwners,
  hosts: readonly { readonly host: string; readonly events: number }[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { host, events } of hosts) {
    const entry = entryOfHost(owners, host);
    if (entry !== null) counts.set(entry, (counts.get(entry) ?? 0) + events);
  }
  return counts;
}

type UrlProblem = { readonly code: (typeof URL_PROBLEMS)[number]; readonly message: string };

function problemFinder(rows: readonly DomainRow[], owners: DomainOwners): (row: DomainRow) => UrlProblem[] {
  const spellings = new Map<string, number>();
  const keyOf = ({ advertiserId, host }: DomainRow): string => `${advertiserId}\n${host}`;
  for (const row of rows) spellings.set(keyOf(row), (spellings.get(keyOf(row)) ?? 0) + 1);
  const entries = [...owners.entries];
  const byParent = relatives(entries);
  return (row) => {
    const problems: UrlProblem[] = [];
    if (row.advertiserId === null)
      problems.push({ code: 'no_advertiser', message: 'names no advertiser, so it brings nobody anything' });
    const read = readHost(row.url);
    if ('code' in read) return [...problems, read];
    const { host } = read;
    if (hasPath(row.url)) problems.push({ code: 'path_ignored', message: `only the host counts: all of ${host} is its own` });
    if ((spellings.get(keyOf(row)) ?? 0) > 1)
      problems.push({ code: 'duplicate', message: 'stands there several times, in one spelling or several' });
    const others = [...(owners.entries.get(host) ?? [])].filter((id) => id !== row.advertiserId).sort();
    if (row.advertiserId !== null && others.length > 0)
      problems.push({ code: 'conflict', message: `also belongs to ${named(others)}: its events go to neither` });
    for (const [other, ids] of byParent.get(host) ?? []) {
      const strangers = [...ids].filter((id) => id !== row.advertiserId).sort();
      if (strangers.length > 0) problems.push({ code: 'overlap', message: overlapText(host, other, strangers) });
    }
    return problems;
  };
}

type Entry = readonly [string, ReadonlySet<string>];

/** Entries above and below each entry. */
function relatives(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const byHost = new Map(entries);
  const found = new Map<string, Entry[]>();
  const note = (host: string, entry: Entry): void => void found.set(host, [...(found.get(host) ?? []), entry]);
  for (const entry of entries) {
    const [host] = entry;
    for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
      const parent = host.slice(dot + 1);
      const ids = byHost.get(parent);
      if (ids === undefined) continue;
      note(host, [parent, ids]);
      note(parent, entry);
    }
  }
  return found;
}

/** What a parent or child of another advertiser means, in words. */
export function overlapText(host: string, other: string, advertisers: readonly string[]): string {
  return isUnder(host, other)
    ? `${other} belongs to ${named(advertisers)}: ${host} is taken out of it`
    : `${other} belongs to ${named(advertisers)}: it is not part of ${host}`;
}

/** Advertisers by their ids, in words. */
export function named(advertisers: readonly string[]): string {
  return `${advertisers.length === 1 ? 'advertiser' : 'advertisers'} ${advertisers.join(', ')}`;
}

/** Whether an address says more than its host. */
export function hasPath(text: string): boolean {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed.replace(/^\/\//, '')}`);
  return url !== null && (url.pathname !== '/' || url.search !== '' || url.hash !== '');
}
