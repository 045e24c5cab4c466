import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A partner that takes everything and counts it, in a process of its own: `node partner-server.ts ttd|meta`. Tells its port on stdout. It
 * looks at no more than it must for its answer, since it shares the machine with what is measured.
 */

const partner = process.argv[2];
const COMMA = 0x2c;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(partner === 'meta' ? metaAnswer(Buffer.concat(chunks)) : '{}');
  });
});

function metaAnswer(body: Buffer): string {
  const from = body.indexOf('"data":[');
  if (from < 0)
    return JSON.stringify({ id: '1', name: 'Bench', operation_status: { code: 200 }, delivery_status: { code: 200 } });
  const to = body.indexOf(']', from);
  let rows = to > from + '"data":['.length ? 1 : 0;
  for (let at = body.indexOf(COMMA, from); at >= 0 && at < to; at = body.indexOf(COMMA, at + 1)) rows += 1;
  const sessionId = /"session_id":(\d+)/.exec(body.toString('latin1', to))?.[1] ?? '0';
  return `{"audience_id":"1","session_id":"${sessionId}","num_received":${rows},"num_invalid_entries":0,"invalid_entry_samples":{}}`;
}

server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
