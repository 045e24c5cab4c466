import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openApp } from '../src/app.ts';
import { renderTable } from '../src/cli/table.ts';
import { deliver } from '../src/delivery/deliver.ts';
import { clockAt } from '../src/lib/clock.ts';
import { openLog } from '../src/lib/log.ts';
import { sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { AT, benchWarehouse, DATA_FOLDER, expectedRows, SEGMENT } from './warehouse.ts';

/**
 * Times every step of a delivery into a folder, and in turns with it what is the least that there is to do: DuckDB writing the same
 * lines of a table of finished rows, by the same binding.
 *
 *   node bench/delivery.ts [--ids 5000000] [--runs 3] [--gzip off] [--threads 2] [--json FILE]
 */

const { values } = parseArgs({
  options: {
    ids: { type: 'string', default: '5000000' },
    runs: { type: 'string', default: '3' },
    gzip: { type: 'string', default: 'off' },
    threads: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});
const ids = Number(values.ids);
const threads = Number(values.threads);

/** Wall and processor time in seconds. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** Of a step that a delivery did not have: a large file is packed while it is written. */
const NOTHING: Spent = { wall: 0, cpu: 0 };

/** Gives the time since it was asked last. */
function stopwatch(): () => Spent {
  let at = performance.now();
  let cpu = process.cpuUsage();
  return () => {
    const used = process.cpuUsage(cpu);
    const spent = { wall: (performance.now() - at) / 1000, cpu: (used.user + used.system) / 1e6 };
    at = performance.now();
    cpu = process.cpuUsage();
    return spent;
  };
}

/** The lines of the file without its header, from a table that has them ready. */
async function bareCopy(warehouse: string, folder: string): Promise<{ readonly spent: Spent; readonly bytes: number }> {
  return withResource(openDuckDB({ path: warehouse, readOnly: true, threads }), (duckdb) =>
    withResource(duckdb.session(), async (session) => {
      await session.execute(sql`CREATE TEMPORARY TABLE finished AS ${expectedRows(ids)}`);
      const path = join(folder, 'bare');
      const lap = stopwatch();
      await session.unload(
        sql`SELECT id || '|' || type || '|' || ${SEGMENT} || '|' || strftime(seen, '%Y-%m-%dT%H:%M:%SZ') FROM finished`,
        path,
      );
      const spent = lap();
      const { size } = await stat(path);
      await rm(path);
      return { spent, bytes: size };
    }),
  );
}

const HEADER_BYTES = 'DEVICE_ID|DEVICE_TYPE|SEGMENT_ID|TIMESTAMP\n'.length;

/** Steps as the engine names them. */
const STEPS = ['planning', 'selecting', 'writing', 'packing', 'staging', 'sending'] as const;

async function delivery(
  warehouse: string,
  home: string,
): Promise<{ readonly steps: ReadonlyMap<string, Spent>; readonly bytes: number }> {
  await mkdir(join(home, 'inbox'), { recursive: true });
  const yaml = `warehouse:
  path: ${warehouse}
  threads: ${threads}
destinations:
  bench:
    type: folder
    path: ${join(home, 'inbox')}
    compression: ${values.gzip === 'on' ? 'gzip' : 'none'}
`;
  await writeFile(join(home, 'aquarius.yaml'), yaml);
  const at = new Date(AT);
  const request = { home, file: undefined, env: {}, clock: clockAt(at), log: openLog('warn'), mode: 'write' } as const;
  return withResource(openApp({ ...request, signal: new AbortController().signal }), async (app) => {
    const engine = await app.engine();
    const steps = new Map<string, Spent>();
    let step: string = 'planning';
    const lap = stopwatch();
    const begin = (next: string): void => {
      steps.set(step, lap());
      step = next;
    };
    const progress = { step: begin, share: () => {}, amount: () => {} };
    const { runs } = await deliver(engine, { at, force: false }, { onRun: () => progress, onEnd: () => begin('after') });
    const [run] = runs;
    if (run?.run.state !== 'delivered' || run.run.manifest?.rows !== ids) {
      throw new Error(`${run?.run.manifest?.rows} rows instead of ${ids}: ${run?.run.state}`, { cause: run?.failure });
    }
    return { steps, bytes: run.run.manifest.files.reduce((sum, { plainBytes }) => sum + plainBytes, 0) };
  });
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return ((sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

const warehouse = await benchWarehouse(ids, ['bench']);
const times = new Map<string, Spent[]>([['bare COPY', []], ...STEPS.map((step): [string, Spent[]] => [step, []])]);
for (let round = 0; round < Number(values.runs); round += 1) {
  const home = await mkdtemp(join(DATA_FOLDER, 'home-'));
  try {
    const bare = await bareCopy(warehouse, home);
    const { steps, bytes } = await delivery(warehouse, home);
    if (bytes !== bare.bytes + HEADER_BYTES)
      throw new Error(`${bytes} bytes delivered, ${bare.bytes} by COPY: not the same rows.`);
    times.get('bare COPY')?.push(bare.spent);
    for (const step of STEPS) times.get(step)?.push(steps.get(step) ?? NOTHING);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
const medians = [...times].map(([step, spent]) => ({
  step,
  wall: median(spent.map(({ wall }) => wall)),
  cpu: median(spent.map(({ cpu }) => cpu)),
}));
const [base, ...own] = medians;
const rounds = times.get('bare COPY')?.map((_, round) => STEPS.map((step) => times.get(step)?.[round] ?? NOTHING)) ?? [];
const total = (pick: (spent: Spent) => number): number =>
  median(rounds.map((steps) => steps.reduce((sum, spent) => sum + pick(spent), 0)));
const rows = [
  ...(base === undefined ? [] : [base]),
  ...own,
  { step: 'delivery', wall: total(({ wall }) => wall), cpu: total(({ cpu }) => cpu) },
];
const ratio = (part: number, whole: number | undefined): string => (part / (whole ?? Number.NaN)).toFixed(2);
process.stdout.write(
  `${ids} ids, ${threads} threads, gzip ${values.gzip}, median of ${values.runs}; ratios to a bare COPY of the same rows\n${renderTable(
    rows,
    [
      { title: 'STEP', value: ({ step }) => step },
      { title: 'WALL S', value: ({ wall }) => wall.toFixed(2) },
      { title: 'RATIO', value: ({ wall }) => ratio(wall, base?.wall) },
      { title: 'CPU S', value: ({ cpu }) => cpu.toFixed(2) },
      { title: 'RATIO', value: ({ cpu }) => ratio(cpu, base?.cpu) },
    ],
  )}\n`,
);
if (values.json !== undefined)
  await writeFile(
    values.json,
    `${JSON.stringify({ ids, threads, gzip: values.gzip, times: Object.fromEntries(times), medians: rows }, null, 2)}\n`,
  );
