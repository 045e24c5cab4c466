import type { Command } from 'commander';
import { countUpTo } from '../option-values.ts';

const MOST_ROWS = 100_000_000;

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('make a small warehouse and a local SFTP partner, plan, deliver, and show what came of it')
    .option('--rows <n>', 'impressions to make', countUpTo(MOST_ROWS), 200_000)
    .option('--keep', 'keep the data directory (and say where), to look around in it or to run the demo again')
    .action(async (_options, command: Command) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo(command.optsWithGlobals());
    });
}
