import type { Command } from 'commander';
import { RUN_STATES } from '../../ledger/states.ts';
import { countUpTo, oneOf, word } from '../option-values.ts';

const MOST_RUNS = 1_000_000;

const ACTIONS = [
  ['cancel', 'stop a run, or end one that waits'],
  ['retry', 'put a failed, skipped or waiting run into the queue again'],
  ['approve', 'let a run go that waits for a person'],
  ['reject', 'do not send a run that waits for a person'],
] as const;

export function addRunsCommand(program: Command): void {
  const runs = program
    .command('runs')
    .allowExcessArguments()
    .description('list runs, newest first')
    .option('--agency <id>', 'only this agency')
    .option('--advertiser <id>', 'only this advertiser')
    .option('--destination <name>', 'only this destination')
    .option('--state <state>', `only runs in this state: ${RUN_STATES.join(', ')}`, oneOf(RUN_STATES))
    .option('--slot <slot>', 'only runs of this slot', word)
    .option('--limit <n>', 'at most so many', countUpTo(MOST_RUNS), 20)
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
  runs
    .command('rejections')
    .argument('<run>', 'a run’s id, or the beginning of it')
    .description('tell why the partner refused rows of a run, and what to do about it')
    .option('--csv', 'as a CSV file')
    .action(async (run: string, _options, command: Command) => {
      const { showRejections } = await import('../actions/show-rejections.ts');
      await showRejections(run, command.optsWithGlobals());
    });
  runs
    .command('confirm')
    .argument('<run>', 'a run’s id, or the beginning of it')
    .description('ask the partner now what became of a delivered run')
    .action(async (run: string, _options, command: Command) => {
      const { confirmRun } = await import('../actions/confirm-run.ts');
      await confirmRun(run, command.optsWithGlobals());
    });
  for (const [name, description] of ACTIONS) {
    runs
      .command(name)
      .argument('<run>', 'a run’s id, or the beginning of it')
      .description(description)
      .option('--reason <text>', 'why, for the audit log')
      .action(async (run: string, _options, command: Command) => {
        const { steerRun } = await import('../actions/steer-run.ts');
        await steerRun(name, run, command.optsWithGlobals());
      });
  }
}
