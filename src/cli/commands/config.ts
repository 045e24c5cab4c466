import type { Command } from 'commander';
import { destinationOfType, oneOf } from '../option-values.ts';

export function addConfigCommand(program: Command): void {
  const config = program
    .command('config')
    .description('advertisers’ delivery configuration (REF_ADVERTISER_CONFIG) and aquarius.yaml');
  config
    .command('validate')
    .description('check aquarius.yaml and every advertiser’s row; reports all problems at once')
    .action(async (_options, command: Command) => {
      const { validateConfig } = await import('../actions/validate-config.ts');
      await validateConfig(command.optsWithGlobals());
    });
  config
    .command('list')
    .description('list the configured advertisers')
    .option('--agency <id>', 'only this agency')
    .action(async (_options, command: Command) => {
      const { listConfig } = await import('../actions/list-config.ts');
      await listConfig(command.optsWithGlobals());
    });
  config
    .command('show')
    .argument('<agency>', 'agency id')
    .argument('<advertiser>', 'advertiser id')
    .description('show one advertiser’s configuration')
    .action(async (agency: string, advertiser: string, _options, command: Command) => {
      const { showConfig } = await import('../actions/show-config.ts');
      await showConfig(agency, advertiser, command.optsWithGlobals());
    });
  config
    .command('set')
    .argument('<agency>', 'agency id')
    .argument('<advertiser>', 'advertiser id')
    .argument(
      '<assignments...>',
      'key=value: lookbackDays=30 deliveryEnabled=true deliveryDestinations=\'[{"destination":"liveramp-us"}]\'',
    )
    .description('change an advertiser’s configuration; shows before and after')
    .action(async (agency: string, advertiser: string, assignments: string[], _options, command: Command) => {
      const { setAdvertiserConfig } = await import('../actions/set-config.ts');
      await setAdvertiserConfig(agency, advertiser, assignments, command.optsWithGlobals());
    });
  config
    .command('import')
    .argument('[file]', '.csv or .json')
    .description('write many advertisers’ rows at once: all of them or, with every bad row reported, none')
    .option('--from-snowflake <settings>', 'instead of a file, what the Snowflake account of this settings file has; asks first')
    .option('--agency <id>', 'of the account, only this agency')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--yes', 'import what the account has without asking')
    .action(async (file: string | undefined, _options, command: Command) => {
      const { importConfig } = await import('../actions/import-config.ts');
      await importConfig(file, command.optsWithGlobals());
    });
  config
    .command('import-legacy')
    .description('turn the earlier system’s DELIVERY_OPTION into advertisers’ destinations; shows what would come of it and asks')
    .option(
      '--destination <type=name>',
      'where a partner’s options go, such as 52=liveramp-us; repeat it for others',
      destinationOfType,
    )
    .option('--agency <id>', 'only this agency')
    .option('--enable', 'also switch delivery on for the advertisers of whom something is imported')
    .option('--dry-run', 'show what would come of it, and change nothing')
    .option('--report <file>', 'write what becomes of every group of options: .csv or .json')
    .option('--yes', 'do it without asking')
    .option('--reason <text>', 'why, for the audit log')
    .action(async (_options, command: Command) => {
      const { importLegacy } = await import('../actions/import-legacy.ts');
      await importLegacy(command.optsWithGlobals());
    });
  config
    .command('export')
    .description('print every advertiser’s row, in a form that import takes')
    .option('--format <format>', 'csv or json', oneOf(['csv', 'json']), 'csv')
    .action(async (_options, command: Command) => {
      const { exportConfig } = await import('../actions/export-config.ts');
      await exportConfig(command.optsWithGlobals());
    });
}
