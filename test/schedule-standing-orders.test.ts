import { describe, expect, test } from 'vitest';
import { type Sql, sql } from '../src/lib/sql.ts';
import { readStandingOrders } from '../src/schedule/standing-orders.ts';
import { configRow } from './support/seed.ts';
import { DAY, HOUR, openPlace, START, TO_ARCHIVE, type WorkerPlace } from './support/worker-place.ts';

const START_MS = Date.parse(START);

async function look(place: WorkerPlace, ms = 0) {
  return (await readStandingOrders(await place.app().engine(), new Date(START_MS + ms))).orders;
}

function change(place: WorkerPlace, assignment: Sql): Promise<void> {
  return place.execute(sql`UPDATE "BASE_TABLES"."REF_ADVERTISER_CONFIG" SET ${assignment} WHERE "ADVERTISER_ID" = '4711'`);
}

describe('standing orders', () => {
  test('are judged once while nothing changes, and their look-back moves with the time', async () => {
    await using place = await openPlace({ configs: [configRow('4711', TO_ARCHIVE)] });
    const [first] = await look(place);
    const [second] = await look(place, HOUR);
    expect(second?.config).toBe(first?.config);
    expect(second?.candidate?.destination).toBe(first?.candidate?.destination);
    expect(second?.candidate?.slot).toEqual(first?.candidate?.slot);
    const to = new Date(START_MS + HOUR);
    expect(second?.candidate?.spec.exposures.window).toEqual({ from: new Date(to.getTime() - 30 * DAY), to });
  });

  test('have the slots of the time that is asked about, forward and back', async () => {
    const configs = [configRow('4711', TO_ARCHIVE), configRow('4712', TO_ARCHIVE, { DELIVERY_CADENCE: 'DAILY' })];
    await using place = await openPlace({ configs });
    const slots = async (ms: number) =>
      (await look(place, ms)).map(({ candidate }) => `${candidate?.slot.id} ${candidate?.next.id} ${candidate?.past}`);
    const atStart = ['2026-W08 2026-W09 false', '2026-02-16 2026-02-17 false'];
    expect(await slots(0)).toEqual(atStart);
    expect(await slots(DAY - 1)).toEqual(atStart);
    expect(await slots(DAY)).toEqual(['2026-W08 2026-W09 false', '2026-02-17 2026-02-18 false']);
    expect(await slots(7 * DAY)).toEqual(['2026-W09 2026-W10 false', '2026-02-23 2026-02-24 false']);
    expect(await slots(0)).toEqual(atStart);
    expect(await slots(-1)).toEqual(['2026-W07 2026-W08 false', '2026-02-15 2026-02-16 false']);
  });

  test('show every change of the table at the next look, also one that is taken back', async () => {
    await using place = await openPlace({ configs: [configRow('4711', TO_ARCHIVE)] });
    const blocker = async () => (await look(place)).map((order) => order.blocker?.reason ?? null);
    expect(await blocker()).toEqual([null]);
    await change(place, sql`"DELIVERY_ENABLED" = FALSE`);
    expect(await blocker()).toEqual(['not_enabled']);
    await change(place, sql`"DELIVERY_ENABLED" = TRUE`);
    expect(await blocker()).toEqual([null]);
    await change(place, sql`"DELIVERY_ENABLED" = NULL`);
    expect(await blocker()).toEqual(['not_enabled']);
    await change(place, sql`"DELIVERY_ENABLED" = TRUE, "DELIVERY_LOOKBACK_DAYS" = 31`);
    expect((await look(place))[0]?.candidate?.lookbackDays).toBe(31);
    await place.load('REF_ADVERTISER_CONFIG', [configRow('4712', TO_ARCHIVE)]);
    expect(await blocker()).toEqual([null, null]);
    await place.execute(sql`DELETE FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" WHERE "ADVERTISER_ID" = '4711'`);
    expect((await look(place)).map(({ key }) => key.advertiserId)).toEqual(['4712']);
  });

  test('show what moves from one column to the next', async () => {
    const columns = { CLIENT_IDENTIFIER: 'Acme', ADVERTISER_DISPLAY_NAME: 'Ltd' };
    await using place = await openPlace({ configs: [configRow('4711', TO_ARCHIVE, columns)] });
    expect((await look(place))[0]?.config.displayName).toBe('Ltd');
    await change(place, sql`"CLIENT_IDENTIFIER" = 'AcmeL', "ADVERTISER_DISPLAY_NAME" = 'td'`);
    expect((await look(place))[0]?.config.displayName).toBe('td');
    await change(place, sql`"CLIENT_IDENTIFIER" = 'AcmeLtd', "ADVERTISER_DISPLAY_NAME" = ''`);
    expect((await look(place))[0]?.config.displayName).toBe(null);
  });
});
