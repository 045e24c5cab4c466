import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchLog, copyWarehouse } from './log.ts';
import { NOW, WEEK_BEFORE } from './shape.ts';

/**
 * Makes the benchmarks' log, if it is not kept yet, and says where it is. With `--into` a data directory is made of it that `aquarius`
 * can work on: the warehouse, with or without the last week, and settings.
 *
 *   node bench/data/generate.ts [--rows 1] [--into DIR] [--weeks 33]
 *
 * `--rows` is in millions. The last week, for `aquarius load AD_IMPRESSION_LOG_V2`, is week.parquet beside the kept warehouse.
 */

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1' }, into: { type: 'string' }, weeks: { type: 'string', default: '33' } },
});
const rows = Math.round(Number(values.rows) * 1_000_000);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const startedAt = performance.now();
const log = await benchLog(rows, say);
const seconds = (performance.now() - startedAt) / 1000;
const bytes = (await stat(log.warehouse)).size;
say(`${log.warehouse}: ${log.firstRows} rows, ${Math.round(bytes / 1e6)} MB; ${seconds.toFixed(1)} s`);
say(`${log.week}: ${rows - log.firstRows} rows of the last week`);
if (values.into !== undefined) {
  const home = resolve(values.into);
  const parts = values.weeks === '33' ? 'all' : 'first';
  await mkdir(home, { recursive: true });
  await copyWarehouse(log, join(home, 'warehouse.duckdb'), parts);
  await writeFile(
    join(home, 'aquarius.yaml'),
    `warehouse:
  threads: 2
policy:
  minAudience: 1
destinations:
  bench:
    type: folder
    path: ${JSON.stringify(join(home, 'inbox'))}
`,
  );
  say(`${home}: ready; deliver with --at ${(parts === 'all' ? NOW : WEEK_BEFORE).toISOString()}`);
}
