import type { Command } from 'commander';
import { word } from '../option-values.ts';

export function addBackupCommand(program: Command): void {
  program
    .command('backup')
    .argument('<folder>', 'where; it must not exist yet', word)
    .description('copy the control store, the warehouse and aquarius.yaml into a new folder, while everything goes on')
    .option('--no-warehouse', 'leave the warehouse out')
    .action(async (folder: string, _options, command: Command) => {
      const { runBackup } = await import('../actions/run-backup.ts');
      await runBackup(folder, command.optsWithGlobals());
    });
}
