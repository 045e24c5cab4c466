import { DAY_MS } from '../../lib/clock.ts';
import { type Sql, sql } from '../../lib/sql.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import { timeSql } from '../../warehouse/time-column.ts';
import { type AdminContext, inScope } from '../context.ts';

/** The days in which events are looked at. Every figure of one answer is of the same window. */
export interface EventWindow {
  readonly days: number;
  readonly from: Date;
  /** Now: rows may have times that are still to come. */
  readonly to: Date;
}

export function eventWindow({ clock }: AdminContext, days: number): EventWindow {
  const to = clock.now();
  return { days, from: new Date(to.getTime() - days * DAY_MS), to };
}

/** WEBPIXEL_EVENTS, or null where the site has none. */
export function eventTable({ catalogue }: AdminContext): BoundTable | null {
  const table = catalogue.table('WEBPIXEL_EVENTS');
  return table.exists ? table : null;
}

/** What to tell where there is none. */
export const NO_EVENTS = 'WEBPIXEL_EVENTS is missing: no events can be counted.';

/** When an event was, of the table aliased `e`. */
export function eventTimeSql({ session: { dialect } }: AdminContext, events: BoundTable): Sql {
  return timeSql(dialect, events, 'EVENT_TIMESTAMP', 'e');
}

/** The condition on events, aliased `e`, that are in the window and in scope. */
export function inWindow(ctx: AdminContext, events: BoundTable, { from, to }: EventWindow): Sql {
  const at = eventTimeSql(ctx, events);
  return sql`${at} >= ${from} AND ${at} <= ${to} AND ${inScope(ctx, events)}`;
}

/** Days of the window that the warehouse has events of, to a tenth: it may keep fewer than were asked for. */
export async function effectiveDays(ctx: AdminContext, events: BoundTable, { days, from, to }: EventWindow): Promise<number> {
  const at = eventTimeSql(ctx, events);
  const [row] = await ctx.session.all(
    sql`SELECT min(${at}) AS first FROM ${events.ref} e WHERE ${at} >= ${from} AND ${at} <= ${to}`,
    {
      signal: ctx.signal,
    },
  );
  const first = row?.first;
  if (!(first instanceof Date)) return 0;
  // Within a day of the window's beginning nothing may have happened yet.
  if (first.getTime() - from.getTime() < DAY_MS) return days;
  return Math.round(((to.getTime() - first.getTime()) / DAY_MS) * 10) / 10;
}
