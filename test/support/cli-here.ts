import { withIo } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { CliResult } from './cli.ts';

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
