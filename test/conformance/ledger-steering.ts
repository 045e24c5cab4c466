import { describe, expect, test } from 'vitest';
import { configError, transientError } from '../../src/errors.ts';
import { type Actor, engineActor } from '../../src/ledger/actor.ts';
import { deliveryId } from '../../src/ledger/delivery-key.ts';
import type { Run } from '../../src/ledger/run.ts';
import type { ControlStore } from '../support/control-stores.ts';
import { planRequest } from '../support/plan-request.ts';
import { failureOf } from '../support/stage-files.ts';
import { ADA, DELIVERED, FUTURE, HOUR, ledgerFixture, MINUTE, PAST } from './ledger-fixture.ts';

const BOB: Actor = { name: 'bob@example.com', via: 'api', reason: 'too small' };
const SENT = 'cancelled: sending had begun, the partner may hold it';

/** What people can do to runs and deliveries, on every control store. */
export function ledgerSteeringConformance(name: string, makeStore: () => Promise<ControlStore>): void {
  describe(`steering runs on ${name}`, () => {
    const f = ledgerFixture(makeStore);
    const audited = async () =>
      (await f.ledger.auditLog()).map(({ action, actor, reason, before, after }) => [action, actor, reason, before, after]);
    const held = async (change?: Parameters<typeof f.plan>[0]): Promise<Run> => {
      const run = await f.plan(change);
      const token = await f.take(run);
      await f.ledger.advance(run.id, token, 'extracting');
      return f.ledger.hold(run.id, token, 'size_deviation', '100 instead of 200.');
    };
    const fail = async (run: Run) =>
      f.ledger.recordFailure(run.id, await f.take(run), configError('sftp_auth', 'Refused.'), { retryable: false });

    describe('holding', () => {
      test('a run that waits for a person keeps its state, says why, and its attempt is over', async () => {
        const run = await held();
        expect(run).toMatchObject({
          state: 'extracting',
          leaseOwner: null,
          leaseUntil: null,
          retryAt: null,
          hold: { reason: 'size_deviation', detail: '100 instead of 200.', at: '2026-02-16T06:00:00.000Z' },
        });
        expect(await f.current(run)).toEqual(run);
        expect(await f.story(run)).toEqual(['0 planned', '1 claimed', '1 extracting', '1 held']);
        expect((await f.ledger.pendingOutbox(10)).at(-1)).toMatchObject({ seq: 4, details: [{ STATUS: 'RUNNING' }] });
        expect(await failureOf(f.ledger.hold(run.id, 1, 'first_run', 'x'))).toMatchObject({ code: 'lease_lost' });
        expect(await f.ledger.runs({ held: true })).toEqual([run]);
        expect(await f.ledger.runs({ held: false })).toEqual([]);
      });

      test('a failed run that was taken again and waits is unfinished again', async () => {
        const run = await f.plan();
        await fail(run);
        const token = await f.take(run, { reopen: true });
        expect(await f.ledger.hold(run.id, token, 'source_stale', 'Old.')).toMatchObject({
          state: 'planned',
          finishedAt: null,
          error: null,
        });
        expect((await f.ledger.approve(run.id, ADA)).hold).toBeNull();
        expect(await f.take(run)).toBe(3);
      });
    });

    describe('approving and rejecting', () => {
      test('an approved run goes on, and what was approved is kept', async () => {
        const run = await held();
        f.clock.move(1_000);
        const approved = await f.ledger.approve(run.id, ADA);
        expect(approved).toMatchObject({ hold: null, approvals: ['size_deviation'], state: 'extracting' });
        // The second that it waited does not count.
        expect(Date.parse(approved.deadlineAt) - Date.parse(run.deadlineAt)).toBe(1_000);
        expect(await f.ledger.approve(run.id, BOB)).toEqual(approved);
        expect(await f.story(run)).toEqual(['0 planned', '1 claimed', '1 extracting', '1 held', '0 approved']);
        const state = { state: 'extracting', reason: null };
        expect(await audited()).toEqual([
          ['run.approve', 'ada', null, { ...state, hold: 'size_deviation' }, { ...state, hold: null }],
        ]);
        const token = await f.take(run);
        await f.ledger.hold(run.id, token, 'first_run', 'The first.');
        expect((await f.ledger.approve(run.id, ADA)).approvals).toEqual(['size_deviation', 'first_run']);
      });

      test('a rejected run is skipped, with the reason', async () => {
        const run = await held();
        const rejected = await f.ledger.reject(run.id, BOB);
        expect(rejected).toMatchObject({
          state: 'skipped',
          reason: 'rejected: too small',
          hold: null,
          finishedAt: expect.any(String),
        });
        expect(await f.ledger.reject(run.id, ADA)).toEqual(rejected);
        expect((await f.ledger.pendingOutbox(10)).at(-1)?.details).toMatchObject([{ STATUS: 'SKIPPED' }]);
        expect((await audited()).map(([action]) => action)).toEqual(['run.reject']);
        expect(await f.ledger.reject((await held({ slot: 'x' })).id, ADA)).toMatchObject({ reason: 'rejected' });
      });

      test('only a run that waits can be approved or rejected', async () => {
        const run = await f.plan();
        // One after the other: one that fails while the other is waited for fails where nobody hears it.
        for (const decide of [() => f.ledger.approve(run.id, ADA), () => f.ledger.reject(run.id, ADA)])
          expect(await failureOf(decide())).toMatchObject({ kind: 'config', code: 'run_not_held' });
        expect(await failureOf(f.ledger.approve('nothing', ADA))).toMatchObject({ code: 'run_unknown' });
        expect(await audited()).toEqual([]);
      });

      test('of an approval and a rejection at once one counts', async () => {
        const run = await held();
        const other = await f.open();
        const results = await Promise.allSettled([f.ledger.approve(run.id, ADA), other.reject(run.id, BOB)]);
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(await audited()).toHaveLength(1);
      });
    });

    describe('cancelling', () => {
      test('a run that nobody works on is skipped at once', async () => {
        const run = await f.plan();
        const cancelled = await f.ledger.cancel(run.id, BOB);
        expect(cancelled).toMatchObject({ state: 'skipped', reason: 'cancelled', finishedAt: '2026-02-16T06:00:00.000Z' });
        expect(await f.ledger.cancel(run.id, ADA)).toEqual(cancelled);
        expect(await f.story(run)).toEqual(['0 planned', '0 skipped']);
        expect((await f.ledger.stepsOf(run.id)).at(-1)?.detail).toEqual({ reason: 'cancelled', by: BOB.name, why: 'too small' });
        expect(await audited()).toEqual([
          [
            'run.cancel',
            BOB.name,
            'too small',
            { state: 'planned', reason: null, hold: null },
            { state: 'skipped', reason: 'cancelled', hold: null },
          ],
        ]);
        expect((await f.ledger.pendingOutbox(10)).at(-1)?.details).toMatchObject([{ STATUS: 'SKIPPED', ERROR_KIND: null }]);
      });

      test('the worker of a run is asked to stop, once, and its end is that of a cancelled run', async () => {
        const run = await f.plan();
        const token = await f.take(run);
        for (const state of ['extracting', 'staged', 'delivering'] as const) await f.ledger.advance(run.id, token, state);
        const asked = await f.ledger.cancel(run.id, ADA);
        expect(asked).toMatchObject({
          state: 'delivering',
          cancelRequestedAt: '2026-02-16T06:00:00.000Z',
          leaseOwner: 'worker-1',
        });
        expect(await f.ledger.cancel(run.id, BOB)).toEqual(asked);
        expect(await audited()).toHaveLength(1);
        const stopped = transientError('stopped', 'Stopped.');
        const ended = await f.ledger.recordFailure(run.id, token, stopped, { retryable: true, retryInMs: 1 });
        expect(ended).toMatchObject({ state: 'skipped', reason: SENT, error: null, retryAt: null, cancelRequestedAt: null });
        expect((await f.story(run)).slice(-2)).toEqual(['0 cancel-requested', '1 skipped']);
        expect(await f.ledger.cancel(run.id, ADA)).toEqual(ended);
      });

      test('a run whose worker is gone is ended by whoever looks after them', async () => {
        const run = await f.plan();
        const token = await f.take(run);
        for (const state of ['extracting', 'staged', 'delivering'] as const) await f.ledger.advance(run.id, token, state);
        const early = await f.plan({ slot: 'x' });
        await f.take(early);
        const other = await f.plan({ slot: 'y' });
        await f.take(other);
        for (const one of [run, early, other]) await f.ledger.cancel(one.id, ADA);
        expect(await f.ledger.releaseCancelled()).toEqual([]);
        for (const one of [run, early]) await f.set(one, { lease_until: PAST });
        expect((await f.ledger.releaseCancelled()).map(({ id, reason }) => [id, reason]).sort()).toEqual(
          [
            [run.id, SENT],
            [early.id, 'cancelled'],
          ].sort(),
        );
        expect(await f.ledger.releaseCancelled()).toEqual([]);
        expect((await f.story(early)).slice(1)).toEqual(['1 claimed', '0 cancel-requested', '1 lost', '0 skipped']);
        expect(await failureOf(f.ledger.renew(run.id, token, MINUTE))).toMatchObject({ code: 'lease_lost' });
        await f.set(other, { lease_until: FUTURE });
        expect(await f.ledger.releaseCancelled()).toMatchObject([{ id: other.id }]);
      });

      test('a run that has ended cannot be cancelled', async () => {
        const run = await f.plan();
        await f.walk(run, DELIVERED);
        const failed = await f.plan({ slot: 'x' });
        await fail(failed);
        for (const { id } of [run, failed])
          expect(await failureOf(f.ledger.cancel(id, ADA))).toMatchObject({ kind: 'config', code: 'run_finished' });
      });

      test('a cancelled and a rejected run are taken again by whoever asks for them', async () => {
        const cancelled = await f.plan();
        await f.ledger.cancel(cancelled.id, ADA);
        const rejected = await held({ slot: 'x' });
        await f.ledger.reject(rejected.id, ADA);
        for (const run of [cancelled, rejected]) {
          const token = await f.take(run, { reopen: true });
          expect(await f.ledger.advance(run.id, token, 'extracting')).toMatchObject({ state: 'extracting', reason: null });
        }
      });
    });

    describe('retrying', () => {
      test('a failed run is in the queue again, with a new deadline and no failures', async () => {
        const run = await f.plan();
        await fail(run);
        const before = await f.ledger.now();
        const queued = await f.ledger.retry(run.id, ADA, HOUR);
        expect(queued).toMatchObject({ state: 'planned', failures: 0, error: null, finishedAt: null, retryAt: null });
        expect(Date.parse(queued.deadlineAt)).toBeGreaterThanOrEqual(before.getTime() + HOUR);
        expect(await f.ledger.retry(run.id, ADA, HOUR)).toEqual(queued);
        expect(await f.story(run)).toEqual(['0 planned', '1 claimed', '1 failed', '0 requeued']);
        expect(await audited()).toEqual([
          [
            'run.retry',
            'ada',
            null,
            { state: 'failed', reason: null, hold: null },
            { state: 'planned', reason: null, hold: null },
          ],
        ]);
        expect(await f.take(run)).toBe(2);
      });

      test('files that are staged are sent as they are, and cut again once they are gone', async () => {
        const run = await f.plan();
        const manifest = { rows: 5, files: [] } as never;
        const token = await f.take(run);
        await f.ledger.advance(run.id, token, 'extracting');
        await f.ledger.advance(run.id, token, 'staged', { stagePrefix: 'a/b', manifest });
        const failure = transientError('deadline', 'Too late.');
        await f.ledger.recordFailure(run.id, token, failure, { retryable: false });
        expect(await f.ledger.retry(run.id, ADA, HOUR)).toMatchObject({ state: 'staged', stagePrefix: 'a/b' });
        await f.ledger.recordFailure(run.id, await f.take(run), failure, { retryable: false });
        await f.ledger.stageExpired(run.id);
        expect(await f.ledger.retry(run.id, ADA, HOUR)).toMatchObject({ state: 'planned', stagePrefix: null, manifest: null });
        const cutAgain = await f.take(run);
        await f.ledger.advance(run.id, cutAgain, 'extracting');
        await f.ledger.advance(run.id, cutAgain, 'staged', { stagePrefix: 'a/c', manifest });
        await f.ledger.recordFailure(run.id, cutAgain, failure, { retryable: false });
        await f.ledger.stageExpired(run.id);
        await f.take(run, { reopen: true });
        expect(await f.current(run)).toMatchObject({ state: 'failed', stagePrefix: null, manifest: null, stagedAt: null });
      });

      test('a run that waits for its retry comes to the front, and others stay as they are', async () => {
        const run = await f.plan();
        const failure = transientError('partner_busy', 'Later.');
        await f.ledger.recordFailure(run.id, await f.take(run), failure, { retryable: true, retryInMs: HOUR });
        expect(await f.ledger.retry(run.id, ADA, HOUR)).toMatchObject({ state: 'planned', retryAt: null, failures: 0 });
        const token = await f.take(run);
        const working = await f.current(run);
        expect(await f.ledger.retry(run.id, ADA, HOUR)).toEqual(working);
        await f.ledger.hold(run.id, token, 'source_stale', 'Old.', HOUR);
        expect(await f.ledger.retry(run.id, ADA, HOUR)).toMatchObject({ hold: { reason: 'source_stale' } });
        expect(await audited()).toHaveLength(1);
      });

      test('a run that was delivered is not sent again', async () => {
        const run = await f.plan();
        await f.walk(run, DELIVERED);
        const partial = await f.plan({ slot: 'x' });
        await f.walk(partial, ['extracting', 'staged', 'delivering', 'partial']);
        for (const { id } of [run, partial])
          expect(await failureOf(f.ledger.retry(id, ADA, HOUR))).toMatchObject({
            kind: 'config',
            code: 'run_delivered',
            hint: expect.stringContaining('--force'),
          });
      });
    });

    describe('deliveries', () => {
      const key = planRequest().delivery;

      test('one that the ledger does not know yet can be paused, and pausing twice is once', async () => {
        const paused = await f.ledger.pauseDelivery(key, BOB);
        expect(paused).toEqual({
          ...key,
          id: deliveryId(key),
          paused: { at: '2026-02-16T06:00:00.000Z', by: BOB.name, reason: 'too small' },
          failures: 0,
          lastRun: null,
          lastDeliveredAt: null,
          lastWritten: null,
        });
        f.clock.move(1_000);
        expect(await f.ledger.pauseDelivery(key, ADA)).toEqual(paused);
        f.clock.move(1_000);
        expect(await f.ledger.resumeDelivery(key, ADA)).toEqual({ ...paused, paused: null });
        expect(await f.ledger.resumeDelivery(key, ADA)).toEqual({ ...paused, paused: null });
        expect(await audited()).toEqual([
          ['delivery.resume', 'ada', null, { paused: true, failures: 0 }, { paused: false, failures: 0 }],
          ['delivery.pause', BOB.name, 'too small', { paused: false, failures: 0 }, { paused: true, failures: 0 }],
        ]);
      });

      test('know their last run, what was delivered last and the failures since', async () => {
        const first = await f.plan({ slot: 'a' });
        await fail(first);
        f.clock.move(1_000);
        const second = await f.plan({ slot: 'b' });
        await fail(second);
        const state = async () => f.ledger.deliveryById(first.deliveryId);
        expect(await state()).toMatchObject({
          failures: 2,
          lastRun: { id: second.id, slot: 'b', state: 'failed', plannedAt: second.plannedAt },
          lastDeliveredAt: null,
        });
        f.clock.move(1_000);
        const third = await f.plan({ slot: 'c' });
        const failure = transientError('partner_busy', 'Later.');
        await f.ledger.recordFailure(third.id, await f.take(third), failure, { retryable: true });
        expect(await state()).toMatchObject({ failures: 2, lastRun: { id: third.id } });
        const token = await f.take(third);
        await f.ledger.advance(third.id, token, 'extracting', { written: 90 });
        await f.ledger.advance(third.id, token, 'staged');
        await f.ledger.advance(third.id, token, 'delivering');
        await f.ledger.advance(third.id, token, 'delivered');
        expect(await state()).toMatchObject({
          failures: 0,
          lastRun: { state: 'delivered' },
          lastDeliveredAt: '2026-02-16T06:00:02.000Z',
          lastWritten: 90,
        });
        const fourth = await f.plan({ slot: 'd' }).then(fail);
        expect(await state()).toMatchObject({ failures: 1, lastWritten: 90 });
        await f.ledger.recordFailure(fourth.id, await f.take(fourth, { reopen: true }), failure, { retryable: true });
        expect(await state()).toMatchObject({ failures: 1 });
        await f.ledger.pauseDelivery(key, engineActor('one failure'));
        expect(await f.ledger.resumeDelivery(key, ADA)).toMatchObject({ failures: 0, lastWritten: 90 });
      });

      test('lists are narrowed by every filter, and an id’s beginning is enough', async () => {
        const a = await f.plan({ delivery: { agencyId: '1', advertiserId: 'x' } });
        const b = await f.plan({ delivery: { agencyId: '2', advertiserId: 'x', destination: 'ttd' } });
        const c = await f.plan({ delivery: { agencyId: '3', advertiserId: 'y' } });
        await f.ledger.pauseDelivery(b.delivery, ADA);
        const ids = async (filter: Parameters<typeof f.ledger.deliveries>[0]) =>
          (await f.ledger.deliveries(filter)).map(({ id }) => id);
        expect(await ids({})).toEqual([a.deliveryId, b.deliveryId, c.deliveryId]);
        expect(await ids({ agencyIds: ['1', '3'] })).toEqual([a.deliveryId, c.deliveryId]);
        expect(await ids({ agencyIds: [] })).toEqual([]);
        expect(await ids({ advertiserId: 'x', destination: 'ttd' })).toEqual([b.deliveryId]);
        expect(await ids({ paused: true })).toEqual([b.deliveryId]);
        expect(await ids({ paused: false, limit: 1, offset: 1 })).toEqual([c.deliveryId]);
        expect(await ids({ offset: 2 })).toEqual([c.deliveryId]);
        expect((await f.ledger.deliveryById(a.deliveryId.slice(0, 12).toUpperCase()))?.id).toBe(a.deliveryId);
        expect(await f.ledger.deliveryById('zz')).toBeNull();
        expect(await f.ledger.deliveryById('')).toBeNull();
        await f.ledger.planRuns(Array.from({ length: 17 }, (_, n) => planRequest({ delivery: { segmentId: `s${n}` } })));
        const doubled = (await ids({})).map((id) => id.slice(0, 1)).find((first, at, all) => all.indexOf(first) < at);
        expect(await failureOf(f.ledger.deliveryById(doubled ?? ''))).toMatchObject({ code: 'delivery_ambiguous' });
      });
    });

    test('the audit log is newest first, in pages, narrowed by every filter, and nobody rewrites it', async () => {
      const mine = await f.plan();
      const other = await f.plan({ delivery: { agencyId: '9' } });
      await f.ledger.cancel(mine.id, ADA);
      f.clock.move(1);
      await f.ledger.cancel(other.id, ADA);
      f.clock.move(1);
      await f.ledger.pauseDelivery(mine.delivery, BOB);
      const all = await f.ledger.auditLog();
      expect(all.map(({ subjectKind, subjectId, agencyId, at, via }) => [subjectKind, subjectId, agencyId, at, via])).toEqual([
        ['delivery', mine.deliveryId, '1480', '2026-02-16T06:00:00.002Z', 'api'],
        ['run', other.id, '9', '2026-02-16T06:00:00.001Z', 'cli'],
        ['run', mine.id, '1480', '2026-02-16T06:00:00.000Z', 'cli'],
      ]);
      const [third, second, first] = all;
      expect(await f.ledger.auditLog({ agencyIds: ['1480'] })).toEqual([third, first]);
      expect(await f.ledger.auditLog({ agencyIds: [] })).toEqual([]);
      expect(await f.ledger.auditLog({ subjectKind: 'run', subjectId: other.id })).toEqual([second]);
      expect(await f.ledger.auditLog({ limit: 1, before: third?.id ?? '' })).toEqual([second]);
      expect(String(await failureOf(f.store.raw(`update audit set actor = 'x'`)))).toMatch('append-only');
      expect(String(await failureOf(f.store.raw(`delete from audit`)))).toMatch('append-only');
    });
  });
}
