import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a request is answered; `hang` never answers. */
export type Answer = 'hang' | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** A real HTTP server that keeps what it was sent, and answers in the given order, then always with the last answer. */
export interface HttpReceiver extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** Resolves when so many requests have come in all. */
  has(count: number): Promise<void>;
}

export async function httpReceiver(...answers: readonly Answer[]): Promise<HttpReceiver> {
  const received: Received[] = [];
  const script = answers.length === 0 ? [{ status: 200 }] : answers;
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = script[Math.min(received.length, script.length - 1)];
    const { method = '', url = '', headers } = request;
    received.push({ method, path: url, headers, body: Buffer.concat(chunks).toString() });
    for (const one of waiting) if (received.length >= one.count) one.resolve();
    if (answer === undefined || answer === 'hang') return;
    response.writeHead(answer.status, answer.headers).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    has(count) {
      return new Promise((resolve) => {
        if (received.length >= count) resolve();
        else waiting.add({ count, resolve });
      });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
