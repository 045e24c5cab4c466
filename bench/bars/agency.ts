import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { raw, sql } from '../../src/lib/sql.ts';
import { withResource } from '../../src/lib/with-resource.ts';
import { deliverOutput } from '../../src/shapes/shapes.ts';
import { openDuckDB } from '../../src/warehouse/duckdb/duckdb.ts';
import type { Session } from '../../src/warehouse/warehouse.ts';
import { configure } from '../data/business.ts';
import { accountOf } from '../data/line-items.ts';
import { type BenchLog, benchLog, copyWarehouse } from '../data/log.ts';
import { ADVERTISERS, AGENCY, NOW, WEEK_BEFORE } from '../data/shape.ts';
import type { Bar, BarResult, BenchContext, Line, Verdict } from '../support/bar.ts';
import { aquarius } from '../support/child.ts';
import { THREADS, withHome, writeSettings } from '../support/home.ts';
import { refreshReach } from '../support/reach.ts';
import { inTurns, linesOf, median, perRound, type Timings } from '../support/timings.ts';

/**
 * All audiences of the agency, the first time and a week later: what bars 2, 3 and 9 speak of. The first time is on the log without its
 * last week, which is loaded then.
 */

const SAMPLE = 20;

/** What is measured on one size of the log. */
interface AgencyTimes {
  readonly log: BenchLog;
  readonly timings: Timings;
  readonly ids: number;
  readonly runs: number;
  readonly hasReach: boolean;
}

const measured = new Map<number, Promise<AgencyTimes>>();

function timesOf(rows: number, context: BenchContext): Promise<AgencyTimes> {
  const known = measured.get(rows) ?? measure(rows, context);
  measured.set(rows, known);
  return known;
}

function reading<T>(path: string, work: (session: Session) => Promise<T>): Promise<T> {
  return withResource(openDuckDB({ path, readOnly: true, threads: THREADS }), (duckdb) => withResource(duckdb.session(), work));
}

function bareGroupBy({ warehouse }: BenchLog): Promise<unknown> {
  return reading(warehouse, (session) =>
    session.all(sql`SELECT COUNT(*) AS n FROM (
      SELECT "DSP_ADVERTISER_ID", "DEVICE_ID_RAW" FROM BASE_TABLES.AD_IMPRESSION_LOG_V2 GROUP BY "DSP_ADVERTISER_ID", "DEVICE_ID_RAW")`),
  );
}

/** Every so many advertisers, from the largest to nearly the smallest: a query each as a reverse-ETL tool would send, to a file. */
async function queryPerAudience({ warehouse }: BenchLog, folder: string): Promise<number> {
  return reading(warehouse, async (session) => {
    const startedAt = performance.now();
    for (let sample = 0; sample < SAMPLE; sample += 1) {
      const path = join(folder, `query-${sample}.csv`);
      await session.execute(sql`COPY (SELECT lower(trim("DEVICE_ID_RAW")) AS device, max("DEVICE_TYPE") AS type, max("AUCTION_TIMESTAMP") AS seen
        FROM BASE_TABLES.AD_IMPRESSION_LOG_V2
        WHERE "AGENCY_ID" = ${raw(`'${AGENCY}'`)} AND "DSP_ADVERTISER_ID" = ${raw(`'${accountOf(Math.floor((sample * ADVERTISERS) / SAMPLE))}'`)}
          AND "AUCTION_TIMESTAMP" > TIMESTAMP '2026-01-12' AND "AUCTION_TIMESTAMP" <= TIMESTAMP '2026-02-11'
          AND "DEVICE_ID_RAW" IS NOT NULL AND "DEVICE_ID_RAW" NOT LIKE 'SYS-%'
        GROUP BY 1) TO ${path} (FORMAT csv)`);
      await rm(path);
    }
    return ((performance.now() - startedAt) / 1000 / SAMPLE) * ADVERTISERS;
  });
}

function configureSome(path: string, advertisers: number): Promise<void> {
  return withResource(openDuckDB({ path, readOnly: false, threads: THREADS }), (duckdb) =>
    withResource(duckdb.session(), (session) => configure(session, ['bench'], advertisers)),
  );
}

