import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classify } from '../src/audience/classify.ts';
import type { AudienceSpec } from '../src/audience/spec.ts';
import { openSuppression } from '../src/audience/suppression.ts';
import { IDENTIFIER_TYPES } from '../src/identity/identifier-type.ts';
import { DAY_MS } from '../src/lib/clock.ts';
import { ident, sql } from '../src/lib/sql.ts';
import { readState } from '../src/reach/day-ledger.ts';
import { type Exposures, openReach } from '../src/reach/reach.ts';
import { isUnchanged } from '../src/reach/touched-days.ts';
import { workTable } from '../src/reach/work-table.ts';
import {
  addRows,
  type Dice,
  dice,
  differences,
  drift,
  LOGS,
  makeFresh,
  NO_DRIFT,
  ofDay,
  openWorld,
  pick,
  type ReachWorld,
  refresh,
  SCHEMA,
  SITES,
  type Site,
  START,
} from './support/reach-world.ts';

const WEEK_MS = 7 * DAY_MS;

/** What happens to a log between two refreshes. */
const EVENTS = [
  'new',
  'new',
  'new',
  'late',
  'committed late',
  'without a word',
  'odd',
  'new agency',
  'reloaded',
  'day deleted',
  'some deleted',
] as const;

/**
 * Rows that go and others that come without a newer ingestion may leave every count as it was, and nobody can see it: between two
 * refreshes there is only one of them.
 */
type Unseen = 'lost' | 'crept' | null;

async function happen(world: ReachWorld, site: Site, roll: Dice, week: number, unseen: Unseen): Promise<Unseen> {
  const { session } = world;
  const log = pick(roll, [LOGS[0], LOGS[0], LOGS[0], LOGS[1]]);
  const now = START.getTime() + week * WEEK_MS;
  const today = new Date(now);
  const earlier = new Date(now - pick(roll, [9, 29, 32, 63]) * DAY_MS);
  const stamp = (at: number): string =>
    `${new Date(at + roll(3600) * 1000).toISOString().slice(0, 19)}.${pick(roll, ['000', '123456'])}`.replace('T', ' ');
  const rows = { site, log, count: 1 + roll(6), day: today, ingested: stamp(now) };
  const came = async (more: Partial<Parameters<typeof addRows>[2]>): Promise<Unseen> => {
    const full = { ...rows, ...more };
    const creeps = site === 'silent' || full.ingested !== rows.ingested;
    if (creeps && unseen === 'lost') return unseen;
    await addRows(session, roll, full);
    return creeps ? 'crept' : unseen;
  };
  const agency = pick(roll, ['1480', ' 1480 ', '1480.0', '77']);
  const table = ident(SCHEMA[log], log);
  const went = async (which: ReturnType<typeof sql>): Promise<number> =>
    unseen === 'crept' ? 0 : session.execute(sql`DELETE FROM ${table} WHERE ${which}`);

  switch (pick(roll, EVENTS)) {
    case 'new':
      return came({ spread: 6 });
    case 'late':
      return came({ day: earlier, spread: 3 });
    case 'committed late':
      return came({ spread: 20, ingested: stamp(now - (1 + roll(30)) * DAY_MS) });
    case 'without a word':
      return came({ spread: 20, ingested: null });
    case 'odd':
      return came({ odd: true, spread: 20 });
    case 'new agency':
      return came({ agency: String(9000 + week), spread: 6 });
    case 'reloaded': {
      if (unseen === 'crept' || site === 'silent') return unseen;
      const day = new Date(now - roll(40) * DAY_MS);
      const gone = await went(ofDay(log, agency, day));
      if (gone > 0) await addRows(session, roll, { ...rows, agency, day, count: pick(roll, [gone, gone, gone + 2]) });
      return gone > 0 ? 'lost' : unseen;
    }
    case 'day deleted':
      return (await went(ofDay(log, agency, new Date(now - roll(40) * DAY_MS)))) > 0 ? 'lost' : unseen;
    case 'some deleted':
      return (await went(sql`rowid IN (SELECT rowid FROM ${table} WHERE rowid % 5 = ${roll(5)} LIMIT 3)`)) > 0 ? 'lost' : unseen;
  }
}

