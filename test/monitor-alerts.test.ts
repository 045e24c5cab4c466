import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Receipt } from '../src/destinations/destination.ts';
import { rejectedError, transientError } from '../src/errors.ts';
import { type Actor, engineActor } from '../src/ledger/actor.ts';
import type { Alert, Condition } from '../src/ledger/alert.ts';
import { deliveryId } from '../src/ledger/delivery-key.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { openLedger } from '../src/ledger/open.ts';
import type { Run } from '../src/ledger/run.ts';
import { checkAlerts } from '../src/monitor/check-alerts.ts';
import type { OutsideFacts } from '../src/monitor/facts.ts';
import type { BlockedDelivery, DueSlot, PlanFacts } from '../src/monitor/plan-facts.ts';
import { type ControlStore, postgresDatabase, sqliteFile } from './support/control-stores.ts';
import { type HandClock, handClock } from './support/hand-clock.ts';
import { planRequest } from './support/plan-request.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ANN: Actor = { name: 'ann', via: 'cli', reason: null };
const KEY = planRequest().delivery;
const ID = deliveryId(KEY);
const CHANNELS = { ops: { type: 'slack', url: 'env:SLACK' } } as const;
const BREAKER = { failures: 1, coolDownMs: MINUTE, maxCoolDownMs: MINUTE };

function receipt(accepted: number, rejected: number): Receipt {
  return { accepted, rejected, reasons: { TOO_OLD: 1, MALFORMED: rejected - 1 }, reference: 'job-1', files: [], details: {} };
}

function outside(plan: Partial<PlanFacts> | null = null): OutsideFacts {
  const full = plan === null ? null : { active: new Set([ID]), due: [], blocked: [], ...plan };
  return { plan: full, destinations: ['liveramp-us', 'folder'] };
}

async function copyOutbox(ledger: Ledger): Promise<void> {
  await ledger.outboxDone((await ledger.pendingOutbox(1_000)).map(({ id }) => id));
}

