import { entryOfHost } from '../../pixel/domains.ts';
import type { Conflict } from '../conflict.ts';
import type { AdminContext } from '../context.ts';
import { ownersAmong, readDomainRows } from './domain-rows.ts';
import { recentEvents } from './owned-events.ts';

/** Hosts that several advertisers of one agency have, with the events of 7 days that go to nobody for it. */
export async function domainConflicts(ctx: AdminContext): Promise<readonly Conflict[]> {
  const rows = Map.groupBy(await readDomainRows(ctx), ({ agencyId }) => agencyId);
  const agencies = [...rows].flatMap(([agencyId, ofAgency]) => {
    const owners = ownersAmong(ofAgency, agencyId);
    const contended = [...owners.entries].filter(([, advertisers]) => advertisers.size > 1);
    return contended.length === 0 ? [] : [{ agencyId, owners, contended }];
  });
  if (agencies.length === 0) return [];
  const recent = await recentEvents({ ...ctx, scope: agencies.map(({ agencyId }) => agencyId) });
  return agencies.flatMap(({ agencyId, owners, contended }) => {
    const affected = new Map<string, number>();
    for (const { host, events } of recent?.get(agencyId) ?? []) {
      const entry = entryOfHost(owners, host);
      if (entry !== null) affected.set(entry, (affected.get(entry) ?? 0) + events);
    }
    return contended.map(
      ([host, advertisers]): Conflict => ({
        kind: 'domain',
        agencyId,
        key: host,
        advertisers: [...advertisers].sort(),
        affected: recent === null ? null : (affected.get(host) ?? 0),
      }),
    );
  });
}
