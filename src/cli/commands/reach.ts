import type { Command } from 'commander';
import { countUpTo, instant, word } from '../option-values.ts';

const MOST_SAMPLES = 10_000;
const AT_HELP = 'as if it were this time, UTC (2026-02-16 or 2026-02-16T06:00:00Z): decides how far back days are kept';

export function addReachCommand(program: Command): void {
  const reach = program.command('reach').description('what is prepared from the impression logs');
  reach
    .command('status', { isDefault: true })
    .allowExcessArguments()
    .description('tell what is prepared of each log, and whether it is as new as the log')
    .option('--at <time>', AT_HELP, instant)
    .action(async (_options, command: Command) => {
      const { showReach } = await import('../actions/show-reach.ts');
      await showReach(command.optsWithGlobals());
    });
  reach
    .command('refresh')
    .description('bring the prepared exposures and the daily summary up to date')
    .option('--at <time>', AT_HELP, instant)
    .action(async (_options, command: Command) => {
      const { refreshReach } = await import('../actions/refresh-reach.ts');
      await refreshReach(command.optsWithGlobals());
    });
  reach
    .command('rebuild')
    .description('make the prepared exposures and the daily summary anew from the logs')
    .option('--at <time>', AT_HELP, instant)
    .action(async (_options, command: Command) => {
      const { rebuildReach } = await import('../actions/rebuild-reach.ts');
      await rebuildReach(command.optsWithGlobals());
    });
  reach
    .command('verify')
    .description('compare audiences and days with the logs themselves; identifiers stay in the warehouse')
    .option('--sample <count>', 'advertisers and days to compare (default: 10)', countUpTo(MOST_SAMPLES))
    .option('--seed <text>', 'chooses the same ones again (default: others every day)', word)
    .option('--agency <id>', 'only this agency', word)
    .option('--advertiser <id>', 'only this advertiser', word)
    .option('--at <time>', AT_HELP, instant)
    .action(async (_options, command: Command) => {
      const { verifyReach } = await import('../actions/verify-reach.ts');
      await verifyReach(command.optsWithGlobals());
    });
}
