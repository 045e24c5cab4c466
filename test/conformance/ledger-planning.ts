import { describe, expect, test } from 'vitest';
import { deliveryId } from '../../src/ledger/delivery-key.ts';
import type { ControlStore } from '../support/control-stores.ts';
import { inProcesses } from '../support/ledger-processes.ts';
import { planRequest } from '../support/plan-request.ts';
import { ledgerFixture } from './ledger-fixture.ts';

const DUE = { first: '2026-02-09T06:00:00.000Z', second: '2026-02-16T06:00:00.000Z' };

/** What planning many runs must do on every control store. */
export function ledgerPlanningConformance(name: string, makeStore: () => Promise<ControlStore>): void {
  describe(`planning many runs on ${name}`, () => {
    const f = ledgerFixture(makeStore);

    test('many are planned as one by one, in the order in which they were asked for', async () => {
      const known = await f.plan({ delivery: { segmentId: 'segment-7' } });
      const requests = Array.from({ length: 600 }, (_, n) => planRequest({ delivery: { segmentId: `segment-${n}` } }));
      const planned = await f.ledger.planRuns(requests);
      expect(planned.map(({ deliveryId }) => deliveryId)).toEqual(requests.map(({ delivery }) => deliveryId(delivery)));
      expect(planned.map(({ created }) => created)).toEqual(requests.map((_, n) => n !== 7));
      expect(planned[7]?.runId).toBe(known.id);
      const [example] = planned;
      const single = await f.plan({ delivery: { segmentId: 'alone' } });
      const run = await f.current({ id: example?.runId ?? '' });
      const { id: _id, deliveryId: _delivery, delivery: _key, ...facts } = single;
      expect(run).toMatchObject(facts);
      expect(run.delivery).toEqual(requests[0]?.delivery);
      expect(await f.story(run)).toEqual(['0 planned']);
      const entries = await f.ledger.pendingOutbox(1_000);
      expect(entries).toHaveLength(601);
      expect(entries.find(({ runId }) => runId === run.id)?.details).toMatchObject([{ STATUS: 'PLANNED', RUN_ID: run.id }]);
      expect((await f.ledger.planRuns(requests)).filter(({ created }) => created)).toEqual([]);
      expect(await f.ledger.planRuns([])).toEqual([]);
    });

    test('the same slot asked for twice in one go has one run, and a run that is asked for again one more', async () => {
      const twice = await f.ledger.planRuns([planRequest(), planRequest()]);
      expect(twice.map(({ created }) => created).sort()).toEqual([false, true]);
      expect(twice[0]?.runId).toBe(twice[1]?.runId);
      const again = await f.ledger.planRuns([planRequest({ generation: 'again' }), planRequest()]);
      expect(again.map(({ created }) => created)).toEqual([true, false]);
      expect((await f.ledger.runs()).map(({ generation }) => generation)).toEqual([1, 0]);
    });

    test('processes that plan many at once, in another order, make one run for each slot', async () => {
      const requests = Array.from({ length: 300 }, (_, n) => planRequest({ delivery: { segmentId: `segment-${n}` } }));
      const ended = await inProcesses(f.store.place, [
        { task: 'plan-many', requests: requests.slice(0, 200) },
        { task: 'plan-many', requests: requests.slice(100).reverse() },
      ]);
      const created = ended.flatMap(({ result }) => result as { readonly runId: string; readonly created: boolean }[]);
      expect(created.filter((one) => one.created)).toHaveLength(300);
      expect(new Set(created.map(({ runId }) => runId)).size).toBe(300);
    });

    test('the planned slots are those with a regular run', async () => {
      const run = await f.plan();
      const other = await f.plan({ slot: '2026-W09' });
      const pairs = Array.from({ length: 1_100 }, (_, n) => ({ deliveryId: run.deliveryId, slot: `never-${n}` }));
      pairs.splice(700, 0, { deliveryId: run.deliveryId, slot: run.slot });
      expect(await f.ledger.plannedSlots(pairs)).toEqual(new Set([`${run.deliveryId} ${run.slot}`]));
      expect(
        await f.ledger.plannedSlots([
          { deliveryId: other.deliveryId, slot: other.slot },
          { deliveryId: 'another', slot: run.slot },
        ]),
      ).toEqual(new Set([`${run.deliveryId} 2026-W09`]));
      expect(await f.ledger.plannedSlots([])).toEqual(new Set());
    });

    test('the slots of a split audience are kept apart from runs, once', async () => {
      const pair = { deliveryId: 'a'.repeat(24), slot: '2026-W08' };
      expect(await f.ledger.splitPlanned([pair])).toEqual(new Set());
      await f.ledger.markSplitPlanned(pair);
      await f.ledger.markSplitPlanned(pair);
      expect(await f.ledger.splitPlanned([{ ...pair, slot: '2026-W09' }, pair])).toEqual(
        new Set([`${pair.deliveryId} 2026-W08`]),
      );
      expect(await f.ledger.plannedSlots([pair])).toEqual(new Set());
    });

    test.each(['planRun', 'planRuns'] as const)('a new slot, by %s, ends older runs that wait for a person', async (way) => {
      const held = await f.plan({ slot: '2026-W07', facts: { dueAt: DUE.first } });
      await f.ledger.hold(held.id, await f.take(held), 'size_deviation', 'It halved.');
      const failing = await f.plan({ slot: '2026-W06', facts: { dueAt: DUE.first } });
      const elsewhere = await f.plan({ slot: '2026-W07', delivery: { segmentId: 'x' }, facts: { dueAt: DUE.first } });
      await f.ledger.hold(elsewhere.id, await f.take(elsewhere), 'size_deviation', 'It halved.');
      const request = planRequest({ facts: { dueAt: DUE.second } });
      if (way === 'planRun') await f.ledger.planRun(request);
      else await f.ledger.planRuns([request]);
      expect(await f.current(held)).toMatchObject({ state: 'skipped', reason: 'superseded', hold: null });
      expect(await f.story(held)).toEqual(['0 planned', '1 claimed', '1 held', '0 skipped']);
      const [told] = (await f.ledger.pendingOutbox(100)).filter(({ runId }) => runId === held.id).slice(-1);
      expect(told?.details).toMatchObject([{ STATUS: 'SKIPPED', ERROR_KIND: null, ERROR_MESSAGE: 'superseded' }]);
      expect(await f.current(failing)).toMatchObject({ state: 'planned' });
      expect(await f.current(elsewhere)).toMatchObject({ state: 'planned', hold: { reason: 'size_deviation' } });
    });

    test('another run that is asked for twice under one name is made once, also by two at the same moment', async () => {
      const regular = await f.plan({});
      const again = planRequest({ generation: 'again', requestKey: 'a call' });
      const other = await f.open();
      const [first, second] = await Promise.all([f.ledger.planRuns([again]), other.planRuns([again])]);
      const made = [...first, ...second];
      expect(new Set(made.map(({ runId }) => runId)).size).toBe(1);
      expect(made.filter(({ created }) => created)).toHaveLength(1);
      expect(made[0]?.runId).not.toBe(regular.id);
      const [third] = await f.ledger.planRuns([planRequest({ generation: 'again', requestKey: 'another call' })]);
      expect(third).toMatchObject({ created: true });
      expect(await f.ledger.runs()).toHaveLength(3);
    });

    test('a slot that is made up for, and one that was planned already, leave the run of a later slot waiting', async () => {
      const early = await f.plan({ slot: '2026-W07', facts: { dueAt: DUE.first } });
      const held = await f.plan({ facts: { dueAt: DUE.second } });
      await f.ledger.hold(held.id, await f.take(held, { reopen: true }), 'first_run', 'The first.');
      await f.plan({ slot: '2026-W07', generation: 'again', facts: { dueAt: DUE.first } });
      await f.plan({ facts: { dueAt: '2026-03-01T00:00:00.000Z' } });
      expect(await f.current(held)).toMatchObject({ state: 'planned', hold: { reason: 'first_run' } });
      expect(await f.current(early)).toMatchObject({ state: 'planned' });
    });
  });
}
