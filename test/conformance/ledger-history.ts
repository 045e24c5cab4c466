import { describe, expect, test } from 'vitest';
import { configError } from '../../src/errors.ts';
import type { Run } from '../../src/ledger/run.ts';
import type { ControlStore } from '../support/control-stores.ts';
import { DELIVERED, HOUR, ledgerFixture, PAST } from './ledger-fixture.ts';

const DAY = 24 * HOUR;

/** What every control store must tell of how deliveries have been going. */
export function ledgerHistoryConformance(name: string, makeStore: () => Promise<ControlStore>): void {
  describe(`the history of the ledger on ${name}`, () => {
    const f = ledgerFixture(makeStore);
    const deliver = async (run: Run, written: number): Promise<void> => {
      const token = await f.take(run);
      for (const state of DELIVERED) {
        await f.ledger.advance(run.id, token, state, state === 'staged' ? { written } : undefined);
      }
    };
    const own = (agencyId: string, advertiserId: string) => ({
      delivery: { agencyId, advertiserId, segmentId: `${agencyId}_${advertiserId}` },
    });

    test('counts runs and their rows by the day on which they were planned and the state that they are in', async () => {
      const first = await f.plan({ slot: 's1', ...own('1', 'a') });
      const second = await f.plan({ slot: 's1', ...own('2', 'b') });
      f.clock.move(DAY);
      const third = await f.plan({ slot: 's2', ...own('1', 'a') });
      await f.plan({ slot: 's2', ...own('2', 'b') });
      await deliver(first, 7);
      await deliver(second, 20);
      const token = await f.take(third);
      await f.ledger.recordFailure(third.id, token, configError('sftp_auth', 'Refused.'), { retryable: false });
      const [before, after] = [first.plannedAt.slice(0, 10), third.plannedAt.slice(0, 10)];
      expect(await f.ledger.runsByDay({ since: PAST })).toEqual([
        { day: before, state: 'delivered', runs: 2, rows: 27 },
        { day: after, state: 'failed', runs: 1, rows: 0 },
        { day: after, state: 'planned', runs: 1, rows: 0 },
      ]);
      expect(await f.ledger.runsByDay({ since: PAST, agencyIds: ['1'] })).toEqual([
        { day: before, state: 'delivered', runs: 1, rows: 7 },
        { day: after, state: 'failed', runs: 1, rows: 0 },
      ]);
      expect(await f.ledger.runsByDay({ since: `${after}T00:00:00.000Z`, agencyIds: ['2'] })).toEqual([
        { day: after, state: 'planned', runs: 1, rows: 0 },
      ]);
      expect(await f.ledger.runsByDay({ since: PAST, agencyIds: [] })).toEqual([]);
    });

    test('tells the sizes of the largest audiences, oldest first, and of nobody else', async () => {
      for (const [slot, sizes] of Object.entries({ s1: { a: 5, b: 90, c: 40 }, s2: { a: 50, b: 9, c: 41 } })) {
        for (const [advertiser, rows] of Object.entries(sizes)) {
          await deliver(await f.plan({ slot, ...own(advertiser === 'c' ? '2' : '1', advertiser) }), rows);
        }
        f.clock.move(DAY);
      }
      await f.plan({ slot: 's3', ...own('1', 'a') });
      const sizes = async (filter: Partial<Parameters<typeof f.ledger.sizesOverTime>[0]>) =>
        (await f.ledger.sizesOverTime({ since: PAST, limit: 8, ...filter })).map(({ advertiserId, points }) => [
          advertiserId,
          points.map(({ slot, rows }) => `${slot} ${rows}`),
        ]);
      expect(await sizes({})).toEqual([
        ['a', ['s1 5', 's2 50']],
        ['c', ['s1 40', 's2 41']],
        ['b', ['s1 90', 's2 9']],
      ]);
      expect(await sizes({ limit: 1 })).toEqual([['a', ['s1 5', 's2 50']]]);
      expect(await sizes({ agencyIds: ['2'] })).toEqual([['c', ['s1 40', 's2 41']]]);
      expect(await sizes({ agencyIds: [] })).toEqual([]);
      const [last] = await f.ledger.sizesOverTime({ since: PAST, limit: 1, agencyIds: ['2'] });
      expect(await sizes({ deliveryId: last?.deliveryId ?? '' })).toEqual([['c', ['s1 40', 's2 41']]]);
      expect(await sizes({ deliveryId: last?.deliveryId ?? '', agencyIds: ['1'] })).toEqual([]);
    });

    test('lists the runs that were planned between two times', async () => {
      const made: string[] = [];
      for (const slot of ['s1', 's2', 's3']) {
        made.push((await f.plan({ slot })).id);
        f.clock.move(DAY);
      }
      const [first, second, third] = await Promise.all(made.map((id) => f.current({ id })));
      if (!first || !second || !third) throw new Error('no runs');
      const slots = async (filter: Parameters<typeof f.ledger.runs>[0]) => (await f.ledger.runs(filter)).map(({ slot }) => slot);
      expect(await slots({ from: second.plannedAt })).toEqual(['s3', 's2']);
      expect(await slots({ to: second.plannedAt })).toEqual(['s1']);
      expect(await slots({ from: second.plannedAt, to: third.plannedAt, agencyIds: ['1480', '7'] })).toEqual(['s2']);
    });
  });
}
