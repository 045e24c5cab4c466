import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { transientError } from '../../errors.ts';
import { VERSION } from '../../lib/version.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { currentIo } from '../io.ts';
import type { CommandRequest } from './command-request.ts';
import { readServerFile, type ServerFile } from './server-file.ts';

/** Longest wait for a sign of life, and for the beginning of an answer. */
const ANSWER_MS = 10_000;
/** How often a server that works on a command is asked whether it lives. */
const WATCH_MS = 15_000;

/** One line of the server's answer. */
const frame = z.union([
  z.strictObject({ out: z.string() }),
  z.strictObject({ err: z.string() }),
  z.strictObject({ exit: z.literal(Object.values(EXIT)) }),
]);

/**
 * Has the server that owns a data directory run a command, and writes through what it says as it comes. Gives the exit code, or null
 * when no server answers: then its mark is a dead one's, which `onStale` is told. A server that dies on the way is a `transient`
 * error `server_gone`.
 */
export async function forwardCommand(
  home: string,
  args: readonly string[],
  onStale: () => Promise<void>,
): Promise<ExitCode | null> {
  const server = await readServerFile(home);
  const answer = server !== null && (await isAlive(server)) ? await post(server, args) : null;
  if (server === null || answer === null) {
    await onStale();
    return null;
  }
  if (server.version !== VERSION) {
    currentIo().stderr(
      `aquarius: the server (process ${server.pid}) is version ${server.version}, this is ${VERSION}; restart the server.\n`,
    );
  }
  const watch = new AbortController();
  void watchServer(server, watch.signal, () => answer.destroy());
  try {
    return await writeThrough(answer);
  } catch (error) {
    currentIo().signal.throwIfAborted();
    throw error;
  } finally {
    watch.abort();
  }
}

/** Whether the server answers, well or not: a port that another program took since does not know the token. */
async function isAlive(server: ServerFile): Promise<boolean> {
  const answer = await send(server, 'GET', '/healthz', AbortSignal.timeout(ANSWER_MS)).catch(() => null);
  answer?.resume();
  return answer !== null && (answer.statusCode === 200 || answer.statusCode === 503);
}

/** The beginning of the answer; null when it is not our server that answers. */
async function post(server: ServerFile, args: readonly string[]): Promise<IncomingMessage | null> {
  const { cwd, isTTY, columns, actor, env, signal } = currentIo();
  const body: CommandRequest = { args, cwd, isTTY, columns, actor, env: { AQUARIUS_CONFIG: env.AQUARIUS_CONFIG } };
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_MS);
  const answer = await send(server, 'POST', '/api/commands', AbortSignal.any([signal, late.signal]), JSON.stringify(body))
    .catch((error: unknown) => {
      signal.throwIfAborted();
      throw gone(error);
    })
    .finally(() => clearTimeout(timer));
  if (answer.statusCode === 200) return answer;
  answer.resume();
  if ([401, 403, 404].includes(answer.statusCode ?? 0)) return null;
  throw transientError('server_refused', `The server does not take the command now (HTTP ${answer.statusCode}).`, {
    hint: 'It may be stopping or at its limit: run the command again.',
  });
}

function send(
  { url, token }: ServerFile,
  method: string,
  path: string,
  signal: AbortSignal,
  body?: string,
): Promise<IncomingMessage> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    // Not kept alive: an open connection would hold up the end of this process.
    const call = request(new URL(path, url), { method, headers, signal, agent: false }, resolve);
    call.on('error', reject);
    call.end(body);
  });
}

/** Asks while a command runs: a server that hangs says nothing, as does one that works. */
async function watchServer(server: ServerFile, signal: AbortSignal, onGone: () => void): Promise<void> {
  while (await sleep(WATCH_MS, true, { signal }).catch(() => false)) {
    if (await isAlive(server)) continue;
    onGone();
    return;
  }
}

async function writeThrough(answer: IncomingMessage): Promise<ExitCode> {
  const io = currentIo();
  for await (const line of linesOf(answer)) {
    const said = frame.parse(JSON.parse(line));
    if ('exit' in said) return said.exit;
    if ('out' in said) io.stdout(said.out);
    else io.stderr(said.err);
  }
  throw gone();
}

/** Whole lines only: what a dying server began is left out. */
async function* linesOf(answer: IncomingMessage): AsyncGenerator<string> {
  let begun: string[] = [];
  try {
    for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>) {
      const [first = '', ...others] = chunk.split('\n');
      begun.push(first);
      for (const next of others) {
        yield begun.join('');
        begun = [next];
      }
    }
  } catch (error) {
    throw gone(error);
  }
}

function gone(cause?: unknown): Error {
  return transientError('server_gone', 'The server went away before the command was done.', {
    hint: 'Run it again: it goes on from the last step that was finished.',
    cause,
  });
}
