import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Bar } from '../support/bar.ts';
import { run } from '../support/child.ts';
import { withHome } from '../support/home.ts';

const BENCH = resolve(import.meta.dirname, '../memory.ts');
const IDS = [1_000_000, 10_000_000, 50_000_000];
const LIMIT_MIB = 1024;

const output = z.object({
  results: z.array(
    z.object({ ids: z.number(), peakRssBytes: z.number(), outsideBytes: z.number(), javaScriptBytes: z.number() }),
  ),
});

/** What a delivery holds in memory; bench/memory.ts does it. */
export const memory: Bar = {
  number: 7,
  title: 'Resident memory from 1 to 50 million ids, DuckDB’s limit apart',
  measure({ runs, scale, say }) {
    return withHome(async (home) => {
      const json = join(home, 'memory.json');
      const ids = IDS.map((count) => Math.round(count * scale));
      const rounds: z.infer<typeof output>['results'][] = [];
      // The peak varies little, and 50 million ids take long: fewer rounds tell.
      for (let round = 0; round < Math.min(runs, 3); round += 1) {
        const options = ['--ids', ids.join(','), '--to', 'folder', '--gzip', 'on', '--limit', String(LIMIT_MIB), '--json', json];
        say((await run(process.execPath, [BENCH, ...options], { accept: [0, 1] })).stdout);
        rounds.push(output.parse(JSON.parse(await readFile(json, 'utf8'))).results);
      }
      const most = (pick: (one: (typeof rounds)[number][number]) => number) =>
        rounds.map((round) => Math.max(...round.map(pick)));
      const growth = (pick: (one: (typeof rounds)[number][number]) => number) =>
        rounds.map((round) => {
          const [first, ...others] = round.map(pick);
          return Math.max(...others) / (first ?? Number.NaN);
        });
      return {
        verdicts: [
          {
            what: `resident memory beyond DuckDB’s ${LIMIT_MIB} MiB`,
            kind: 'at most',
            target: 400,
            unit: 'MB',
            values: most(({ outsideBytes }) => outsideBytes / 1e6),
          },
          {
            what: 'peak of the resident memory, most against 1 million ids',
            kind: 'at most',
            target: 1.15,
            unit: '×',
            values: growth(({ peakRssBytes }) => peakRssBytes),
          },
        ],
        lines: ids.flatMap((count, index) => [
          { what: `resident, ${count} ids`, unit: 'MB', values: rounds.map((round) => (round[index]?.peakRssBytes ?? 0) / 1e6) },
          {
            what: `JavaScript, ${count} ids`,
            unit: 'MB',
            values: rounds.map((round) => (round[index]?.javaScriptBytes ?? 0) / 1e6),
          },
        ]),
        notes: [
          'Into a folder, compressed. DuckDB takes less than its limit while the audience is small, which makes growth of the resident memory look like ours: the JavaScript numbers are without DuckDB.',
        ],
      };
    });
  },
};
