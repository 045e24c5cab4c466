import { join, type Sql, sql } from '../../lib/sql.ts';
import { workTable } from '../../reach/work-table.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { AdminContext } from '../context.ts';
import { type EventWindow, inWindow } from './event-window.ts';
import type { HostEvents } from './host-events.ts';
import { hostKeySql } from './host-key.ts';

/** Going back to the events of some hosts, after it was decided which. */

/** Hosts that are looked at together. */
export interface Pick {
  readonly hosts: readonly HostEvents[];
  /** Those of the hosts whose events are counted; the others are only sampled. By default all. */
  readonly counted?: ReadonlySet<string>;
}

export interface PickedHosts {
  /** Texts of the agencies, which narrow every look at the events. */
  readonly agencies: readonly string[];
  /** `(agency, host_key, pick, is_counted)`; `pick` is the place in the list. */
  readonly table: Sql;
}

const INSERT_ROWS = 500;

/** Notes the hosts in a temporary table. */
export async function pickHosts({ session, signal }: AdminContext, picks: readonly Pick[]): Promise<PickedHosts> {
  const table = await workTable(
    session,
    'picked_hosts',
    sql`SELECT CAST('' AS VARCHAR) AS agency, CAST('' AS VARCHAR) AS host_key, CAST(0 AS INTEGER) AS pick, FALSE AS is_counted LIMIT 0`,
    signal,
  );
  const agencies = new Set<string>();
  const rows: Sql[] = [];
  picks.forEach(({ hosts, counted }, pick) => {
    for (const { host, keys } of hosts) {
      const isCounted = counted === undefined || counted.has(host);
      for (const { agency, hostKey } of keys) {
        agencies.add(agency);
        rows.push(sql`(${agency}, ${hostKey}, ${pick}, ${isCounted})`);
      }
    }
  });
  for (let start = 0; start < rows.length; start += INSERT_ROWS)
    await session.execute(sql`INSERT INTO ${table} VALUES ${join(rows.slice(start, start + INSERT_ROWS))}`, { signal });
  return { agencies: [...agencies], table };
}

/** `… WHERE …` of the events of picked hosts, aliased `e` and `p`. */
export function pickedEvents(ctx: AdminContext, events: BoundTable, window: EventWindow, { agencies, table }: PickedHosts): Sql {
  const { dialect } = ctx.session;
  const agency = dialect.text(events.column('AGENCY_ID', 'e'));
  const isTheirs = agencies.length === 0 ? sql`FALSE` : sql`${agency} IN (${join(agencies.map((text) => sql`${text}`))})`;
  return sql`${events.ref} e JOIN ${table} p ON p.agency = ${agency} AND p.host_key = ${hostKeySql(dialect, events)}
    WHERE ${isTheirs} AND ${inWindow(ctx, events, window)}`;
}
