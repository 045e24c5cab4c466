import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planOne } from './support/api-server.ts';
import { HOUR_MS, PASSWORD, startUsers, type UsersWorld } from './support/users-world.ts';

let world: UsersWorld;
beforeAll(async () => {
  world = await startUsers();
});
afterAll(() => world[Symbol.asyncDispose]());

const audit = (subjectId: string) => world.server.ledger.auditLog({ subjectId });

describe('signing in', () => {
  test('gives a session whose cookie no script reads, and says who it is', async () => {
    const { id } = await world.person({
      email: 'ana@example.com',
      name: 'Ana Pérez',
      role: 'operator',
      agencies: ['2', '1', '2'],
    });
    const browser = world.browser();
    const { status, body, headers } = await browser.signIn(' ANA@example.com ');
    expect(status).toBe(200);
    const own = {
      mode: 'users',
      kind: 'user',
      name: 'Ana Pérez',
      email: 'ana@example.com',
      role: 'operator',
      agencies: ['1', '2'],
    };
    expect(body).toEqual({ ...own, sessionExpiresAt: expect.any(String) });
    expect(Date.parse(body.sessionExpiresAt) - world.server.clock.now().getTime()).toBeGreaterThan(1.9 * HOUR_MS);
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^aquarius_session=[^;]+; /);
    expect(cookie?.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax']);
    expect((await browser.call('GET', '/api/me')).body).toEqual(body);
    expect((await browser.call('GET', '/api/delivery/runs')).status).toBe(200);
    // The id of the session is not what the cookie holds.
    const [session] = await world.users.sessionsOf(id);
    expect(decodeURIComponent(browser.cookies.get('aquarius_session') ?? '')).not.toContain(session?.id ?? 'none');
  });

  test('V6.3: is refused in the same words for a wrong password, an unknown e-mail, a disabled user and what is no e-mail', async () => {
    const { id } = await world.person({ email: 'ben@example.com' });
    const gone = await world.person({ email: 'gone@example.com' });
    await world.users.change(gone.id, { disabled: true }, { name: 'admin', via: 'api', reason: null });
    const answers = await Promise.all(
      [
        ['ben@example.com', 'something else entirely'],
        ['nobody@example.com', PASSWORD],
        ['gone@example.com', PASSWORD],
        ['no e-mail', PASSWORD],
        ['ben@example.com', 'x'.repeat(500)],
      ].map(([email, password]) => world.browser().signIn(email ?? '', password)),
    );
    for (const { status, body, headers } of answers) {
      expect([status, body.code, body.detail]).toEqual([401, 'sign_in_failed', 'The e-mail or the password is wrong.']);
      expect(headers.getSetCookie()).toEqual([]);
    }
    expect((await audit(id)).filter(({ action }) => action === 'session.refuse')).toMatchObject([
      { actor: 'ben@example.com', subjectKind: 'user', after: { way: 'password' } },
      { actor: 'ben@example.com', subjectKind: 'user', after: { way: 'password' } },
    ]);
  });

  test('of who is unknown leaves no e-mail in the audit log, only the beginning of a hash', async () => {
    await world.browser().signIn('somebody.secret@example.com');
    const entries = await world.server.ledger.auditLog({ subjectKind: 'session', limit: 200 });
    expect(entries.filter(({ actor }) => actor === 'unknown').map(({ subjectId }) => subjectId)).toContainEqual(
      expect.stringMatching(/^unknown-[0-9a-f]{8}$/),
    );
    expect(JSON.stringify(entries)).not.toContain('somebody.secret');
    expect(JSON.stringify(world.server.log)).not.toContain('somebody.secret');
  });

  test('V7.2.4: makes a new session each time, in place of the one that the browser had', async () => {
    const { id, browser } = await world.person({ email: 'cleo@example.com' });
    const before = browser.cookies.get('aquarius_session') ?? '';
    await browser.signIn('cleo@example.com');
    expect(browser.cookies.get('aquarius_session')).not.toBe(before);
    expect(await world.users.sessionsOf(id)).toHaveLength(1);
    const old = await world.browser().call('GET', '/api/me', undefined, { cookie: `aquarius_session=${before}` });
    expect([old.status, old.body.code]).toEqual([401, 'session_ended']);
    // One that is refused ends nothing.
    await browser.signIn('cleo@example.com', 'not the password at all');
    expect((await browser.call('GET', '/api/me')).status).toBe(200);
  });

  test('out ends the session, also for whoever has copied the cookie', async () => {
    const { browser } = await world.person({ email: 'dora@example.com' });
    const stolen = browser.cookies.get('aquarius_session') ?? '';
    const { status } = await browser.call('POST', '/api/auth/sign-out');
    expect([status, [...browser.cookies]]).toEqual([204, []]);
    expect((await world.browser().call('GET', '/api/me', undefined, { cookie: `aquarius_session=${stolen}` })).status).toBe(401);
    const entries = await world.server.ledger.auditLog({ subjectKind: 'session', limit: 200 });
    expect(entries.find(({ action }) => action === 'session.signOut')).toMatchObject({ actor: 'dora@example.com', via: 'api' });
    expect((await browser.call('POST', '/api/auth/sign-out')).status).toBe(204);
  });

  test('with a cookie that was changed by a character is no session', async () => {
    const { browser } = await world.person({ email: 'emil@example.com' });
    const value = decodeURIComponent(browser.cookies.get('aquarius_session') ?? '');
    for (const forged of [
      `A${value.slice(1)}`,
      `${value.slice(0, -2)}A=`,
      value.split('.')[0] ?? '',
      `${'x'.repeat(32)}.${value.split('.')[1]}`,
    ]) {
      if (forged === value) continue;
      const cookie = `aquarius_session=${encodeURIComponent(forged)}`;
      const { status, body } = await world.browser().call('GET', '/api/me', undefined, { cookie });
      expect([status, body.code]).toEqual([401, 'session_ended']);
    }
  });
});

