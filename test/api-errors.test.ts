import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY_LIMIT_BYTES } from '../src/api/guards.ts';
import { problemDocument, problemHeaders, problemOf, statusOf } from '../src/api/problem.ts';
import { configError, rejectedError, transientError } from '../src/errors.ts';
import { type ApiServer, planOne, startApi } from './support/api-server.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await startApi(() => ({
    metrics: async () => {
      throw new TypeError('cannot read 8e5f2c1a-aaaa-bbbb-cccc-1234567890ab of undefined');
    },
    preview: async () => {
      throw rejectedError('warehouse_refused', 'The warehouse said no.');
    },
  }));
});
afterAll(() => server[Symbol.asyncDispose]());

describe('a failure', () => {
  test('is a problem document whatever the path to it', async () => {
    const run = await planOne(server.ledger);
    const cancel = `/api/delivery/runs/${run.id}/cancel`;
    const json = { 'content-type': 'application/json' };
    const cases = [
      ['GET', '/nothing', undefined, {}, 404, 'route_unknown'],
      ['GET', '/api/delivery/runs/abcd/nothing', undefined, {}, 404, 'route_unknown'],
      ['DELETE', '/api/delivery/runs', undefined, {}, 405, 'method_not_allowed'],
      ['GET', '/api/delivery/run', undefined, {}, 405, 'method_not_allowed'],
      ['POST', cancel, '{"reason": ', json, 400, 'json_malformed'],
      ['POST', cancel, 'reason=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'media_type_unsupported'],
      ['POST', cancel, { reason: 7 }, json, 400, 'request_invalid'],
      ['POST', cancel, { why: 'x' }, json, 400, 'request_invalid'],
      ['POST', '/api/commands', '{', json, 400, 'json_malformed'],
      ['GET', '/api/delivery/runs?limit=201', undefined, {}, 400, 'request_invalid'],
      ['GET', '/api/delivery/runs?stat=failed', undefined, {}, 400, 'request_invalid'],
      ['GET', '/api/delivery/runs/x', undefined, {}, 400, 'request_invalid'],
      ['GET', '/api/delivery/runs/00000000', undefined, {}, 404, 'run_unknown'],
      ['GET', '/api/delivery/deliveries/00000000', undefined, {}, 404, 'delivery_unknown'],
      ['POST', '/api/delivery/run', { dryRun: true }, json, 502, 'warehouse_refused'],
      ['GET', '/metrics', undefined, {}, 500, 'bug'],
    ] as const;
    for (const [method, path, body, headers, status, code] of cases) {
      const answer = await server.call(method, path, body, headers);
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, status, code]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      const problem = problemDocument.parse(answer.body);
      expect(problem).toMatchObject({ type: `urn:aquarius:${code}`, status, requestId: answer.headers.get('x-request-id') });
      expect(problem.hint).toEqual(code === 'warehouse_refused' ? null : expect.any(String));
    }
    expect((await server.ledger.runById(run.id))?.state).toBe('planned');
  });

  test('of the request names every field that is wrong', async () => {
    const { body } = await server.call('GET', '/api/delivery/runs?limit=0&state=gone&x=1');
    expect(body.problems.map(({ path }: { path: string }) => path).sort()).toEqual(['query', 'query.limit', 'query.state']);
  });

  test('says which methods a path takes', async () => {
    const { headers } = await server.call('PUT', '/api/delivery/runs/abcd');
    expect(headers.get('allow')).toBe('GET, HEAD');
    expect((await server.call('OPTIONS', '/api/delivery/run')).headers.get('allow')).toBe('POST');
    expect((await server.call('HEAD', '/api/delivery/runs')).status).toBe(200);
  });

  test('of ours tells nothing of itself, and the log has its place in the code', async () => {
    const before = server.log.length;
    const { body } = await server.call('GET', '/metrics');
    expect(JSON.stringify(body)).not.toMatch(/8e5f2c1a|undefined|TypeError|src\//);
    const lines = server.log.slice(before);
    expect(lines[0]).toMatchObject({ level: 50, requestId: body.requestId, name: 'TypeError', at: expect.any(Array) });
    expect(JSON.stringify(lines)).toContain('api-errors.test.ts');
    expect(JSON.stringify(lines)).not.toContain('8e5f2c1a');
  });

  test('is a body that is too large, announced or not', async () => {
    const large = `{"reason":"${'x'.repeat(BODY_LIMIT_BYTES)}"}`;
    const announced = await server.call('POST', '/api/delivery/runs/abcd/cancel', large);
    expect([announced.status, announced.body.code]).toEqual([413, 'body_too_large']);
    const pieces = async function* () {
      for (let sent = 0; sent <= BODY_LIMIT_BYTES; sent += 65_536) yield Buffer.alloc(65_536, 0x20);
    };
    const response = await server.open('/api/delivery/runs/abcd/cancel', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: ReadableStream.from(pieces()),
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(problemDocument.parse(await response.json()).code).toBe('body_too_large');
  });

  test('is a host that no URL can have', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write('GET /healthz HTTP/1.1\r\nHost: a b\\c\r\nConnection: close\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/x-content-type-options: nosniff/i);
    expect(answer).toContain('"code":"request_malformed"');
  });
});

describe('the status of a failure', () => {
  test('comes from its kind, unless its code says otherwise', () => {
    expect([
      statusOf(configError('cadence_invalid', 'x')),
      statusOf(configError('run_unknown', 'x')),
      statusOf(configError('run_finished', 'x')),
      statusOf(configError('idempotency_mismatch', 'x')),
      statusOf(transientError('control_store_busy', 'x')),
      statusOf(rejectedError('audience_small', 'x')),
      statusOf(new Error('x')),
      statusOf('x'),
    ]).toEqual([422, 404, 409, 422, 503, 502, 500, 500]);
  });

  test('that may pass says when to ask again', () => {
    expect(problemHeaders(transientError('a', 'x'))).toEqual({ 'Retry-After': '5' });
    expect(problemHeaders(transientError('a', 'x', { retryAfterMs: 61_001 }))).toEqual({ 'Retry-After': '62' });
    expect(problemHeaders(configError('run_unknown', 'x'))).toEqual({});
  });

  test('stands in a document with what to do', () => {
    expect(problemOf(configError('run_not_held', 'Run 1 does not wait.', { hint: 'Look.' }), 'r')).toEqual({
      type: 'urn:aquarius:run_not_held',
      title: 'Run not held',
      status: 409,
      detail: 'Run 1 does not wait.',
      code: 'run_not_held',
      hint: 'Look.',
      problems: [],
      requestId: 'r',
    });
  });
});
