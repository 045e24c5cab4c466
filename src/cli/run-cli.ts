import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { transientError } from '../errors.ts';
import type { LogLevel } from '../lib/log.ts';
import { addAlertsCommand } from './commands/alerts.ts';
import { addBackupCommand } from './commands/backup.ts';
import { addConfigCommand } from './commands/config.ts';
import { addDeliverCommand } from './commands/deliver.ts';
import { addDeliveriesCommand } from './commands/deliveries.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDestinationsCommand } from './commands/destinations.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addInitCommand } from './commands/init.ts';
import { addLoadCommand } from './commands/load.ts';
import { addPlanCommand } from './commands/plan.ts';
import { addReachCommand } from './commands/reach.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSuppressionsCommand } from './commands/suppressions.ts';
import { addUsersCommand } from './commands/users.ts';
import { EXIT, type ExitCode, exitCodeOf, recordExitCode } from './exit-code.ts';
import { SERVER_FILE } from './forward/server-file-name.ts';
import { sharedApp } from './forward/shared-app.ts';
import { homeOf } from './home.ts';
import { currentIo } from './io.ts';
import { oneOf, word } from './option-values.ts';
import { errorShape, errorText, usageShape } from './report-error.ts';

/** Commands of the caller's own process: they have a data directory of their own, make one, or are to own it. */
const LOCAL_ONLY: readonly string[] = ['demo', 'init', 'serve', 'worker'];

// The log itself is loaded only by commands that write one.
const LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const satisfies readonly LogLevel[];

/** The whole command line, for running it and for documenting it. */
export function makeProgram(): Command {
  const program = new Command('aquarius')
    .description('Audience delivery that people can trust: from an ad-exposure warehouse to a partner’s server.')
    .option('--home <dir>', 'data directory (default: $AQUARIUS_HOME or ./.aquarius)', word)
    .option(
      '--config <file>',
      'settings file (default: $AQUARIUS_CONFIG, ./aquarius.yaml, or aquarius.yaml in the data directory)',
      word,
    )
    .option('--json', 'print one JSON document instead of text')
    .option('--log-level <level>', 'silent, error, warn, info or debug (default: warn; for serve and worker info)', oneOf(LEVELS))
    .showHelpAfterError('(add --help for what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => currentIo().stdout(text),
      writeErr: (text) => currentIo().stderr(text),
    })
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
  addDeliveriesCommand(program);
  addDestinationsCommand(program);
  addReachCommand(program);
  addSuppressionsCommand(program);
  addAlertsCommand(program);
  addUsersCommand(program);
  addBackupCommand(program);
  addServeCommand(program, runCli);
  return program;
}

/** Runs a command line and gives the exit code. Several may run at once, each with an io of its own. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const io = currentIo();
  try {
    return await recordExitCode(() => parseAndRun(args));
  } catch (thrown) {
    if (thrown instanceof DoneElsewhere) return thrown.code;
    const json = args.includes('--json');
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return EXIT.ok;
      // What was wrong, commander has written on stderr.
      if (json) io.stdout(`${JSON.stringify({ error: usageShape(thrown) }, null, 2)}\n`);
      return EXIT.usage;
    }
    const error = io.signal.aborted && isAbort(thrown) ? stopped(thrown) : thrown;
    if (json) io.stdout(`${JSON.stringify({ error: errorShape(error) }, null, 2)}\n`);
    io.stderr(`${errorText(error)}\n`);
    return exitCodeOf(error);
  }
}

/** Ends a command line whose command another process has run. */
class DoneElsewhere extends Error {
  readonly code: ExitCode;

  constructor(code: ExitCode) {
    super('The server ran the command.');
    this.code = code;
  }
}

async function parseAndRun(args: readonly string[]): Promise<void> {
  const program = makeProgram();
  // Help and mistakes in the use have been seen to by now, the same with a server or without.
  program.hook('preAction', async (_program, command) => {
    // Commands that list by themselves are given every word that is no command.
    const stray = command.registeredArguments.length === 0 ? command.args[0] : undefined;
    if (stray !== undefined) command.error(`error: unknown command '${stray}'`, { code: 'commander.unknownCommand' });
    const isLocalOnly = LOCAL_ONLY.includes(topName(command));
    if (sharedApp() !== null) {
      if (isLocalOnly) command.error(`error: ${topName(command)} does not run inside a server`, { code: 'aquarius.localOnly' });
      return;
    }
    if (isLocalOnly) return;
    const { home: named, logLevel }: { readonly home?: string; readonly logLevel?: LogLevel } = command.optsWithGlobals();
    const home = homeOf(named);
    if (!existsSync(join(home, SERVER_FILE))) return;
    const { forwardCommand } = await import('./forward/forward-command.ts');
    const code = await forwardCommand(home, args, async () => {
      const { openLog } = await import('../lib/log.ts');
      openLog(logLevel ?? 'warn').debug({ file: join(home, SERVER_FILE) }, 'no server answers: its mark is passed over');
    });
    if (code !== null) throw new DoneElsewhere(code);
  });
  await program.parseAsync(args, { from: 'user' });
}

/** `config` of `aquarius config list`. */
function topName(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : topName(parent);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** What was interrupted throws the signal's own AbortError, which is no fault of ours. */
function stopped(cause: unknown): Error {
  return transientError('stopped', 'The command was stopped before it was done.', {
    hint: 'Run it again: it goes on from the last step that was finished.',
    cause,
  });
}
