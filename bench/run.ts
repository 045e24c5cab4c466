import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { version as duckdbVersion } from '@duckdb/node-api';
import { BARS } from './bars/bars.ts';
import { DATA_FOLDER } from './data/shape.ts';
import { findPrograms, missingPeers } from './support/programs.ts';
import { describeMachine, type Measured, resultsMarkdown, verdictsText } from './support/report.ts';
import { WHY } from './why.ts';

/**
 * Measures the bars of speed and memory, ours and the peers in turns, and writes RESULTS.md.
 *
 *   node bench/run.ts [--rows 1,20,137] [--runs 5] [--only 1,6] [--scale 1] [--json]
 *
 * `--rows` are sizes of the log in millions; with `--runs 5,3,1` the larger ones have fewer rounds, which is then said. With `--only` the
 * other bars keep the results that they had. `--scale 0.1` makes everything else a tenth as large, to try things out: nothing is
 * written to RESULTS.md then, nor with fewer than five runs.
 */

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1,20,137' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    scale: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [runs = 5, ...largerRuns] = values.runs.split(',').map(Number);
const scale = Number(values.scale);
const sizes = values.rows
  .split(',')
  .map((millions) => Math.round(Number(millions) * 1_000_000))
  .toSorted((a, b) => a - b);
const runsWith = (rows: number): number => [runs, ...largerRuns][sizes.indexOf(rows)] ?? largerRuns.at(-1) ?? runs;
const only = values.only?.split(',').map(Number);
const say = (line: string): boolean => process.stderr.write(`${line}\n`);

await mkdir(DATA_FOLDER, { recursive: true });
const kept = join(DATA_FOLDER, 'results.json');
const results = new Map<number, Measured>();
const isForRecord = runs >= 5 && scale === 1;
if (isForRecord && existsSync(kept))
  for (const one of JSON.parse(await readFile(kept, 'utf8')) as Measured[]) results.set(one.number, one);

const programs = findPrograms();
for (const line of missingPeers(programs)) say(line);
for (const bar of BARS.filter(({ number }) => only === undefined || only.includes(number))) {
  say(`${bar.number}. ${bar.title}`);
  const measured = {
    number: bar.number,
    title: bar.title,
    runs,
    at: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
  };
  const result = await bar.measure({ runs, sizes, runsWith, scale, programs, say }).catch((error: unknown) => ({
    error: error instanceof Error ? error.message.slice(0, 500).replaceAll(/\s+/g, ' ') : String(error),
  }));
  if ('error' in result) process.exitCode = 1;
  results.set(bar.number, { ...measured, result, why: null });
  if (isForRecord) await writeFile(kept, `${JSON.stringify([...results.values()], null, 2)}\n`);
}
const all = [...results.values()]
  .toSorted((a, b) => a.number - b.number)
  .map((one) => ({ ...one, why: WHY[one.number] ?? null }));
if (isForRecord) await writeFile(join(import.meta.dirname, 'RESULTS.md'), resultsMarkdown(all, programs, duckdbVersion()));
process.stdout.write(values.json ? `${JSON.stringify(all, null, 2)}\n` : `${verdictsText(all)}\n`);
