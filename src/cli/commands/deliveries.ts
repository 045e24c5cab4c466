import type { Command } from 'commander';
import { DELIVERY_STATES } from '../../shapes/delivery-states.ts';
import { oneOf } from '../option-values.ts';

export function addDeliveriesCommand(program: Command): void {
  const deliveries = program
    .command('deliveries')
    .description('standing orders: what goes where, how often, and how it has been going');
  deliveries
    .command('list', { isDefault: true })
    .allowExcessArguments()
    .description('list deliveries with their state, next slot and last run')
    .option('--agency <id>', 'only this agency')
    .option('--advertiser <id>', 'only this advertiser')
    .option('--destination <name>', 'only this destination')
    .option('--state <state>', `only deliveries in this state: ${DELIVERY_STATES.join(', ')}`, oneOf(DELIVERY_STATES))
    .action(async (_options, command: Command) => {
      const { listDeliveries } = await import('../actions/list-deliveries.ts');
      await listDeliveries(command.optsWithGlobals());
    });
  for (const [name, description] of [
    ['pause', 'make no more runs of a delivery, and leave those that wait'],
    ['resume', 'let a paused delivery run again, from its current slot'],
  ] as const) {
    deliveries
      .command(name)
      .argument('<delivery>', 'a delivery’s id, or the beginning of it')
      .description(description)
      .option('--reason <text>', 'why, for the audit log')
      .action(async (id: string, _options, command: Command) => {
        const { steerDelivery } = await import('../actions/steer-delivery.ts');
        await steerDelivery(name, id, command.optsWithGlobals());
      });
  }
  deliveries
    .command('resync')
    .argument('<delivery>', 'a delivery’s id, or the beginning of it')
    .description('build anew what the partner is thought to hold; the next delivery then sends everybody once more')
    .option('--reason <text>', 'why, for the audit log')
    .action(async (id: string, _options, command: Command) => {
      const { resyncDelivery } = await import('../actions/resync-delivery.ts');
      await resyncDelivery(id, command.optsWithGlobals());
    });
}
