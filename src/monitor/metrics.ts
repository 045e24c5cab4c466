import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ALERT_KINDS } from '../ledger/alert.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../lib/clock.ts';

export interface MetricsDeps {
  readonly ledger: Pick<Ledger, 'statistics' | 'destinations' | 'deliveries' | 'alerts'>;
  readonly clock: Clock;
  readonly version: string;
}

/** What Prometheus scrapes. Labels name configuration, never a person. */
export interface Metrics {
  readonly contentType: string;
  /** The text of one scrape, read from the ledger now. Throws what the ledger throws. */
  text(): Promise<string>;
  /** Counts a step of a run that this process has worked on. */
  observeStep(step: string, seconds: number, destination: string): void;
}

/**
 * Series that deliveries may make: a fixed number, since a Prometheus server breaks long before anybody would raise it. What is beyond
 * is counted in `aquarius_delivery_series_dropped`, and stands in the ledger.
 */
const DELIVERY_SERIES = 10_000;

/** Alerts that can fire at once: far above the number of deliveries. */
const FIRING = 1_000_000;

/** From the blink of a small file to the hours of a large audience. */
const BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400];

/**
 * Metrics with a registry of their own. All but the step durations come from the ledger, so that totals survive a restart and every
 * server that shares the ledger tells the same.
 */
export function makeMetrics({ ledger, clock, version }: MetricsDeps): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const steps = new Histogram({
    name: 'aquarius_run_duration_seconds',
    help: 'How long the steps of runs took that this process worked on.',
    labelNames: ['step', 'destination'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const fill = ledgerMetrics(registry);
  const build = gauge(registry, 'aquarius_build_info', 'Always 1; the label is the version that runs.', ['version']);
  build.set({ version }, 1);
  return {
    contentType: registry.contentType,
    observeStep: (step, seconds, destination) => steps.observe({ step, destination }, seconds),
    async text() {
      const statistics = await ledger.statistics();
      const destinations = await ledger.destinations();
      const deliveries = await ledger.deliveries();
      const firing = await ledger.alerts({ state: 'firing', limit: FIRING });
      fill({ statistics, destinations, deliveries, firing, now: clock.now().getTime() });
      return registry.metrics();
    },
  };
}

interface Reading {
  readonly statistics: Awaited<ReturnType<Ledger['statistics']>>;
  readonly destinations: Awaited<ReturnType<Ledger['destinations']>>;
  readonly deliveries: Awaited<ReturnType<Ledger['deliveries']>>;
  readonly firing: Awaited<ReturnType<Ledger['alerts']>>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Gives what puts a reading into the registry, at one go, so that two scrapes at a time do not mix. */
function ledgerMetrics(registry: Registry): (reading: Reading) => void {
  const fills = [
    runMetrics(registry),
    backlogMetrics(registry),
    totalMetrics(registry),
    destinationMetrics(registry),
    deliveryMetrics(registry),
    alertMetrics(registry),
  ];
  return (reading) => {
    for (const fill of fills) fill(reading);
  };
}

function gauge(registry: Registry, name: string, help: string, labelNames: readonly string[] = []): Gauge {
  return new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
}

function counter(registry: Registry, name: string, help: string, labelNames: readonly string[]): Counter {
  return new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
}

function runMetrics(registry: Registry) {
  const runs = gauge(registry, 'aquarius_runs', 'Runs in each state; held ones wait for a person.', ['state']);
  return ({ statistics }: Reading): void => {
    for (const [state, count] of Object.entries(statistics.runs)) runs.set({ state }, count);
    runs.set({ state: 'held' }, statistics.held);
  };
}

function backlogMetrics(registry: Registry) {
  const depth = gauge(registry, 'aquarius_queue_depth', 'Runs that wait for a worker.');
  const oldest = gauge(registry, 'aquarius_queue_oldest_seconds', 'How long the oldest of them has been due.');
  const pending = gauge(registry, 'aquarius_outbox_pending', 'Changes that the warehouse’s copy must still hear of.');
  const lag = gauge(registry, 'aquarius_outbox_lag_seconds', 'How old the oldest of them is.');
  return ({ statistics: { queue, outbox }, now }: Reading): void => {
    depth.set(queue.waiting);
    oldest.set(secondsSince(queue.oldestDueAt, now));
    pending.set(outbox.pending);
    lag.set(secondsSince(outbox.oldestAt, now));
  };
}

function secondsSince(time: string | null, now: number): number {
  return time === null ? 0 : Math.max(0, (now - Date.parse(time)) / 1_000);
}

/** Counters of the ledger are set as they stand there. */
function totalMetrics(registry: Registry) {
  const bytes = counter(registry, 'aquarius_delivered_bytes_total', 'Bytes of the files that were delivered.', ['destination']);
  const rows = counter(registry, 'aquarius_delivered_rows_total', 'Rows that destinations accepted.', ['destination']);
  const ended = counter(registry, 'aquarius_deliveries_total', 'How often runs have ended in each state.', [
    'destination',
    'state',
  ]);
  return ({ statistics }: Reading): void => {
    for (const one of [bytes, rows, ended]) one.reset();
    for (const { destination, ...total } of statistics.delivered) {
      bytes.inc({ destination }, total.bytes);
      rows.inc({ destination }, total.rows);
    }
    for (const { destination, state, runs } of statistics.finished) ended.inc({ destination, state }, runs);
  };
}

function destinationMetrics(registry: Registry) {
  const open = gauge(registry, 'aquarius_breaker_open', '1 while a destination is left alone since it keeps failing.', [
    'destination',
  ]);
  return ({ destinations }: Reading): void => {
    open.reset();
    for (const { name, breaker } of destinations) open.set({ destination: name }, breaker === 'closed' ? 0 : 1);
  };
}

function deliveryMetrics(registry: Registry) {
  const name = 'aquarius_delivery_last_success_timestamp_seconds';
  const labels = ['agency', 'advertiser', 'destination', 'segment'];
  const last = gauge(registry, name, 'When a delivery was delivered last.', labels);
  const dropped = gauge(registry, 'aquarius_delivery_series_dropped', `Deliveries without a series, beyond ${DELIVERY_SERIES}.`);
  return ({ deliveries }: Reading): void => {
    last.reset();
    const delivered = deliveries.filter(({ lastDeliveredAt }) => lastDeliveredAt !== null);
    for (const { agencyId, advertiserId, destination, segmentId, lastDeliveredAt } of delivered.slice(0, DELIVERY_SERIES)) {
      const series = { agency: agencyId, advertiser: advertiserId, destination, segment: segmentId };
      last.set(series, Date.parse(lastDeliveredAt ?? '') / 1_000);
    }
    dropped.set(Math.max(0, delivered.length - DELIVERY_SERIES));
  };
}

function alertMetrics(registry: Registry) {
  const firing = gauge(registry, 'aquarius_alerts_firing', 'Alerts that are firing.', ['kind']);
  return (reading: Reading): void => {
    for (const kind of ALERT_KINDS) firing.set({ kind }, reading.firing.filter((alert) => alert.kind === kind).length);
  };
}
