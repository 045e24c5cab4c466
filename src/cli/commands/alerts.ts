import type { Command } from 'commander';

export function addAlertsCommand(program: Command): void {
  const alerts = program.command('alerts').description('what is wrong now, and the channels over which people are told');
  alerts
    .command('list', { isDefault: true })
    .allowExcessArguments()
    .description('list what is wrong now; --all with what is over')
    .option('--all', 'also what is over')
    .action(async (_options, command: Command) => {
      const { listAlerts } = await import('../actions/list-alerts.ts');
      await listAlerts(command.optsWithGlobals());
    });
  alerts
    .command('test')
    .argument('<channel>', 'a channel of alerts.channels in aquarius.yaml')
    .description('send a test message over a channel')
    .action(async (channel: string, _options, command: Command) => {
      const { testAlertChannel } = await import('../actions/test-alert-channel.ts');
      await testAlertChannel(channel, command.optsWithGlobals());
    });
}
