import { ageInDays, criticalDaysOf, FEEDS, type FeedPolicy } from '../../delivery/feed-policy.ts';
import { type Newest, newestOf } from '../../delivery/source-facts.ts';
import type { FeedCheck } from '../../ledger/feed-checks.ts';
import { toRunError } from '../../ledger/run.ts';
import { join, sql } from '../../lib/sql.ts';
import { openReach, type Reach } from '../../reach/reach.ts';
import type { FeedHealth } from '../../shapes/config/health.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import { timeSql } from '../../warehouse/time-column.ts';
import type { AdminContext } from '../context.ts';
import { impressionVolume } from './feed-volume.ts';

export interface FeedsHealth {
  readonly feeds: readonly FeedHealth[];
  /** Feeds that the warehouse has no table for. */
  readonly absent: readonly string[];
}

/**
 * How every feed is. One that cannot be looked at is UNKNOWN, with what was last known of it; what this look finds is kept for the next.
 * `users` are the advertisers that depend on each.
 */
export async function feedsHealth(admin: AdminContext, users: ReadonlyMap<string, number>): Promise<FeedsHealth> {
  const { catalogue, ledger, session } = admin;
  const known = new Map((await ledger.feedChecks()).map((check) => [check.feed, check]));
  const reach = openReach(session, catalogue);
  const feeds: FeedHealth[] = [];
  const absent: string[] = [];
  for (const policy of FEEDS) {
    if (catalogue.table(policy.feed).exists)
      feeds.push(await feedHealth(admin, policy, reach, users.get(policy.feed) ?? 0, known.get(policy.feed)));
    else absent.push(policy.feed);
  }
  const checked = feeds.flatMap(({ FEED, CONDITION, NEWEST_AT, CHECKED_AT }): FeedCheck[] =>
    CONDITION === 'not_checked' || CHECKED_AT === null ? [] : [{ feed: FEED, newestAt: NEWEST_AT, checkedAt: CHECKED_AT }],
  );
  if (checked.length > 0) await ledger.recordFeedChecks(checked);
  return { feeds, absent };
}

async function feedHealth(
  admin: AdminContext,
  policy: FeedPolicy,
  reach: Reach,
  users: number,
  known: FeedCheck | undefined,
): Promise<FeedHealth> {
  const critical = criticalDaysOf(policy, admin.settings.policy);
  const shared = {
    FEED: policy.feed,
    CADENCE: policy.cadence,
    HEALTHY_DAYS: policy.healthyDays,
    CRITICAL_DAYS: critical,
    USED_BY: users,
  };
  try {
    const facts = await factsOf(admin, policy, reach);
    const judged = judge(policy, critical, users, facts);
    return {
      ...shared,
      ...judged,
      FRESHNESS_COLUMN: facts.newest?.column ?? null,
      NEWEST_AT: facts.newest?.time.toISOString() ?? null,
      AGE_DAYS: facts.ageDays === null ? null : Math.round(facts.ageDays * 10) / 10,
      FUTURE_ROWS: facts.futureRows,
      CHECKED_AT: admin.clock.now().toISOString(),
      LAST_KNOWN_AT: null,
      VOLUME: policy.feed === 'AD_IMPRESSION_LOG_V2' ? await impressionVolume(admin) : null,
    };
  } catch (error) {
    admin.signal.throwIfAborted();
    return {
      ...shared,
      STATUS: 'UNKNOWN',
      CONDITION: 'not_checked',
      DETAIL: `It could not be looked at. ${toRunError(error).message}`,
      FRESHNESS_COLUMN: null,
      NEWEST_AT: null,
      AGE_DAYS: null,
      FUTURE_ROWS: null,
      CHECKED_AT: known?.checkedAt ?? null,
      LAST_KNOWN_AT: known?.newestAt ?? null,
      VOLUME: null,
    };
  }
}

interface FeedFacts {
  readonly newest: Newest | null;
  readonly ageDays: number | null;
  readonly futureRows: number;
  readonly hasRows: boolean;
}

async function factsOf(
  { session, catalogue, clock, signal }: AdminContext,
  policy: FeedPolicy,
  reach: Reach,
): Promise<FeedFacts> {
  const at = clock.now();
  const table = catalogue.table(policy.feed);
  const newest = await newestOf(session, catalogue, reach, policy, at);
  const times = policy.columns.filter((name) => table.has(name)).map((name) => timeSql(session.dialect, table, name));
  const future = join(
    times.map((time) => sql`${time} > ${at}`),
    ' OR ',
  );
  const [counted] =
    times.length === 0 ? [] : await session.all(sql`SELECT count(*) AS found FROM ${table.ref} WHERE ${future}`, { signal });
  return {
    newest,
    ageDays: newest === null ? null : ageInDays(policy.feed, newest.column, newest.time, at),
    futureRows: Number(counted?.found ?? 0),
    hasRows: newest !== null || (await hasRows(session, table, signal)),
  };
}

async function hasRows(session: AdminContext['session'], table: BoundTable, signal: AbortSignal): Promise<boolean> {
  return (await session.all(sql`SELECT 1 AS found FROM ${table.ref} LIMIT 1`, { signal })).length > 0;
}

type Judgement = Pick<FeedHealth, 'STATUS' | 'CONDITION' | 'DETAIL'>;

function judge(
  { feed, healthyDays, mayBeEmpty }: FeedPolicy,
  critical: number | null,
  users: number,
  { newest, ageDays, futureRows, hasRows: isFilled }: FeedFacts,
): Judgement {
  const isJudged = healthyDays !== null && critical !== null && users > 0;
  const future = futureRows === 0 ? '' : ` ${futureRows} rows claim to be of the future.`;
  if (newest === null || ageDays === null) {
    const CONDITION = isFilled ? 'only_future' : 'never_filled';
    const DETAIL = isFilled ? `It has no row of a time up to now.${future}` : 'It has never had a row.';
    if (!isJudged || (mayBeEmpty === true && !isFilled)) return { STATUS: 'INFORMATIONAL', CONDITION, DETAIL };
    // What is made of the log is missed, and nothing fails without it.
    return { STATUS: feed === 'AD_IMPRESSION_DAILY_SUMMARY' ? 'WARNING' : 'CRITICAL', CONDITION, DETAIL };
  }
  const DETAIL = `The newest row is of ${newest.time.toISOString().slice(0, 16).replace('T', ' ')} UTC.${future}`;
  if (healthyDays === null || critical === null) return { STATUS: 'INFORMATIONAL', CONDITION: 'fresh', DETAIL };
  const isLate = Math.floor(ageDays) > healthyDays || ageDays > critical;
  const CONDITION = isLate ? 'late' : 'fresh';
  if (!isJudged) return { STATUS: 'INFORMATIONAL', CONDITION, DETAIL };
  return { STATUS: ageDays > critical ? 'CRITICAL' : isLate ? 'WARNING' : 'HEALTHY', CONDITION, DETAIL };
}
