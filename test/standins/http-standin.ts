import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A partner's API for tests: a real HTTP server that checks what it is sent as the partner would, and fails on demand. */

export interface StandInRequest {
  readonly method: string;
  /** With the query: `/v1/users?x=1`. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface StandInAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes out as JSON, text and bytes as they are. */
  readonly body?: unknown;
}

/**
 * How a call fails: an answer instead of the partner's own; the connection broken before the call has its effect, or after it; an
 * answer that never comes, or ends in the middle; or the partner's own answer under another content type.
 */
export type Fault =
  | StandInAnswer
  | 'reset-before'
  | 'reset-after'
  | 'stall-before'
  | 'stall-after'
  | 'truncated-answer'
  | 'wrong-content-type';

export interface HttpStandIn extends AsyncDisposable {
  readonly url: string;
  /** Every call so far, failed ones too. Bodies are left out: an audience may be in them. */
  readonly calls: readonly Omit<StandInRequest, 'body'>[];
  /** Calls at work now, and the most that there ever were. */
  readonly inFlight: { readonly now: number; readonly most: number };
  /** The next calls that `matches` (all by default) fail so, one fault a call. */
  fail(faults: readonly Fault[], matches?: (request: StandInRequest) => boolean): void;
  /** Forgets the faults that were planned and did not happen. */
  recover(): void;
}

interface PlannedFault {
  readonly fault: Fault;
  readonly matches: (request: StandInRequest) => boolean;
}

/** Starts a stand-in that answers each call by `handle`. */
export async function httpStandIn(
  handle: (request: StandInRequest) => StandInAnswer | Promise<StandInAnswer>,
): Promise<HttpStandIn> {
  const calls: Omit<StandInRequest, 'body'>[] = [];
  const planned: PlannedFault[] = [];
  const inFlight = { now: 0, most: 0 };
  const server = createServer(async (incoming, response) => {
    inFlight.now += 1;
    inFlight.most = Math.max(inFlight.most, inFlight.now);
    response.once('close', () => {
      inFlight.now -= 1;
    });
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const { method = '', url = '', headers } = incoming;
    const request = { method, path: url, headers, body: Buffer.concat(chunks) };
    calls.push({ method, path: url, headers });
    const at = planned.findIndex(({ matches }) => matches(request));
    const fault = at < 0 ? undefined : planned.splice(at, 1)[0]?.fault;
    if (fault === 'reset-before') return void incoming.socket.destroy();
    if (fault === 'stall-before') return;
    if (typeof fault === 'object') return send(response, fault);
    const answer = await handle(request);
    if (fault === 'reset-after') return void incoming.socket.destroy();
    if (fault === 'stall-after') return;
    if (fault === 'truncated-answer') return truncate(response, answer);
    if (fault === 'wrong-content-type')
      return send(response, { ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } });
    send(response, answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    inFlight,
    fail(faults, matches = () => true) {
      planned.push(...faults.map((fault) => ({ fault, matches })));
    },
    recover() {
      planned.length = 0;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, { status, headers = {}, body }: StandInAnswer): void {
  const isAsItIs = typeof body === 'string' || body instanceof Uint8Array;
  const bytes = isAsItIs ? body : body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(bytes);
}

function truncate(response: ServerResponse, { status, body = {} }: StandInAnswer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(text.length + 10) });
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.destroy());
}
