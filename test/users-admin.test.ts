import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS } from '../src/lib/clock.ts';
import { apiKey, me, newKey, userList, userWithLink } from '../src/shapes/user-shapes.ts';
import { planOne, startApi } from './support/api-server.ts';
import { ADMIN, type Browser, HOUR_MS, startUsers, type UsersWorld } from './support/users-world.ts';

let world: UsersWorld;
let admin: Browser;
let adminId: string;
beforeAll(async () => {
  world = await startUsers();
  ({ browser: admin, id: adminId } = await world.person({ email: 'boss@example.com', role: 'admin', agencies: 'all' }));
});
afterAll(() => world[Symbol.asyncDispose]());

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const NEW_KEY = { name: 'nightly', role: 'viewer', agencies: 'all' } as const;

describe('users', () => {
  test('are made with a link, listed, changed and disabled, each with an entry of the audit log', async () => {
    const made = await admin.call('POST', '/api/users', {
      email: ' Ana@Example.com',
      name: ' Ana ',
      role: 'operator',
      agencies: ['2', '1'],
    });
    expect(made.status).toBe(201);
    const { user, link } = userWithLink.parse(made.body);
    expect(user).toMatchObject({
      email: 'ana@example.com',
      name: 'Ana',
      role: 'operator',
      agencies: ['1', '2'],
      disabled: false,
      signIn: [],
    });
    expect(link?.url).toMatch(/^http:\/\/127\.0\.0\.1:4780\/welcome#[\w-]{43}$/);
    const { users } = userList.parse((await admin.call('GET', '/api/users')).body);
    expect(users.find(({ id }) => id === user.id)).toEqual(user);
    const changed = await admin.call('PATCH', `/api/users/${user.id}`, { role: 'viewer', agencies: [], name: 'Anna' });
    expect(changed.body.user).toMatchObject({ role: 'viewer', agencies: [], name: 'Anna' });
    expect((await admin.call('PATCH', `/api/users/${user.id}`, { disabled: true })).body.user).toMatchObject({
      disabled: true,
      linkExpiresAt: null,
    });
    const again = await admin.call('POST', `/api/users/${user.id}/link`);
    expect([again.status, again.body.code]).toEqual([409, 'user_disabled']);
    await admin.call('PATCH', `/api/users/${user.id}`, { disabled: false });
    expect((await admin.call('POST', `/api/users/${user.id}/link`)).status).toBe(201);
    const entries = await world.server.ledger.auditLog({ subjectKind: 'user', subjectId: user.id });
    expect(entries.map(({ action, actor, via }) => [action, actor, via])).toEqual([
      ['user.link', 'boss@example.com', 'api'],
      ['user.change', 'boss@example.com', 'api'],
      ['user.change', 'boss@example.com', 'api'],
      ['user.change', 'boss@example.com', 'api'],
      ['user.create', 'boss@example.com', 'api'],
    ]);
    expect(entries[3]).toMatchObject({
      before: { name: 'Ana', role: 'operator', agencies: ['1', '2'] },
      after: { name: 'Anna', role: 'viewer', agencies: [] },
    });
    // A change of nothing is none.
    await admin.call('PATCH', `/api/users/${user.id}`, { name: 'Anna' });
    expect(await world.server.ledger.auditLog({ subjectId: user.id })).toHaveLength(5);
  });

  test('with a known e-mail, of no role, or that are not there are refused', async () => {
    const fields = { email: 'boss@example.com', name: 'B', role: 'viewer', agencies: 'all' };
    expect((await admin.call('POST', '/api/users', fields)).body.code).toBe('user_exists');
    for (const wrong of [
      { ...fields, email: 'no' },
      { ...fields, role: 'root' },
      { ...fields, agencies: 'some' },
      { ...fields, id: 'x' },
    ]) {
      expect((await admin.call('POST', '/api/users', wrong)).body.code).toBe('request_invalid');
    }
    expect((await admin.call('PATCH', '/api/users/zzzz', { disabled: true })).body.code).toBe('user_unknown');
    expect((await admin.call('PATCH', `/api/users/${adminId}`, {})).body.code).toBe('request_invalid');
  });

  test('A4: and keys are administered only by administrators of all agencies', async () => {
    const { browser } = await world.person({ email: 'local@example.com', role: 'admin', agencies: ['1480'] });
    const run = await planOne(world.server.ledger);
    expect((await browser.call('GET', `/api/delivery/runs/${run.id}`)).status).toBe(200);
    for (const [method, path, body] of [
      ['GET', '/api/users', undefined],
      ['POST', '/api/users', { email: 'x@example.com', name: 'X', role: 'viewer', agencies: ['1480'] }],
      ['PATCH', `/api/users/${adminId}`, { disabled: true }],
      ['POST', `/api/users/${adminId}/link`, undefined],
      ['GET', '/api/keys', undefined],
      ['POST', '/api/keys', { ...NEW_KEY, agencies: ['1480'] }],
      ['DELETE', '/api/keys/x', undefined],
    ] as const) {
      const answer = await browser.call(method, path, body);
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 403, 'agency_forbidden']);
    }
  });

  test('A4, A5: do not run commands, of any role, and see figures of all agencies only if they see all', async () => {
    const { browser } = await world.person({ email: 'here@example.com', role: 'admin', agencies: ['1480'] });
    const command = { args: ['users', 'list'], cwd: '/', isTTY: false, columns: 80, actor: 'x', env: {} };
    for (const own of [browser, admin]) {
      expect((await own.call('POST', '/api/commands', command)).body.code).toBe('role_insufficient');
    }
    expect((await browser.call('GET', '/metrics')).body.code).toBe('agency_forbidden');
    expect((await admin.call('GET', '/metrics')).status).toBe(200);
    expect((await world.server.call('POST', '/api/commands', command)).status).toBe(200);
  });

  test('always have an administrator of all agencies left', async () => {
    await using own = await startUsers();
    const { id, browser } = await own.person({ email: 'one@example.com', role: 'admin', agencies: 'all' });
    await own.person({ email: 'local@example.com', role: 'admin', agencies: ['1'] });
    for (const change of [{ disabled: true }, { role: 'operator' }, { agencies: ['1'] }, { agencies: [] }]) {
      const { status, body } = await browser.call('PATCH', `/api/users/${id}`, change);
      expect([change, status, body.code]).toEqual([change, 409, 'last_admin']);
    }
    expect((await browser.call('PATCH', `/api/users/${id}`, { name: 'Still' })).status).toBe(200);
    const second = await own.person({ email: 'two@example.com', role: 'admin', agencies: 'all' });
    // Two who take the right from each other at once.
    const outcomes = await Promise.allSettled([
      own.users.change(id, { role: 'viewer' }, ADMIN),
      own.users.change(second.id, { role: 'viewer' }, ADMIN),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('without the section in the settings there are none, and the token is all there is', async () => {
    await using plain = await startApi();
    expect((await plain.call('GET', '/api/auth-mode', undefined, { authorization: '' })).body).toEqual({
      mode: 'token',
      password: false,
      oidc: null,
    });
    expect(me.parse((await plain.call('GET', '/api/me')).body)).toMatchObject({ mode: 'token', kind: 'machine', role: 'admin' });
    expect((await plain.call('GET', '/api/me', undefined, { authorization: '' })).body.code).toBe('token_missing');
    expect((await plain.call('GET', '/api/me', undefined, bearer('aq_something'))).body.code).toBe('token_wrong');
    const own = { origin: plain.url };
    expect((await plain.call('POST', '/api/auth/sign-in', { email: 'a@example.com', password: 'x' }, own)).body.code).toBe(
      'users_unknown',
    );
    expect((await plain.call('GET', '/api/users')).body.code).toBe('users_unknown');
  });

  test('where there are, is told before anybody signs in', async () => {
    expect((await world.browser().call('GET', '/api/auth-mode')).body).toEqual({ mode: 'users', password: true, oidc: null });
  });
});

describe('a key', () => {
  const make = async (fields: Record<string, unknown> = {}, browser = admin) =>
    newKey.parse((await browser.call('POST', '/api/keys', { ...NEW_KEY, ...fields })).body);

  test('is shown once, kept as a hash, and does what it may', async () => {
    const { key, secret } = await make({ name: 'export', agencies: ['1480'] });
    expect(secret).toMatch(/^aq_[\w-]{43}$/);
    expect(key).toMatchObject({
      prefix: secret.slice(0, 10),
      role: 'viewer',
      agencies: ['1480'],
      makerId: adminId,
      makerName: 'boss@example.com',
    });
    expect(Date.parse(key.expiresAt ?? '') - world.server.clock.now().getTime()).toBeGreaterThan(364 * DAY_MS);
    const rows = await world.server.ledger.store.read((db) => db.selectFrom('userKeys').selectAll().execute());
    expect(
      JSON.stringify([rows, (await admin.call('GET', '/api/keys')).body, await world.server.ledger.auditLog({ limit: 200 })]),
    ).not.toContain(secret);
    expect((await world.server.call('GET', '/api/me', undefined, bearer(secret))).body).toEqual({
      ...{
        mode: 'users',
        kind: 'key',
        name: 'key export',
        email: null,
        role: 'viewer',
        agencies: ['1480'],
        sessionExpiresAt: null,
      },
    });
    expect((await world.server.call('GET', '/api/users', undefined, bearer(secret))).body.code).toBe('role_insufficient');
    const [entry] = await world.server.ledger.auditLog({ subjectKind: 'key', subjectId: key.id });
    expect(entry).toMatchObject({
      action: 'key.create',
      actor: 'boss@example.com',
      after: { name: 'export', role: 'viewer', agencies: ['1480'] },
    });
  });

  test('writes without the page of this site, and stands in the audit log', async () => {
    const { secret } = await make({ name: 'bot', role: 'operator' });
    const run = await planOne(world.server.ledger, { advertiserId: '77' });
    const { status } = await world.server.call('POST', `/api/delivery/runs/${run.id}/cancel`, {}, bearer(secret));
    expect(status).toBe(200);
    expect((await world.server.ledger.auditLog({ subjectId: run.id }))[0]).toMatchObject({
      actor: 'key bot',
      action: 'run.cancel',
    });
  });

  test('is refused when it is wrong, revoked or expired, each in its words', async () => {
    const { key, secret } = await make();
    const codeOf = async (text: string) => (await world.server.call('GET', '/api/me', undefined, bearer(text))).body.code;
    expect(await codeOf(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`)).toBe('key_wrong');
    expect(apiKey.parse((await admin.call('DELETE', `/api/keys/${key.id}`)).body.key).revokedAt).not.toBeNull();
    expect((await admin.call('DELETE', `/api/keys/${key.id}`)).status).toBe(200);
    expect(await codeOf(secret)).toBe('key_revoked');
    expect(await world.server.ledger.auditLog({ subjectId: key.id })).toHaveLength(2);
    expect((await admin.call('DELETE', '/api/keys/none')).body.code).toBe('key_unknown');

    await using own = await startUsers();
    const { browser } = await own.person({ email: 'boss@example.com', role: 'admin', agencies: 'all' });
    const short = await make({ expiresInDays: 1 }, browser);
    const endless = await make({ expiresInDays: null }, browser);
    own.server.clock.move(DAY_MS);
    const { status, body } = await own.server.call('GET', '/api/me', undefined, bearer(short.secret));
    expect([status, body.code]).toEqual([401, 'key_expired']);
    own.server.clock.move(5_000 * DAY_MS);
    expect((await own.server.call('GET', '/api/me', undefined, bearer(endless.secret))).status).toBe(200);
  });

  test('keeps when it was used last, to a minute', async () => {
    await using own = await startUsers();
    const { browser } = await own.person({ email: 'boss@example.com', role: 'admin', agencies: 'all' });
    const { key, secret } = await make({}, browser);
    const used = async () => {
      await own.server.call('GET', '/api/me', undefined, bearer(secret));
      return (await own.users.keys()).find(({ id }) => id === key.id)?.lastUsedAt;
    };
    const first = await used();
    expect(first).toBe(own.server.clock.now().toISOString());
    own.server.clock.move(59_000);
    expect(await used()).toBe(first);
    own.server.clock.move(1_000);
    expect(await used()).toBe(own.server.clock.now().toISOString());
  });

  test('never may more than its maker: not when it is made, and not when the maker may less later', async () => {
    const { id, browser } = await world.person({ email: 'maker@example.com', role: 'admin', agencies: 'all' });
    const { secret } = await make({ role: 'admin', agencies: 'all' }, browser);
    const seen = async () => (await world.server.call('GET', '/api/me', undefined, bearer(secret))).body;
    expect(await seen()).toMatchObject({ role: 'admin', agencies: 'all' });
    await world.users.change(id, { role: 'operator', agencies: ['1', '2'] }, ADMIN);
    expect(await seen()).toMatchObject({ role: 'operator', agencies: ['1', '2'] });
    await world.users.change(id, { disabled: true }, ADMIN);
    expect((await seen()).code).toBe('key_maker_disabled');

    const maker = { userId: null, role: 'operator', agencies: ['1'] } as const;
    for (const more of [
      { role: 'admin', agencies: ['1'] },
      { role: 'viewer', agencies: 'all' },
      { role: 'viewer', agencies: ['1', '2'] },
    ] as const) {
      const made = world.users.createKey({ name: 'more', expiresInDays: 1, ...more }, maker, ADMIN);
      await expect(made).rejects.toMatchObject({ code: 'key_exceeds_maker' });
    }
  });

  test('that was made by a key is of the same maker', async () => {
    const { secret } = await make({ role: 'admin' });
    const { body } = await world.server.call('POST', '/api/keys', { ...NEW_KEY, name: 'grandchild' }, bearer(secret));
    expect(body.key).toMatchObject({ makerId: adminId, makerName: 'key nightly' });
  });

  test('acts for nobody else', async () => {
    const { secret } = await make();
    const { body } = await world.server.call('GET', '/api/me', undefined, { ...bearer(secret), 'x-aquarius-actor': 'the boss' });
    expect(body.code).toBe('actor_invalid');
  });
});

test('sessions whose time is over are forgotten when somebody signs in', async () => {
  await using own = await startUsers();
  await own.person({ email: 'ana@example.com' });
  own.server.clock.move(13 * HOUR_MS);
  await own.person({ email: 'ben@example.com' });
  const rows = await own.server.ledger.store.read((db) => db.selectFrom('authSessions').selectAll().execute());
  expect(rows).toHaveLength(1);
});
