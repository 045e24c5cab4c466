import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AquariusError } from '../src/errors.ts';
import { DAY_MS } from '../src/lib/clock.ts';
import { raw, sql } from '../src/lib/sql.ts';
import { countMasked } from '../src/reach/masked-ids.ts';
import { openReach } from '../src/reach/reach.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { openWorld, type ReachWorld, refresh, START } from './support/reach-world.ts';

/** SN-09: a role that sees masked identifiers is refused by what they look like, before anything is made of them. */

let world: ReachWorld;
beforeAll(async () => {
  world = await openWorld('usual');
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of [
    'BASE_TABLES.AD_IMPRESSION_LOG_V2',
    ...['KEYS', 'EXPOSURES', 'DAYS', 'STATE'].map((name) => `AQUARIUS.REACH_${name}`),
  ])
    await world.session.execute(raw(`DELETE FROM ${table}`));
});

const LOG = 'AD_IMPRESSION_LOG_V2';
const GOOD = "concat('38400000-8cf0-11bd-b23e-', lpad(CAST(i AS VARCHAR), 12, '0'))";
const ADDRESS = "concat('8.8.', CAST(i // 200 AS VARCHAR), '.', CAST(i % 200 AS VARCHAR))";

/** Impressions of one day, the n-th of which has the id and the address that the expressions over `i` give. */
async function log(session: Session, count: number, device: string, ip = ADDRESS, day = 0): Promise<void> {
  const at = new Date(START.getTime() + day * DAY_MS).toISOString().slice(0, 10);
  await session.execute(
    raw(`INSERT INTO BASE_TABLES.${LOG} (AGENCY_ID, DSP_PLATFORM_TYPE, DSP_ADVERTISER_ID, INSERTION_ORDER_ID, LINE_ITEM_ID,
        USER_IP_FROM_HTTP_REQUEST, DEVICE_ID_RAW, AUCTION_TIMESTAMP, INGESTION_TIMESTAMP)
      SELECT '1480', '6', 'A1', '91', '7', ${ip}, ${device}, TIMESTAMP '${at} 10:00:00', TIMESTAMP '${at} 12:00:00' FROM range(${count}) AS r(i)`),
  );
}

const day = (n: number) => new Date(START.getTime() + n * DAY_MS);
const refreshed = (n = 1, maxMaskedShare?: number) =>
  refresh(world, day(n), { horizon: null, only: new Set([LOG]), maxMaskedShare });

async function refusal(work: () => Promise<unknown>): Promise<AquariusError> {
  const error = await work().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AquariusError)) throw new Error(`Not refused: ${String(error)}`);
  return error;
}

const exposures = async (): Promise<number> =>
  Number((await world.session.all(sql`SELECT COUNT(*) AS n FROM ${world.catalogue.table('REACH_EXPOSURES').ref}`))[0]?.n);

