import type { Command } from 'commander';

export function addLoadCommand(program: Command): void {
  program
    .command('load')
    .argument('<table>', 'a table of docs/tables.md, in any case')
    .argument('<files...>', 'Parquet, CSV or JSON lines; patterns are allowed')
    .description('load files into a warehouse table; a file that is loaded already is skipped')
    .option('--replace', 'empty the table first')
    .option('--ignore-unknown-columns', 'leave out columns that the table does not have')
    .action(async (table: string, files: string[], _options, command: Command) => {
      const { runLoad } = await import('../actions/run-load.ts');
      await runLoad(table, files, command.optsWithGlobals());
    });
}
