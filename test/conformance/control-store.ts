import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/destinations/destination.ts';
import { configError, rejectedError, transientError } from '../../src/errors.ts';
import { deliveryId } from '../../src/ledger/delivery-key.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { Run } from '../../src/ledger/run.ts';
import type { NextState } from '../../src/ledger/states.ts';
import type { ControlStore } from '../support/control-stores.ts';
import { type HandClock, handClock } from '../support/hand-clock.ts';
import { inProcesses } from '../support/ledger-processes.ts';
import { planRequest } from '../support/plan-request.ts';
import { failureOf } from '../support/stage-files.ts';

const HOUR = 3_600_000;
const ENDS = ['delivered', 'partial', 'failed', 'skipped', 'released', 'retry', 'lost'];
const RECEIPT: Receipt = { accepted: 90, rejected: 10, reasons: { MALFORMED: 10 }, reference: 'job-1', files: [], details: {} };

/**
 * What the ledger must do on every control store. `makeEmpty` gives an empty one, `makeStore` one that may have its tables; they are
 * disposed after each test.
 */
export function controlStoreConformance(
  name: string,
  makeEmpty: () => Promise<ControlStore>,
  makeStore: () => Promise<ControlStore> = makeEmpty,
): void {
  describe(`the ledger on ${name}`, () => {
    let store: ControlStore;
    let clock: HandClock;
    let ledger: Ledger;
    let others: Ledger[];

    const open = async (): Promise<Ledger> => {
      const opened = await openLedger(store.place, { clock, program: '1.2.3' });
      others.push(opened);
      return opened;
    };
    beforeEach(async () => {
      store = await makeStore();
      clock = handClock('2026-02-16T06:00:00.000Z');
      others = [];
      ledger = await open();
    });
    afterEach(async () => {
      for (const opened of others) await opened[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    });

    const plan = async (change: Parameters<typeof planRequest>[0] = {}): Promise<Run> =>
      (await ledger.planRun(planRequest(change))).run;
    const take = async (run: Run, options?: { readonly reopen?: boolean }): Promise<number> => {
      const claim = await ledger.claim(run.id, 'worker-1', HOUR, options);
      if (claim === null) throw new Error('the run could not be claimed');
      return claim.token;
    };
    const walk = async (run: Run, ...states: readonly NextState[]): Promise<Run> => {
      const token = await take(run);
      let last = run;
      for (const state of states) last = await ledger.advance(run.id, token, state);
      return last;
    };
    const loseLease = (run: Run) => store.raw(`update runs set lease_until = '2000-01-01T00:00:00.000Z' where id = '${run.id}'`);
    const story = async (run: Run) => (await ledger.stepsOf(run.id)).map(({ attempt, step }) => `${attempt} ${step}`);
    const current = async (run: Run): Promise<Run> => {
      const found = await ledger.runById(run.id);
      if (found === null) throw new Error('the run is gone');
      return found;
    };
    const expectOneEndPerAttempt = async (run: Run, open: number) => {
      const steps = await ledger.stepsOf(run.id);
      for (const { no } of await ledger.attemptsOf(run.id)) {
        const ends = steps.filter(({ attempt, step }) => attempt === no && ENDS.includes(step));
        expect(ends, `ends of attempt ${no}`).toHaveLength(no === open ? 0 : 1);
      }
    };

    describe('planning', () => {
      test('a planned run is found again with everything that was known of it', async () => {
        const request = planRequest({
          facts: { late: true, lookbackDays: null, windowFrom: null, identifierTypes: ['IDFA', 'IP'] },
        });
        const { run, created } = await ledger.planRun(request);
        expect(created).toBe(true);
        expect(run).toEqual({
          ...request.facts,
          id: run.id,
          deliveryId: deliveryId(request.delivery),
          delivery: request.delivery,
          slot: '2026-W08',
          generation: 0,
          state: 'planned',
          reason: null,
          plannedAt: '2026-02-16T06:00:00.000Z',
          startedAt: null,
          stagedAt: null,
          sentAt: null,
          finishedAt: null,
          confirmedAt: null,
          programVersion: '1.2.3',
          lookbackEffectiveDays: null,
          selected: null,
          written: null,
          suppressed: null,
          dropped: null,
          identifiers: null,
          rowsAdded: null,
          rowsRemoved: null,
          stagePrefix: null,
          manifest: null,
          receipt: null,
          error: null,
          attempts: 0,
          failures: 0,
          leaseOwner: null,
          leaseUntil: null,
          retryAt: null,
          hold: null,
          approvals: [],
          cancelRequestedAt: null,
        });
        expect(await current(run)).toEqual(run);
      });

      test('a slot has one regular run, whoever plans it again and with whatever facts', async () => {
        const first = await ledger.planRun(planRequest());
        const second = await (await open()).planRun(planRequest({ facts: { configVersion: 8 } }));
        expect(second).toEqual({ run: first.run, created: false });
        expect(await ledger.runs()).toHaveLength(1);
      });

      test('twenty who plan one slot at once make one run', async () => {
        const ledgers = [ledger, await open(), await open()];
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, n) => (ledgers[n % ledgers.length] ?? ledger).planRun(planRequest())),
        );
        expect(results.filter(({ created }) => created)).toHaveLength(1);
        expect(new Set(results.map(({ run }) => run.id)).size).toBe(1);
        expect(await ledger.runs()).toHaveLength(1);
        expect(await ledger.pendingOutbox(10)).toHaveLength(1);
      });

      test('processes that plan the same slots at once make one run for each slot', async () => {
        const requests = Array.from({ length: 10 }, (_, n) => planRequest({ slot: `2026-W${10 + n}` }));
        const ended = await inProcesses(
          store.place,
          Array.from({ length: 2 }, () => ({ task: 'plan', requests })),
        );
        const created = ended.flatMap(({ result }) => result as boolean[]);
        expect(created.filter(Boolean)).toHaveLength(10);
        expect((await ledger.runs()).map(({ slot }) => slot).sort()).toEqual(requests.map(({ slot }) => slot).sort());
      });

      test('another slot, destination, segment, advertiser or agency is another run', async () => {
        await plan();
        await plan({ slot: '2026-W09' });
        await plan({ delivery: { destination: 'ttd' } });
        await plan({ delivery: { segmentId: 'x' } });
        await plan({ delivery: { advertiserId: '4712' } });
        await plan({ delivery: { agencyId: '1481' } });
        expect(await ledger.runs()).toHaveLength(6);
      });

      test('a run that is asked for again is of the next generation, also when several ask at once', async () => {
        const regular = await plan();
        const results = await Promise.all(Array.from({ length: 6 }, () => ledger.planRun(planRequest({ generation: 'again' }))));
        expect(results.map(({ run }) => run.generation).sort()).toEqual([1, 2, 3, 4, 5, 6]);
        expect(results.every(({ created }) => created)).toBe(true);
        expect(await ledger.planRun(planRequest())).toEqual({ run: regular, created: false });
      });

      test('asking again for a slot without a run makes its regular run', async () => {
        const asked = await plan({ generation: 'again' });
        expect(asked.generation).toBe(0);
        expect(await plan()).toEqual(asked);
      });

      test('the database itself refuses a second run for the same delivery, slot and generation', async () => {
        const run = await plan();
        const again = store.raw(
          `insert into runs select ${(await columnsOf('runs')).map((c) => (c === 'id' ? "'other'" : c)).join()} from runs`,
        );
        expect(String(await failureOf(again))).toMatch(/unique/i);
        expect(await ledger.runs()).toEqual([run]);
      });
    });

    const columnsOf = async (table: string) => Object.keys((await store.raw(`select * from ${table} limit 1`))[0] ?? {});

    describe('claiming', () => {
      test('a claim takes the run, begins an attempt and keeps everybody else away', async () => {
        const run = await plan();
        clock.move(5_000);
        const claim = await ledger.claim(run.id, 'worker-1', HOUR);
        expect(claim).toMatchObject({
          token: 1,
          run: { id: run.id, attempts: 1, leaseOwner: 'worker-1', startedAt: '2026-02-16T06:00:05.000Z' },
        });
        expect(await ledger.claim(run.id, 'worker-2', HOUR)).toBeNull();
        expect(await ledger.claim(run.id, 'worker-2', HOUR, { reopen: true })).toBeNull();
        expect(await ledger.attemptsOf(run.id)).toEqual([
          { runId: run.id, no: 1, startedAt: '2026-02-16T06:00:05.000Z', owner: 'worker-1', program: '1.2.3' },
        ]);
      });

      test('of many who claim at once one wins', async () => {
        const run = await plan();
        const ledgers = [ledger, await open(), await open()];
        const claims = await Promise.all(
          Array.from({ length: 20 }, (_, n) => (ledgers[n % ledgers.length] ?? ledger).claim(run.id, `worker-${n}`, HOUR)),
        );
        const winners = claims.flatMap((claim, n) => (claim === null ? [] : [`worker-${n}`]));
        expect(winners).toEqual([(await current(run)).leaseOwner]);
        expect(await ledger.attemptsOf(run.id)).toHaveLength(1);
      });

      test('of two processes that claim the same runs at once, each run has one', async () => {
        const runIds: string[] = [];
        for (let n = 0; n < 15; n += 1) runIds.push((await plan({ slot: `slot-${n}` })).id);
        const ended = await inProcesses(
          store.place,
          ['process-a', 'process-b'].map((owner) => ({ task: 'claim', runIds, owner })),
        );
        const won = ended.flatMap(({ result }) => result as string[]);
        expect(won.sort()).toEqual([...runIds].sort());
        for (const id of runIds) expect(await ledger.attemptsOf(id)).toHaveLength(1);
      });

      test('a run whose lease ran out goes to another, and the first can change nothing any more', async () => {
        const run = await plan();
        const first = await take(run);
        await ledger.advance(run.id, first, 'extracting');
        await loseLease(run);
        const second = await take(run);
        expect(second).toBe(2);
        const lost = { kind: 'transient', code: 'lease_lost' };
        expect(await failureOf(ledger.advance(run.id, first, 'staged'))).toMatchObject(lost);
        expect(await failureOf(ledger.renew(run.id, first, HOUR))).toMatchObject(lost);
        expect(await failureOf(ledger.recordFailure(run.id, first, new Error('late'), { retryable: false }))).toMatchObject(lost);
        expect(await ledger.release(run.id, first)).toBe(false);
        expect(await current(run)).toMatchObject({ state: 'extracting', attempts: 2, error: null });
        expect(await story(run)).toEqual(['0 planned', '1 claimed', '1 extracting', '1 lost', '2 claimed']);
        await ledger.advance(run.id, second, 'extracting');
        await expectOneEndPerAttempt(run, 2);
      });

      test('a worker that is late but has not been replaced goes on', async () => {
        const run = await plan();
        const token = await take(run);
        await loseLease(run);
        await ledger.renew(run.id, token, HOUR);
        expect(await ledger.claim(run.id, 'worker-2', HOUR)).toBeNull();
        expect(await ledger.advance(run.id, token, 'extracting')).toMatchObject({ state: 'extracting' });
      });

      test('a run that is given back can be taken at once, and only by a new attempt', async () => {
        const run = await plan();
        const token = await take(run);
        expect(await ledger.release(run.id, token)).toBe(true);
        expect(await ledger.release(run.id, token)).toBe(false);
        expect(await failureOf(ledger.advance(run.id, token, 'extracting'))).toMatchObject({ code: 'lease_lost' });
        expect(await take(run)).toBe(2);
        await expectOneEndPerAttempt(run, 2);
      });

      test('a delivered run is nobody’s any more', async () => {
        const run = await plan();
        expect(await walk(run, 'extracting', 'staged', 'delivering', 'delivered')).toMatchObject({
          leaseOwner: null,
          leaseUntil: null,
        });
        expect(await ledger.claim(run.id, 'worker-2', HOUR, { reopen: true })).toBeNull();
        expect(await failureOf(ledger.renew(run.id, 1, HOUR))).toMatchObject({ code: 'lease_lost' });
      });

      test('a failed run is taken again only when it is reopened', async () => {
        const run = await plan();
        await ledger.recordFailure(run.id, await take(run), transientError('partner_away', 'The partner is away.'), {
          retryable: false,
        });
        expect(await ledger.claim(run.id, 'worker-2', HOUR)).toBeNull();
        const token = await take(run, { reopen: true });
        expect(await ledger.advance(run.id, token, 'extracting')).toMatchObject({
          state: 'extracting',
          error: null,
          finishedAt: null,
        });
        await expectOneEndPerAttempt(run, token);
      });

      test('a skipped run is taken again only when it is reopened, and then forgets its reason', async () => {
        const run = await plan();
        expect(await ledger.advance(run.id, await take(run), 'skipped', { reason: 'mapping' })).toMatchObject({
          reason: 'mapping',
        });
        expect(await ledger.claim(run.id, 'worker-2', HOUR)).toBeNull();
        expect(await ledger.advance(run.id, await take(run, { reopen: true }), 'extracting')).toMatchObject({ reason: null });
      });

      test('claiming a run that does not exist is a mistake of the caller', async () => {
        expect(await failureOf(ledger.claim('nothing', 'worker-1', HOUR))).toMatchObject({ kind: 'config', code: 'run_unknown' });
      });

      test('no claim and no release is lost when many workers struggle for a run', async () => {
        const run = await plan();
        const ledgers = [ledger, await open(), await open()];
        const tokens: number[] = [];
        await Promise.all(
          ledgers.map(async (mine, worker) => {
            for (let round = 0; round < 10; round += 1) {
              const claim = await mine.claim(run.id, `worker-${worker}`, HOUR);
              if (claim === null) continue;
              tokens.push(claim.token);
              expect(await mine.release(run.id, claim.token)).toBe(true);
            }
          }),
        );
        expect(tokens).toEqual(Array.from({ length: tokens.length }, (_, n) => n + 1));
        expect((await current(run)).attempts).toBe(tokens.length);
        await expectOneEndPerAttempt(run, 0);
      });
    });

    describe('advancing', () => {
      test('a run goes its way, and each state leaves its time, its findings and its step', async () => {
        const run = await plan();
        const token = await take(run);
        clock.move(1_000);
        await ledger.advance(run.id, token, 'extracting', { joinStrategy: 'ADM_PREFIX', lookbackEffectiveDays: 12 });
        clock.move(1_000);
        const counts = {
          selected: 120,
          written: 100,
          suppressed: 5,
          dropped: { BLANK: 15 },
          identifiers: { IDFA: 60, GAID: 40 },
        };
        await ledger.advance(
          run.id,
          token,
          'staged',
          { ...counts, stagePrefix: 'a/b', rowsAdded: 3, rowsRemoved: 2 },
          { files: 1 },
        );
        clock.move(1_000);
        await ledger.advance(run.id, token, 'delivering');
        clock.move(1_000);
        const delivered = await ledger.advance(run.id, token, 'partial', { receipt: RECEIPT });
        expect(delivered).toEqual({
          ...run,
          ...counts,
          state: 'partial',
          joinStrategy: 'ADM_PREFIX',
          lookbackEffectiveDays: 12,
          stagePrefix: 'a/b',
          rowsAdded: 3,
          rowsRemoved: 2,
          receipt: RECEIPT,
          attempts: 1,
          startedAt: '2026-02-16T06:00:00.000Z',
          stagedAt: '2026-02-16T06:00:02.000Z',
          sentAt: '2026-02-16T06:00:03.000Z',
          finishedAt: '2026-02-16T06:00:04.000Z',
        });
        expect(await current(run)).toEqual(delivered);
        expect(
          (await ledger.stepsOf(run.id)).map(({ seq, attempt, at, step, detail }) => [seq, attempt, at.slice(17), step, detail]),
        ).toEqual([
          [1, 0, '00.000Z', 'planned', { slot: '2026-W08', generation: 0, late: false }],
          [2, 1, '00.000Z', 'claimed', { owner: 'worker-1' }],
          [3, 1, '01.000Z', 'extracting', {}],
          [4, 1, '02.000Z', 'staged', { files: 1 }],
          [5, 1, '03.000Z', 'delivering', {}],
          [6, 1, '04.000Z', 'partial', {}],
        ]);
      });

      test('counts beyond 32 bits come back as they were', async () => {
        const run = await plan();
        const token = await take(run);
        await ledger.advance(run.id, token, 'extracting', { selected: 9_007_199_254_740_991, written: 4_294_967_297 });
        expect(await current(run)).toMatchObject({ selected: 9_007_199_254_740_991, written: 4_294_967_297 });
      });

      const ways: Readonly<Record<string, readonly NextState[]>> = {
        planned: [],
        extracting: ['extracting'],
        staged: ['extracting', 'staged'],
        delivering: ['extracting', 'staged', 'delivering'],
      };
      const allowed: Readonly<Record<string, readonly NextState[]>> = {
        planned: ['extracting', 'skipped'],
        extracting: ['extracting', 'staged', 'skipped'],
        staged: ['extracting', 'delivering', 'skipped'],
        delivering: ['extracting', 'delivering', 'delivered', 'partial', 'skipped'],
      };
      test.each(Object.keys(ways))('from %s a run goes only where it may', async (from) => {
        for (const to of ['extracting', 'staged', 'delivering', 'delivered', 'partial', 'skipped'] as const) {
          const run = await plan({ slot: `${from}-${to}` });
          const token = await take(run);
          for (const state of ways[from] ?? []) await ledger.advance(run.id, token, state);
          const before = await story(run);
          if (allowed[from]?.includes(to)) {
            expect(await ledger.advance(run.id, token, to)).toMatchObject({ state: to });
          } else {
            expect(String(await failureOf(ledger.advance(run.id, token, to)))).toBe(
              `Error: A run cannot go from ${from} to ${to}.`,
            );
            expect(await current(run)).toMatchObject({ state: from });
            expect(await story(run)).toEqual(before);
          }
        }
      });

      test('cutting again forgets the staged set that is replaced', async () => {
        const run = await plan();
        const token = await take(run);
        await ledger.advance(run.id, token, 'extracting');
        await ledger.advance(run.id, token, 'staged', { stagePrefix: 'a/b', selected: 5, written: 5, suppressed: 0 });
        expect(await ledger.advance(run.id, token, 'extracting')).toMatchObject({
          stagePrefix: null,
          stagedAt: null,
          selected: null,
          written: null,
          suppressed: null,
        });
      });

      test('of two that take the same step at once one succeeds', async () => {
        const run = await plan();
        const token = await take(run);
        await ledger.advance(run.id, token, 'extracting');
        const other = await open();
        const results = await Promise.allSettled([ledger, other].map((mine) => mine.advance(run.id, token, 'staged')));
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect((await story(run)).filter((step) => step === '1 staged')).toHaveLength(1);
      });

      test('advancing a run that does not exist is a mistake of the caller', async () => {
        expect(await failureOf(ledger.advance('nothing', 1, 'extracting'))).toMatchObject({
          kind: 'config',
          code: 'run_unknown',
        });
      });

      test('a confirmation is kept once, and only for a delivered run', async () => {
        const run = await plan();
        const confirmed = { state: 'confirmed', counts: { matched: 80 } } as const;
        expect(String(await failureOf(ledger.recordConfirmation(run.id, confirmed)))).toMatch(
          'A run that is planned cannot be confirmed.',
        );
        await walk(run, 'extracting', 'staged', 'delivering', 'delivered');
        clock.move(HOUR);
        expect(await ledger.recordConfirmation(run.id, confirmed)).toMatchObject({
          state: 'delivered',
          confirmedAt: '2026-02-16T07:00:00.000Z',
        });
        clock.move(HOUR);
        expect(await ledger.recordConfirmation(run.id, confirmed)).toMatchObject({ confirmedAt: '2026-02-16T07:00:00.000Z' });
        expect((await story(run)).filter((step) => step === '0 confirmed')).toHaveLength(1);
        expect(await ledger.confirmationOf(run.id)).toMatchObject({ state: 'confirmed', askAt: null, counts: { matched: 80 } });
        expect(await failureOf(ledger.recordConfirmation('nothing', confirmed))).toMatchObject({ code: 'run_unknown' });
      });

      test('a partner that can be asked is asked when it is time, until it has said something', async () => {
        const run = await plan();
        const token = await take(run);
        for (const state of ['extracting', 'staged', 'delivering'] as const) await ledger.advance(run.id, token, state);
        await ledger.advance(run.id, token, 'delivered', { confirmInMs: HOUR });
        expect(await ledger.dueConfirmations(10)).toEqual([]);
        clock.move(HOUR);
        expect(await ledger.dueConfirmations(10)).toEqual([run.id]);
        await ledger.recordConfirmation(run.id, { state: 'pending' }, 2 * HOUR);
        expect(await ledger.dueConfirmations(10)).toEqual([]);
        expect(await ledger.doubtfulRuns()).toEqual([]);
        clock.move(2 * HOUR);
        expect(await ledger.dueConfirmations(10)).toEqual([run.id]);
        const wrong = { code: 'stuck', message: 'It is stuck.', hint: 'Ask the partner.', counts: { received: 3 } };
        await ledger.recordConfirmation(run.id, { state: 'doubtful', ...wrong });
        expect(await ledger.dueConfirmations(10)).toEqual([]);
        expect(await ledger.doubtfulRuns()).toMatchObject([{ runId: run.id, said: { state: 'doubtful', ...wrong } }]);
        expect((await ledger.runById(run.id))?.confirmedAt).toBeNull();
      });
    });

    describe('failing', () => {
      test('a failure that may pass leaves the run where it is, with the error noted, until the next step', async () => {
        const run = await plan();
        const token = await take(run);
        await ledger.advance(run.id, token, 'extracting');
        await ledger.advance(run.id, token, 'staged', { stagePrefix: 'a/b' });
        const failure = transientError('sftp_timeout', 'The server did not answer.', { hint: 'Wait.' });
        const error = { kind: 'transient', code: 'sftp_timeout', message: 'The server did not answer.', hint: 'Wait.' };
        expect(await ledger.recordFailure(run.id, token, failure, { retryable: true })).toMatchObject({
          state: 'staged',
          stagePrefix: 'a/b',
          leaseOwner: null,
          finishedAt: null,
          error,
        });
        const next = await ledger.claim(run.id, 'worker-2', HOUR);
        expect(next).toMatchObject({ token: 2, run: { state: 'staged', error } });
        expect(await ledger.advance(run.id, 2, 'delivering')).toMatchObject({ error: null });
        expect((await ledger.stepsOf(run.id)).find(({ step }) => step === 'retry')?.detail).toEqual(error);
        await expectOneEndPerAttempt(run, 2);
      });

      test('a run that waits for its retry is taken early only when it is reopened', async () => {
        const run = await plan();
        const failure = transientError('partner_busy', 'Later.');
        await ledger.recordFailure(run.id, await take(run), failure, { retryable: true, retryInMs: HOUR });
        expect((await current(run)).retryAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(await ledger.claim(run.id, 'worker-2', HOUR)).toBeNull();
        await store.raw(`update runs set retry_at = '2000-01-01T00:00:00.000Z'`);
        await ledger.recordFailure(run.id, await take(run), failure, { retryable: true, retryInMs: HOUR });
        expect(await take(run, { reopen: true })).toBe(3);
        expect((await current(run)).retryAt).toBeNull();
      });

      test('a failure for good ends the run and keeps what is known', async () => {
        const run = await plan();
        const token = await take(run);
        await ledger.advance(run.id, token, 'extracting');
        clock.move(1_000);
        const failed = await ledger.recordFailure(run.id, token, rejectedError('audience_too_small', 'Too small.'), {
          retryable: false,
          findings: { receipt: RECEIPT },
        });
        expect(failed).toMatchObject({
          state: 'failed',
          finishedAt: '2026-02-16T06:00:01.000Z',
          leaseOwner: null,
          receipt: RECEIPT,
          error: { kind: 'rejected', code: 'audience_too_small', message: 'Too small.', hint: null },
        });
        await expectOneEndPerAttempt(run, 0);
      });

      test('an error that nobody has classified is kept without its message, which may quote a device id', async () => {
        const run = await plan();
        const failure = new TypeError('cannot read 6D92078A-8246-4BA4-AE5B-76104861E7DC');
        const { error } = await ledger.recordFailure(run.id, await take(run), failure, { retryable: false });
        expect(error).toMatchObject({ kind: 'bug', code: 'bug', message: 'Unexpected TypeError.' });
        for (const table of ['runs', 'steps', 'outbox']) {
          expect(JSON.stringify(await store.raw(`select * from ${table}`))).not.toContain('6D92078A');
        }
      });

      test('an error’s message is cut where the warehouse’s copy would cut it', async () => {
        const run = await plan();
        const { error } = await ledger.recordFailure(run.id, await take(run), configError('long', `\0${'x'.repeat(3_000)}`), {
          retryable: false,
        });
        expect(error?.message).toBe('x'.repeat(2_000));
      });
    });

    describe('the story', () => {
      test.each(['steps', 'attempts'])('nobody can change or remove what is in %s', async (table) => {
        const run = await plan();
        await take(run);
        const before = await store.raw(`select * from ${table}`);
        expect(before.length).toBeGreaterThan(0);
        expect(String(await failureOf(store.raw(`update ${table} set run_id = run_id`)))).toMatch('append-only');
        expect(String(await failureOf(store.raw(`delete from ${table}`)))).toMatch('append-only');
        expect(await store.raw(`select * from ${table}`)).toEqual(before);
      });

      test('the warehouse’s copy is told of every state, in order', async () => {
        const run = await plan();
        const token = await take(run);
        for (const state of ['extracting', 'staged', 'delivering'] as const) await ledger.advance(run.id, token, state);
        await ledger.recordFailure(run.id, token, transientError('sftp_reset', 'Reset.'), { retryable: true });
        const second = await take(run);
        await ledger.advance(run.id, second, 'delivering');
        await ledger.advance(run.id, second, 'delivered');
        await ledger.recordConfirmation(run.id, { state: 'confirmed', counts: {} });
        const entries = await ledger.pendingOutbox(100);
        expect(entries.map(({ runId }) => runId)).toEqual(entries.map(() => run.id));
        expect(
          entries.flatMap(({ details }) => details.map(({ STATUS, ERROR_KIND, ATTEMPTS }) => [STATUS, ERROR_KIND, ATTEMPTS])),
        ).toEqual([
          ['PLANNED', null, 0],
          ['RUNNING', null, 1],
          ['STAGED', null, 1],
          ['SENDING', null, 1],
          ['SENDING', 'TRANSPORT', 1],
          ['SENDING', null, 2],
          ['DELIVERED', null, 2],
          ['CONFIRMED', null, 2],
        ]);
        const steps = await ledger.stepsOf(run.id);
        expect(entries.map(({ seq }) => steps.find((step) => step.seq === seq)?.step)).toEqual([
          'planned',
          'extracting',
          'staged',
          'delivering',
          'retry',
          'delivering',
          'delivered',
          'confirmed',
        ]);
      });

      test('copied entries are told once and no more, and the rest stay', async () => {
        const run = await plan();
        await walk(run, 'extracting', 'staged');
        const [first, second, third] = await ledger.pendingOutbox(100);
        expect(await ledger.pendingOutbox(2)).toEqual([first, second]);
        await ledger.outboxDone([first?.id ?? '', third?.id ?? '']);
        expect(await ledger.pendingOutbox(100)).toEqual([second]);
        await ledger.outboxDone([second?.id ?? '']);
        await ledger.outboxDone([]);
        expect(await ledger.pendingOutbox(100)).toEqual([]);
      });

      test('a process killed before any statement of a step leaves the state, its step and its entry, or none of them', async () => {
        const outcomes: string[] = [];
        for (let n = 1; outcomes.at(-1) !== 'survived'; n += 1) {
          const run = await plan({ slot: `killed-${n}` });
          const token = await take(run);
          const [ended] = await inProcesses(store.place, [{ task: 'advance', runId: run.id, token, killBefore: n }]);
          const { state } = await current(run);
          const steps = await ledger.stepsOf(run.id);
          const step = steps.find((one) => one.step === 'extracting');
          const entry = (await ledger.pendingOutbox(1_000)).find(({ runId, seq }) => runId === run.id && seq > 1);
          if (state === 'extracting') {
            expect(step?.seq, `killed before statement ${n}`).toBe(3);
            expect(entry?.seq, `killed before statement ${n}`).toBe(3);
          } else {
            expect([state, step, entry], `killed before statement ${n}`).toEqual(['planned', undefined, undefined]);
          }
          outcomes.push(ended?.signal === 'SIGKILL' ? state : 'survived');
          if (ended?.signal === null) expect(ended.result).toBe('extracting');
          // Whoever takes over finds a run that can go on.
          await loseLease(run);
          expect(await ledger.advance(run.id, await take(run), 'extracting')).toMatchObject({ state: 'extracting', attempts: 2 });
        }
        expect(outcomes.filter((outcome) => outcome === 'planned').length).toBeGreaterThan(3);
      });
    });

    describe('looking', () => {
      test('a run is found by its id in any case, or by a beginning that no other run shares', async () => {
        const first = await plan();
        clock.move(40_000_000_000);
        const second = await plan({ slot: '2026-W09' });
        expect(first.id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
        expect(await ledger.runById(first.id)).toEqual(first);
        expect(await ledger.runById(first.id.toUpperCase())).toEqual(first);
        expect(await ledger.runById(second.id.slice(0, 9))).toEqual(second);
        expect(await failureOf(ledger.runById(first.id.slice(0, 1)))).toMatchObject({ kind: 'config', code: 'run_ambiguous' });
        expect(await ledger.runById('zzz')).toBeNull();
        expect(await ledger.runById('')).toBeNull();
        expect(await ledger.runById(`${first.id.slice(0, 9)}%`)).toBeNull();
      });

      test('lists are newest first, in pages, and narrowed by every filter', async () => {
        const made: Run[] = [];
        for (const [agencyId, advertiserId, destination, slot] of [
          ['1', 'a', 'liveramp-us', '2026-W07'],
          ['1', 'b', 'ttd', '2026-W08'],
          ['2', 'a', 'ttd', '2026-W08'],
          ['3', 'c', 'folder', '2026-W08'],
        ] as const) {
          made.unshift(await plan({ slot, delivery: { agencyId, advertiserId, destination, segmentId: 's' } }));
          clock.move(1);
        }
        const [d, c, b, a] = made as [Run, Run, Run, Run];
        expect(await ledger.runs()).toEqual([d, c, b, a]);
        expect(await ledger.runs({ limit: 2, offset: 1 })).toEqual([c, b]);
        expect(await ledger.runs({ agencyIds: ['1', '3'] })).toEqual([d, b, a]);
        expect(await ledger.runs({ agencyIds: [] })).toEqual([]);
        expect(await ledger.runs({ advertiserId: 'a' })).toEqual([c, a]);
        expect(await ledger.runs({ destination: 'ttd', agencyIds: ['2'] })).toEqual([c]);
        expect(await ledger.runs({ slot: '2026-W07' })).toEqual([a]);
        expect(await ledger.runs({ deliveryId: b.deliveryId })).toEqual([b]);
        await walk(b, 'extracting');
        expect((await ledger.runs({ states: ['extracting', 'staged'] })).map(({ id }) => id)).toEqual([b.id]);
        expect(await ledger.runs({ states: [] })).toEqual([]);
      });

      test('the runs of many deliveries and slots come in one go, the newest generation last', async () => {
        const a = await plan();
        const again = await plan({ generation: 'again' });
        const b = await plan({ slot: '2026-W09' });
        const c = await plan({ delivery: { segmentId: 'other' } });
        const never = Array.from({ length: 1_200 }, (_, n) => ({ deliveryId: a.deliveryId, slot: `never-${n}` }));
        const found = await ledger.latestRuns([
          ...never,
          { deliveryId: a.deliveryId, slot: a.slot },
          { deliveryId: c.deliveryId, slot: b.slot },
        ]);
        expect(found).toEqual([a, again]);
        expect(await ledger.latestRuns([])).toEqual([]);
      });

      test('the last run of a delivery that the partner took is the one that was finished last, whole or in part', async () => {
        const first = await plan();
        const second = await plan({ slot: '2026-W09' });
        const third = await plan({ slot: '2026-W10' });
        expect(await ledger.lastDelivered(first.deliveryId)).toBeNull();
        await walk(second, 'extracting', 'staged', 'delivering', 'delivered');
        clock.move(1_000);
        await walk(first, 'extracting', 'staged', 'delivering', 'delivered');
        expect((await ledger.lastDelivered(first.deliveryId))?.id).toBe(first.id);
        clock.move(1_000);
        await walk(third, 'extracting', 'staged', 'delivering', 'partial');
        expect((await ledger.lastDelivered(first.deliveryId))?.id).toBe(third.id);
        expect(await ledger.lastDelivered('another')).toBeNull();
      });

      test('the queue holds what is unfinished, oldest first', async () => {
        const made: Run[] = [];
        for (const slot of ['1', '2', '3', '4', '5']) {
          made.push(await plan({ slot }));
          clock.move(1);
        }
        const [planned, delivered, staged, skipped, failed] = made as [Run, Run, Run, Run, Run];
        await walk(delivered, 'extracting', 'staged', 'delivering', 'delivered');
        await walk(staged, 'extracting', 'staged');
        await walk(skipped, 'skipped');
        await ledger.recordFailure(failed.id, await take(failed), configError('x', 'X.'), { retryable: false });
        expect((await ledger.unfinished()).map(({ id }) => id)).toEqual([planned.id, staged.id]);
      });
    });

    describe('opening', () => {
      test('opening again changes nothing, and what was written is there', async () => {
        const run = await plan();
        const schema = await store.raw('select * from ledger_schema');
        clock.move(HOUR);
        expect(await (await open()).runs()).toEqual([run]);
        expect(await store.raw('select * from ledger_schema')).toEqual(schema);
      });

      test('processes that start at once on an empty store make its tables once', async () => {
        await using empty = await makeEmpty();
        const ended = await inProcesses(empty.place, [{ task: 'open' }, { task: 'open' }, { task: 'open' }]);
        expect(ended.map(({ result }) => result)).toEqual(['opened', 'opened', 'opened']);
        expect((await empty.raw('select version from ledger_schema order by version')).map(({ version }) => version)).toEqual([
          1, 2, 3, 4, 5, 6,
        ]);
      });

      test('a store that a newer program wrote is refused and left as it is', async () => {
        await store.raw(
          `insert into ledger_schema (version, name, applied_at) values (999, 'later', '2030-01-01T00:00:00.000Z')`,
        );
        for (const readOnly of [false, true]) {
          const refused = await failureOf(openLedger({ ...store.place, readOnly }, { clock, program: '1.2.3' }));
          expect(refused).toMatchObject({
            kind: 'config',
            code: 'control_store_newer',
            hint: expect.stringContaining('newer version'),
          });
        }
        expect(await store.raw('select version from ledger_schema')).toHaveLength(7);
      });

      test('a store that is opened to read shows what is there and refuses every change', async () => {
        const run = await plan();
        await using reader = await openLedger({ ...store.place, readOnly: true }, { clock, program: '1.2.3' });
        expect(await reader.runs()).toEqual([run]);
        expect(await reader.stepsOf(run.id)).toHaveLength(1);
        for (const change of [
          reader.planRun(planRequest({ slot: 'other' })),
          reader.claim(run.id, 'w', HOUR),
          reader.outboxDone(['x']),
        ]) {
          expect(String(await failureOf(change))).toMatch('read only');
        }
        expect(await ledger.runs()).toEqual([run]);
      });

      test('an empty store that is opened to read is an empty ledger, and stays without tables', async () => {
        await using empty = await makeEmpty();
        {
          await using reader = await openLedger({ ...empty.place, readOnly: true }, { clock, program: '1.2.3' });
          expect(await reader.runs()).toEqual([]);
          expect(await reader.runById('x')).toBeNull();
          expect(String(await failureOf(reader.planRun(planRequest())))).toMatch('read only');
        }
        const exists = await failureOf(empty.raw('select * from ledger_schema'));
        expect(String(exists)).toMatch(/no such table|does not exist|unable to open/);
      });
    });
  });
}
