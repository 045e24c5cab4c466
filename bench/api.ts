import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ServerFile } from '../src/cli/forward/server-file.ts';
import { renderTable } from '../src/cli/table.ts';
import { currentSlot, type Slot } from '../src/config/cadence.ts';
import { DAY_MS, systemClock } from '../src/lib/clock.ts';
import { sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { configureFleet, DESTINATIONS, fleetDestinations, makeFleet } from './support/fleet.ts';
import { makeStore, schemaMark } from './support/ledger-store.ts';
import { type Server, startServer, stopServer } from './support/server.ts';
import { quantile } from './support/spent.ts';
import { DATA_FOLDER } from './warehouse.ts';

/**
 * How long the API of a server takes that has a long history, while it plans, delivers and judges alerts as ever. CPU is what the server
 * used for each request, all that it does besides included; with --idle no runs are asked for meanwhile.
 *
 *   node bench/api.ts [--runs 1000000] [--deliveries 2861] [--connections 4] [--seconds 5] [--only TEXT] [--idle] [--json FILE]
 */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000000' },
    deliveries: { type: 'string', default: '2861' },
    connections: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    idle: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const DEFAULTS = { hourUtc: 6, weekday: 'MONDAY', monthDay: 1 } as const;
const DEVICES = 40;
/** What the 95th percentile of a list may be, in milliseconds. */
const LIMIT_MS = 50;
const fleet = makeFleet(Number(values.deliveries));

/** So many daily slots, the newest last: the current one. */
function slotsUntil(now: Date, count: number): readonly Slot[] {
  const newest = currentSlot({ kind: 'DAILY' }, now, DEFAULTS).dueAt.getTime();
  return Array.from({ length: count }, (_, index) =>
    currentSlot({ kind: 'DAILY' }, new Date(newest - (count - 1 - index) * DAY_MS), DEFAULTS),
  );
}

/** Every advertiser has been seen on a few devices within the last day. */
async function makeWarehouse(path: string): Promise<void> {
  const advertisers = [...new Map(fleet.map((delivery) => [delivery.segmentId, delivery])).values()];
  const pairs = JSON.stringify(advertisers.map(({ agencyId, advertiserId }) => ({ agency: agencyId, advertiser: advertiserId })));
  const rows = sql`(SELECT unnest(from_json(${pairs}, '[{"agency":"VARCHAR","advertiser":"VARCHAR"}]'), recursive := true))`;
  await withResource(openDuckDB({ path, readOnly: false, memoryLimit: '1GB' }), (warehouse) =>
    withResource(warehouse.session(), async (session) => {
      await createTables(session);
      await configureFleet(session, fleet, 'DAILY');
      await session.execute(sql`INSERT INTO REF_DATA.PIXEL_CAMPAIGN_MAPPING_V2
          (MAPPING_ID, AGENCY_ID, DSP_PLATFORM_TYPE, DSP_ADVERTISER_ID, INSERTION_ORDER_ID, LINE_ITEM_ID, QUORUM_ADVERTISER_ID)
        SELECT CAST(advertiser AS BIGINT), agency, '21', concat('D', advertiser), NULL, NULL, advertiser FROM ${rows}`);
      await session.execute(sql`INSERT INTO BASE_TABLES.AD_IMPRESSION_LOG_V2 (AGENCY_ID, DSP_PLATFORM_TYPE, DSP_ADVERTISER_ID,
          INSERTION_ORDER_ID, LINE_ITEM_ID, DEVICE_ID_RAW, DEVICE_TYPE, AUCTION_TIMESTAMP)
        SELECT agency, '21', concat('D', advertiser), 'IO1', 'LI1', CAST(CAST(md5(concat(advertiser, ' ', n)) AS UUID) AS VARCHAR),
          'GAID', ${new Date(systemClock.now().getTime() - DAY_MS)} FROM ${rows}, range(${DEVICES}) AS r(n)`);
    }),
  );
}

/** The data directory of the server, made when it is not there yet; a run of this benchmark leaves a few more runs in it. */
async function prepare(): Promise<string> {
  await mkdir(DATA_FOLDER, { recursive: true });
  const runs = Number(values.runs);
  const home = join(DATA_FOLDER, `api-${await schemaMark(DATA_FOLDER)}-${runs}-${fleet.length}`);
  if (existsSync(home)) return home;
  const unfinished = `${home}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  const inbox = join(DATA_FOLDER, 'inbox-api');
  for (const name of DESTINATIONS) await mkdir(join(inbox, name), { recursive: true });
  const settings = `${fleetDestinations(inbox)}policy: { minAudience: 1, staleSource: warn }\nguards: { maxSizeChange: null }\n`;
  await writeFile(join(unfinished, 'aquarius.yaml'), settings);
  await makeWarehouse(join(unfinished, 'warehouse.duckdb'));
  await makeStore(join(unfinished, 'control.db'), fleet, slotsUntil(systemClock.now(), Math.ceil(runs / fleet.length)));
  await rename(unfinished, home);
  return home;
}

/** Some runs of every age, to be asked for and to stand at the end of a page. */
function sampleRuns(home: string): readonly { readonly id: string; readonly plannedAt: string; readonly slot: string }[] {
  const database = new DatabaseSync(join(home, 'control.db'), { readOnly: true });
  try {
    const { last } = database.prepare('select max(rowid) as last from runs').get() ?? {};
    const one = database.prepare('select id, planned_at, slot from runs where rowid >= ? limit 1');
    return Array.from({ length: 500 }, (_, n) => {
      const row = one.get(1 + Math.floor((Number(last) - 1) * (n / 500)));
      return { id: String(row?.id), plannedAt: String(row?.planned_at), slot: String(row?.slot) };
    });
  } finally {
    database.close();
  }
}

/** Keeps the worker busy: one agency after the other is asked for again. */
async function keepBusy({ mark }: Server, until: AbortSignal): Promise<number> {
  const agencies = [...new Set(fleet.map(({ agencyId }) => agencyId))];
  let asked = 0;
  for (let n = 0; !until.aborted; n += 1) {
    const planned = await fetch(`${mark.url}/api/delivery/runs?state=planned&limit=20`, withToken(mark));
    const { runs } = (await planned.json()) as { runs: unknown[] };
    if (runs.length < 10) {
      const response = await fetch(`${mark.url}/api/delivery/run`, {
        method: 'POST',
        headers: { ...withToken(mark).headers, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
        body: JSON.stringify({ agencyId: agencies[(n * 13) % agencies.length], force: true }),
      });
      if (response.status !== 202) throw new Error(`A trigger was answered by ${response.status}: ${await response.text()}`);
      asked += ((await response.json()) as { runs: unknown[] }).runs.length;
    }
    await sleep(1_000, undefined, { signal: until }).catch(() => {});
  }
  return asked;
}

function withToken({ token }: ServerFile) {
  return { headers: { Authorization: `Bearer ${token}` } };
}

interface Endpoint {
  readonly name: string;
  /** A list, for which the limit holds. */
  readonly list: boolean;
  readonly path: (n: number) => string;
}

function endpoints(home: string): readonly Endpoint[] {
  const samples = sampleRuns(home);
  const at = <T>(items: readonly T[], n: number): T => items[(n * 31) % items.length] as T;
  const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const from = (n: number): string => {
    const { id, plannedAt } = at(samples, n);
    return cursor({ plannedAt, id });
  };
  const runs = (name: string, query: (n: number) => string): Endpoint => ({
    name: `runs${name === '' ? '' : ` by ${name}`}`,
    list: true,
    path: (n) => `/api/delivery/runs?${query(n)}`,
  });
  const agency = (n: number): string => `agencyId=${at(fleet, n).agencyId}`;
  const destination = (n: number): string => `destination=${at(fleet, n).destination}`;
  const slot = (n: number): string => `slot=${at(samples, n).slot}`;
  return [
    runs('', () => ''),
    runs('page of 200', () => 'limit=200'),
    runs('deep page', (n) => `cursor=${from(n)}`),
    runs('agency', agency),
    runs('agency, deep page', (n) => `${agency(n)}&cursor=${from(n)}`),
    runs('advertiser', (n) => `advertiserId=${at(fleet, n).advertiserId}`),
    runs('agency and advertiser', (n) => `${agency(n)}&advertiserId=${at(fleet, n).advertiserId}`),
    runs('agency and destination', (n) => `${agency(n)}&${destination(n)}`),
    runs('destination', destination),
    runs('destination, deep page', (n) => `${destination(n)}&cursor=${from(n)}`),
    runs('delivery', (n) => `deliveryId=${at(fleet, n).id}`),
    ...['delivered', 'partial', 'failed', 'skipped', 'planned', 'extracting'].map((state) => runs(state, () => `state=${state}`)),
    runs('failed, deep page', (n) => `state=failed&cursor=${from(n)}`),
    runs('agency and failed', (n) => `${agency(n)}&state=failed`),
    runs('agency and planned', (n) => `${agency(n)}&state=planned`),
    runs('destination and failed', (n) => `${destination(n)}&state=failed`),
    runs('destination and planned', (n) => `${destination(n)}&state=planned`),
    runs('advertiser and failed', (n) => `advertiserId=${at(fleet, n).advertiserId}&state=failed`),
    runs('slot', slot),
    runs('slot and agency', (n) => `${slot(n)}&${agency(n)}`),
    runs('slot and failed', (n) => `${slot(n)}&state=failed`),
    runs('slot and destination', (n) => `${slot(n)}&${destination(n)}`),
    runs('held', () => 'held=true'),
    runs('held and agency', (n) => `held=true&${agency(n)}`),
    runs('held and destination', (n) => `held=true&${destination(n)}`),
    runs('not held', () => 'held=false'),
    { name: 'run', list: false, path: (n) => `/api/delivery/runs/${at(samples, n).id}` },
    { name: 'deliveries, all', list: true, path: () => '/api/delivery/deliveries' },
    { name: 'deliveries by agency', list: true, path: (n) => `/api/delivery/deliveries?${agency(n)}` },
    { name: 'delivery', list: false, path: (n) => `/api/delivery/deliveries/${at(fleet, n).id}` },
    { name: 'destinations', list: true, path: () => '/api/delivery/destinations' },
    { name: 'alerts', list: true, path: () => '/api/delivery/alerts' },
    { name: 'alerts that fire', list: true, path: () => '/api/delivery/alerts?state=firing' },
    { name: 'alerts by agency', list: true, path: (n) => `/api/delivery/alerts?${agency(n)}` },
    { name: 'audit', list: true, path: () => '/api/delivery/audit' },
    { name: 'audit by agency', list: true, path: (n) => `/api/delivery/audit?${agency(n)}` },
    {
      name: 'audit by subject',
      list: true,
      path: (n) => `/api/delivery/audit?subjectKind=delivery&subjectId=${at(fleet, n).id}`,
    },
    { name: 'audit by kind', list: true, path: () => '/api/delivery/audit?subjectKind=run' },
    { name: 'health', list: false, path: () => '/healthz' },
    { name: 'readiness', list: false, path: () => '/readyz' },
    { name: 'metrics', list: false, path: () => '/metrics' },
  ];
}

/** Processor time that a process has used so far, in milliseconds; the kernel counts in hundredths of a second. */
async function cpuOf({ process: { pid } }: Server): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Asks for an endpoint again and again, over so many connections at once; the times in milliseconds, sorted. */
async function load({ path }: Endpoint, { mark }: Server): Promise<readonly number[]> {
  const times: number[] = [];
  const end = performance.now() + Number(values.seconds) * 1_000;
  let next = 0;
  const connection = async (): Promise<void> => {
    while (performance.now() < end) {
      const n = next;
      next += 1;
      const at = performance.now();
      const response = await fetch(mark.url + path(n), withToken(mark));
      const body = await response.text();
      times.push(performance.now() - at);
      if (response.status !== 200) throw new Error(`${path(n)} was answered by ${response.status}: ${body.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.connections) }, connection));
  return times.toSorted((a, b) => a - b);
}

