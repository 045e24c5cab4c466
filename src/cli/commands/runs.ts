import type { Command } from 'commander';

export function addRunsCommand(program: Command): void {
  const runs = program
    .command('runs')
    .description('list runs, newest first')
    .option('--agency <id>', 'only this agency')
    .option('--advertiser <id>', 'only this advertiser')
    .option('--destination <name>', 'only this destination')
    .option('--state <state>', 'only runs in this state')
    .option('--slot <slot>', 'only runs of this slot')
    .option('--limit <n>', 'at most so many', '20')
    .action(async (_options, command: Command) => {
      const { listRuns } = await import('../actions/list-runs.ts');
      await listRuns(command.optsWithGlobals());
    });
  runs
    .command('show')
    .argument('<run>', 'a run’s id, or the beginning of it')
    .description('tell the whole story of a run')
    .action(async (run: string, _options, command: Command) => {
      const { showRun } = await import('../actions/show-run.ts');
      await showRun(run, command.optsWithGlobals());
    });
}