async function deliverAll(
  home: string,
  at: Date,
): Promise<{ readonly seconds: number; readonly ids: number; readonly runs: number }> {
  const { stdout, seconds } = await aquarius(home, ['deliver', '--at', at.toISOString(), '--json']);
  const { runs } = deliverOutput.parse(JSON.parse(stdout));
  const failed = runs.filter(({ state }) => state !== 'delivered' && state !== 'skipped');
  if (runs.length === 0 || failed.length > 0)
    throw new Error(`${failed.length} of ${runs.length} runs: ${failed[0]?.state} ${failed[0]?.error?.message ?? ''}`);
  return { seconds, ids: runs.reduce((sum, { rows }) => sum + rows, 0), runs: runs.length };
}

async function measure(rows: number, { runsWith, scale, say }: BenchContext): Promise<AgencyTimes> {
  const log = await benchLog(rows, say);
  say(`${rows} rows:`);
  let hasReach = false;
  let delivered = { ids: 0, runs: 0 };
  async function ours(): Promise<Record<string, number>> {
    return withHome(async (home) => {
      await copyWarehouse(log, join(home, 'warehouse.duckdb'), 'first');
      if (scale < 1) await configureSome(join(home, 'warehouse.duckdb'), Math.ceil(ADVERTISERS * scale));
      await writeSettings(home, { folders: ['bench'] });
      const firstReach = await refreshReach(home, WEEK_BEFORE.toISOString());
      const first = await deliverAll(home, WEEK_BEFORE);
      const load = await aquarius(home, ['load', 'AD_IMPRESSION_LOG_V2', log.week]);
      const weekReach = await refreshReach(home, NOW.toISOString());
      const week = await deliverAll(home, NOW);
      hasReach = firstReach !== null;
      delivered = first;
      const { size } = await stat(join(home, 'warehouse.duckdb'));
      say(`  ${first.runs} runs, ${first.ids} ids, then ${week.ids}; warehouse ${Math.round(size / 1e6)} MB`);
      return {
        'reach refresh, first': firstReach ?? 0,
        'deliver, first': first.seconds,
        'first time': (firstReach ?? 0) + first.seconds,
        'load of the week (not counted)': load.seconds,
        'reach refresh, week': weekReach ?? 0,
        'deliver, week': week.seconds,
        'next week': (weekReach ?? 0) + week.seconds,
      };
    });
  }
  const timings = await withHome((folder) =>
    inTurns(
      runsWith(rows),
      {
        'bare GROUP BY': async () => {
          await bareGroupBy(log);
        },
        aquarius: ours,
        'query per audience': async () => ({ 'query per audience, all (extrapolated)': await queryPerAudience(log, folder) }),
      },
      say,
    ),
  );
  return { log, timings, ids: delivered.ids, runs: delivered.runs, hasReach };
}

const ratio = (a: number, b: number): number => a / b;

/** Below this a round is over before the machine is warm, and says little of an agency's whole log. */
const LEAST_ROWS = 10_000_000;

/** The sizes that have a verdict: those of an agency, or the largest that there is. */
async function judgedTimes(context: BenchContext): Promise<readonly AgencyTimes[]> {
  const large = context.sizes.filter((rows) => rows >= LEAST_ROWS);
  const all: AgencyTimes[] = [];
  for (const rows of large.length > 0 ? large : context.sizes.slice(-1)) all.push(await timesOf(rows, context));
  return all;
}

const millions = (rows: number): string => `${Math.round(rows / 1e6)} million rows`;

function withSize(all: readonly AgencyTimes[], pick: (times: AgencyTimes) => readonly Verdict[]): readonly Verdict[] {
  return all.flatMap((times) =>
    pick(times).map((verdict) => ({ ...verdict, what: `${verdict.what}; ${millions(times.log.rows)}` })),
  );
}

const linesWithSize = (all: readonly AgencyTimes[]): readonly Line[] =>
  all.flatMap(({ log, timings }) => linesOf(timings).map((line) => ({ ...line, what: `${line.what}; ${millions(log.rows)}` })));

