import type { Command } from 'commander';
import type { LogLevel } from '../../lib/log.ts';
import type { RunCommandLine } from '../forward/run-command.ts';
import { portNumber } from '../option-values.ts';

/** What runs for long tells what it does, unless it is told otherwise. */
function logLevelOf(command: Command): LogLevel {
  return command.optsWithGlobals<{ readonly logLevel?: LogLevel }>().logLevel ?? 'info';
}

export function addServeCommand(program: Command, runCommandLine: RunCommandLine): void {
  program
    .command('serve')
    .description('run deliveries by themselves: scheduler, worker and HTTP API in one process')
    .option('--host <address>', 'address to listen on, instead of serve.host')
    .option('--port <port>', 'port to listen on, instead of serve.port; 0 takes a free one', portNumber)
    .option('--no-web', 'leave the pages out: the API alone')
    .action(async (_options, command: Command) => {
      const { runServe } = await import('../actions/run-serve.ts');
      await runServe({ ...command.optsWithGlobals(), logLevel: logLevelOf(command) }, runCommandLine);
    });
  program
    .command('worker')
    .description('work on runs beside a server, on this or another machine; needs PostgreSQL and a shared stage and warehouse')
    .action(async (_options, command: Command) => {
      const { runWorker } = await import('../actions/run-worker.ts');
      await runWorker({ ...command.optsWithGlobals(), logLevel: logLevelOf(command) });
    });
}
