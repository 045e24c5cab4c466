import { Command, CommanderError } from 'commander';
import { addConfigCommand } from './commands/config.ts';
import { addDeliverCommand } from './commands/deliver.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addInitCommand } from './commands/init.ts';
import { addLoadCommand } from './commands/load.ts';
import { addPlanCommand } from './commands/plan.ts';
import { addRunsCommand } from './commands/runs.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts';
import { errorShape, errorText } from './report-error.ts';

/** The whole command line, for running it and for documenting it. */
export function makeProgram(): Command {
  const program = new Command('aquarius')
    .description('Audience delivery that people can trust: from an ad-exposure warehouse to a partner’s server.')
    .option('--home <dir>', 'data directory (default: $AQUARIUS_HOME or ./.aquarius)')
    .option(
      '--config <file>',
      'settings file (default: $AQUARIUS_CONFIG, ./aquarius.yaml, or aquarius.yaml in the data directory)',
    )
    .option('--json', 'print one JSON document instead of text')
    .option('--log-level <level>', 'silent, error, warn, info or debug', 'warn')
    .showHelpAfterError('(add --help for what there is)')
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 64 usage, 65 rejected, 70 fault in Aquarius, 75 try again later, 78 something must be changed.',
    );
  addDemoCommand(program);
  addInitCommand(program);
  addDoctorCommand(program);
  addLoadCommand(program);
  addConfigCommand(program);
  addPlanCommand(program);
  addDeliverCommand(program);
  addRunsCommand(program);
  return program;
}

/** Runs a command line and gives the exit code. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const program = makeProgram();
  const json = args.includes('--json');
  try {
    await program.parseAsync(args, { from: 'user' });
    return (process.exitCode as ExitCode | undefined) ?? EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (json) process.stdout.write(`${JSON.stringify({ error: errorShape(error) }, null, 2)}\n`);
    process.stderr.write(`${errorText(error)}\n`);
    return exitCodeOf(error);
  }
}