const home = await prepare();
const server = await startServer(home);
const done = new AbortController();
const rows = [];
let asked = 0;
try {
  const busy = values.idle ? Promise.resolve(0) : keepBusy(server, done.signal);
  for (const endpoint of endpoints(home).filter(({ name }) => name.includes(values.only))) {
    const before = await cpuOf(server);
    const times = await load(endpoint, server);
    const cpu = ((await cpuOf(server)) - before) / times.length;
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => quantile(times, part));
    rows.push({
      name: endpoint.name,
      list: endpoint.list,
      requests: times.length,
      cpu,
      p50,
      p95,
      p99,
      max: times.at(-1),
      load: loadavg()[0],
    });
  }
  done.abort();
  asked = await busy;
} finally {
  done.abort();
  await stopServer(server);
}
const ms = (value: number | undefined): string => (value ?? Number.NaN).toFixed(1);
process.stdout.write(
  `${values.runs} runs, ${fleet.length} deliveries, ${values.connections} connections, ${values.seconds} s each; ${asked} runs asked for meanwhile\n${renderTable(
    rows,
    [
      { title: 'WHAT', value: ({ name }) => name },
      { title: 'REQUESTS', value: ({ requests }) => String(requests) },
      { title: 'CPU MS', value: ({ cpu }) => ms(cpu) },
      { title: 'P50 MS', value: ({ p50 }) => ms(p50) },
      { title: 'P95 MS', value: ({ p95 }) => ms(p95) },
      { title: 'P99 MS', value: ({ p99 }) => ms(p99) },
      { title: 'MAX MS', value: ({ max }) => ms(max) },
      { title: 'LOAD', value: (row) => ms(row.load) },
      { title: '', value: ({ list, p95 }) => (list && (p95 ?? Number.NaN) > LIMIT_MS ? `above ${LIMIT_MS}` : '') },
    ],
  )}\n`,
);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ ...values, asked, rows }, null, 2)}\n`);
