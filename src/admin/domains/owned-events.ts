import { type DomainOwners, ownersOfHost } from '../../pixel/domains.ts';
import type { AdminContext } from '../context.ts';
import { eventTable, eventWindow } from './event-window.ts';
import { type HostEvents, hostEvents } from './host-events.ts';

/** Events that domains bring their advertisers. */

/** Days that "events of a domain" means where nobody asked for others. */
export const RECENT_DAYS = 7;

/** Events of the last 7 days by agency and host; null where the site has no table of events. */
export async function recentEvents(ctx: AdminContext): Promise<ReadonlyMap<string, readonly HostEvents[]> | null> {
  const events = eventTable(ctx);
  return events === null ? null : (await hostEvents(ctx, events, eventWindow(ctx, RECENT_DAYS))).hosts;
}

/** Events that count for one of these advertisers: those of hosts that it alone owns. */
export function ownEvents(owners: DomainOwners, hosts: readonly HostEvents[], advertisers: ReadonlySet<string>): number {
  return hosts.reduce((total, { host, events }) => {
    const [owner, another] = ownersOfHost(owners, host);
    return owner !== undefined && another === undefined && advertisers.has(owner) ? total + events : total;
  }, 0);
}
