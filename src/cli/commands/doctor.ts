import type { Command } from 'commander';

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check settings, secrets, warehouse tables, stage and every destination; sends nothing')
    .option('--pin <destination>', 'show the host key that a destination’s server offers, for a person to confirm')
    .action(async (_options, command: Command) => {
      const { runDoctor } = await import('../actions/run-doctor.ts');
      await runDoctor(command.optsWithGlobals());
    });
}
