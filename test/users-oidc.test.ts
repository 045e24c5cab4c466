import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADDRESS_ATTEMPTS } from '../src/users/attempts.ts';
import type { OidcSettings } from '../src/users/sign-in-settings.ts';
import { CLIENT, type OidcServer, oidcServer } from './standins/oidc-server.ts';
import { ADMIN, type Browser, PASSWORD, SETTINGS, startUsers, type UsersWorld } from './support/users-world.ts';

const CALLBACK = `${SETTINGS.origin}/api/auth/callback/oidc`;
const ANA = { sub: 'ana-1', email: 'Ana@Example.com', email_verified: true, name: 'Ana Pérez' };

let provider: OidcServer;
let world: UsersWorld;
beforeEach(async () => {
  provider = await oidcServer(CALLBACK);
  provider.person = ANA;
});
afterEach(async () => {
  await provider[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function start(settings: Partial<OidcSettings> = {}, more: Partial<typeof SETTINGS> = {}): Promise<void> {
  const oidc = {
    ...{ issuer: provider.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, name: 'Example ID', trustEmail: false },
    ...settings,
  };
  world = await startUsers({ oidc, ...more });
}

/** Goes to the provider and comes back; gives where the browser ends. */
async function come(
  browser: Browser,
  { change = (back: string) => back, returnTo = '/runs?state=failed' } = {},
): Promise<string | null> {
  const away = await browser.call('GET', `/api/auth/oidc/start?returnTo=${encodeURIComponent(returnTo)}`);
  expect(away.status).toBe(302);
  const back = new URL(change(await provider.agree(away.headers.get('location') ?? '')));
  const { status, headers } = await browser.call('GET', `${back.pathname}${back.search}`);
  expect(status).toBe(302);
  return headers.get('location');
}

const meOf = async (browser: Browser) => (await browser.call('GET', '/api/me')).body;
const invite = (email: string, role: 'viewer' | 'admin' = 'viewer') =>
  world.users.create({ email, name: 'By Admin', role, agencies: ['1480'] }, ADMIN);

describe('a provider', () => {
  test('signs in who is a user, with what the administrator gave them, and sends them back to where they were', async () => {
    await start();
    const { user } = await invite('ana@example.com');
    const browser = world.browser();
    expect((await browser.call('GET', '/api/auth-mode')).body.oidc).toEqual({ name: 'Example ID', url: '/api/auth/oidc/start' });
    expect(await come(browser)).toBe('/runs?state=failed');
    expect(await meOf(browser)).toMatchObject({
      kind: 'user',
      email: 'ana@example.com',
      name: 'By Admin',
      role: 'viewer',
      agencies: ['1480'],
    });
    // The state is used up, and nothing else is kept in the browser.
    expect([...browser.cookies.keys()]).toEqual(['aquarius_session']);
    const [entry] = await world.server.ledger.auditLog({ subjectKind: 'session' });
    expect(entry).toMatchObject({ action: 'session.signIn', actor: 'ana@example.com', after: { userId: user.id, way: 'oidc' } });
    // Again, as the same account, though the e-mail is another by now.
    provider.person = { ...ANA, email: 'ana.perez@example.com' };
    const other = world.browser();
    expect(await come(other, { returnTo: '/' })).toBe('/');
    expect(await meOf(other)).toMatchObject({ email: 'ana@example.com' });
    expect(await world.users.list()).toMatchObject([{ signIn: ['oidc'] }]);
    expect(provider.refused).toEqual([]);
  });

  test("'s tokens are not kept", async () => {
    await start();
    await invite('ana@example.com');
    await come(world.browser());
    const rows = await world.server.ledger.store.read((db) => db.selectFrom('authAccounts').selectAll().execute());
    expect(rows).toMatchObject([
      { providerId: 'oidc', accountId: `${provider.issuer}#ana-1`, accessToken: null, refreshToken: null, idToken: null },
    ]);
    expect(await world.server.ledger.store.read((db) => db.selectFrom('authVerifications').selectAll().execute())).toEqual([]);
  });

  test('lets no stranger in, unless the settings give strangers a role; and then they see no agency', async () => {
    await start();
    const browser = world.browser();
    expect(await come(browser)).toBe('/?signInProblem=oidc_not_a_user');
    expect(browser.cookies.has('aquarius_session')).toBe(false);
    expect(await world.users.list()).toEqual([]);
    const [entry] = await world.server.ledger.auditLog();
    expect(entry).toMatchObject({
      action: 'session.refuse',
      actor: 'unknown',
      after: { way: 'oidc', problem: 'oidc_not_a_user' },
    });
    expect(JSON.stringify([entry, world.server.log]).toLowerCase()).not.toContain('ana@example.com');
    await world[Symbol.asyncDispose]();

    await start({ defaultRole: 'operator' });
    const second = world.browser();
    expect(await come(second)).toBe('/runs?state=failed');
    expect(await meOf(second)).toMatchObject({ email: 'ana@example.com', name: 'Ana Pérez', role: 'operator', agencies: [] });
    expect((await second.call('GET', '/api/delivery/runs')).body.runs).toEqual([]);
  });

  test('can say role and agencies, and what it says holds from the next sign-in on', async () => {
    await start({ roleClaim: 'realm_access.roles', agenciesClaim: 'https://example.com/agencies' });
    const said = (roles: unknown, agencies: unknown) => {
      provider.person = { ...ANA, realm_access: { roles }, 'https://example.com/agencies': agencies };
    };
    said(['offline', 'viewer', 'Operator'], ['2', 1, '2']);
    const browser = world.browser();
    await come(browser);
    expect(await meOf(browser)).toMatchObject({ role: 'operator', agencies: ['1', '2'] });
    said(['viewer'], '7, 8');
    await come(world.browser());
    // What was signed in with more is over.
    expect((await meOf(browser)).code).toBe('session_ended');
    expect(await world.users.list()).toMatchObject([{ role: 'viewer', agencies: ['7', '8'] }]);
    said(['viewer'], undefined);
    await come(world.browser());
    expect(await world.users.list()).toMatchObject([{ agencies: [] }]);
    said(['nothing of ours'], '7');
    expect(await come(world.browser())).toBe('/?signInProblem=oidc_role_missing');
    said(['admin'], 'all');
    const boss = world.browser();
    await come(boss);
    expect((await boss.call('GET', '/api/users')).status).toBe(200);
    // The last administrator stays one.
    said(['viewer'], 'all');
    await come(world.browser());
    expect(await world.users.list()).toMatchObject([{ role: 'admin', agencies: 'all' }]);
  });

  test('must call an e-mail verified, and of a domain that is allowed', async () => {
    await start({ defaultRole: 'viewer', allowedDomains: ['example.com'] });
    for (const [person, problem] of [
      [{ ...ANA, email_verified: false }, 'oidc_email_unverified'],
      [{ ...ANA, email_verified: undefined }, 'oidc_email_unverified'],
      [{ ...ANA, email: 'ana@example.com.evil.example' }, 'oidc_domain_refused'],
      [{ ...ANA, email: 'ana@sub.example.com' }, 'oidc_domain_refused'],
      [{ ...ANA, email: undefined }, 'oidc_email_missing'],
    ] as const) {
      provider.person = person;
      expect(await come(world.browser())).toBe(`/?signInProblem=${problem}`);
    }
    expect(await world.users.list()).toEqual([]);
    await world[Symbol.asyncDispose]();
    await start({ defaultRole: 'viewer', trustEmail: true });
    provider.person = { ...ANA, email_verified: undefined };
    const browser = world.browser();
    await come(browser);
    expect(await meOf(browser)).toMatchObject({ email: 'ana@example.com' });
  });

  test('that keeps its ID token short is asked for the rest, and believed only of the same person', async () => {
    await start({ defaultRole: 'viewer' });
    provider.person = { sub: 'ana-1' };
    provider.userInfo = { ...ANA, sub: 'somebody-else' };
    expect(await come(world.browser())).toBe('/?signInProblem=oidc_email_missing');
    provider.userInfo = ANA;
    const browser = world.browser();
    await come(browser);
    expect(await meOf(browser)).toMatchObject({ email: 'ana@example.com', name: 'Ana Pérez' });
  });

  test('does not let in who is disabled here', async () => {
    await start({ defaultRole: 'viewer' });
    const browser = world.browser();
    await come(browser);
    const [user] = await world.users.list();
    await world.users.change(user?.id ?? '', { disabled: true }, ADMIN);
    expect(await come(browser)).toBe('/?signInProblem=user_disabled');
    expect((await meOf(browser)).status).toBe(401);
  });

  test('that is away keeps nobody from signing in with a password, and is asked again later', async () => {
    provider.isDown = true;
    await start();
    const { browser } = await world.person({ email: 'ana@example.com' });
    expect((await meOf(browser)).email).toBe('ana@example.com');
    const away = await world.browser().call('GET', '/api/auth/oidc/start');
    expect([away.status, away.body.code]).toEqual([503, 'oidc_unreachable']);
    provider.isDown = false;
    const other = world.browser();
    await come(other);
    expect((await meOf(other)).email).toBe('ana@example.com');
  });

  test('alone, where passwords are switched off', async () => {
    await start({}, { passwords: false });
    expect((await world.browser().call('GET', '/api/auth-mode')).body).toMatchObject({
      password: false,
      oidc: { name: 'Example ID' },
    });
    const { link } = await invite('ana@example.com', 'admin');
    const browser = world.browser();
    expect((await browser.signIn('ana@example.com')).body.code).toBe('passwords_off');
    expect((await browser.call('POST', '/api/auth/accept-link', { token: link.token, password: PASSWORD })).body.code).toBe(
      'passwords_off',
    );
    await come(browser);
    expect(await meOf(browser)).toMatchObject({ role: 'admin' });
  });
});

describe('A7: of an ID token', () => {
  const hour = 3600;
  const now = (): number => Math.floor(Date.now() / 1000);
  test.each([
    ['the issuer', (claims: object) => ({ ...claims, iss: 'https://evil.example' })],
    ['the audience', (claims: object) => ({ ...claims, aud: 'another-client' })],
    [
      'one audience of several, issued to another party',
      (claims: object) => ({ ...claims, aud: [CLIENT.id, 'other'], azp: 'other' }),
    ],
    ['several audiences without a party', (claims: object) => ({ ...claims, aud: [CLIENT.id, 'other'] })],
    ['the time until which it holds', (claims: object) => ({ ...claims, iat: now() - 2 * hour, exp: now() - hour })],
    ['that there is such a time', (claims: object) => ({ ...claims, exp: undefined })],
    ['the nonce', (claims: object) => ({ ...claims, nonce: 'x'.repeat(32) })],
    ['that there is a nonce', (claims: object) => ({ ...claims, nonce: undefined })],
    ['that there is a subject', (claims: object) => ({ ...claims, sub: undefined })],
  ])('%s is verified', async (_what, forge) => {
    await start({ defaultRole: 'admin' });
    provider.forge = (claims) => forge(claims);
    const browser = world.browser();
    expect(await come(browser)).toMatch(/^\/\?signInProblem=[a-z_]+$/);
    expect(browser.cookies.has('aquarius_session')).toBe(false);
    expect(await world.users.list()).toEqual([]);
    provider.forge = (claims) => claims;
    expect(await come(browser)).toBe('/runs?state=failed');
  });

  test('the signature is verified', async () => {
    await start({ defaultRole: 'admin' });
    provider.wrongKey = true;
    expect(await come(world.browser())).toMatch(/signInProblem/);
    expect(await world.users.list()).toEqual([]);
  });

  test('there must be one: what the endpoint for user information says is not enough', async () => {
    await start({ defaultRole: 'admin' });
    provider.noIdToken = true;
    provider.userInfo = ANA;
    expect(await come(world.browser())).toMatch(/signInProblem/);
    expect(await world.users.list()).toEqual([]);
  });

  test('the issuer is the configured one, not what the provider calls itself', async () => {
    await start({ defaultRole: 'admin' });
    provider.description = { issuer: 'https://evil.example' };
    provider.forge = (claims) => ({ ...claims, iss: 'https://evil.example' });
    // Neither does the library take the answer, whose `iss` is the provider's own.
    expect(await come(world.browser(), { change: (back) => back.replace(/&iss=[^&]*/, '') })).toMatch(/signInProblem/);
    expect(await world.users.list()).toEqual([]);
  });
});

describe('what comes back', () => {
  test('is taken only by the browser that went away, once, and with the state that it went with', async () => {
    await start({ defaultRole: 'viewer' });
    const victim = world.browser();
    const attacker = world.browser();
    const away = await attacker.call('GET', '/api/auth/oidc/start');
    const back = new URL(await provider.agree(away.headers.get('location') ?? ''));
    const target = `${back.pathname}${back.search}`;
    const forced = await victim.call('GET', target);
    expect(forced.headers.get('location')).toMatch(/signInProblem=state_mismatch/);
    expect(victim.cookies.has('aquarius_session')).toBe(false);
    expect(await come(victim, { change: (url) => url.replace(/state=[^&]*/, `state=${'x'.repeat(32)}`) })).toMatch(
      /signInProblem=/,
    );
    let first = '';
    await come(victim, { change: (url) => (first = url) });
    const used = new URL(first);
    const again = await victim.call('GET', `${used.pathname}${used.search}`);
    expect(again.headers.get('location')).toMatch(/signInProblem=/);
  });

  test('with a refusal of the provider is told as that, and never as more than a word', async () => {
    await start();
    const refusedBy = (error: string) => ({
      change: (back: string) => back.replace(/code=[^&]*/, `error=${encodeURIComponent(error)}&error_description=x`),
    });
    expect(await come(world.browser(), refusedBy('access_denied'))).toBe('/?signInProblem=access_denied');
    expect(await come(world.browser(), refusedBy('<script>alert(1)</script>'))).toBe('/?signInProblem=oidc_failed');
    expect((await world.browser().call('GET', '/api/auth/callback/oidc')).headers.get('location')).toMatch(/signInProblem=/);
  });

  test('is counted: nobody fills the audit log by making it up', async () => {
    await start({ defaultRole: 'viewer' });
    const attempts = async () => {
      const rows = await world.server.ledger.store.read((db) => db.selectFrom('userAttempts').selectAll().execute());
      return rows.map(({ key, attempts: count }) => [key, count]);
    };
    await come(world.browser());
    expect(await attempts()).toEqual([['address:127.0.0.1', 0]]);
    for (let made = 0; made < ADDRESS_ATTEMPTS; made += 1)
      await world.browser().call('GET', '/api/auth/callback/oidc?state=x&code=y');
    const { status, body } = await world.browser().call('GET', '/api/auth/callback/oidc?state=x&code=y');
    expect([status, body.code]).toEqual([429, 'too_many_attempts']);
    expect((await world.browser().call('GET', '/api/auth/oidc/start')).status).toBe(429);
  });

  test('leads to no other site', async () => {
    await start();
    for (const returnTo of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'javascript:alert(1)',
    ]) {
      const { status, body } = await world.browser().call('GET', `/api/auth/oidc/start?returnTo=${encodeURIComponent(returnTo)}`);
      expect([returnTo, status, body.code]).toEqual([returnTo, 400, 'return_refused']);
    }
  });

  test('is the only path of the library that is reached', async () => {
    await start({ defaultRole: 'admin' });
    const { browser } = await world.person({ email: 'ana@example.com', role: 'admin', agencies: 'all' });
    for (const [method, path] of [
      ['POST', '/api/auth/sign-up/email'],
      ['POST', '/api/auth/sign-in/email'],
      ['POST', '/api/auth/sign-in/social'],
      ['GET', '/api/auth/get-session'],
      ['GET', '/api/auth/list-sessions'],
      ['POST', '/api/auth/update-user'],
      ['GET', '/api/auth/callback/google'],
      ['POST', '/api/auth/callback/oidc'],
      ['GET', '/api/auth/ok'],
    ] as const) {
      const { status } = await browser.call(method, path, method === 'POST' ? {} : undefined);
      expect([path, status]).toEqual([path, path.endsWith('oidc') ? 405 : 404]);
    }
    const none = await world.browser().call('GET', '/api/auth/ok');
    expect(none.status).toBe(401);
  });
});

test('a server without a provider has none to sign in at', async () => {
  world = await startUsers();
  for (const path of ['/api/auth/oidc/start', '/api/auth/callback/oidc']) {
    expect((await world.browser().call('GET', path)).body.code).toBe('oidc_unknown');
  }
});
