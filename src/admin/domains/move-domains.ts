import { configError } from '../../errors.ts';
import { hostOf } from '../../pixel/domains.ts';
import { requireAdvertiser } from '../advertisers/require-advertiser.ts';
import { requireAgency, type WriteContext } from '../context.ts';
import { makeChange } from '../make-change.ts';
import { type DomainRow, hostsOf, ownersAmong, readDomainRows } from './domain-rows.ts';
import { NO_EVENTS } from './event-window.ts';
import { named } from './mapped-urls.ts';
import { ownEvents, recentEvents } from './owned-events.ts';
import { requireHost } from './usable-host.ts';
import { insertDomains, removeDomains } from './write-domains.ts';

/** Taking a domain from an advertiser, for nobody or for another one. */

export interface RemoveRequest {
  readonly agencyId: string;
  readonly advertiserId: string;
  /** In any spelling; what is no host is compared as it is written. */
  readonly url: string;
  readonly expectedVersion?: number | undefined;
}

export interface Removed {
  readonly deleted: number;
  readonly host: string | null;
  readonly eventsLost: number | null;
  readonly hostCount: number;
  readonly configVersion: number | null;
  readonly auditId: string | null;
  readonly warnings: readonly string[];
}

/** `config` errors: `agency_forbidden`, `domain_unknown` when the advertiser does not have it, and those of `makeChange`. */
export async function removeDomain(
  ctx: WriteContext,
  { agencyId, advertiserId, url, expectedVersion }: RemoveRequest,
): Promise<Removed> {
  requireAgency(ctx.scope, agencyId);
  const own: WriteContext = { ...ctx, scope: [agencyId] };
  const before = await readDomainRows(own);
  rowsNamed(before, advertiserId, url);
  const events = await recentEvents(own);
  const hosts = events?.get(agencyId) ?? [];
  const change = await makeChange(
    own,
    { action: 'domain.remove', agencyId, advertiserIds: [advertiserId], expectedVersion },
    async ({ journal }) => removeDomains(journal, rowsNamed(await readDomainRows(own), advertiserId, url)),
  );
  const after = await readDomainRows(own);
  const theirs = new Set([advertiserId]);
  const lost = ownEvents(ownersAmong(before, agencyId), hosts, theirs) - ownEvents(ownersAmong(after, agencyId), hosts, theirs);
  return {
    deleted: change.result,
    host: hostOf(url),
    eventsLost: events === null ? null : lost,
    hostCount: hostsOf(after, advertiserId).size,
    configVersion: change.configs[0]?.configVersion ?? null,
    auditId: change.auditId,
    warnings: events === null ? [NO_EVENTS] : [],
  };
}

export interface ReassignRequest {
  readonly agencyId: string;
  readonly url: string;
  readonly from: string;
  readonly to: string;
  readonly expectedVersion?: number | undefined;
}

export interface Reassigned {
  readonly moved: number;
  readonly host: string;
  readonly eventsGained: number | null;
  readonly fromCount: number;
  readonly toCount: number;
  readonly auditId: string | null;
  readonly warnings: readonly string[];
}

/** `config` errors: `agency_forbidden`, `advertiser_unknown`, `domain_invalid`, `domain_unknown`, and those of `makeChange`. */
export async function reassignDomain(
  ctx: WriteContext,
  { agencyId, url, from, to, expectedVersion }: ReassignRequest,
): Promise<Reassigned> {
  requireAgency(ctx.scope, agencyId);
  const own: WriteContext = { ...ctx, scope: [agencyId] };
  const { host } = requireHost(url, 'url');
  if (from === to) {
    throw configError('domain_invalid', 'The domain cannot be moved to the advertiser that has it.', {
      problems: [{ path: 'body.to_advertiser_id', message: 'is the advertiser it is taken from' }],
      hint: 'Name another advertiser.',
    });
  }
  const { name } = await requireAdvertiser(own, agencyId, to);
  const before = await readDomainRows(own);
  rowsNamed(before, from, url);
  const events = await recentEvents(own);
  const hosts = events?.get(agencyId) ?? [];
  const change = await makeChange(
    own,
    { action: 'domain.reassign', agencyId, advertiserIds: [from, to], expectedVersion },
    async ({ journal }) => {
      const rows = await readDomainRows(own);
      const taken = rowsNamed(rows, from, url);
      const moved = await removeDomains(journal, taken);
      const isPoi = taken.some((row) => row.isPoi);
      if (!hostsOf(rows, to).has(host))
        await insertDomains(journal, [{ agencyId, advertiserId: to, host, name, isPoi, at: ctx.clock.now() }]);
      return moved;
    },
  );
  const after = await readDomainRows(own);
  const owners = ownersAmong(after, agencyId);
  const theirs = new Set([to]);
  const others = [...(owners.entries.get(host) ?? [])].filter((id) => id !== to).sort();
  return {
    moved: change.result,
    host,
    eventsGained:
      events === null ? null : ownEvents(owners, hosts, theirs) - ownEvents(ownersAmong(before, agencyId), hosts, theirs),
    fromCount: hostsOf(after, from).size,
    toCount: hostsOf(after, to).size,
    auditId: change.auditId,
    warnings: [
      ...(events === null ? [NO_EVENTS] : []),
      ...(others.length === 0 ? [] : [`${host} also belongs to ${named(others)}: its events go to neither.`]),
    ],
  };
}

/** The advertiser's rows that mean the same host, or have the same text where it is none. */
function rowsNamed(rows: readonly DomainRow[], advertiserId: string, url: string): readonly DomainRow[] {
  const host = hostOf(url);
  const found = rows
    .filter((row) => row.advertiserId === advertiserId)
    .filter((row) => (host === null ? row.url.trim() === url.trim() : row.host === host));
  if (found.length > 0) return found;
  throw configError('domain_unknown', `Advertiser ${advertiserId} does not have ${host ?? 'this domain'}.`, {
    hint: 'GET /api/config/mapped-urls lists what it has.',
  });
}
