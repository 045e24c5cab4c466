import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { withResource } from '../../src/lib/with-resource.ts';
import type { Bar } from '../support/bar.ts';
import { run } from '../support/child.ts';
import { forkS3Server } from '../support/s3-server.ts';
import { fastest, inTurns, linesOf, perRound } from '../support/timings.ts';
import { awsToS3, rcloneToS3 } from '../support/uploads.ts';

const BYTES = 500_000_000;
const OURS = resolve(import.meta.dirname, '../support/stage-put.ts');

/** One file into a bucket. */
export const s3Staging: Bar = {
  number: 6,
  title: 'S3 staging of 500 MB',
  async measure({ runs, scale, programs, say }) {
    const folder = await mkdtemp(join(tmpdir(), 'aquarius-bench-s3-'));
    const path = join(folder, 'file');
    const body = randomBytes(Math.round(BYTES * scale));
    await writeFile(path, body);
    const sha256 = createHash('sha256').update(body).digest('hex');
    try {
      const timings = await withResource(forkS3Server(), (s3) =>
        inTurns(
          runs,
          {
            aquarius: async (round) => {
              await run(process.execPath, [OURS, path, sha256, `ours-${round}`, s3.endpoint, s3.bucket], { env: s3.env });
            },
            rclone:
              programs.rclone === null ? null : (round) => rcloneToS3(programs.rclone?.path ?? '', path, `rclone-${round}`, s3),
            'aws s3 cp': programs.aws === null ? null : (round) => awsToS3(programs.aws?.path ?? '', path, `aws-${round}`, s3),
          },
          say,
        ),
      );
      const best = fastest(timings, ['rclone', 'aws s3 cp']);
      return {
        verdicts:
          best === undefined
            ? []
            : [
                {
                  what: `speed, against the best other (${best})`,
                  kind: 'at least',
                  target: 1,
                  unit: '×',
                  values: perRound(timings, [best, 'aquarius'], (theirs, ours) => theirs / ours),
                },
              ],
        lines: linesOf(timings),
        notes: [
          `${body.length / 1e6} MB of random bytes. The server is the fauxqs emulator in a process of its own; it keeps objects in memory and may well be the limit of all three.`,
          'All times are of whole processes. Ours is given the file’s hash, which a delivery has from writing the file.',
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