describe('alerts', () => {
  let store: ControlStore;
  let clock: HandClock;
  let ledger: Ledger;
  beforeEach(async () => {
    store = await sqliteFile();
    clock = handClock('2026-02-16T06:00:00.000Z');
    ledger = await openLedger(store.place, { clock, program: '1.2.3' });
  });
  afterEach(async () => {
    await ledger[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });

  const check = (plan: Partial<PlanFacts> | null = null, on = ledger): Promise<readonly Alert[]> =>
    checkAlerts({ ledger: on, alerts: { rejectShare: 0.05, lateMinutes: 180, channels: CHANNELS } }, outside(plan));
  const story = (alerts: readonly Alert[]) => alerts.map(({ state, key }) => `${state === 'firing' ? '+' : '-'}${key}`).sort();
  /** What a check changes while the warehouse's copy keeps up: `+` for what begins, `-` for what ends. */
  const changes = async (plan: Partial<PlanFacts> | null = null): Promise<readonly string[]> => {
    await copyOutbox(ledger);
    return story(await check(plan));
  };
  const firing = async (): Promise<readonly Condition[]> => ledger.alerts({ state: 'firing' });
  const plan = async (change: Parameters<typeof planRequest>[0] = {}): Promise<Run> =>
    (await ledger.planRun(planRequest(change))).run;
  const take = async (run: Run, reopen = false): Promise<number> => {
    const claim = await ledger.claim(run.id, 'worker-1', HOUR, { reopen });
    if (claim === null) throw new Error('the run could not be claimed');
    return claim.token;
  };
  const fail = async (run: Run, reopen = false): Promise<void> => {
    const error = rejectedError('sftp_quota', 'The partner’s disk is\nfull.');
    await ledger.recordFailure(run.id, await take(run, reopen), error, { retryable: false });
  };
  const deliver = async (run: Run, got: Receipt = receipt(100, 0), reopen = false): Promise<void> => {
    const token = await take(run, reopen);
    for (const state of ['extracting', 'staged', 'delivering'] as const) await ledger.advance(run.id, token, state);
    await ledger.advance(run.id, token, got.rejected === 0 ? 'delivered' : 'partial', { receipt: got });
  };
  const hold = async (run: Run, reason: 'size_deviation' | 'source_stale'): Promise<void> => {
    const token = await take(run);
    for (const state of ['extracting', 'staged'] as const) await ledger.advance(run.id, token, state);
    await ledger.hold(run.id, token, reason, '900 identifiers, 100 the last time');
  };
  const week = (slot: string, dueAt = '2026-02-16T06:00:00.000Z') => ({ slot, facts: { dueAt } });

  test('a ledger where all is well has none', async () => {
    await deliver(await plan());
    expect(await changes()).toEqual([]);
  });

  describe('a failed run', () => {
    test('is told once, with what an operator must do, and once when a retry has delivered', async () => {
      const run = await plan();
      await fail(run);
      expect(await changes()).toEqual([`+run_failed:${ID}`]);
      expect(await changes()).toEqual([]);
      const [alert] = await firing();
      expect(alert).toMatchObject({ kind: 'run_failed', agencyId: '1480', detail: { run: run.id, code: 'sftp_quota' } });
      expect(alert?.message).toBe(
        `The delivery of advertiser 4711 of agency 1480 to liveramp-us (segment 1480_4711_30D) for 2026-W08 failed (sftp_quota): The partner’s disk is full. An operator must put right what \`aquarius runs show ${run.id}\` says, then \`aquarius runs retry ${run.id}\`.`,
      );
      await ledger.retry(run.id, ANN, HOUR);
      expect(await changes()).toEqual([]);
      clock.move(MINUTE);
      await deliver(run);
      expect(await changes()).toEqual([`-run_failed:${ID}`]);
      const told = [];
      for (let next = await ledger.takeNotification(MINUTE); next !== null; next = await ledger.takeNotification(MINUTE)) {
        told.push(`${next.event} ${next.channel} ${next.alert.key}`);
        await ledger.notificationDone(next.id);
      }
      expect(told).toEqual([`fired ops run_failed:${ID}`, `resolved ops run_failed:${ID}`]);
    });

    test('goes on while the next slot is at work, and ends when that one is delivered', async () => {
      await fail(await plan());
      await check();
      clock.move(MINUTE);
      const next = await plan(week('2026-W09', '2026-02-16T06:01:00.000Z'));
      expect(await changes()).toEqual([]);
      await deliver(next);
      expect(await changes()).toEqual([`-run_failed:${ID}`]);
    });

    test('that nobody looked at before the next slot began is told all the same', async () => {
      await fail(await plan());
      clock.move(MINUTE);
      const next = await plan(week('2026-W09', '2026-02-16T06:01:00.000Z'));
      expect(await changes()).toEqual([`+run_failed:${ID}`]);
      expect((await firing())[0]?.message).toContain(
        `failed, and its newest run, for 2026-W09, has delivered nothing yet. An operator must look at \`aquarius runs show ${next.id}\``,
      );
    });

    test('of a delivery that nobody wants any more is over', async () => {
      await fail(await plan());
      await check();
      expect(await changes({ active: new Set() })).toEqual([`-run_failed:${ID}`]);
    });

    test('that is to be tried again is no alert', async () => {
      const run = await plan();
      const error = transientError('sftp_timeout', 'No answer.');
      await ledger.recordFailure(run.id, await take(run), error, { retryable: true, retryInMs: MINUTE });
      expect(await changes()).toEqual([]);
    });
  });

  describe('a late run', () => {
    test('is one that is not delivered so long after it was due', async () => {
      const run = await plan();
      clock.move(180 * MINUTE - 1);
      expect(await changes()).toEqual([]);
      clock.move(1);
      expect(await changes()).toEqual([`+run_late:${ID}`]);
      expect((await firing())[0]?.message).toContain(`was due at 2026-02-16T06:00:00.000Z and is not delivered. An operator`);
      await deliver(run);
      expect(await changes()).toEqual([`-run_late:${ID}`]);
    });

    test('of several slots is told once', async () => {
      await plan();
      await plan(week('2026-W09', '2026-02-16T07:00:00.000Z'));
      clock.move(5 * HOUR);
      expect(await changes()).toEqual([`+run_late:${ID}`]);
      expect((await firing())[0]?.detail.slot).toBe('2026-W08');
    });

    test('that was asked for on purpose is as late as it was asked for', async () => {
      clock.move(24 * HOUR);
      await plan({ facts: { asOf: '2026-02-16T06:00:00.000Z' } });
      expect(await changes()).toEqual([]);
      clock.move(180 * MINUTE);
      expect(await changes()).toEqual([`+run_late:${ID}`]);
    });

    test('is also a due slot without a run, which stays so while nobody can plan', async () => {
      const due: DueSlot[] = [{ delivery: KEY, slot: '2026-W08', dueAt: '2026-02-16T03:00:00.000Z' }];
      expect(await changes({ due: [{ delivery: KEY, slot: '2026-W08', dueAt: '2026-02-16T03:00:00.001Z' }] })).toEqual([]);
      expect(await changes({ due })).toEqual([`+run_late:${ID}`]);
      expect((await firing())[0]?.message).toContain('`aquarius plan` says why');
      expect(await changes(null)).toEqual([]);
      expect(await changes({ due: [] })).toEqual([`-run_late:${ID}`]);
    });

    test('is not over because it waits for a person or has failed', async () => {
      const run = await plan();
      clock.move(3 * HOUR);
      expect(await changes()).toEqual([`+run_late:${ID}`]);
      await hold(run, 'size_deviation');
      expect(await changes()).toEqual([`+size_deviation:${run.id}`]);
      await ledger.approve(run.id, ANN);
      expect(await changes()).toEqual([`-size_deviation:${run.id}`]);
      await fail(run);
      expect(await changes()).toEqual([`+run_failed:${ID}`]);
      await ledger.retry(run.id, ANN, HOUR);
      expect(await changes()).toEqual([]);
      await deliver(run);
      expect(await changes()).toEqual([`-run_failed:${ID}`, `-run_late:${ID}`]);
    });

    test('that has failed is told as failed alone', async () => {
      await fail(await plan());
      clock.move(5 * HOUR);
      expect(await changes()).toEqual([`+run_failed:${ID}`]);
    });
  });

  describe('a run that waits for a person', () => {
    test.each([
      ['size_deviation', 'size_deviation'],
      ['source_stale', 'run_waiting'],
    ] as const)('for %s is told as %s, with the two commands, and not as late', async (reason, kind) => {
      const run = await plan();
      await hold(run, reason);
      clock.move(5 * HOUR);
      expect(await changes()).toEqual([`+${kind}:${run.id}`]);
      const [alert] = await firing();
      expect(alert?.kind).toBe(kind);
      expect(alert?.message).toContain('900 identifiers, 100 the last time');
      expect(alert?.message).toContain(`\`aquarius runs approve ${run.id}\` or \`aquarius runs reject ${run.id}\``);
      await ledger.reject(run.id, ANN);
      expect(await changes()).toEqual([`-${kind}:${run.id}`]);
    });
  });

  describe('rejected rows', () => {
    test('are told above the share alone, and end with the next good run', async () => {
      await deliver(await plan(), receipt(95, 5));
      expect(await changes()).toEqual([]);
      clock.move(MINUTE);
      const bad = await plan(week('2026-W09'));
      await deliver(bad, receipt(94, 6));
      expect(await changes()).toEqual([`+rejects:${ID}`]);
      const [alert] = await firing();
      expect(alert?.message).toContain('rejected 6 of 100 rows (6.0 %, most as MALFORMED)');
      expect(alert?.detail).toMatchObject({ accepted: 94, rejected: 6, run: bad.id });
      clock.move(MINUTE);
      const next = await plan(week('2026-W10'));
      expect(await changes()).toEqual([]);
      await deliver(next, receipt(99, 1));
      expect(await changes()).toEqual([`-rejects:${ID}`]);
    });
  });

  describe('a paused delivery', () => {
    test('is told when the engine paused it, instead of its failures', async () => {
      await fail(await plan());
      await ledger.pauseDelivery(KEY, engineActor('3 runs failed'));
      expect(await changes()).toEqual([`+delivery_paused:${ID}`]);
      expect((await firing())[0]?.message).toContain(`\`aquarius deliveries resume ${ID}\``);
      await ledger.resumeDelivery(KEY, ANN);
      // The run is still a failed one.
      expect(await changes()).toEqual([`+run_failed:${ID}`, `-delivery_paused:${ID}`].sort());
    });

    test('is not told when a person paused it', async () => {
      await deliver(await plan());
      await ledger.pauseDelivery(KEY, ANN);
      expect(await changes()).toEqual([]);
    });
  });

  describe('a blocked delivery', () => {
    const blocked: BlockedDelivery[] = [
      {
        agencyId: '1480',
        advertiserId: '4711',
        destination: null,
        segmentId: null,
        code: 'invalid_config',
        message: 'DELIVERY_CADENCE is not a cadence.',
      },
    ];

    test('is told until it can be planned again, and is not over because nobody can plan at all', async () => {
      expect(await changes({ blocked })).toEqual(['+delivery_blocked:1480:4711:*:*']);
      expect((await firing())[0]?.message).toContain('(invalid_config): DELIVERY_CADENCE is not a cadence.');
      expect(await changes(null)).toEqual([]);
      expect(await changes({ blocked: [] })).toEqual(['-delivery_blocked:1480:4711:*:*']);
    });

    test('is no reason to take its failed run for settled', async () => {
      await fail(await plan());
      await check();
      expect(await changes({ active: new Set(), blocked })).toEqual(['+delivery_blocked:1480:4711:*:*']);
    });
  });

  describe('a destination that is down', () => {
    const down = () =>
      ledger.recordDestination('liveramp-us', { ok: false, code: 'sftp_timeout', message: 'No answer.' }, BREAKER);

    test('is one message instead of one per delivery, and lets through one about another destination', async () => {
      await fail(await plan());
      await plan({ delivery: { advertiserId: '4712' } });
      const other = { ...KEY, destination: 'folder' };
      await plan({ delivery: other });
      clock.move(5 * HOUR);
      await down();
      expect(await changes()).toEqual(['+destination_down:liveramp-us', `+run_late:${deliveryId(other)}`]);
      expect((await firing()).find(({ kind }) => kind === 'destination_down')?.message).toContain('(sftp_timeout): No answer.');
    });

    test('ends nothing that was told before it, and when it is up what is still wrong is told', async () => {
      const run = await plan();
      await fail(run);
      await check();
      const late = { ...KEY, advertiserId: '4712' };
      await plan({ delivery: late });
      clock.move(5 * HOUR);
      await down();
      expect(await changes()).toEqual(['+destination_down:liveramp-us']);
      // Open or trying: it is not up before something was delivered.
      clock.move(HOUR);
      expect(await changes()).toEqual([]);
      await ledger.recordDestination('liveramp-us', { ok: true }, BREAKER);
      expect(await changes()).toEqual([`+run_late:${deliveryId(late)}`, '-destination_down:liveramp-us'].sort());
    });

    test('is no trouble once aquarius.yaml has it no more', async () => {
      await ledger.recordDestination('old', { ok: false, code: 'sftp_timeout', message: 'No answer.' }, BREAKER);
      expect(await changes()).toEqual([]);
    });
  });

  test('a copy in the warehouse that lacks changes for more than an hour is told until it has them', async () => {
    await deliver(await plan());
    clock.move(HOUR);
    expect(story(await check())).toEqual([]);
    clock.move(1);
    expect(story(await check())).toEqual(['+copy_behind']);
    await copyOutbox(ledger);
    expect(story(await check())).toEqual(['-copy_behind']);
  });

  test('each message is one line and its key is its own', async () => {
    await fail(await plan());
    await hold(await plan({ delivery: { advertiserId: '1' } }), 'size_deviation');
    await deliver(await plan({ delivery: { advertiserId: '2' } }), receipt(1, 9));
    await check();
    const alerts = await firing();
    expect(alerts.map(({ kind }) => kind).sort()).toEqual(['rejects', 'run_failed', 'size_deviation']);
    for (const { message } of alerts) expect(message).not.toMatch(/[\r\n]/);
  });

  test('the cost of a check does not grow with the deliveries', async () => {
    let calls = 0;
    const counted = new Proxy(ledger, {
      get(target, name: keyof Ledger) {
        calls += 1;
        return target[name];
      },
    });
    await check(null, counted);
    const few = calls;
    for (let n = 0; n < 30; n += 1) await fail(await plan({ delivery: { advertiserId: `${n}` } }));
    calls = 0;
    expect(await check(null, counted)).toHaveLength(30);
    expect(calls).toBe(few);
  });
});

test('servers that look at the same time tell it once', async () => {
  const clock = handClock('2026-02-16T12:00:00.000Z');
  for (const make of [sqliteFile, () => postgresDatabase(inject('postgresUrl'))]) {
    await using store = await make();
    await using first = await openLedger(store.place, { clock, program: '1.2.3' });
    await using second = await openLedger(store.place, { clock, program: '1.2.3' });
    const { run } = await first.planRun(planRequest());
    const claim = await first.claim(run.id, 'worker-1', HOUR);
    await first.recordFailure(run.id, claim?.token ?? 0, rejectedError('no', 'No.'), { retryable: false });
    await copyOutbox(first);
    const alerts = { rejectShare: 0.05, lateMinutes: 180, channels: CHANNELS };
    const looks = [first, second, first, second, first, second].map((ledger) => checkAlerts({ ledger, alerts }, outside()));
    expect((await Promise.all(looks)).flat()).toHaveLength(1);
    const told = [];
    for (;;) {
      const next = await second.takeNotification(MINUTE);
      if (next === null) break;
      told.push(next.alert.key);
      await second.notificationDone(next.id);
    }
    expect(told).toEqual([`run_failed:${ID}`]);
  }
});
