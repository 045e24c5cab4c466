import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Logger } from 'pino';
import { configError } from '../errors.ts';
import { answerProblem, problemResponse } from './answer-failure.ts';
import type { Api } from './env.ts';
import { secure } from './guards.ts';
import { isLoopback } from './serve-token.ts';

export interface ListenOptions {
  /** An address or a name of this machine. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Once aborted, nobody new is let in and streams end; `close` waits for the rest. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export interface Listening {
  /** `http://127.0.0.1:4780`, without a slash at the end. */
  readonly url: string;
  /** Ends streams, lets other requests go on for so many milliseconds, then cuts them off. Resolves when nobody is connected. */
  close(graceMs: number): Promise<void>;
}

/** How long a client may take to send a request: a slow one must not hold a connection for ever. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 60_000;
/** Nobody reads it: the connection is closed. */
const CLIENT_GONE = 499;

/**
 * Serves the API over HTTP. `config` errors: `port_in_use`, `port_forbidden`, `host_not_here` when the address is not one of this
 * machine.
 */
export async function listen(api: Api, { host, port, signal, log }: ListenOptions): Promise<Listening> {
  const closing = new AbortController();
  const loopback = isLoopback(host);
  const listener = getRequestListener(
    async (request, { incoming }) => {
      const { remoteAddress } = incoming.socket;
      try {
        return await api.fetch(request, { loopback, closing: closing.signal, remoteAddress });
      } catch (thrown) {
        // Whoever asked has gone, which ends what was done for them and is no fault.
        if (request.signal.aborted) return new Response(null, { status: CLIENT_GONE });
        throw thrown;
      }
    },
    {
      errorHandler(thrown) {
        const answer = problemResponse(answerProblem(log, unreadable(thrown), 'none'), {});
        secure(answer.headers);
        return answer;
      },
    },
  );
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }, (incoming, outgoing) => {
    // A connection that was busy when the closing began would be kept for the next request.
    outgoing.once('close', () => setImmediate(() => closing.signal.aborted && server.closeIdleConnections()));
    void listener(incoming, outgoing);
  });
  const gone = new Promise<void>((resolve) => server.once('close', () => resolve()));
  await opened(server, host, port);
  const begin = (): void => {
    if (closing.signal.aborted) return;
    closing.abort();
    server.close();
  };
  signal.addEventListener('abort', begin, { once: true });
  if (signal.aborted) begin();
  return {
    url: urlOf(server.address() as AddressInfo, host),
    async close(graceMs) {
      signal.removeEventListener('abort', begin);
      begin();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await gone;
      clearTimeout(cut);
    },
  };
}

/** What is refused before it is a request: a host or a path that no URL can have. */
function unreadable(thrown: unknown): unknown {
  if (!(thrown instanceof RequestError)) return thrown;
  return configError('request_malformed', 'The request has a host or a path that cannot be read.', {
    hint: 'Send a Host header and a path that a URL can have.',
    cause: thrown,
  });
}

async function opened(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw refusal(cause, host, port);
  }
}

const CODES: Readonly<Record<string, readonly [code: string, message: string, hint: string]>> = {
  EADDRINUSE: [
    'port_in_use',
    'is taken by another program',
    'Stop that one (it may be another `aquarius serve`), or set serve.port in aquarius.yaml to another port.',
  ],
  EACCES: ['port_forbidden', 'may not be used by this user', 'Set serve.port in aquarius.yaml to a port above 1023.'],
  EADDRNOTAVAIL: ['host_not_here', 'is no address of this machine', 'Set serve.host in aquarius.yaml to one that is.'],
  ENOTFOUND: ['host_not_here', 'is no address of this machine', 'Set serve.host in aquarius.yaml to one that is.'],
};

function refusal(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const known = CODES[code];
  return known === undefined ? cause : configError(known[0], `${host} port ${port} ${known[1]}.`, { hint: known[2], cause });
}

function urlOf({ port }: AddressInfo, host: string): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
