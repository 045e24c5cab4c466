import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Bar } from '../support/bar.ts';
import { run } from '../support/child.ts';
import { withHome } from '../support/home.ts';
import { median } from '../support/timings.ts';

const BENCH = resolve(import.meta.dirname, '../sftp.ts');
const MEGABYTES = 500;

const output = z.object({
  distances: z.array(
    z.object({ rtt: z.number(), results: z.array(z.object({ name: z.string(), seconds: z.array(z.number()) })) }),
  ),
});

/** Uploads over SFTP, near and far; bench/sftp.ts does it. */
export const sftpUpload: Bar = {
  number: 5,
  title: 'SFTP of 500 MB',
  measure({ runs, scale, say, programs }) {
    const megabytes = Math.round(MEGABYTES * scale);
    return withHome(async (home) => {
      const json = join(home, 'sftp.json');
      const { stdout } = await run(process.execPath, [
        BENCH,
        ...['--megabytes', String(megabytes), '--runs', String(runs), '--rtt', '0,40,100', '--json', json],
      ]);
      say(stdout);
      const { distances } = output.parse(JSON.parse(await readFile(json, 'utf8')));
      const compared = distances.map(({ rtt, results }) => {
        const [ours, ...others] = results;
        const best = others.reduce((a, b) => (median(b.seconds) < median(a.seconds) ? b : a));
        return {
          rtt,
          best: best.name,
          ratios: best.seconds.map((seconds, round) => seconds / (ours?.seconds[round] ?? Number.NaN)),
        };
      });
      const verdicts = compared.flatMap(({ rtt, best, ratios }) =>
        rtt === 40
          ? []
          : [
              {
                what: `speed at ${rtt} ms round trip, against the best other (${best})`,
                kind: 'at least' as const,
                target: rtt === 0 ? 1 : 2.5,
                unit: '×',
                values: ratios,
              },
            ],
      );
      return {
        verdicts,
        lines: distances.flatMap(({ rtt, results }) =>
          results.map(({ name, seconds }) => ({ what: `${name}, ${rtt} ms`, unit: 's', values: seconds })),
        ),
        notes: [
          `${megabytes} MB of random bytes in one file; the distance is a TCP proxy that delays every byte by half a round trip.`,
          ...compared
            .filter(({ rtt }) => rtt === 40)
            .map(({ best, ratios }) => `At 40 ms ours is ${median(ratios).toFixed(2)} × as fast as the best other (${best}).`),
          ...(programs.rclone === null || programs.lftp === null ? ['Not all peers are installed.'] : []),
        ],
      };
    });
  },
};