describe('a session', () => {
  test('V7.3.1: ends when it is not used for long enough, and lasts while it is', async () => {
    await using own = await startUsers({ idleMs: 2 * HOUR_MS, sessionMs: 12 * HOUR_MS });
    const { id, browser } = await own.person({ email: 'ana@example.com' });
    for (const hours of [1.9, 1.9, 1.9]) {
      own.server.clock.move(hours * HOUR_MS);
      expect((await browser.call('GET', '/api/me')).status).toBe(200);
    }
    own.server.clock.move(2.1 * HOUR_MS);
    const { status, body } = await browser.call('GET', '/api/me');
    expect([status, body.code]).toEqual([401, 'session_ended']);
    expect(await own.users.sessionsOf(id)).toEqual([]);
  });

  test('V7.3.2: ends at its longest, however much it is used', async () => {
    await using own = await startUsers({ idleMs: 2 * HOUR_MS, sessionMs: 3 * HOUR_MS });
    const { browser } = await own.person({ email: 'ana@example.com' });
    for (let hours = 1; hours < 3; hours += 1) {
      own.server.clock.move(HOUR_MS - 1_000);
      expect((await browser.call('GET', '/api/me')).status).toBe(200);
    }
    own.server.clock.move(HOUR_MS + 2_000);
    expect((await browser.call('GET', '/api/me')).body.code).toBe('session_ended');
  });

  test('V7.4.2: ends when the user is disabled, and when role or agencies change; a new name ends none', async () => {
    const actor = { name: 'admin', via: 'api', reason: null } as const;
    const { id, browser } = await world.person({ email: 'fay@example.com', agencies: ['1'] });
    await world.users.change(id, { name: 'Fay' }, actor);
    expect((await browser.call('GET', '/api/me')).body).toMatchObject({ name: 'Fay', agencies: ['1'] });
    for (const change of [{ role: 'operator' }, { agencies: ['1', '2'] }, { disabled: true }] as const) {
      expect((await browser.call('GET', '/api/me')).status).toBe(200);
      await world.users.change(id, change, actor);
      expect((await browser.call('GET', '/api/me')).body.code).toBe('session_ended');
      await browser.signIn('fay@example.com');
    }
    expect((await audit(id)).map(({ action, before, after }) => [action, before, after]).slice(0, 4)).toEqual([
      ['session.refuse', null, { way: 'password' }],
      ['user.change', { disabled: false }, { disabled: true }],
      ['user.change', { agencies: ['1'] }, { agencies: ['1', '2'] }],
      ['user.change', { role: 'viewer' }, { role: 'operator' }],
    ]);
  });

  test('V7.5.2: is listed with where it was begun, and can be ended one by one, by its user alone', async () => {
    const { browser: first } = await world.person({ email: 'gil@example.com' });
    const { browser: other } = await world.person({ email: 'hal@example.com' });
    const second = world.browser({ headers: { 'user-agent': 'A Browser/1.0', 'x-forwarded-for': '9.9.9.9' } });
    await second.signIn('gil@example.com');
    const { sessions } = (await first.call('GET', '/api/me/sessions')).body;
    expect(sessions).toHaveLength(2);
    // A client that nobody has called a proxy does not choose its own address.
    expect(sessions).toContainEqual(expect.objectContaining({ current: false, client: 'A Browser/1.0', address: '127.0.0.1' }));
    const { id } = sessions.find(({ current }: { current: boolean }) => !current);
    expect((await other.call('DELETE', `/api/me/sessions/${id}`)).body.code).toBe('session_unknown');
    expect((await second.call('GET', '/api/me')).status).toBe(200);
    expect((await first.call('DELETE', `/api/me/sessions/${id}`)).status).toBe(204);
    expect((await second.call('GET', '/api/me')).body.code).toBe('session_ended');
    expect((await first.call('GET', '/api/me')).status).toBe(200);
  });

  test('V3.3.1, V3.4.1: on an https site has a cookie that only this host can set and only TLS carries, and is asked for over TLS alone', async () => {
    await using own = await startUsers({ origin: 'https://aquarius.example' });
    const { link } = await own.users.create(
      { email: 'ana@example.com', name: 'Ana', role: 'viewer', agencies: 'all' },
      { name: 'setup', via: 'cli', reason: null },
    );
    const browser = own.browser({ origin: 'https://aquarius.example' });
    const { status, headers } = await browser.call('POST', '/api/auth/accept-link', { token: link.token, password: PASSWORD });
    expect(status).toBe(200);
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-aquarius_session=/);
    expect(cookie.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax', 'Secure']);
    expect((await browser.call('GET', '/api/me')).body).toMatchObject({ email: 'ana@example.com' });
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect((await world.browser().call('GET', '/api/me')).headers.get('strict-transport-security')).toBeNull();
    // A page that came over http may be anybody's.
    const plain = await browser.call('POST', '/api/auth/sign-out', undefined, { origin: own.server.url });
    expect([plain.status, plain.body.code]).toEqual([403, 'origin_refused']);
  });
});

