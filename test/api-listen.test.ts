import { once } from 'node:events';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Api } from '../src/api/env.ts';
import { listen } from '../src/api/listen.ts';
import { isLoopback, requireServeToken } from '../src/api/serve-token.ts';
import { startApi } from './support/api-server.ts';
import { failureOf } from './support/stage-files.ts';

const log = pino({ enabled: false });

describe('listening', () => {
  test('on a port that is taken says what to do', async () => {
    await using server = await startApi();
    const { api, url } = server;
    const port = Number(new URL(url).port);
    const { signal } = new AbortController();
    expect(await failureOf(listen(api, { host: '127.0.0.1', port, signal, log }))).toMatchObject({
      kind: 'config',
      code: 'port_in_use',
      message: `127.0.0.1 port ${port} is taken by another program.`,
      hint: expect.stringContaining('serve.port'),
    });
    expect(await failureOf(listen(api, { host: '192.0.2.1', port: 0, signal, log }))).toMatchObject({ code: 'host_not_here' });
  });

  test('over IPv6 gives a URL that can be called', async () => {
    await using server = await startApi(undefined, { host: '::1' });
    expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await server.call('GET', '/healthz')).status).toBe(200);
  });

  test('ends by its signal, and closing twice is closing once', async () => {
    await using server = await startApi();
    const stop = new AbortController();
    const second = await listen(server.api, { host: '127.0.0.1', port: 0, signal: stop.signal, log });
    expect((await fetch(`${second.url}/healthz`)).status).toBe(200);
    stop.abort();
    await second.close(600_000);
    await second.close(0);
    await expect(fetch(`${second.url}/healthz`)).rejects.toThrow();
    // The port is free.
    const next = createServer().listen(Number(new URL(second.url).port), '127.0.0.1');
    await once(next, 'listening');
    next.close();
  });
});

test('a client that goes away in the middle is no fault of the server', async () => {
  const lines: string[] = [];
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const api = {
    async fetch(request: Request): Promise<Response> {
      begun.resolve();
      await once(request.signal, 'abort');
      setImmediate(ended.resolve);
      request.signal.throwIfAborted();
      return new Response();
    },
  } as unknown as Api;
  const stop = new AbortController();
  const server = await listen(api, {
    host: '127.0.0.1',
    port: 0,
    signal: stop.signal,
    log: pino({}, { write: (line: string) => lines.push(line) }),
  });
  const client = new AbortController();
  const call = fetch(server.url, { signal: client.signal }).catch(() => null);
  await begun.promise;
  client.abort();
  await call;
  await ended.promise;
  await server.close(0);
  expect(lines).toEqual([]);
});

describe('a token of one’s own', () => {
  test('is needed where other machines reach the server', () => {
    for (const host of ['127.0.0.1', '127.0.0.53', '::1', 'localhost', 'LOCALHOST']) {
      expect([host, isLoopback(host)]).toEqual([host, true]);
      requireServeToken(host, false);
    }
    for (const host of ['0.0.0.0', '::', '10.0.0.1', 'aquarius.example.com', '127.evil.example', '1270.0.0.1']) {
      expect([host, isLoopback(host)]).toEqual([host, false]);
      requireServeToken(host, true);
      expect(() => requireServeToken(host, false)).toThrow(expect.objectContaining({ code: 'serve_token_missing' }));
    }
  });
});
