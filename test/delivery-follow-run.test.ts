import { setTimeout as nap } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deliver } from '../src/delivery/deliver.ts';
import type { Engine, RunProgress } from '../src/delivery/engine.ts';
import { followRun } from '../src/delivery/follow-run.ts';
import { LEASE_MS } from '../src/delivery/heartbeat.ts';
import type { Run } from '../src/ledger/run.ts';
import { drain, stuck } from './support/worker-drain.ts';
import { DAY, expectDelivered, onePlace, SECOND, type WorkerPlace } from './support/worker-place.ts';

/** What those see who wait for a run that another process works on. */

let place: WorkerPlace;
afterEach(async () => {
  vi.useRealTimers();
  await place[Symbol.asyncDispose]();
});

const quiet: RunProgress = { step: () => {}, share: () => {}, amount: () => {} };

describe('whoever watches another process’s run', () => {
  test('is told how far it is, until it is finished', async () => {
    place = await onePlace(3);
    await place.plan();
    const { engine, asked, go } = stuck(await place.engine());
    const done = drain(engine);
    await asked.passed;
    const told: string[] = [];
    const progress: RunProgress = {
      ...quiet,
      step(text) {
        told.push(text);
        if (text.startsWith('sending')) go.open();
      },
    };
    const run = await followRun(await place.engine(), (await place.run()).id, progress);
    expect(run).toMatchObject({ state: 'delivered' });
    expect(told.at(-1)).toBe('sending (another process)');
    await done;
  });

  test('is told when it is held or handed over, and can leave', async () => {
    place = await onePlace(1);
    await place.plan();
    const { ledger } = place.app();
    const { id } = await place.run();
    const first = await ledger.claim(id, 'other:1:x', LEASE_MS);
    const leaving = new AbortController();
    leaving.abort();
    expect(await followRun(await place.engine({ signal: leaving.signal }), id, quiet)).toMatchObject({ leaseOwner: 'other:1:x' });
    const watching = followRun(await place.engine(), id, quiet);
    await ledger.release(id, first?.token ?? 0);
    expect(await watching).toMatchObject({ leaseOwner: null, state: 'planned' });
    const second = await ledger.claim(id, 'other:1:x', LEASE_MS);
    const again = followRun(await place.engine(), id, quiet);
    await ledger.advance(id, second?.token ?? 0, 'extracting');
    await ledger.hold(id, second?.token ?? 0, 'first_run', 'a test');
    expect(await again).toMatchObject({ hold: { reason: 'first_run' } });
    await expect(followRun(await place.engine(), 'zz', quiet)).rejects.toMatchObject({ code: 'run_unknown' });
  });

  /** Time that passes only in waits, for the clock and for the machine. */
  function timelapse(own: Partial<Engine> = {}): Partial<Engine> {
    vi.useFakeTimers({ toFake: ['performance'] });
    return {
      sleep: async (ms) => {
        place.clock.move(ms);
        vi.advanceTimersByTime(ms);
        await nap(0);
      },
      ...own,
    };
  }

  test('waits no longer once nothing was heard of it for half a minute', async () => {
    place = await onePlace(1);
    await place.plan();
    const { id } = await place.run();
    await place.app().ledger.claim(id, 'dead:1:x', LEASE_MS);
    const engine = await place.engine(timelapse());
    const before = performance.now();
    expect(await followRun(engine, id, quiet)).toMatchObject({ leaseOwner: 'dead:1:x' });
    const waited = performance.now() - before;
    expect(waited).toBeGreaterThan(30 * SECOND);
    expect(waited).toBeLessThan(32 * SECOND);
  });

  test('takes the run over when it waits for its delivery and the other has died', async () => {
    place = await onePlace(1);
    await place.plan();
    await place.app().ledger.claim((await place.run()).id, 'dead:1:x', LEASE_MS);
    const engine = await place.engine(timelapse());
    const outcome = await deliver(engine, { at: place.clock.now(), force: false }, { onRun: () => quiet });
    expect(outcome.elsewhere).toEqual([]);
    await expectDelivered(
      place,
      outcome.runs.map(({ run }) => run),
    );
    expect(await place.run()).toMatchObject({ attempts: 2, failures: 0 });
  });

  test('delivers a slot whose deadline has passed while nobody worked', async () => {
    place = await onePlace(1);
    await place.plan();
    place.clock.move(3 * DAY);
    const outcome = await deliver(await place.engine(), { at: place.clock.now(), force: false }, { onRun: () => quiet });
    expect(outcome.runs.map(({ failure }) => failure)).toEqual([null]);
    await expectDelivered(
      place,
      outcome.runs.map(({ run }: { readonly run: Run }) => run),
    );
  });
});