describe('A11: a write with a cookie', () => {
  test('is refused unless the browser says that it comes from our own page', async () => {
    const { browser } = await world.person({ email: 'ivy@example.com', role: 'operator', agencies: 'all' });
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const write = (headers: Record<string, string>) =>
      world.browser({ origin: null }).call('POST', '/api/delivery/runs/abcd1234/cancel', {}, { cookie, ...headers });
    const foreign: readonly Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      const { status, body } = await write(headers);
      expect([headers, status, body.code]).toEqual([headers, 403, 'origin_refused']);
    }
    const own: readonly Record<string, string>[] = [{ 'sec-fetch-site': 'same-origin' }, { origin: world.server.url }];
    for (const headers of own) {
      expect((await write(headers)).body.code).toBe('run_unknown');
    }
  });

  test('so that nobody is signed in as another, or out, by the page of another site', async () => {
    await world.person({ email: 'jon@example.com' });
    const elsewhere = world.browser({ origin: 'https://evil.example' });
    for (const origin of [elsewhere, world.browser({ origin: null })]) {
      const { status, body, headers } = await origin.signIn('jon@example.com');
      expect([status, body.code, headers.getSetCookie()]).toEqual([403, 'origin_refused', []]);
      expect((await origin.call('POST', '/api/auth/sign-out')).status).toBe(403);
    }
  });
});

