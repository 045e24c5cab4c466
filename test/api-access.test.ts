import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS, accessKey, INTERNAL } from '../src/api/access.ts';
import { agencyFilter, machinePrincipal, maySee } from '../src/api/principal.ts';
import { isRoute } from '../src/api/route-of.ts';
import { mayDo } from '../src/users/role.ts';
import { type ApiServer, planOne, startApi } from './support/api-server.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await startApi();
});
afterAll(() => server[Symbol.asyncDispose]());

/** All routes of the API, each once. */
function routes(): readonly (readonly [method: string, path: string])[] {
  const keys = new Set(server.api.routes.filter(isRoute).map(({ method, path }) => accessKey(method, path)));
  return [...keys].map((key) => key.split(' ') as [string, string]);
}

/** A request as no browser would send it: with any Host that is wanted. Gives the status and the body. */
function rawCall(method: string, path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    call.on('error', reject).end();
  });
}

describe('access', () => {
  test('the table names every route and no other', () => {
    expect(
      routes()
        .map(([method, path]) => `${method} ${path}`)
        .sort(),
    ).toEqual(Object.keys(ACCESS).sort());
    for (const key of INTERNAL) expect(ACCESS).toHaveProperty([key]);
  });

  test('every route that is not public refuses who has no token or a wrong one, and tells nothing else', async () => {
    const closed = routes().filter(([method, path]) => ACCESS[`${method} ${path}`] !== 'public');
    expect(closed.length).toBeGreaterThan(12);
    for (const [method, path] of closed) {
      const target = path.replace(':id', 'abcd1234');
      for (const [authorization, code] of [
        ['', 'token_missing'],
        ['Basic YTpi', 'token_missing'],
        ['Bearer', 'token_missing'],
        ['Bearer a-token-of-a-tesT', 'token_wrong'],
        ['Bearer a-token-of-a-test-and-more', 'token_wrong'],
      ]) {
        const { status, headers, body } = await server.call(method, target, method === 'POST' ? {} : undefined, {
          authorization: authorization ?? '',
        });
        // Under /api/config all answers have an envelope.
        const isConfig = path.startsWith('/api/config/');
        const told = isConfig ? body.error?.reason : body.code;
        expect({ method, path, status, code: told }).toEqual({ method, path, status: 401, code });
        expect(Object.keys(body)).not.toContain('data');
        expect(headers.get('www-authenticate')).toBe('Bearer realm="aquarius"');
        expect(headers.get('content-type')).toBe(isConfig ? 'application/json' : 'application/problem+json');
      }
    }
  });

  test('public routes answer without a token', async () => {
    const open = routes().filter(([method, path]) => ACCESS[`${method} ${path}`] === 'public');
    const signingIn = open.filter(([, path]) => path.startsWith('/api/auth/')).map(([method, path]) => `${method} ${path}`);
    expect(signingIn.sort()).toEqual([
      'GET /api/auth/callback/oidc',
      'GET /api/auth/oidc/start',
      'POST /api/auth/accept-link',
      'POST /api/auth/link',
      'POST /api/auth/sign-in',
      'POST /api/auth/sign-out',
    ]);
    const others = open.filter(([, path]) => !path.startsWith('/api/auth/'));
    expect(others.map(([, path]) => path).sort()).toEqual([
      '/api/auth-mode',
      '/api/docs',
      '/api/openapi.json',
      '/healthz',
      '/readyz',
    ]);
    for (const [method, path] of others) {
      expect((await server.call(method, path, undefined, { authorization: '' })).status).toBe(200);
    }
  });

  test('what does not exist is not told without a token', async () => {
    expect((await server.call('GET', '/api/secret', undefined, { authorization: '' })).status).toBe(401);
    expect((await server.call('GET', '/api/secret')).status).toBe(404);
  });

  test('every answer, good or bad, bears the security headers', async () => {
    for (const [path, status] of [
      ['/healthz', 200],
      ['/api/delivery/runs', 200],
      ['/api/nothing', 404],
      ['/api/delivery/runs?limit=0', 400],
      ['/api/docs', 200],
    ] as const) {
      const answer = await server.call('GET', path);
      expect(answer.status).toBe(status);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
    }
  });

  test('a server on a loopback address answers to the names of its machine alone', async () => {
    const port = new URL(server.url).port;
    for (const host of [`localhost:${port}`, '127.0.0.1', `[::1]:${port}`]) {
      expect((await rawCall('GET', '/healthz', { host })).status).toBe(200);
    }
    for (const host of [`evil.example:${port}`, 'localhost.evil.example', '127.0.0.1.nip.io', '127.0.0.2']) {
      const { status, body } = await rawCall('GET', '/healthz', { host });
      expect({ host, status, code: JSON.parse(body).code }).toEqual({ host, status: 403, code: 'host_refused' });
    }
  });

  test('a server on all addresses answers to any name', async () => {
    await using everywhere = await startApi(undefined, { host: '0.0.0.0' });
    const { port } = new URL(everywhere.url);
    const status = await new Promise((resolve, reject) => {
      request(
        { port, host: '127.0.0.1', path: '/healthz', headers: { host: 'aquarius.example.com' }, agent: false },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });

  test('writes from the pages of other sites are refused, from our own and from programs they are not', async () => {
    const run = await planOne(server.ledger);
    const path = `/api/delivery/runs/${run.id}/cancel`;
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`, 'http://127.0.0.1:1']) {
      const { status, body } = await server.call('POST', path, {}, { origin });
      expect({ origin, status, code: body.code }).toEqual({ origin, status: 403, code: 'origin_refused' });
    }
    expect(await server.ledger.runById(run.id)).toMatchObject({ state: 'planned' });
    expect((await server.call('POST', path, {}, { origin: server.url })).status).toBe(200);
  });

  test('whom a program acts for must be a name, and the audit log has it', async () => {
    const run = await planOne(server.ledger, { advertiserId: '4712' });
    const path = `/api/delivery/runs/${run.id}/cancel`;
    const long = await server.call('POST', path, {}, { 'x-aquarius-actor': 'a'.repeat(201) });
    expect([long.status, long.body.code]).toEqual([400, 'actor_invalid']);
    const done = await server.call('POST', path, { reason: 'too early' }, { 'x-aquarius-actor': 'Ana Pérez' });
    expect(done.status).toBe(200);
    const [entry] = await server.ledger.auditLog({ subjectId: run.id });
    expect(entry).toMatchObject({ actor: 'Ana Pérez', via: 'api', action: 'run.cancel', reason: 'too early' });
  });

  test('the log has a line for each request, with the pattern of its route and never what was typed', async () => {
    const before = server.log.length;
    const { headers } = await server.call('GET', '/api/delivery/runs/zzzz9999?x=secret-word', undefined, {
      'x-request-id': 'my-request.7',
    });
    expect(headers.get('x-request-id')).toBe('my-request.7');
    const lines = server.log.slice(before);
    expect(lines).toMatchObject([
      { requestId: 'my-request.7', method: 'GET', route: '/api/delivery/runs/:id', status: 404, ms: expect.any(Number) },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/secret-word|zzzz9999|a-token/);
    const strange = await server.call('GET', '/healthz', undefined, { 'x-request-id': 'a b"c' });
    expect(strange.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a principal', () => {
  test('of the machine token may do and see all', () => {
    const principal = machinePrincipal('t', 'bearer t', undefined);
    expect(principal).toEqual({ kind: 'machine', userId: null, name: 'api', role: 'admin', agencyIds: 'all' });
    expect(maySee(principal, null)).toBe(true);
    expect(agencyFilter(principal, undefined)).toEqual({});
    expect(agencyFilter(principal, '7')).toEqual({ agencyIds: ['7'] });
  });

  test('of some agencies sees those and nothing else', () => {
    const principal = { kind: 'user', userId: 'u1', name: 'ana', role: 'viewer', agencyIds: ['1', '2'] } as const;
    expect([maySee(principal, '1'), maySee(principal, '3'), maySee(principal, null)]).toEqual([true, false, false]);
    expect(agencyFilter(principal, undefined)).toEqual({ agencyIds: ['1', '2'] });
    expect(agencyFilter(principal, '2')).toEqual({ agencyIds: ['2'] });
    expect(agencyFilter(principal, '3')).toEqual({ agencyIds: [] });
  });

  test('may do what lower roles may', () => {
    expect([mayDo('viewer', 'operator'), mayDo('operator', 'operator'), mayDo('admin', 'viewer')]).toEqual([false, true, true]);
  });
});
