import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rejectedError } from '../src/errors.ts';
import type { DeliveryState } from '../src/ledger/delivery-state.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { openLedger } from '../src/ledger/open.ts';
import type { Run } from '../src/ledger/run.ts';
import { makeMetrics } from '../src/monitor/metrics.ts';
import { type ControlStore, sqliteFile } from './support/control-stores.ts';
import { type HandClock, handClock } from './support/hand-clock.ts';
import { planRequest } from './support/plan-request.ts';

const MINUTE = 60_000;

/** The samples of a scrape, by name and labels as they are written. */
function parse(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('metrics', () => {
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
  const plan = async (advertiserId: string): Promise<Run> =>
    (await ledger.planRun(planRequest({ delivery: { advertiserId } }))).run;
  const take = async (run: Run): Promise<number> => {
    const claim = await ledger.claim(run.id, 'worker-1', MINUTE);
    if (claim === null) throw new Error('the run could not be claimed');
    return claim.token;
  };
  const deliver = async (run: Run, accepted: number): Promise<void> => {
    const token = await take(run);
    for (const state of ['extracting', 'staged', 'delivering'] as const) await ledger.advance(run.id, token, state);
    const receipt = { accepted, rejected: 0, reasons: {}, reference: 'job-1', files: [], details: {} };
    await ledger.advance(run.id, token, 'delivered', { receipt, written: accepted });
  };
  const scrape = async (on = makeMetrics({ ledger, clock, version: '1.2.3' })) => parse(await on.text());

  test('tell what the ledger says', async () => {
    await deliver(await plan('1'), 100);
    await deliver(await plan('2'), 23);
    const failed = await plan('3');
    await ledger.recordFailure(failed.id, await take(failed), rejectedError('no', 'No.'), { retryable: false });
    await plan('4');
    const held = await plan('5');
    await ledger.hold(held.id, await take(held), 'first_run', 'the first one');
    const policy = { failures: 1, coolDownMs: MINUTE, maxCoolDownMs: MINUTE };
    await ledger.recordDestination('liveramp-us', { ok: true }, policy);
    await ledger.recordDestination('folder', { ok: false, code: 'disk_full', message: 'Full.' }, policy);
    const condition = { key: 'copy_behind', kind: 'copy_behind', agencyId: null, message: 'Behind.', detail: {} } as const;
    await ledger.updateAlerts([condition], []);
    clock.move(90_000);
    const got = await scrape();
    const { runs, outbox, finished, delivered } = await ledger.statistics();
    for (const [state, count] of Object.entries(runs)) expect(got.get(`aquarius_runs{state="${state}"}`), state).toBe(count);
    expect(got.get('aquarius_runs{state="delivered"}')).toBe(2);
    expect(got.get('aquarius_runs{state="held"}')).toBe(1);
    expect(got.get('aquarius_queue_depth')).toBe(1);
    expect(got.get('aquarius_queue_oldest_seconds')).toBe(90);
    expect(got.get('aquarius_outbox_pending')).toBe(outbox.pending);
    expect(outbox.pending).toBeGreaterThan(0);
    expect(got.get('aquarius_outbox_lag_seconds')).toBe(90);
    for (const { destination, state, runs: count } of finished)
      expect(got.get(`aquarius_deliveries_total{destination="${destination}",state="${state}"}`)).toBe(count);
    expect(got.get('aquarius_deliveries_total{destination="liveramp-us",state="failed"}')).toBe(1);
    expect(got.get('aquarius_delivered_rows_total{destination="liveramp-us"}')).toBe(123);
    expect(got.get('aquarius_delivered_bytes_total{destination="liveramp-us"}')).toBe(delivered[0]?.bytes);
    expect(got.get('aquarius_breaker_open{destination="folder"}')).toBe(1);
    expect(got.get('aquarius_breaker_open{destination="liveramp-us"}')).toBe(0);
    const series = 'agency="1480",advertiser="2",destination="liveramp-us",segment="1480_4711_30D"';
    expect(got.get(`aquarius_delivery_last_success_timestamp_seconds{${series}}`)).toBe(
      Date.parse('2026-02-16T06:00:00Z') / 1_000,
    );
    expect([...got.keys()].filter((key) => key.startsWith('aquarius_delivery_last_success'))).toHaveLength(2);
    expect(got.get('aquarius_delivery_series_dropped')).toBe(0);
    expect(got.get('aquarius_alerts_firing{kind="copy_behind"}')).toBe(1);
    expect(got.get('aquarius_alerts_firing{kind="run_failed"}')).toBe(0);
    expect(got.get('aquarius_build_info{version="1.2.3"}')).toBe(1);
    expect(got.has('process_resident_memory_bytes')).toBe(true);
  });

  test('of totals survive a restart and do not grow by being read', async () => {
    await deliver(await plan('1'), 100);
    const metrics = makeMetrics({ ledger, clock, version: '1.2.3' });
    const key = 'aquarius_delivered_rows_total{destination="liveramp-us"}';
    await Promise.all([metrics.text(), metrics.text()]);
    expect((await scrape(metrics)).get(key)).toBe(100);
    await using reopened = await openLedger(store.place, { clock, program: '1.2.4' });
    expect((await scrape(makeMetrics({ ledger: reopened, clock, version: '1.2.4' }))).get(key)).toBe(100);
  });

  test('of what is over are gone', async () => {
    const condition = { key: 'copy_behind', kind: 'copy_behind', agencyId: null, message: 'Behind.', detail: {} } as const;
    const metrics = makeMetrics({ ledger, clock, version: '1.2.3' });
    await ledger.updateAlerts([condition], []);
    expect((await scrape(metrics)).get('aquarius_alerts_firing{kind="copy_behind"}')).toBe(1);
    await ledger.updateAlerts([], []);
    expect((await scrape(metrics)).get('aquarius_alerts_firing{kind="copy_behind"}')).toBe(0);
  });

  test('of steps are of the process that did them', async () => {
    const metrics = makeMetrics({ ledger, clock, version: '1.2.3' });
    metrics.observeStep('delivering', 4, 'liveramp-us');
    metrics.observeStep('delivering', 100, 'liveramp-us');
    const got = await scrape(metrics);
    const labels = 'step="delivering",destination="liveramp-us"';
    expect(got.get(`aquarius_run_duration_seconds_sum{${labels}}`)).toBe(104);
    expect(got.get(`aquarius_run_duration_seconds_count{${labels}}`)).toBe(2);
    expect(got.get(`aquarius_run_duration_seconds_bucket{le="5",${labels}}`)).toBe(1);
    expect(got.get(`aquarius_run_duration_seconds_bucket{le="300",${labels}}`)).toBe(2);
    expect((await scrape()).has(`aquarius_run_duration_seconds_sum{${labels}}`)).toBe(false);
  });

  test('of deliveries stop at a number of series, and say how many are left out', async () => {
    const many = Array.from(
      { length: 10_003 },
      (_, n): DeliveryState => ({
        id: `${n}`,
        agencyId: '1480',
        advertiserId: `${n}`,
        destination: 'folder',
        segmentId: 's',
        paused: null,
        failures: 0,
        lastRun: null,
        lastDeliveredAt: n === 0 ? null : '2026-02-16T05:00:00.000Z',
        lastWritten: 1,
      }),
    );
    const crowded = new Proxy(ledger, {
      get: (target, name: keyof Ledger) => (name === 'deliveries' ? async () => many : target[name]),
    });
    const got = await scrape(makeMetrics({ ledger: crowded, clock, version: '1.2.3' }));
    expect([...got.keys()].filter((key) => key.startsWith('aquarius_delivery_last_success'))).toHaveLength(10_000);
    expect(got.get('aquarius_delivery_series_dropped')).toBe(2);
  });
});
