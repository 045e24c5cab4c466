import { describe, expect, test } from 'vitest';
import { transientError } from '../../src/errors.ts';
import type { DestinationLimits } from '../../src/ledger/destination-state.ts';
import type { Run } from '../../src/ledger/run.ts';
import type { ControlStore } from '../support/control-stores.ts';
import { inProcesses } from '../support/ledger-processes.ts';
import { planRequest } from '../support/plan-request.ts';
import { failureOf } from '../support/stage-files.ts';
import { ADA, FUTURE, HOUR, ledgerFixture, MINUTE, PAST } from './ledger-fixture.ts';

const ROOM: DestinationLimits = { concurrency: 10, startsPerMinute: null };
const POLICY = { failures: 3, coolDownMs: MINUTE, maxCoolDownMs: 3 * MINUTE };
const DOWN = { ok: false, code: 'sftp_timeout', message: 'The server did not answer.' } as const;

/** What the queue must do on every control store. */
export function ledgerQueueConformance(name: string, makeStore: () => Promise<ControlStore>): void {
  describe(`the queue on ${name}`, () => {
    const f = ledgerFixture(makeStore);
    const next = (limits: Partial<DestinationLimits> = {}, exclude: readonly string[] = []) =>
      f.ledger.claimNext({ owner: 'worker-1', leaseMs: MINUTE, limitsOf: () => ({ ...ROOM, ...limits }), exclude });
    const nextId = async (limits?: Partial<DestinationLimits>) => (await next(limits))?.run.id ?? null;
    const dueIn = (days: number) => ({ dueAt: `2026-02-${10 + days}T06:00:00.000Z` });

    describe('who may take a run', () => {
      const nobodyTakes = async (run: Run) => {
        expect(await f.ledger.claim(run.id, 'worker-2', MINUTE)).toBeNull();
        expect(await next()).toBeNull();
      };

      test('nobody takes a run of a paused delivery by himself, but somebody who asks for it does', async () => {
        const run = await f.plan();
        await f.ledger.pauseDelivery(run.delivery, ADA);
        await nobodyTakes(run);
        expect(await f.take(run, { reopen: true })).toBe(1);
        await f.ledger.release(run.id, 1);
        await f.ledger.resumeDelivery(run.delivery, ADA);
        expect(await nextId()).toBe(run.id);
      });

      test('nobody takes a run that waits for a person, whoever asks for it', async () => {
        const run = await f.plan();
        await f.ledger.hold(run.id, await f.take(run), 'size_deviation', 'It halved.');
        await nobodyTakes(run);
        expect(await f.ledger.claim(run.id, 'worker-2', MINUTE, { reopen: true })).toBeNull();
      });

      test('runs of one delivery go one after the other, the oldest slot first, whatever it waits for but a person', async () => {
        const due = (hour: string) => ({ facts: { dueAt: `2026-02-16T0${hour}:00:00.000Z` } });
        const old = await f.plan({ slot: 'a', ...due('1') });
        const later = await f.plan({ slot: 'b', ...due('2') });
        const token = await f.take(old);
        await nobodyTakes(later);
        const other = await f.plan({ delivery: { segmentId: 'another' }, slot: 'b', ...due('2') });
        expect(await next()).toMatchObject({ run: { id: other.id } });
        const failure = transientError('partner_busy', 'Later.');
        await f.ledger.recordFailure(old.id, token, failure, { retryable: true, retryInMs: HOUR });
        await nobodyTakes(later);
        await f.set(old, { retry_at: PAST });
        await f.ledger.hold(old.id, await f.take(old), 'size_deviation', 'It halved.');
        expect(await next()).toMatchObject({ run: { id: later.id } });
      });

      test('a run that waits to be looked at again is taken when the time has come, and waits no more', async () => {
        const run = await f.plan();
        const held = await f.ledger.hold(run.id, await f.take(run), 'source_stale', 'No new rows.', HOUR);
        expect(held.retryAt).not.toBeNull();
        await nobodyTakes(run);
        expect(await f.ledger.claim(run.id, 'worker-2', MINUTE, { reopen: true })).toBeNull();
        await f.set(run, { retry_at: PAST });
        f.clock.move(HOUR);
        const taken = await next();
        expect(taken).toMatchObject({ token: 2, run: { id: run.id, hold: null, retryAt: null } });
        expect(Date.parse(taken?.run.deadlineAt ?? '') - Date.parse(run.deadlineAt)).toBe(HOUR);
      });

      test('nobody takes a run that is to be stopped, but somebody who asks for it does, and it goes on', async () => {
        const run = await f.plan();
        await f.take(run);
        await f.ledger.cancel(run.id, ADA);
        await f.set(run, { lease_until: PAST });
        await nobodyTakes(run);
        const token = await f.take(run, { reopen: true });
        expect(await f.ledger.renew(run.id, token, MINUTE)).toEqual({ cancelRequested: false });
      });

      test('a run that waits for its retry is taken when the time has come', async () => {
        const run = await f.plan();
        const failure = transientError('partner_busy', 'Later.');
        await f.ledger.recordFailure(run.id, await f.take(run), failure, { retryable: true, retryInMs: HOUR });
        await nobodyTakes(run);
        await f.set(run, { retry_at: PAST });
        expect(await next()).toMatchObject({ run: { id: run.id, failures: 1 } });
      });

      test('a lease that a clock wrote which has been set back keeps nobody away', async () => {
        const run = await f.plan();
        await f.take(run);
        await nobodyTakes(run);
        await f.set(run, { lease_until: FUTURE });
        expect(await next()).toMatchObject({ token: 2, run: { id: run.id } });
        expect(await f.story(run)).toEqual(['0 planned', '1 claimed', '1 lost', '2 claimed']);
      });

      test('a lease is never longer than what would count as such', async () => {
        const run = await f.plan();
        await f.ledger.claim(run.id, 'worker-1', 48 * HOUR);
        await nobodyTakes(run);
        await f.ledger.renew(run.id, 1, 48 * HOUR);
        await nobodyTakes(run);
      });

      test('failures are counted until somebody asks for the run again', async () => {
        const run = await f.plan();
        const failure = transientError('partner_busy', 'Later.');
        await f.ledger.recordFailure(run.id, await f.take(run), failure, { retryable: true });
        expect(await f.ledger.recordFailure(run.id, await f.take(run), failure, { retryable: false })).toMatchObject({
          state: 'failed',
          failures: 2,
        });
        await f.take(run, { reopen: true });
        expect(await f.current(run)).toMatchObject({ failures: 0, state: 'failed' });
      });
    });

    describe('the next run', () => {
      test('is the one that has been due for longest, and none when all are taken', async () => {
        const late = await f.plan({ delivery: { segmentId: 'a' }, facts: dueIn(3) });
        const early = await f.plan({ delivery: { segmentId: 'b' }, facts: dueIn(1) });
        const middle = await f.plan({ delivery: { segmentId: 'c' }, facts: dueIn(2) });
        const excluded = await next({}, [early.id]);
        expect(excluded?.run.id).toBe(middle.id);
        expect(await next()).toMatchObject({ token: 1, run: { id: early.id, leaseOwner: 'worker-1', attempts: 1 } });
        expect(await nextId()).toBe(late.id);
        expect(await next()).toBeNull();
        expect(await f.story(early)).toEqual(['0 planned', '1 claimed']);
      });

      test('is none at a destination that has as many as it takes, and one elsewhere', async () => {
        for (const slot of ['a', 'b', 'c']) await f.plan({ slot, facts: dueIn(1) });
        const elsewhere = await f.plan({ delivery: { destination: 'ttd' }, facts: dueIn(2) });
        await next({ concurrency: 2 });
        const second = await next({ concurrency: 2 });
        expect(await nextId({ concurrency: 2 })).toBe(elsewhere.id);
        expect(await next({ concurrency: 2 })).toBeNull();
        await f.ledger.advance(second?.run.id ?? '', 1, 'skipped', { reason: 'empty' });
        expect(await next({ concurrency: 2 })).toMatchObject({ run: { delivery: { destination: 'liveramp-us' } } });
        expect(await next({ concurrency: 2 })).toBeNull();
        expect(await next({ concurrency: 0 })).toBeNull();
      });

      test('a worker that is gone takes no room', async () => {
        const first = await f.plan({ slot: 'a' });
        const second = await f.plan({ slot: 'b', facts: dueIn(9) });
        await f.take(first);
        expect(await next({ concurrency: 1 })).toBeNull();
        await f.set(first, { lease_until: PAST });
        expect(await nextId({ concurrency: 1 })).not.toBeNull();
        expect(await next({ concurrency: 1 })).toBeNull();
        expect(second.state).toBe('planned');
      });

      test('looks past any number of runs whose destination is full', async () => {
        await f.ledger.planRuns(Array.from({ length: 120 }, (_, n) => planRequest({ slot: `s${n}`, facts: dueIn(1) })));
        const elsewhere = await f.plan({ delivery: { destination: 'ttd' }, facts: dueIn(2) });
        const limitsOf = (destination: string) => ({ ...ROOM, concurrency: destination === 'ttd' ? 1 : 0 });
        expect((await f.ledger.claimNext({ owner: 'w', leaseMs: MINUTE, limitsOf }))?.run.id).toBe(elsewhere.id);
      });

      test('begins no more often than the destination’s rate', async () => {
        await f.plan({ slot: 'a' });
        await f.plan({ slot: 'b' });
        expect(await next({ startsPerMinute: 1 })).not.toBeNull();
        expect(await next({ startsPerMinute: 1 })).toBeNull();
        await f.store.raw(`update destination_states set next_start_at = '${PAST}'`);
        expect(await next({ startsPerMinute: 1 })).not.toBeNull();
      });
    });

    describe('a destination’s breaker', () => {
      test('opens after so many failures in a row, lets one run try, and closes when that succeeds', async () => {
        for (const slot of ['a', 'b', 'c']) await f.plan({ slot });
        expect(await f.ledger.destinations()).toEqual([]);
        await f.ledger.recordDestination('liveramp-us', DOWN, POLICY);
        expect(await f.ledger.recordDestination('liveramp-us', DOWN, POLICY)).toMatchObject({ breaker: 'closed', failures: 2 });
        const open = await f.ledger.recordDestination('liveramp-us', DOWN, POLICY);
        expect(open).toMatchObject({ breaker: 'open', failures: 3, errorCode: DOWN.code, errorMessage: DOWN.message });
        expect(Date.parse(open.openUntil ?? '') - Date.parse(open.openedAt ?? '')).toBe(MINUTE);
        expect(await next()).toBeNull();
        await f.store.raw(`update destination_states set open_until = '${PAST}'`);
        expect(await f.ledger.destinations()).toMatchObject([{ name: 'liveramp-us', breaker: 'probing' }]);
        expect(await next()).not.toBeNull();
        expect(await next()).toBeNull();
        expect(await f.ledger.recordDestination('liveramp-us', { ok: true }, POLICY)).toEqual({
          name: 'liveramp-us',
          breaker: 'closed',
          failures: 0,
          openedAt: null,
          openUntil: null,
          errorCode: null,
          errorMessage: null,
        });
        expect(await next()).not.toBeNull();
      });

      test('stays open twice as long after each try that fails, up to the longest, and not for a failure from before', async () => {
        for (let n = 0; n < 3; n += 1) await f.ledger.recordDestination('x', DOWN, POLICY);
        const opened = (await f.ledger.destinations())[0];
        expect(await f.ledger.recordDestination('x', DOWN, POLICY)).toEqual({ ...opened, failures: 4 });
        for (const minutes of [2, 3, 3]) {
          await f.store.raw(`update destination_states set open_until = '${PAST}'`);
          const before = await f.ledger.now();
          const again = await f.ledger.recordDestination('x', DOWN, POLICY);
          const after = await f.ledger.now();
          expect(again.breaker).toBe('open');
          const until = Date.parse(again.openUntil ?? '');
          expect(until).toBeGreaterThanOrEqual(before.getTime() + minutes * MINUTE);
          expect(until).toBeLessThanOrEqual(after.getTime() + minutes * MINUTE);
        }
      });

      test('loses no failure when many are counted at once', async () => {
        const ledgers = [f.ledger, await f.open(), await f.open()];
        await Promise.all(
          Array.from({ length: 12 }, (_, n) =>
            (ledgers[n % 3] ?? f.ledger).recordDestination('x', DOWN, { ...POLICY, failures: 100 }),
          ),
        );
        expect(await f.ledger.destinations()).toMatchObject([{ failures: 12, breaker: 'closed' }]);
      });
    });

    test('twenty workers in four processes take each run once, and never more at once than the destination takes', async () => {
      await f.ledger.planRuns(Array.from({ length: 50 }, (_, n) => planRequest({ slot: `slot-${n}` })));
      const ended = await inProcesses(
        f.store.place,
        ['a', 'b', 'c', 'd'].map((owner) => ({ task: 'work', owner, workers: 5, concurrency: 3 })),
      );
      const results = ended.map(({ result }) => result as { readonly taken: string[]; readonly most: number });
      const runs = await f.ledger.runs({ limit: 100 });
      expect(results.flatMap(({ taken }) => taken).sort()).toEqual(runs.map(({ id }) => id).sort());
      expect(new Set(runs.map(({ attempts, state }) => `${attempts} ${state}`))).toEqual(new Set(['1 skipped']));
      for (const { most } of results) expect(most).toBeLessThanOrEqual(3);
    });

    test('a worker tells how far it is, and hears that the run is to be stopped', async () => {
      const run = await f.plan();
      const token = await f.take(run);
      expect(await f.ledger.progressOf(run.id)).toBeNull();
      const progress = { step: 'sending', done: 5, total: 10, unit: 'bytes', rate: 2.5, at: '2026-02-16T06:00:00.000Z' } as const;
      expect(await f.ledger.renew(run.id, token, MINUTE, progress)).toEqual({ cancelRequested: false });
      await f.ledger.cancel(run.id, ADA);
      expect(await f.ledger.renew(run.id, token, MINUTE)).toEqual({ cancelRequested: true });
      expect(await f.ledger.progressOf(run.id)).toEqual(progress);
      await f.ledger.advance(run.id, token, 'skipped', { reason: 'cancelled' });
      expect(await f.ledger.progressOf(run.id)).toBeNull();
      expect(await f.ledger.progressOf('nothing')).toBeNull();
      expect(await f.current(run)).toMatchObject({ cancelRequestedAt: null });
      expect(await failureOf(f.ledger.renew(run.id, token, MINUTE, progress))).toMatchObject({ code: 'lease_lost' });
    });
  });
}