function notesOf({ log, timings, hasReach, ids, runs }: AgencyTimes): readonly string[] {
  const rounds = timings.get('first time')?.length ?? 0;
  return [
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'} with ${log.firstRows} rows the first time, ${log.rows - log.firstRows} of the next week; ${runs} audiences, ${ids} ids in all; lookbacks of 30 and some of 90 and 365 days and for ever, as bench/data/business.ts has them.`,
    'The bare GROUP BY counts the groups of `DSP_ADVERTISER_ID, DEVICE_ID_RAW` over all rows: no cleaning, no lookback, no file.',
    ...(hasReach ? [] : ['There is no `aquarius reach` in this version: both times read the log itself.']),
  ];
}

export const allAudiences: Bar = {
  number: 2,
  title: 'All audiences of an agency, first time',
  async measure(context): Promise<BarResult> {
    const all = await judgedTimes(context);
    return {
      verdicts: withSize(all, ({ timings }) => [
        {
          what: 'time, against one bare GROUP BY of advertiser and device',
          kind: 'at most',
          target: 1.5,
          unit: '×',
          values: perRound(timings, ['first time', 'bare GROUP BY'], ratio),
        },
        {
          what: 'speed, against a query per audience',
          kind: 'at least',
          target: 50,
          unit: '×',
          values: perRound(timings, ['query per audience, all (extrapolated)', 'first time'], ratio),
        },
      ]),
      lines: linesWithSize(all),
      notes: [
        ...all.flatMap(notesOf),
        `A query per audience: ${SAMPLE} advertisers evenly over the whole range of sizes were queried one after the other, for 30 days, and the time multiplied to ${ADVERTISERS}.`,
      ],
    };
  },
};

export const nextWeek: Bar = {
  number: 3,
  title: 'The next week, 1/33 of the rows new, refresh included',
  async measure(context): Promise<BarResult> {
    const all = await judgedTimes(context);
    return {
      verdicts: withSize(all, ({ timings }) => [
        {
          what: 'time, against the first time',
          kind: 'at most',
          target: 0.12,
          unit: '×',
          values: perRound(timings, ['next week', 'first time'], ratio),
        },
      ]),
      lines: linesWithSize(all).filter(({ what }) => /week|first/.test(what)),
      notes: all.flatMap((times) => notesOf(times).slice(0, 1)),
    };
  },
};

/** The share of the variance that a straight line through the points explains. */
function rSquared(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (pick: 0 | 1): number => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const sxy = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const sxx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const syy = points.reduce((sum, [, y]) => sum + (y - my) ** 2, 0);
  return sxy ** 2 / (sxx * syy);
}

export const costAgainstSize: Bar = {
  number: 9,
  title: 'Cost against size: a straight line',
  async measure(context): Promise<BarResult> {
    const all: AgencyTimes[] = [];
    for (const size of context.sizes) all.push(await timesOf(size, context));
    // The largest may have fewer rounds: then each is put beside the first ones of the others.
    const rounds = Math.min(...all.map(({ timings }) => timings.get('first time')?.length ?? 0));
    const fits = Array.from({ length: rounds }, (_, round) =>
      rSquared(all.map(({ log, timings }) => [log.firstRows, timings.get('first time')?.[round] ?? Number.NaN])),
    );
    const medians = all.map(({ timings }) => median(timings.get('first time') ?? []));
    return {
      verdicts:
        all.length < 3
          ? []
          : [{ what: 'R² of the first time over the rows', kind: 'at least', target: 0.99, unit: '', values: fits }],
      lines: all.map(({ log, timings }) => ({
        what: `first time, ${log.firstRows} rows`,
        unit: 's',
        values: timings.get('first time') ?? [],
      })),
      notes: [
        all
          .map(
            ({ log }, index) =>
              `${(((medians[index] ?? 0) / log.firstRows) * 1e6).toFixed(2)} s a million rows with ${log.firstRows}`,
          )
          .join('; '),
        ...(all.length < 3 ? ['Two sizes are always on a straight line: three are needed for a verdict.'] : []),
      ],
    };
  },
};
