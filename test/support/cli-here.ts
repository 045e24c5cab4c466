import { withIo } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { CliResult } from './cli.ts';
import type { Project } from './project.ts';

/** Runs the command line within this process: what a process of its own would do, without its start. */
export async function aquariusHere(
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<CliResult> {
  let [stdout, stderr] = ['', ''];
  const io = {
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: (text: string) => {
      stderr += text;
    },
    isTTY: false,
    columns: 80,
    cwd,
    env,
    signal: new AbortController().signal,
    actor: 'tester',
  };
  const code = await withIo(io, () => runCli(args));
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as never };
}

/** Commands in a project's folder, within this process, whose settings are named by its environment: `done` throws what a command says that does not end well. */
export function commandsOf(project: Project) {
  const run = (...args: readonly string[]): Promise<CliResult> =>
    aquariusHere(args, { cwd: project.folder, env: { AQUARIUS_CONFIG: project.path('aquarius.yaml'), ...project.env } });
  return {
    run,
    async done(...args: readonly string[]): Promise<CliResult> {
      const result = await run(...args);
      if (result.code !== 0) throw new Error(`${args.join(' ')} ended with ${result.code}:\n${result.stdout}${result.stderr}`);
      return result;
    },
  };
}
