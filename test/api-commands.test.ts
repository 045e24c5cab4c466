import { describe, expect, test } from 'vitest';
import type { CommandIo } from '../src/api/deps.ts';
import { startApi } from './support/api-server.ts';

/** Lines of JSON, as they come. */
async function* linesOf(response: Response): AsyncGenerator<unknown> {
  let held = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    held += piece;
    const lines = held.split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line);
  }
}

async function allLines(response: Response): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const line of linesOf(response)) lines.push(line);
  return lines;
}

/** An API of which the test is the command. */
async function startCommand() {
  const asked: unknown[] = [];
  let tell: (io: CommandIo) => void = () => undefined;
  const begun = new Promise<CommandIo>((resolve) => {
    tell = resolve;
  });
  let end: (exit: number | Error) => void = () => undefined;
  const ended = new Promise<number | Error>((resolve) => {
    end = resolve;
  });
  const server = await startApi(() => ({
    runCommand: async (request, io) => {
      asked.push(request);
      tell(io);
      const exit = await ended;
      if (exit instanceof Error) throw exit;
      return exit;
    },
  }));
  const post = (body: unknown, signal?: AbortSignal) =>
    server.open('/api/commands', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  return { server, asked, begun, end: (exit: number | Error) => end(exit), post };
}

describe('a command', () => {
  test('is answered at once, told line by line as it speaks, and ends with its exit code', async () => {
    const { server, asked, begun, end, post } = await startCommand();
    await using _ = server;
    // The answer begins before the command has said a word.
    const response = await post({ args: ['runs', '--json'], cwd: '/tmp' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    expect(asked).toEqual([{ args: ['runs', '--json'], cwd: '/tmp' }]);
    const io = await begun;
    const lines = linesOf(response);
    io.out('ä "quoted"\nline\n');
    expect((await lines.next()).value).toEqual({ out: 'ä "quoted"\nline\n' });
    io.err('50 %\r');
    expect((await lines.next()).value).toEqual({ err: '50 %\r' });
    end(75);
    expect((await lines.next()).value).toEqual({ exit: 75 });
    expect((await lines.next()).done).toBe(true);
    expect(io.signal.aborted).toBe(false);
  });

  test('is stopped when the client goes', async () => {
    const { server, begun, end, post } = await startCommand();
    await using _ = server;
    const client = new AbortController();
    const response = await post({}, client.signal);
    const io = await begun;
    const stopped = new Promise((resolve) => io.signal.addEventListener('abort', resolve));
    client.abort();
    await stopped;
    // What it says and how it ends concerns nobody any more, and harms nothing.
    io.out('into the void');
    end(0);
    await expect(response.text()).rejects.toThrow();
    expect((await server.call('GET', '/healthz')).status).toBe(200);
  });

  test('that fails with a fault of ours ends with 70 and says where to look, not what was in it', async () => {
    const { server, end, post } = await startCommand();
    await using _ = server;
    const response = await post({});
    end(new TypeError('secret words'));
    const lines = await allLines(response);
    expect(lines).toEqual([{ err: expect.stringContaining(response.headers.get('x-request-id') ?? '?') }, { exit: 70 }]);
    expect(JSON.stringify([lines, server.log])).not.toContain('secret words');
  });

  test('goes on while the server closes, for as long as it is given', async () => {
    const { server, begun, end, post } = await startCommand();
    const response = await post({});
    const io = await begun;
    const closed = server.listening.close(600_000);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    io.out('still here\n');
    end(0);
    expect(await allLines(response)).toEqual([{ out: 'still here\n' }, { exit: 0 }]);
    await closed;
    await server[Symbol.asyncDispose]();
  });

  test('is cut off when the time is over', async () => {
    const { server, begun, end, post } = await startCommand();
    const response = await post({});
    const io = await begun;
    const stopped = new Promise((resolve) => io.signal.addEventListener('abort', resolve));
    await server.listening.close(0);
    await stopped;
    end(0);
    await expect(response.text()).rejects.toThrow();
    await server[Symbol.asyncDispose]();
  });
});
