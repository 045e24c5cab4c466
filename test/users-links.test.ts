import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT_ATTEMPTS, ADDRESS_ATTEMPTS } from '../src/users/attempts.ts';
import { firstAdminLink } from '../src/users/first-admin.ts';
import { openUsers } from '../src/users/open-users.ts';
import { ADMIN, HOUR_MS, PASSWORD, SETTINGS, startUsers, type UsersWorld } from './support/users-world.ts';

let world: UsersWorld;
beforeAll(async () => {
  world = await startUsers();
});
afterAll(() => world[Symbol.asyncDispose]());

const OTHER = 'eleven blue kettles on the roof';

const invite = (email: string, own = world) => own.users.create({ email, name: 'Some One', role: 'viewer', agencies: [] }, ADMIN);
const accept = (token: string, password = PASSWORD, more: Record<string, unknown> = {}, own = world) =>
  own.browser().call('POST', '/api/auth/accept-link', { token, password, ...more });

describe('a one-time link', () => {
  test('says whose it is, sets the password and perhaps the name, signs in, and works once', async () => {
    const { user, link } = await invite('ana@example.com');
    expect(user).toMatchObject({ signIn: [], lastSignInAt: null, linkExpiresAt: link.expiresAt });
    expect((await world.browser().call('POST', '/api/auth/link', { token: link.token })).body).toEqual({
      ...{ kind: 'invite', email: 'ana@example.com', name: 'Some One', expiresAt: link.expiresAt },
    });
    const { status, body, headers } = await accept(link.token, PASSWORD, { name: 'Ana' });
    expect([status, body.email, body.name, headers.getSetCookie().length]).toEqual([200, 'ana@example.com', 'Ana', 1]);
    for (const again of [await accept(link.token), await world.browser().call('POST', '/api/auth/link', { token: link.token })]) {
      expect([again.status, again.body.code]).toEqual([404, 'link_unknown']);
    }
    expect((await world.browser().signIn('ana@example.com')).status).toBe(200);
    const [found] = (await world.users.list()).filter(({ id }) => id === user.id);
    expect(found).toMatchObject({ name: 'Ana', signIn: ['password'], linkExpiresAt: null, lastSignInAt: expect.any(String) });
    const entries = await world.server.ledger.auditLog({ subjectId: user.id });
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ['user.acceptLink', 'ana@example.com'],
      ['user.create', 'setup'],
    ]);
  });

  test('is kept as a hash alone, and neither it nor a password is in the audit log or the log', async () => {
    const { link } = await invite('ben@example.com');
    await accept(link.token);
    const store = world.server.ledger.store;
    const rows = await store.read((db) => db.selectFrom('userLinks').selectAll().execute());
    const accounts = await store.read((db) => db.selectFrom('authAccounts').selectAll().execute());
    const told = JSON.stringify([rows, accounts, await world.server.ledger.auditLog({ limit: 200 }), world.server.log]);
    expect(told).not.toContain(link.token);
    expect(told).not.toContain(PASSWORD);
    expect(link.token).toMatch(/^[\w-]{43}$/);
  });

  test('used by two at once is used by one', async () => {
    const { link } = await invite('cleo@example.com');
    const answers = await Promise.all([accept(link.token, PASSWORD), accept(link.token, OTHER)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  test('expires after 48 hours', async () => {
    await using own = await startUsers();
    const { link } = await invite('ana@example.com', own);
    own.server.clock.move(48 * HOUR_MS - 1_000);
    expect((await own.browser().call('POST', '/api/auth/link', { token: link.token })).status).toBe(200);
    own.server.clock.move(1_000);
    const { status, body } = await accept(link.token, PASSWORD, {}, own);
    expect([status, body.code]).toEqual([410, 'link_expired']);
  });

  test('for a forgotten password takes the place of earlier ones, ends all sessions, and leaves the old password without force', async () => {
    const { id, browser } = await world.person({ email: 'dora@example.com' });
    const first = await world.users.renewLink(id, ADMIN);
    const second = await world.users.renewLink(id, ADMIN);
    expect((await world.browser().call('POST', '/api/auth/link', { token: second.link.token })).body.kind).toBe('reset');
    expect((await accept(first.link.token)).body.code).toBe('link_unknown');
    expect((await accept(second.link.token, OTHER)).status).toBe(200);
    expect((await browser.call('GET', '/api/me')).body.code).toBe('session_ended');
    expect((await world.browser().signIn('dora@example.com', PASSWORD)).body.code).toBe('sign_in_failed');
    expect((await world.browser().signIn('dora@example.com', OTHER)).status).toBe(200);
  });

  test('of who is disabled meanwhile has no force, and there is no new one', async () => {
    const { user, link } = await invite('emil@example.com');
    await world.users.change(user.id, { disabled: true }, ADMIN);
    expect((await accept(link.token)).body.code).toBe('link_unknown');
    await expect(world.users.renewLink(user.id, ADMIN)).rejects.toMatchObject({ code: 'user_disabled' });
  });
});

describe('the first administrator', () => {
  test('makes themselves by a link that only the newest start gives, and only while there is no user', async () => {
    await using own = await startUsers();
    const { store } = own.server.ledger;
    const old = await firstAdminLink(store);
    const link = await firstAdminLink(store);
    expect((await own.browser().call('POST', '/api/auth/link', { token: link?.token })).body).toMatchObject({
      kind: 'first',
      email: null,
    });
    const bare = await accept(link?.token ?? '', PASSWORD, {}, own);
    expect([bare.status, bare.body.problems.map(({ path }: { path: string }) => path)]).toEqual([
      400,
      ['body.email', 'body.name'],
    ]);
    const person = { email: 'Boss@Example.com', name: 'The Boss' };
    expect((await accept(old?.token ?? '', PASSWORD, person, own)).body.code).toBe('link_unknown');
    const { status, body } = await accept(link?.token ?? '', PASSWORD, person, own);
    expect([status, body]).toMatchObject([200, { email: 'boss@example.com', role: 'admin', agencies: 'all' }]);
    expect(await firstAdminLink(store)).toBeNull();
  });

  test('is nobody any more once somebody else was made one', async () => {
    await using own = await startUsers();
    const link = await firstAdminLink(own.server.ledger.store);
    await invite('ana@example.com', own);
    const { status, body } = await accept(link?.token ?? '', PASSWORD, { email: 'eve@example.com', name: 'Eve' }, own);
    expect([status, body.code]).toEqual([404, 'link_unknown']);
  });
});

describe('a password', () => {
  test('V6.2: is long, not one of the common ones, and not made of the own name; nothing else is asked of it', async () => {
    const { link } = await world.users.create(
      { email: 'maria.fernandez@example.com', name: 'María Fernández-Quiroga', role: 'viewer', agencies: [] },
      ADMIN,
    );
    for (const weak of [
      'short words',
      'x'.repeat(129),
      'password1234',
      'PASSWORD1234',
      'P@$$w0rd123456',
      'qwertyuiopasdf',
      'congratulations',
      'liverpool-1994',
      'aaaaaaaaaaaaaaaa',
      'abcabcabcabc',
      'abcdefghijklmno',
      '987654321098',
      'zyxwvutsrqponm',
      'maria.fernandez!',
      'xx-fernandez-xx',
      'Quiroga forever and ever',
      'aquarius is my program',
    ]) {
      const { status, body } = await accept(link.token, weak);
      expect([weak, status, body.code, body.problems[0]?.path]).toEqual([weak, 422, 'password_weak', 'body.password']);
    }
    expect((await accept(link.token, 'ñandú ñandú 😀 gris')).status).toBe(200);
  });

  test('of 128 characters and of any alphabet is taken as it is', async () => {
    const { link } = await invite('lang@example.com');
    const long = 'naïve 東京 '.repeat(20).slice(0, 128);
    expect((await accept(link.token, long)).status).toBe(200);
    expect((await world.browser().signIn('lang@example.com', long)).status).toBe(200);
    expect((await world.browser().signIn('lang@example.com', long.slice(0, 127))).status).toBe(401);
  });

  test('V7.4.3: is changed with the one so far, ends all sessions, and begins a new one', async () => {
    const { id, browser } = await world.person({ email: 'nora@example.com' });
    const second = world.browser();
    await second.signIn('nora@example.com');
    const change = (current: string, next: string) => browser.call('POST', '/api/me/password', { current, next });
    const wrong = await change('not the one at all', OTHER);
    expect([wrong.status, wrong.body.code, wrong.body.problems[0].path]).toEqual([422, 'password_wrong', 'body.current']);
    const weak = await change(PASSWORD, 'password1234');
    expect([weak.body.code, weak.body.problems[0].path]).toEqual(['password_weak', 'body.next']);
    const before = browser.cookies.get('aquarius_session');
    expect((await change(PASSWORD, OTHER)).body).toMatchObject({ email: 'nora@example.com' });
    expect(browser.cookies.get('aquarius_session')).not.toBe(before);
    expect((await browser.call('GET', '/api/me')).status).toBe(200);
    expect((await second.call('GET', '/api/me')).body.code).toBe('session_ended');
    expect((await world.browser().signIn('nora@example.com', PASSWORD)).status).toBe(401);
    const [entry] = (await world.server.ledger.auditLog({ subjectId: id })).filter(({ action }) => action === 'user.password');
    expect(entry).toMatchObject({ actor: 'nora@example.com', before: null, after: null });
    const program = await world.server.call('POST', '/api/me/password', { current: PASSWORD, next: OTHER });
    expect([program.status, program.body.code]).toEqual([403, 'session_needed']);
  });
});

describe('V6.3.1: attempts', () => {
  test('of one account are limited also after a restart and over several servers; a link helps', async () => {
    await using own = await startUsers();
    const { id } = await own.person({ email: 'ana@example.com' });
    const { store } = own.server.ledger;
    // Another server on the same store.
    const other = openUsers({ store, settings: SETTINGS, log: own.server.api as never });
    const elsewhere = { address: '198.51.100.7', name: null, cookie: null };
    const attempt = { email: 'ANA@example.com', password: 'not the one at all' };
    for (let made = 0; made < ACCOUNT_ATTEMPTS; made += 1) {
      if (made % 2 === 0) expect((await own.browser().signIn(attempt.email, attempt.password)).body.code).toBe('sign_in_failed');
      else await expect(other.signIn(attempt, elsewhere)).rejects.toMatchObject({ code: 'sign_in_failed' });
    }
    const { status, body, headers } = await own.browser().signIn('ana@example.com', PASSWORD);
    expect([status, body.code]).toEqual([429, 'too_many_attempts']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(14 * 60);
    await expect(other.signIn({ ...attempt, password: PASSWORD }, elsewhere)).rejects.toMatchObject({
      code: 'too_many_attempts',
    });
    // Others are not kept out.
    await own.person({ email: 'ben@example.com' });
    expect((await own.browser().signIn('ben@example.com')).status).toBe(200);
    const { link } = await own.users.renewLink(id, ADMIN);
    expect((await accept(link.token, OTHER, {}, own)).status).toBe(200);
    expect((await own.browser().signIn('ana@example.com', OTHER)).status).toBe(200);
    own.server.clock.move(15 * 60_000);
    expect((await own.browser().signIn('ana@example.com', OTHER)).status).toBe(200);
  });

  test('from one address are limited whatever the account, and the address behind a trusted proxy is the one that counts', async () => {
    await using own = await startUsers({ trustedProxies: ['127.0.0.0/8'] });
    await own.person({ email: 'ana@example.com' });
    const { store } = own.server.ledger;
    const row = {
      key: 'address:203.0.113.9',
      attempts: ADDRESS_ATTEMPTS,
      endsAt: new Date(Date.now() + 24 * HOUR_MS).toISOString(),
    };
    await store.write((trx) => trx.insertInto('userAttempts').values(row).execute());
    const from = (forwarded: string) => own.browser({ headers: { 'x-forwarded-for': forwarded } }).signIn('ana@example.com');
    expect((await from('203.0.113.9')).body.code).toBe('too_many_attempts');
    // What the client itself wrote stands before what the proxy added.
    expect((await from('198.51.100.1, 203.0.113.9')).body.code).toBe('too_many_attempts');
    expect((await from('203.0.113.9, 198.51.100.1')).status).toBe(200);
  });
});
