import { idText, isNoId } from '../../config/values.ts';
import { sql } from '../../lib/sql.ts';
import { type EventType, eventTypeOf } from '../../pixel/event-type.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { AdminContext } from '../context.ts';
import { type EventWindow, eventTimeSql, inWindow } from './event-window.ts';
import { hostKeySql, hostOfKey } from './host-key.ts';

/** Events of each host. */

/** What finds a host's events again: the agency as the table writes it, and the key of the page's address. */
export interface EventKey {
  readonly agency: string;
  readonly hostKey: string;
}

export interface HostEvents {
  readonly agencyId: string;
  readonly host: string;
  readonly events: number;
  readonly byType: Readonly<Record<EventType, number>>;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly keys: readonly EventKey[];
}

export interface WindowEvents {
  /** By agency. */
  readonly hosts: ReadonlyMap<string, readonly HostEvents[]>;
  /** Events whose address has no host, by agency. */
  readonly noHost: ReadonlyMap<string, number>;
}

interface Gathered {
  events: number;
  readonly byType: Record<EventType, number>;
  firstSeen: Date;
  lastSeen: Date;
  readonly keys: Map<string, EventKey>;
}

/** Counts events by host, in one pass over the window. */
export async function hostEvents(ctx: AdminContext, table: BoundTable, window: EventWindow): Promise<WindowEvents> {
  const { session } = ctx;
  const { dialect } = session;
  const at = eventTimeSql(ctx, table);
  const batches = session.query(
    sql`SELECT ${dialect.text(table.column('AGENCY_ID', 'e'))} AS agency, ${hostKeySql(dialect, table)} AS host_key,
        ${dialect.text(table.column('EVENT_TYPE', 'e'))} AS event_type, count(*) AS found, min(${at}) AS first_seen, max(${at}) AS last_seen
      FROM ${table.ref} e WHERE ${inWindow(ctx, table, window)} GROUP BY 1, 2, 3`,
    { signal: ctx.signal },
  );
  const agencies = new Map<string, Map<string, Gathered>>();
  const noHost = new Map<string, number>();
  for await (const batch of batches) {
    for (const { agency, host_key: hostKey, event_type: eventType, found, first_seen: first, last_seen: last } of batch) {
      const agencyId = idText(agency);
      if (isNoId(agencyId)) continue;
      const key = { agency: String(agency), hostKey: String(hostKey ?? '') };
      const host = hostOfKey(key.hostKey);
      if (host === null) {
        noHost.set(agencyId, (noHost.get(agencyId) ?? 0) + Number(found));
        continue;
      }
      const hosts = agencies.get(agencyId) ?? new Map<string, Gathered>();
      agencies.set(agencyId, hosts);
      gather(hosts, host, key, eventTypeOf(eventType === null ? null : String(eventType)), Number(found), [
        first as Date,
        last as Date,
      ]);
    }
  }
  return {
    hosts: new Map(
      [...agencies].map(([agencyId, hosts]) => [
        agencyId,
        [...hosts].map(([host, gathered]) => ({ agencyId, host, ...gathered, keys: [...gathered.keys.values()] })),
      ]),
    ),
    noHost,
  };
}

function gather(
  hosts: Map<string, Gathered>,
  host: string,
  key: EventKey,
  type: EventType,
  found: number,
  [first, last]: readonly [Date, Date],
): void {
  const known = hosts.get(host) ?? {
    events: 0,
    byType: { site_visit: 0, lead: 0, purchase: 0, other: 0 },
    firstSeen: first,
    lastSeen: last,
    keys: new Map(),
  };
  hosts.set(host, known);
  known.events += found;
  known.byType[type] += found;
  if (first < known.firstSeen) known.firstSeen = first;
  if (last > known.lastSeen) known.lastSeen = last;
  known.keys.set(`${key.agency}\n${key.hostKey}`, key);
}