/** Keys that there are twice, and DSP advertisers whose keys do not stand together: none. */
async function straying({ session, catalogue }: ReachWorld) {
  const keys = catalogue.table('REACH_KEYS').ref;
  return session.all(sql`
    SELECT 'twice' AS what FROM ${keys} GROUP BY KEY_NO HAVING COUNT(*) > 1
    UNION ALL SELECT 'twice' FROM (SELECT * EXCLUDE (KEY_NO) FROM ${keys}) k GROUP BY k HAVING COUNT(*) > 1
    UNION ALL SELECT 'apart' FROM ${keys} GROUP BY SOURCE, AGENCY_ID, PLATFORM, DSP_ADVERTISER_ID, ADVERTISER_ID
      HAVING MIN(KEY_NO // 16777216) <> MAX(KEY_NO // 16777216)
    UNION ALL SELECT 'mixed' FROM ${keys} GROUP BY KEY_NO // 16777216
      HAVING COUNT(DISTINCT (SOURCE, AGENCY_ID, PLATFORM, DSP_ADVERTISER_ID, ADVERTISER_ID)) > 1`);
}

const period = fc.record({
  weeks: fc.constantFrom(1, 1, 1, 4, 9),
  events: fc.integer({ min: 0, max: 6 }),
  horizonDays: fc.constantFrom(30, 30, 30, 90, 3, null),
});

test('a rebuild and a year of refreshes give identical rows, whatever comes when', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SITES),
      fc.integer(),
      fc.array(period, { minLength: 3, maxLength: 7 }),
      fc.constantFrom(6, undefined),
      async (site, seed, periods, chunkRows) => {
        const world = await openWorld(site);
        try {
          const roll = dice(seed);
          let week = 0;
          for (const { weeks, events, horizonDays } of periods) {
            week += weeks;
            const at = new Date(START.getTime() + week * WEEK_MS);
            const horizon = horizonDays === null ? null : new Date(at.getTime() - horizonDays * DAY_MS);
            let unseen: Unseen = null;
            for (let event = 0; event < events; event += 1) unseen = await happen(world, site, roll, week, unseen);
            await refresh(world, at, { horizon, chunkRows });
            await makeFresh(world, horizon);
            expect(await drift(world, horizon)).toEqual(NO_DRIFT);
            expect(await straying(world)).toEqual([]);
          }
          const at = new Date(START.getTime() + 60 * WEEK_MS);
          const horizon = new Date(START.getTime() + 20 * WEEK_MS);
          await refresh(world, at, { horizon, rebuild: true });
          await makeFresh(world, horizon);
          expect(await drift(world, horizon)).toEqual(NO_DRIFT);
        } finally {
          await world[Symbol.asyncDispose]();
        }
      },
    ),
    // A year is seconds of work, so a failure is told as it was found.
    { seed: 101, numRuns: 3, endOnFailure: true },
  );
});

test('rows that came after newer ones, or beside rows of no agency, are not taken for rows that were read', async () => {
  const world = await openWorld('plain');
  try {
    const { session, catalogue } = world;
    const roll = dice(3);
    const log = LOGS[1];
    const source = { product: 'EXPOSURES', log: catalogue.table(log) } as const;
    const states = catalogue.table('REACH_STATE').ref;
    const came = (ingested: string | null, agency: string | null) =>
      addRows(session, roll, { site: 'plain', log, count: 3, day: START, ingested, agency });
    const settled = async (): Promise<void> => {
      await refresh(world, START, { horizon: null });
      const state = await readState(session, catalogue, source);
      expect(state !== null && (await isUnchanged(session, catalogue, source, state))).toBe(true);
      await makeFresh(world, null);
      expect(await drift(world, null)).toEqual(NO_DRIFT);
    };
    await came('2026-01-06 01:02:03.123456', '1480');
    await settled();
    // As many as there are at the newest instant, which is finer than a millisecond.
    await came(null, '1480');
    await settled();
    await came('2026-01-08', null);
    await settled();
    await came(null, '77');
    await settled();
    // A day is made of newer rows than the state knows, as by a refresh that was cut short, and then gets older ones.
    await session.execute(sql`CREATE TABLE SAVED.NOTED AS SELECT * FROM ${states}`);
    await came('2026-01-10', '1480');
    await refresh(world, START, { horizon: null });
    await session.execute(sql`DELETE FROM ${states}`);
    await session.execute(sql`INSERT INTO ${states} SELECT * FROM SAVED.NOTED`);
    await came('2026-01-09', '1480');
    await settled();
  } finally {
    await world[Symbol.asyncDispose]();
  }
});

const ADVERTISERS = ['42', '43', 'A1'];

