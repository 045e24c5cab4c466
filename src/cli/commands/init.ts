import type { Command } from 'commander';

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .argument('[dir]', 'where', '.')
    .description('write a commented aquarius.yaml and .env.example')
    .action(async (dir: string, _options, command: Command) => {
      const { runInit } = await import('../actions/run-init.ts');
      await runInit(dir, command.optsWithGlobals());
    });
}
