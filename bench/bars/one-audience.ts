import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Bar } from '../support/bar.ts';
import { run } from '../support/child.ts';
import { copyGzip, copyPlain, expectBytes, nodeLoop, pigz, plainPath, withFinishedRows } from '../support/finished-rows.ts';
import { THREADS, withHome, writeSettings } from '../support/home.ts';
import { prepareReach } from '../support/reach.ts';
import { fastest, inTurns, linesOf, perRound } from '../support/timings.ts';
import { AT, benchWarehouse } from '../warehouse.ts';

const IDS = 10_000_000;
const STEPS = resolve(import.meta.dirname, '../support/deliver-steps.ts');
const steps = z.object({
  rows: z.number(),
  files: z.number(),
  plainBytes: z.number(),
  planning: z.number(),
  staging: z.number(),
  sending: z.number(),
});
const HEADER_BYTES = 'DEVICE_ID|DEVICE_TYPE|SEGMENT_ID|TIMESTAMP\n'.length;

/** One audience from reach to its staged file. */
export const oneAudience: Bar = {
  number: 1,
  title: 'One audience of 10 million ids, from reach to the staged .psv.gz',
  async measure({ runs, scale, programs, say }) {
    const ids = Math.round(IDS * scale);
    const warehouse = await benchWarehouse(ids, ['bench']);
    const hasReach = await prepareReach(warehouse, AT);
    let plainBytes = 0;
    /** From the start of the attempt to the moment when all is staged. */
    async function ours(): Promise<Record<string, number>> {
      await benchWarehouse(ids, ['bench']);
      return withHome(async (home) => {
        await writeSettings(home, { warehouse, folders: ['bench'] });
        const { stdout } = await run(process.execPath, [STEPS, home, AT]);
        const { rows, files, planning, staging, sending, ...told } = steps.parse(JSON.parse(stdout));
        if (rows !== ids) throw new Error(`${rows} rows instead of ${ids}`);
        plainBytes = told.plainBytes - HEADER_BYTES * files;
        return { 'aquarius, planning': planning, 'aquarius, to staged': staging, 'aquarius, sending to a folder': sending };
      });
    }
    const timings = await withHome((home) =>
      withFinishedRows(ids, async (session) => {
        const plain = plainPath(home);
        const result = await inTurns(
          runs,
          {
            aquarius: ours,
            'COPY + pigz -1':
              programs.pigz === null
                ? null
                : async () => {
                    const startedAt = performance.now();
                    await copyPlain(session, plain);
                    const copied = performance.now();
                    await rm(await pigz(programs.pigz?.path ?? 'pigz', plain));
                    const ended = performance.now();
                    return {
                      COPY: (copied - startedAt) / 1000,
                      'pigz -1': (ended - copied) / 1000,
                      'COPY + pigz -1': (ended - startedAt) / 1000,
                    };
                  },
            'COPY with gzip': () => copyGzip(session, join(home, 'peer.gz')),
            'Node loop': () => nodeLoop(session, join(home, 'loop.gz')),
          },
          say,
        );
        if (programs.pigz !== null) await expectBytes(plain, plainBytes);
        return result;
      }),
    );
    const ratio = (ours: number, theirs: number): number => ours / theirs;
    const best = fastest(timings, ['COPY + pigz -1']);
    return {
      verdicts: [
        ...(best === undefined
          ? []
          : [
              {
                what: 'time, against COPY + pigz -1',
                kind: 'at most' as const,
                target: 1.2,
                unit: '×',
                values: perRound(timings, ['aquarius, to staged', best], ratio),
              },
            ]),
        {
          what: 'speed, against DuckDB’s own gzip COPY',
          kind: 'at least',
          target: 3,
          unit: '×',
          values: perRound(timings, ['COPY with gzip', 'aquarius, to staged'], ratio),
        },
      ],
      lines: linesOf(timings),
      notes: [
        `${ids} ids, ${THREADS} threads; the peers write finished rows from a table in memory, ours selects, cleans and sorts its rows as well.`,
        ...(hasReach ? [] : ['There is no `aquarius reach` in this version: ours reads the log itself.']),
      ],
    };
  },
};
