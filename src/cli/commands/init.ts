import type { Command } from 'commander';
import { oneOf, word } from '../option-values.ts';

/** Options that say something about an account of Snowflake. */
const ACCOUNT_OPTIONS = [
  ['--account <name>', 'account of Snowflake, such as ORGANISATION-NAME'],
  ['--user <name>', 'user that Aquarius signs in as (default: AQUARIUS)'],
  ['--database <name>', 'database that has the logs (default: AQUARIUS)'],
  ['--schema <name>', 'schema of work tables (default: AQUARIUS)'],
  ['--read-role <name>', 'role that may look (default: AQUARIUS_READ)'],
  ['--config-role <name>', 'role that may deliver and configure (default: AQUARIUS_CONFIG)'],
  ['--warehouse-name <name>', 'virtual warehouse (default: AQUARIUS_WH)'],
  ['--external-stage <name>', 'external stage that files are unloaded to, as @DATABASE.SCHEMA.STAGE'],
  ['--integration <name>', 'storage integration of that stage (default: AQUARIUS_S3)'],
  ['--stage-url <url>', 'where that stage is, as s3://bucket/folder/'],
  ['--public-key <file>', 'public key of the user, as PEM'],
  ['--sql <file>', 'write the statements into a new file instead of printing them'],
] as const;

export function addInitCommand(program: Command): void {
  const command = program
    .command('init')
    .argument('[dir]', 'where', '.')
    .description('write a commented aquarius.yaml and .env.example; for Snowflake also the statements that set up the account')
    .option('--warehouse <engine>', 'duckdb or snowflake', oneOf(['duckdb', 'snowflake']), 'duckdb');
  for (const [flags, description] of ACCOUNT_OPTIONS) command.option(flags, description, word);
  command
    .option('--sources', 'make empty source tables as well, for a trial')
    .action(async (dir: string, options: { readonly warehouse: 'duckdb' | 'snowflake' }, self: Command) => {
      if (options.warehouse === 'snowflake') {
        const { runInitSnowflake } = await import('../actions/run-init-snowflake.ts');
        await runInitSnowflake(dir, self.optsWithGlobals());
        return;
      }
      const [stray] = Object.keys(options).filter((name) => name !== 'warehouse');
      const flag = self.options.find((option) => option.attributeName() === stray)?.long;
      if (flag !== undefined && flag !== null)
        self.error(`error: ${flag} goes with --warehouse snowflake`, { code: 'aquarius.needsSnowflake' });
      const { runInit } = await import('../actions/run-init.ts');
      await runInit(dir, self.optsWithGlobals());
    });
}