describe('SN-09 masked identifiers', () => {
  test.each([
    ['stars', "'***MASKED***'"],
    ['stars in a part', `concat(left(${GOOD}, 8), '****')`],
    ['letters x', "'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'"],
    ['one character again and again', "'ZZZZZZZZ'"],
    ['SHA-256', `sha256(${GOOD})`],
    ['a number sign', "'#'"],
  ])('SN-09 %s are refused with table, column and share, and without a value', async (_name, mask) => {
    await log(world.session, 90, GOOD);
    await log(world.session, 10, mask);
    const error = await refusal(() => refreshed());
    expect([error.kind, error.code]).toEqual(['config', 'masked_identifiers']);
    expect(error.message).toContain('AD_IMPRESSION_LOG_V2.DEVICE_ID_RAW looks masked');
    expect(error.message).toContain('10% of 100 values; at most 5% may');
    expect(error.hint).toContain('masking policy');
    expect(`${error.message} ${error.hint}`.replaceAll(/\(.*?\)|`.*?`/g, '')).not.toMatch(/MASKED|\*\*|xxx|ZZZ|[0-9a-f]{8}/);
    expect(await exposures()).toBe(0);
  });

  test('SN-09 one value in nearly all of many rows is a mask, and zero ids and blanks are none', async () => {
    await log(world.session, 1_000, `CASE WHEN i < 995 THEN 'aaaaaaaa-8cf0-11bd-b23e-10b96e40000d' ELSE ${GOOD} END`);
    expect((await refusal(() => refreshed())).message).toContain('99.5% of 1,000 values');
    await world.session.execute(raw(`DELETE FROM BASE_TABLES.${LOG}`));
    await log(
      world.session,
      1_000,
      `CASE WHEN i < 500 THEN '00000000-0000-0000-0000-000000000000' WHEN i < 600 THEN 'unknown' ELSE ${GOOD} END`,
    );
    await log(world.session, 9_000, "'00000000-0000-0000-0000-000000000000'");
    expect(await refreshed()).toMatchObject([{ made: 10_000 }]);
  });

  test('SN-09 an address column that is masked is refused as well, and what no site takes for an id is none', async () => {
    await log(world.session, 100, GOOD, "'10.20.30.***'");
    expect((await refusal(() => refreshed())).message).toContain('AD_IMPRESSION_LOG_V2.USER_IP_FROM_HTTP_REQUEST looks masked');
    await world.session.execute(raw(`DELETE FROM BASE_TABLES.${LOG}`));
    await log(
      world.session,
      100,
      `CASE i % 4 WHEN 0 THEN '-----' WHEN 1 THEN 'not an id' WHEN 2 THEN '0000' ELSE ${GOOD} END`,
      "'here'",
    );
    expect(await refreshed()).toMatchObject([{ made: 100 }]);
  });

  test('SN-09 the limit is a setting: what is at it passes, and with 1 all does', async () => {
    await log(world.session, 95, GOOD);
    await log(world.session, 5, "'***'");
    expect(await refreshed()).toMatchObject([{ made: 100 }]);
    await log(world.session, 10, "'***'", ADDRESS, 1);
    expect((await refusal(() => refreshed(2))).code).toBe('masked_identifiers');
    expect(await refreshed(2, 1)).toMatchObject([{ made: 10 }]);
  });

  test('SN-09 only new rows are looked at, and what was prepared stays when a role begins to see masks', async () => {
    await log(world.session, 1_000, GOOD);
    await refreshed();
    await log(world.session, 40, "'***'", ADDRESS, 1);
    expect((await refusal(() => refreshed(2))).message).toContain('100% of 40 values');
    expect(await exposures()).toBe(1_000);
    await world.session.execute(raw(`UPDATE BASE_TABLES.${LOG} SET DEVICE_ID_RAW = '***'`));
    const rebuild = refresh(world, day(3), { horizon: null, only: new Set([LOG]), rebuild: true });
    expect((await refusal(() => rebuild)).code).toBe('masked_identifiers');
    expect(await exposures()).toBe(1_000);
  });

  test('SN-09 a log that is read straight, and one whose new rows are prepared for a session, are refused too', async () => {
    const request = {
      agencyId: '1480',
      advertiserId: '4711',
      audience: 'EXPOSED',
      exposureSource: 'IMPRESSION',
      strategy: 'PCM_4KEY',
      soleAdvertiser: false,
      sources: [LOG],
      window: { from: null, to: day(9) },
      insertionOrders: null,
      deviceTypes: [],
    } as never;
    await log(world.session, 100, "'***'");
    expect((await refusal(() => openReach(world.session, world.bare).exposures(request))).code).toBe('masked_identifiers');
    await openReach(world.session, world.bare, { maxMaskedShare: 1 }).exposures(request);
    await refreshed(1, 1);
    await log(world.session, 100, "'***'", ADDRESS, 1);
    expect((await refusal(() => openReach(world.session, world.catalogue).exposures(request))).code).toBe('masked_identifiers');
  });

  test('SN-09 a log takes one statement, however many its new days are', async () => {
    await log(world.session, 10, GOOD);
    const statements: string[] = [];
    const counted: Session = {
      ...world.session,
      dialect: world.session.dialect,
      all: (statement, options) => {
        statements.push(statement.chunks.join(''));
        return world.session.all(statement, options);
      },
    };
    const days = Array.from({ length: 400 }, (_, n) => sql`l.AUCTION_TIMESTAMP >= ${day(n)}`);
    const [found] = await countMasked(counted, world.catalogue.table(LOG), days);
    expect(statements).toHaveLength(1);
    expect(statements[0]?.split('UNION ALL').length).toBeLessThan(30);
    expect(found).toMatchObject({ table: LOG, values: 10, masked: 0 });
  });
});
