import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

interface Ended {
  readonly stdout: string;
  /** Wall time from start to end. */
  readonly seconds: number;
}

interface ChildOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are no failure; 0 alone by default. */
  readonly accept?: readonly number[];
}

/** Runs a program to its end; an exit code other than 0 is an error with what it said. */
export async function run(program: string, args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  const startedAt = performance.now();
  const child = spawn(program, args, { env: { ...process.env, ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4000);
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = (performance.now() - startedAt) / 1000;
  if (!(options.accept ?? [0]).includes(code ?? -1))
    throw new Error(`${program} ${args.slice(0, 4).join(' ')} … ended with ${code}: ${stderr}${stdout.slice(-2000)}`);
  return { stdout, seconds };
}

const PROGRAM = resolve(import.meta.dirname, '../../bin/aquarius');

/** Runs the real program on a data directory. */
export function aquarius(home: string, args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  return run(PROGRAM, ['--home', home, ...args], options);
}
