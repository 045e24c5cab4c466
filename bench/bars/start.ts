import type { Bar } from '../support/bar.ts';
import { aquarius } from '../support/child.ts';
import { withHome } from '../support/home.ts';
import { inTurns, linesOf } from '../support/timings.ts';

/** How long a command takes to start. */
export const start: Bar = {
  number: 10,
  title: 'Start, warm disk',
  measure({ runs, say }) {
    return withHome(async (home) => {
      await aquarius(home, ['demo']);
      await aquarius(home, ['--help']);
      await aquarius(home, ['plan'], { accept: [0, 75, 78] });
      const timings = await inTurns(
        Math.max(runs, 5),
        {
          'aquarius --help': async () => ({ 'aquarius --help': (await aquarius(home, ['--help'])).seconds }),
          'aquarius plan': async () => ({ 'aquarius plan': (await aquarius(home, ['plan'], { accept: [0, 75, 78] })).seconds }),
        },
        say,
      );
      const seconds = (what: string, target: number) => ({
        what,
        kind: 'at most' as const,
        target,
        unit: 's',
        values: timings.get(what) ?? [],
      });
      return {
        verdicts: [seconds('aquarius --help', 0.15), seconds('aquarius plan', 1.5)],
        lines: linesOf(timings),
        notes: ['On the data of `aquarius demo`, after one start of each.'],
      };
    });
  },
};
