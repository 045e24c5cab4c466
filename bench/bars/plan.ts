import { join } from 'node:path';
import { withResource } from '../../src/lib/with-resource.ts';
import { planOutput } from '../../src/shapes/shapes.ts';
import { openDuckDB } from '../../src/warehouse/duckdb/duckdb.ts';
import { configureThousand } from '../data/business.ts';
import { benchLog, copyWarehouse } from '../data/log.ts';
import { NOW } from '../data/shape.ts';
import type { Bar } from '../support/bar.ts';
import { aquarius } from '../support/child.ts';
import { THREADS, withHome, writeSettings } from '../support/home.ts';
import { refreshReach } from '../support/reach.ts';
import { inTurns, linesOf } from '../support/timings.ts';

const DESTINATIONS = ['bench', 'bench-2', 'bench-3'];
const ADVERTISERS = 1_000;
/** Reasons for which a delivery is left out once its rows have been counted. */
const COUNTED = ['conflicts', 'empty', 'below_minimum'];

/** A plan of very many deliveries, each with its count. */
export const plan: Bar = {
  number: 8,
  title: '1,000 advertisers × 3 destinations planned, counts included',
  measure({ runs, sizes, scale, say }) {
    const advertisers = Math.ceil(ADVERTISERS * scale);
    const deliveries = advertisers * DESTINATIONS.length;
    return withHome(async (home) => {
      const log = await benchLog(sizes.at(-1) ?? 0, say);
      const warehouse = join(home, 'warehouse.duckdb');
      await copyWarehouse(log, warehouse, 'all');
      await withResource(openDuckDB({ path: warehouse, readOnly: false, threads: THREADS }), (duckdb) =>
        withResource(duckdb.session(), (session) => configureThousand(session, DESTINATIONS, advertisers)),
      );
      await writeSettings(home, { folders: DESTINATIONS });
      const refresh = await refreshReach(home, NOW.toISOString());
      const timings = await inTurns(
        runs,
        {
          'aquarius plan': async () => {
            const { stdout, seconds } = await aquarius(home, ['plan', '--at', NOW.toISOString(), '--json']);
            const planned = planOutput.parse(JSON.parse(stdout));
            // A few are contested, and in a smaller log some reach too few: counted all the same, and told with that reason.
            const counted = planned.notDelivered.filter(({ reason }) => COUNTED.includes(reason));
            const judged = planned.deliveries.filter((delivery) => delivery.due).length + counted.length;
            if (judged !== deliveries) throw new Error(`${judged} deliveries planned instead of ${deliveries}.`);
            return { 'aquarius plan': seconds };
          },
        },
        say,
      );
      return {
        verdicts: [
          {
            what: 'aquarius plan, whole process',
            kind: 'at most',
            target: 5,
            unit: 's',
            values: timings.get('aquarius plan') ?? [],
          },
        ],
        lines: linesOf(timings),
        notes: [
          `${log.rows} rows; 700 advertisers by their accounts, 300 by an insertion order of another’s account.`,
          refresh === null
            ? 'There is no `aquarius reach` in this version: the log itself is read.'
            : `Reach was built before, in ${refresh.toFixed(1)} s.`,
        ],
      };
    });
  },
};