describe('A9: a request', () => {
  test('with a token and a session at once is refused, whichever would do', async () => {
    const { browser } = await world.person({ email: 'kim@example.com' });
    for (const authorization of ['Bearer a-token-of-a-test', 'Bearer aq_something', 'Basic YTpi']) {
      const { status, body } = await browser.call('GET', '/api/me', undefined, { authorization });
      expect([status, body.code]).toEqual([400, 'credentials_two']);
    }
  });

  test('has no token in its query', async () => {
    for (const name of ['token', 'access_token', 'authorization', 'api_key']) {
      const { status, body } = await world.browser().call('GET', `/api/delivery/runs?${name}=a-token-of-a-test`);
      expect([status, body.code]).toEqual([401, 'token_missing']);
    }
  });

  test('with a session acts for nobody else', async () => {
    const { browser } = await world.person({ email: 'lea@example.com' });
    const { status, body } = await browser.call('GET', '/api/me', undefined, { 'x-aquarius-actor': 'the boss' });
    expect([status, body.code]).toEqual([400, 'actor_invalid']);
  });

  test('with the machine token is what it was without users', async () => {
    const { body } = await world.server.call('GET', '/api/me');
    expect(body).toEqual({
      ...{ mode: 'users', kind: 'machine', name: 'api', email: null, role: 'admin', agencies: 'all', sessionExpiresAt: null },
    });
  });
});

describe('A2, A3: a user', () => {
  test('without agencies sees nothing, of any role', async () => {
    const run = await planOne(world.server.ledger);
    for (const role of ['viewer', 'operator', 'admin'] as const) {
      const { browser } = await world.person({ email: `none-${role}@example.com`, role, agencies: [] });
      expect((await browser.call('GET', '/api/delivery/runs')).body.runs).toEqual([]);
      expect((await browser.call('GET', '/api/delivery/deliveries')).body.deliveries).toEqual([]);
      expect((await browser.call('GET', `/api/delivery/runs/${run.id}`)).body.code).toBe('run_unknown');
    }
    const { browser } = await world.person({ email: 'one@example.com', agencies: [run.delivery.agencyId] });
    expect((await browser.call('GET', '/api/delivery/runs')).body.runs).toHaveLength(1);
  });

  test('may do what the role says', async () => {
    const { browser } = await world.person({ email: 'view@example.com', role: 'viewer', agencies: 'all' });
    for (const [method, path] of [
      ['POST', '/api/delivery/runs/abcd1234/cancel'],
      ['GET', '/api/users'],
      ['POST', '/api/keys'],
      ['GET', '/metrics'],
      ['POST', '/api/commands'],
    ] as const) {
      const { status, body } = await browser.call(method, path, method === 'POST' ? {} : undefined);
      expect([path, status, body.code]).toEqual([path, 403, 'role_insufficient']);
    }
  });
});

test('A8: no answer, to whatever origin and method, allows another site to read it', async () => {
  const { browser } = await world.person({ email: 'mia@example.com' });
  for (const [method, path] of [
    ['GET', '/api/me'],
    ['OPTIONS', '/api/me'],
    ['OPTIONS', '/api/auth/sign-in'],
    ['GET', '/api/auth-mode'],
    ['POST', '/api/auth/sign-in'],
  ] as const) {
    const { headers } = await browser.call(method, path, method === 'POST' ? {} : undefined, {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
    });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});
