import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { App } from '../../src/app.ts';
import { commandRequest, runForwarded } from '../../src/cli/forward/run-command.ts';
import { removeServerFile, writeServerFile } from '../../src/cli/forward/server-file.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { VERSION } from '../../src/lib/version.ts';

/** A server that owns a data directory and runs the commands that come to it, as `serve` does. */
export interface CommandServer {
  readonly url: string;
  /** The commands that it has run, in order of their ends, with what they told on stderr. */
  readonly ended: readonly { readonly exit: number; readonly err: string }[];
  /** Commands that it has been sent. */
  readonly begun: readonly (readonly string[])[];
  /** Resolves when so many commands have ended. */
  hasEnded(count: number): Promise<void>;
  /** Cuts every connection in the middle of what it says, as a process that dies does, and keeps the mark. */
  die(): Promise<void>;
  stop(): Promise<void>;
}

const TOKEN = 'a-token-of-a-test';

export async function startCommandServer(
  app: App,
  options: { readonly version?: string; readonly token?: string } = {},
): Promise<CommandServer> {
  const ended: { readonly exit: number; readonly err: string }[] = [];
  const begun: (readonly string[])[] = [];
  const waiting = new Set<() => void>();
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    if (incoming.url === '/healthz') {
      outgoing.end('{"status":"ok"}');
      return;
    }
    if (incoming.headers.authorization !== `Bearer ${TOKEN}`) {
      outgoing.writeHead(401).end();
      return;
    }
    const request = commandRequest.parse(JSON.parse(await text(incoming)));
    begun.push(request.args);
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    outgoing.writeHead(200, { 'content-type': 'application/x-ndjson' });
    outgoing.flushHeaders();
    const say = (line: object): void => void outgoing.write(`${JSON.stringify(line)}\n`);
    let told = '';
    const exit = await runForwarded(
      app,
      request,
      {
        out: (out) => say({ out }),
        err: (err) => {
          told += err;
          say({ err });
        },
        signal: gone.signal,
      },
      runCli,
    );
    say({ exit });
    outgoing.end();
    ended.push({ exit, err: told });
    for (const look of waiting) look();
  };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { home, file } = app.settings;
  await writeServerFile(home, {
    pid: process.pid,
    url,
    token: options.token ?? TOKEN,
    startedAt: app.clock.now().toISOString(),
    version: options.version ?? VERSION,
    configFile: file,
  });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    if (server.listening) await once(server, 'close');
  };
  return {
    url,
    ended,
    begun,
    hasEnded: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (ended.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    die: close,
    async stop() {
      await close();
      await removeServerFile(home, options.token ?? TOKEN);
    },
  };
}
