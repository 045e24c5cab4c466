import { DAY_MS } from '../lib/clock.ts';
import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';

/** How long a partner remembers, and how often it is told. */
export interface RefreshRule {
  readonly now: Date;
  /** Days after which the partner drops a member that is not sent again; null: never. */
  readonly ttlDays: number | null;
  /** From one delivery to the next, in milliseconds. */
  readonly intervalMs: number;
}

/** Members come in so many groups, which are sent again at different ages. */
const GROUPS = 16;
/** Deliveries that may fail before a member is lost. */
const SPARE_DELIVERIES = 2;

/**
 * True for a member that is to be sent again, by the time at which it was sent last. Each belongs to a group for good, and groups come
 * due one after the other between half the longest wait and the whole of it: members that were all first sent together do not stay
 * together. The longest wait ends two deliveries before the partner would drop the member.
 */
export function resendBefore(dialect: Dialect, value: Sql, sentAt: Sql, { now, ttlDays, intervalMs }: RefreshRule): Sql {
  if (ttlDays === null) return sql`FALSE`;
  const longestMs = ttlDays * DAY_MS - SPARE_DELIVERIES * intervalMs;
  if (longestMs <= 0) return sql`TRUE`;
  const limits = Array.from({ length: GROUPS }, (_, group) => {
    const ageMs = (longestMs / 2) * (1 + group / (GROUPS - 1));
    return sql`WHEN ${raw(String(group))} THEN ${new Date(now.getTime() - ageMs)}`;
  });
  return sql`${sentAt} <= CASE ${dialect.bucket(value, GROUPS)} ${join(limits, ' ')} END`;
}

/** When a member must have been sent last to be dropped by now; null when the partner never drops any. */
export function droppedBefore({ now, ttlDays }: RefreshRule): Date | null {
  return ttlDays === null ? null : new Date(now.getTime() - ttlDays * DAY_MS);
}
