import { type Command, Option } from 'commander';
import { dayRange } from '../option-values.ts';
import { addDeliveryFilters } from './plan.ts';

export function addDeliverCommand(program: Command): void {
  addDeliveryFilters(program.command('deliver'))
    .description('deliver what is due')
    .option('--force', 'deliver again what the slot has already, as a new run with new file names')
    .addOption(
      new Option('--backfill <from..to>', 'deliver every slot that was due from one day to another (2026-01-05..2026-02-16)')
        .argParser(dayRange)
        .conflicts('slot'),
    )
    .action(async (_options, command: Command) => {
      const { runDeliver } = await import('../actions/run-deliver.ts');
      await runDeliver(command.optsWithGlobals());
    });
}