/** Any mapping that there may be at this moment, with conflicts. */
async function remap({ session }: ReachWorld, roll: Dice): Promise<void> {
  await session.execute(sql`DELETE FROM REF_DATA.PIXEL_CAMPAIGN_MAPPING_V2`);
  for (let n = 0; n < 6; n += 1) {
    const [agency, platform, dsp] = [
      pick(roll, ['1480', ' 1480', '77']),
      pick(roll, ['6', '06', '0']),
      pick(roll, ['A1', 'B2', '42']),
    ];
    const [io, li, advertiser] = [pick(roll, ['91', '92', '', null]), pick(roll, ['7', '', null]), pick(roll, ADVERTISERS)];
    await session.execute(sql`INSERT INTO REF_DATA.PIXEL_CAMPAIGN_MAPPING_V2
        (AGENCY_ID, DSP_PLATFORM_TYPE, DSP_ADVERTISER_ID, INSERTION_ORDER_ID, LINE_ITEM_ID, QUORUM_ADVERTISER_ID)
      VALUES (${agency}, ${platform}, ${dsp}, ${io}, ${li}, ${advertiser})`);
  }
}

function anySpec(roll: Dice, at: Date): AudienceSpec {
  const lookback = pick(roll, [3, 7, 30, 90, null]);
  const to = new Date(at.getTime() - pick(roll, [0, 0, 10]) * DAY_MS);
  return {
    mode: pick(roll, ['merged', 'split']),
    identifiers: IDENTIFIER_TYPES,
    acceptUnknownDeviceType: roll(2) === 0,
    allowIp: roll(2) === 0,
    allowIpv6: roll(2) === 0,
    exposures: {
      agencyId: pick(roll, ['1480', '77']),
      advertiserId: pick(roll, ADVERTISERS),
      strategy: pick(roll, ['PCM_4KEY', 'ADM_PREFIX', 'DIRECT_AG']),
      exposureSource: 'IMPRESSION',
      audience: pick(roll, ['EXPOSED', 'EXPOSED', 'EXPOSED_NOT_VISITED']),
      sources: pick(roll, [LOGS, [LOGS[0]], [LOGS[1]]]),
      insertionOrderIds: pick(roll, [undefined, undefined, ['91', '93']]),
      window: { from: lookback === null ? null : new Date(to.getTime() - lookback * DAY_MS), to },
      attributionWindowDays: 30,
      soleAdvertiser: roll(3) === 0,
      deviceTypes: [],
      unknownConsent: pick(roll, [undefined, 'allow']),
    },
  };
}

test('prepared exposures, fresh or stale, give every audience the verdicts that the logs give', async () => {
  const world = await openWorld('usual');
  try {
    const roll = dice(7);
    const { session, catalogue, bare } = world;
    let verdicts = 0;
    for (let week = 1; week <= 4; week += 1) {
      const at = new Date(START.getTime() + week * WEEK_MS);
      let unseen: Unseen = null;
      await addRows(session, roll, {
        site: 'usual',
        log: pick(roll, LOGS),
        count: 90,
        day: at,
        spread: 20,
        ingested: at.toISOString(),
      });
      if (week > 1) for (let event = 0; event < 3; event += 1) unseen = await happen(world, 'usual', roll, week, unseen);
      if (week % 2 === 1) await refresh(world, at, { horizon: new Date(at.getTime() - 40 * DAY_MS) });
      await remap(world, roll);
      const [reach, straight] = [openReach(session, catalogue), openReach(session, bare)];
      for (let n = 0; n < 3; n += 1) {
        const spec = anySpec(roll, at);
        const suppression = await openSuppression(session, catalogue, spec.exposures.agencyId);
        const [own, logs] = [await reach.exposures(spec.exposures), await straight.exposures(spec.exposures)];
        const judged = (found: Exposures) => workTable(session, 'verdicts', classify(session.dialect, spec, found, suppression));
        const [left, right] = [await judged(own), await judged(logs)];
        expect(await differences(session, sql`FROM ${left}`, sql`FROM ${right}`), JSON.stringify({ week, spec })).toEqual([]);
        const contested = ({ ownership }: Exposures) => Object.values(ownership).map(({ contestedRows }) => contestedRows);
        expect(contested(own)).toEqual(contested(logs));
        verdicts += Number((await session.all(sql`SELECT COUNT(*) AS verdicts FROM ${left}`))[0]?.verdicts);
      }
    }
    expect(verdicts).toBeGreaterThan(50);
  } finally {
    await world[Symbol.asyncDispose]();
  }
});
