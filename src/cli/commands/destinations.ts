import type { Command } from 'commander';

export function addDestinationsCommand(program: Command): void {
  const destinations = program
    .command('destinations')
    .description('partners that audiences go to, and the segments and prices that some of them keep');
  destinations
    .command('list', { isDefault: true })
    .allowExcessArguments()
    .description('list the destinations of aquarius.yaml, what they take, and how they are doing')
    .action(async (_options, command: Command) => {
      const { listDestinations } = await import('../actions/list-destinations.ts');
      await listDestinations(command.optsWithGlobals());
    });
  destinations
    .command('check')
    .argument('<name>', 'a destination of aquarius.yaml')
    .description('prove that a delivery could be made; leaves nothing behind')
    .action(async (name: string, _options, command: Command) => {
      const { checkOneDestination } = await import('../actions/check-destination.ts');
      await checkOneDestination(name, command.optsWithGlobals());
    });
  destinations
    .command('plan')
    .argument('<name>', 'a destination with a taxonomy')
    .description('show how a partner’s segments and prices differ from the configuration; changes nothing')
    .action(async (name: string, _options, command: Command) => {
      const { planTaxonomy } = await import('../actions/plan-taxonomy.ts');
      await planTaxonomy(name, command.optsWithGlobals());
    });
  destinations
    .command('apply')
    .argument('<name>', 'a destination with a taxonomy')
    .description('create and rename a partner’s segments as the configuration has them; new ones get their price')
    .option('--prices', 'also change the prices of segments that are there')
    .option('--yes', 'do it without asking')
    .option('--reason <text>', 'why, for the audit log')
    .action(async (name: string, _options, command: Command) => {
      const { applyTaxonomy } = await import('../actions/apply-taxonomy.ts');
      await applyTaxonomy(name, command.optsWithGlobals());
    });
}
