import { describe, expect, test } from 'vitest';
import type { ControlStore } from '../support/control-stores.ts';
import { planRequest } from '../support/plan-request.ts';
import { ledgerFixture } from './ledger-fixture.ts';

/** What is kept of a warehouse's costs, on every control store. */
export function ledgerCostsConformance(name: string, makeStore: () => Promise<ControlStore>): void {
  describe(`costs on ${name}`, () => {
    const f = ledgerFixture(makeStore);
    const cost = (spentFor: string, step: string, by = 1) => ({
      spentFor,
      step,
      statements: 2 * by,
      // More than 32 bits hold.
      bytesScanned: 9_000_000_000_000 * by,
      elapsedMs: 300 * by,
      credits: 0.125 * by,
    });
    const at = (second: number) => new Date(Date.UTC(2026, 1, 16, 6, 0, second));
    const makeRun = async (advertiserId: string) => {
      const request = planRequest();
      return (await f.ledger.planRun({ ...request, delivery: { ...request.delivery, advertiserId } })).run.id;
    };

    test('costs of a run add up, step by step', async () => {
      const id = await makeRun('1');
      expect(await f.ledger.costsCountedTo()).toBeNull();
      expect(await f.ledger.costsOf(id)).toEqual([]);
      await f.ledger.recordCosts([cost(id, 'unload'), cost(id, 'cut'), cost('other', 'cut')], null, at(1));
      await f.ledger.recordCosts([cost(id, 'unload', 2)], at(1), at(2));
      expect(await f.ledger.costsCountedTo()).toEqual(at(2));
      const { spentFor: _cut, ...cut } = cost(id, 'cut');
      const { spentFor: _unload, ...unload } = cost(id, 'unload', 3);
      expect(await f.ledger.costsOf(id)).toEqual([
        { ...cut, sharedBy: null },
        { ...unload, sharedBy: null },
      ]);
    });

    test('no statement is counted twice, whoever counts', async () => {
      const id = await makeRun('1');
      await f.ledger.recordCosts([cost(id, 'cut')], null, at(1));
      await f.ledger.recordCosts([cost(id, 'cut')], null, at(1));
      await Promise.all([1, 2, 3].map(() => f.ledger.recordCosts([cost(id, 'cut')], at(1), at(2))));
      await f.ledger.recordCosts([cost(id, 'cut')], at(1), at(3));
      expect(await f.ledger.costsOf(id)).toMatchObject([{ statements: 4, credits: 0.25 }]);
      expect(await f.ledger.costsCountedTo()).toEqual(at(2));
    });

    test('what a call has spent is shared evenly by its runs', async () => {
      const ids = [await makeRun('1'), await makeRun('2'), await makeRun('3'), await makeRun('4')];
      await f.ledger.shareCosts('call', ids);
      await f.ledger.shareCosts('call', ids);
      await f.ledger.recordCosts([cost('call', 'refresh', 2), cost(ids[0] ?? '', 'unload')], null, at(1));
      const part = {
        step: 'refresh',
        statements: 4,
        bytesScanned: 4_500_000_000_000,
        elapsedMs: 150,
        credits: 0.0625,
        sharedBy: 4,
      };
      expect(await f.ledger.costsOf(ids[0] ?? '')).toEqual([expect.objectContaining({ step: 'unload', sharedBy: null }), part]);
      expect(await f.ledger.costsOf(ids[3] ?? '')).toEqual([part]);
      await f.ledger.shareCosts('nobody', []);
    });
  });
}
