import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type App, openApp } from '../src/app.ts';
import { renderTable } from '../src/cli/table.ts';
import { DAY_MS, systemClock } from '../src/lib/clock.ts';
import { openLog } from '../src/lib/log.ts';
import { sql } from '../src/lib/sql.ts';
import { VERSION } from '../src/lib/version.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { checkAlerts } from '../src/monitor/check-alerts.ts';
import { gatherFacts } from '../src/monitor/facts.ts';
import { makeMetrics } from '../src/monitor/metrics.ts';
import { deliveriesOverview } from '../src/schedule/deliveries-overview.ts';
import { planDue } from '../src/schedule/plan-due.ts';
import { planFactsOf } from '../src/schedule/plan-facts.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { configureFleet, fleetDestinations, makeFleet } from './support/fleet.ts';
import { medianOf, type Spent, spentBy } from './support/spent.ts';
import { DATA_FOLDER } from './warehouse.ts';

/**
 * What the scheduler costs when many deliveries come due at the same minute, and between those minutes.
 *
 *   node bench/schedule.ts [--deliveries 2861,28610] [--store sqlite,postgres] [--turns 5] [--json FILE]
 */

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '2861,28610' },
    store: { type: 'string', default: 'sqlite,postgres' },
    turns: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
});
const turns = Number(values.turns);
const WEEK_MS = 7 * DAY_MS;

/** All that is measured on one fleet in one store, by what it is. */
async function measure(app: App, count: number): Promise<ReadonlyMap<string, Spent>> {
  const engine = await app.engine();
  const { ledger, settings, warehouse, catalogue } = engine;
  const spent = new Map<string, Spent>();
  const now = await ledger.now();
  const later = new Date(now.getTime() + WEEK_MS);
  const plan = async (at: Date, expected: number): Promise<Awaited<ReturnType<typeof planDue>>> => {
    const planned = await planDue(engine, at);
    if (planned.created.length !== expected) throw new Error(`${planned.created.length} runs instead of ${expected}.`);
    return planned;
  };
  spent.set('all due, new', await spentBy(() => plan(now, count)));
  spent.set('all due, a week later', await spentBy(() => plan(later, count)));
  spent.set('idle look', await medianOf(turns, () => plan(later, 0)));
  spent.set(
    'look after a change',
    await medianOf(turns, async () => {
      await withResource(warehouse.session(), (session) =>
        session.execute(sql`UPDATE BASE_TABLES.REF_ADVERTISER_CONFIG SET CLIENT_IDENTIFIER = coalesce(CLIENT_IDENTIFIER, '') || 'x'
          WHERE ADVERTISER_ID = '20000'`),
      );
      await plan(later, 0);
    }),
  );
  const { orders } = await plan(later, 0);
  const outside = { plan: await planFactsOf(engine, orders), destinations: Object.keys(settings.destinations) };
  const metrics = makeMetrics({ ledger, clock: systemClock, version: VERSION });
  spent.set('plan facts', await medianOf(turns, () => planFactsOf(engine, orders)));
  spent.set('gather facts', await medianOf(turns, () => gatherFacts(ledger, outside)));
  spent.set('check alerts', await medianOf(turns, () => checkAlerts({ ledger, alerts: settings.alerts }, outside)));
  spent.set('metrics', await medianOf(turns, () => metrics.text()));
  spent.set('list of deliveries', await medianOf(turns, () => deliveriesOverview({ ...engine, warehouse, catalogue })));
  return spent;
}

async function onStore(store: string, count: number, url: string | undefined): Promise<ReadonlyMap<string, Spent>> {
  await mkdir(DATA_FOLDER, { recursive: true });
  const home = await mkdtemp(join(DATA_FOLDER, 'schedule-'));
  try {
    const control = store === 'postgres' ? 'controlStore: { url: env:BENCH_DATABASE_URL }\n' : '';
    await writeFile(join(home, 'aquarius.yaml'), `${control}${fleetDestinations(join(home, 'inbox'))}`);
    const opening = openApp({
      home,
      file: undefined,
      env: url === undefined ? {} : { BENCH_DATABASE_URL: url },
      clock: systemClock,
      log: openLog('warn'),
      mode: 'write',
      signal: new AbortController().signal,
    });
    return await withResource(opening, async (app) => {
      await withResource(app.warehouse.session(), (session) => configureFleet(session, makeFleet(count), 'WEEKLY'));
      return measure(app, count);
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Each on a server of its own, which holds nothing else. */
async function measureStore(store: string, count: number): Promise<ReadonlyMap<string, Spent>> {
  if (store === 'sqlite') return onStore(store, count, undefined);
  const server = await startPostgres();
  try {
    return await onStore(store, count, server.url);
  } finally {
    await server.stop();
  }
}

const rows = [];
for (const store of values.store.split(',')) {
  for (const count of values.deliveries.split(',').map(Number)) {
    for (const [what, { wall, cpu }] of await measureStore(store, count)) rows.push({ store, count, what, wall, cpu });
  }
}
const load = loadavg()[0]?.toFixed(1);
process.stdout.write(
  `median of ${turns}, load of the machine ${load}; CPU is this process's, with DuckDB and SQLite but without PostgreSQL\n${renderTable(
    rows,
    [
      { title: 'STORE', value: ({ store }) => store },
      { title: 'DELIVERIES', value: ({ count }) => String(count) },
      { title: 'WHAT', value: ({ what }) => what },
      { title: 'WALL MS', value: ({ wall }) => wall.toFixed(0) },
      { title: 'CPU MS', value: ({ cpu }) => cpu.toFixed(0) },
    ],
  )}\n`,
);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ turns, load, rows }, null, 2)}\n`);
