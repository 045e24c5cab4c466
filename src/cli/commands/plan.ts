import type { Command } from 'commander';
import { instant, word } from '../option-values.ts';

/** Options that `plan` and `deliver` share. */
export function addDeliveryFilters(command: Command): Command {
  return command
    .option('--agency <id>', 'only this agency')
    .option('--advertiser <id>', 'only this advertiser')
    .option('--destination <name>', 'only this destination')
    .option('--at <time>', 'as if it were this time, UTC (2026-02-16 or 2026-02-16T06:00:00Z)', instant)
    .option('--slot <slot>', 'this slot of each delivery instead of the current one (2026-W08)', word);
}

export function addPlanCommand(program: Command): void {
  addDeliveryFilters(program.command('plan'))
    .description('show what is due, with counts, and why everything else is not; writes nothing')
    .action(async (_options, command: Command) => {
      const { runPlan } = await import('../actions/run-plan.ts');
      await runPlan(command.optsWithGlobals());
    });
}
