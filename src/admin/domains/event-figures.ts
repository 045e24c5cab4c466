import { join, type Sql, sql } from '../../lib/sql.ts';
import { amountOf, amountText } from '../../pixel/amount.ts';
import { EVENT_WORDS } from '../../pixel/event-type.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { AdminContext } from '../context.ts';
import type { EventWindow } from './event-window.ts';
import { type PickedHosts, pickedEvents } from './picked-hosts.ts';

/** Figures that cannot be added up from hosts, or cost too much for all of them. */

export interface EventFigures {
  /** Different addresses; null when no event has one. */
  readonly uniqueIps: number | null;
  /** Sum of the values of purchases as decimal text; null when none could be read. */
  readonly revenue: string | null;
  /** Purchases whose value could not be read. */
  readonly unreadableValues: number;
}

/** The figures of each pick, by its place. */
export async function eventFigures(
  ctx: AdminContext,
  events: BoundTable,
  window: EventWindow,
  picked: PickedHosts,
): Promise<(pick: number) => EventFigures> {
  const from = sql`${pickedEvents(ctx, events, window, picked)} AND p.is_counted`;
  const ips = await countIps(ctx, events, from);
  const values = await addValues(ctx, events, from);
  return (pick) => {
    const { sum, unreadable } = values.get(pick) ?? { sum: null, unreadable: 0 };
    return {
      uniqueIps: ips.get(pick) ?? null,
      revenue: sum === null ? null : amountText(sum),
      unreadableValues: unreadable,
    };
  };
}

/** An event's address, aliased `e`; null where it has none. */
export function eventIpSql({ session: { dialect } }: AdminContext, events: BoundTable): Sql {
  const present = (column: string): Sql => {
    const text = sql`TRIM(${dialect.text(events.column(column, 'e'))})`;
    return sql`CASE WHEN lower(${text}) IN ('', '-', '0', 'null', 'unknown') THEN NULL ELSE ${text} END`;
  };
  return sql`coalesce(${present('CLIENT_IP')}, ${events.has('IP') ? present('IP') : sql`CAST(NULL AS VARCHAR)`})`;
}

async function countIps(ctx: AdminContext, events: BoundTable, from: Sql): Promise<ReadonlyMap<number, number>> {
  if (!events.has('CLIENT_IP') && !events.has('IP')) return new Map();
  const rows = await ctx.session.all(
    sql`SELECT p.pick AS pick, count(DISTINCT ${eventIpSql(ctx, events)}) AS ips FROM ${from} GROUP BY p.pick`,
    { signal: ctx.signal },
  );
  return new Map(rows.flatMap(({ pick, ips }) => (Number(ips) === 0 ? [] : [[Number(pick), Number(ips)] as const])));
}

interface Values {
  sum: bigint | null;
  unreadable: number;
}

async function addValues(ctx: AdminContext, events: BoundTable, from: Sql): Promise<ReadonlyMap<number, Values>> {
  const { dialect } = ctx.session;
  const value = dialect.text(events.column('CONVERSION_VALUE', 'e'));
  const words = join(EVENT_WORDS.purchase.map((word) => sql`${word}`));
  const found = new Map<number, Values>();
  const batches = ctx.session.query(
    sql`SELECT p.pick AS pick, ${value} AS value, count(*) AS found FROM ${from}
        AND lower(TRIM(${dialect.text(events.column('EVENT_TYPE', 'e'))})) IN (${words}) AND TRIM(${value}) <> ''
      GROUP BY p.pick, ${value}`,
    { signal: ctx.signal },
  );
  for await (const batch of batches) {
    for (const { pick, value: text, found: times } of batch) {
      const values = found.get(Number(pick)) ?? { sum: null, unreadable: 0 };
      found.set(Number(pick), values);
      const amount = amountOf(String(text));
      if (amount === null) values.unreadable += Number(times);
      else values.sum = (values.sum ?? 0n) + amount * BigInt(Number(times));
    }
  }
  return found;
}
