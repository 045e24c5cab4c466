import type { Command } from 'commander';
import { addDeliveryFilters } from './plan.ts';

export function addDeliverCommand(program: Command): void {
  addDeliveryFilters(program.command('deliver'))
    .description('deliver what is due')
    .option('--force', 'deliver again what the slot has already, as a new run with new file names')
    .action(async (_options, command: Command) => {
      const { runDeliver } = await import('../actions/run-deliver.ts');
      await runDeliver(command.optsWithGlobals());
    });
}
