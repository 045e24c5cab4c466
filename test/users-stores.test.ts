import { pino } from 'pino';
import { describe, expect, inject, test } from 'vitest';
import type { Ledger } from '../src/ledger/ledger.ts';
import { openLedger } from '../src/ledger/open.ts';
import { ACCOUNT_ATTEMPTS } from '../src/users/attempts.ts';
import type { Client } from '../src/users/client.ts';
import { openUsers } from '../src/users/open-users.ts';
import type { Users } from '../src/users/users.ts';
import { CLIENT, oidcServer } from './standins/oidc-server.ts';
import { type ControlStore, postgresDatabase, sqliteFile } from './support/control-stores.ts';
import { handClock } from './support/hand-clock.ts';
import { ADMIN, HOUR_MS, PASSWORD, SETTINGS } from './support/users-world.ts';

/** Users in both control stores: one set of tables, one behaviour. */

const STORES: readonly (readonly [string, () => Promise<ControlStore>])[] = [
  ['SQLite', sqliteFile],
  ['PostgreSQL', () => postgresDatabase(inject('postgresUrl'))],
];

const NOBODY: Client = { address: '203.0.113.7', name: 'A Browser/1.0', cookie: null };
const ANA = { email: 'ana@example.com', name: 'Ana', role: 'operator', agencies: ['2', '1'] } as const;

const withCookies = (cookies: readonly string[]): Client => ({
  ...NOBODY,
  cookie: cookies.map((text) => text.split(';')[0]).join('; '),
});

interface Opened extends AsyncDisposable {
  readonly ledger: Ledger;
  readonly users: Users;
  readonly clock: ReturnType<typeof handClock>;
}

async function open(store: ControlStore, settings: Partial<typeof SETTINGS> = {}): Promise<Opened> {
  const clock = handClock(new Date().toISOString());
  const ledger = await openLedger(store.place, { clock, program: '1.2.3' });
  const users = openUsers({ store: ledger.store, settings: { ...SETTINGS, ...settings }, log: pino({ enabled: false }) });
  return { ledger, users, clock, [Symbol.asyncDispose]: () => ledger[Symbol.asyncDispose]() };
}

describe.each(STORES)('users in %s', (_name, makeStore) => {
  test('are made, sign in, are changed and disabled', async () => {
    await using store = await makeStore();
    await using opened = await open(store);
    const { users, clock, ledger } = opened;
    const { user, link } = await users.create(ANA, ADMIN);
    expect(user).toMatchObject({
      email: 'ana@example.com',
      agencies: ['1', '2'],
      disabled: false,
      linkExpiresAt: link.expiresAt,
    });
    await expect(users.create(ANA, ADMIN)).rejects.toMatchObject({ code: 'user_exists' });
    await users.acceptLink({ token: link.token, password: PASSWORD }, NOBODY);
    const { cookies } = await users.signIn({ email: 'ana@example.com', password: PASSWORD }, NOBODY);
    const signed = await users.identifySession(withCookies(cookies));
    expect(signed).toMatchObject({ userId: user.id, role: 'operator', agencies: ['1', '2'] });
    expect(signed.session).toMatchObject({
      address: '203.0.113.7',
      client: 'A Browser/1.0',
      createdAt: clock.now().toISOString(),
    });
    clock.move(HOUR_MS);
    await users.identifySession(withCookies(cookies));
    const sessions = await users.sessionsOf(user.id);
    expect(sessions.find(({ id }) => id === signed.session.id)?.lastSeenAt).toBe(clock.now().toISOString());
    await users.change(user.id, { disabled: true }, ADMIN);
    await expect(users.identifySession(withCookies(cookies))).rejects.toMatchObject({ code: 'session_ended' });
    await expect(users.signIn({ email: ANA.email, password: PASSWORD }, NOBODY)).rejects.toMatchObject({
      code: 'sign_in_failed',
    });
    expect(await users.list()).toMatchObject([{ disabled: true, signIn: ['password'], lastSignInAt: expect.any(String) }]);
    expect((await ledger.auditLog({ subjectId: user.id })).map(({ action }) => action)).toEqual([
      ...['session.refuse', 'user.change', 'user.acceptLink', 'user.create'],
    ]);
  });

  test('are limited in their attempts, and two administrators cannot take the right from each other', async () => {
    await using store = await makeStore();
    await using opened = await open(store);
    await using second = await open(store);
    const { users } = opened;
    const attempts = await Promise.allSettled(
      Array.from({ length: ACCOUNT_ATTEMPTS + 3 }, (_, place) =>
        [users, second.users][place % 2]?.signIn({ email: 'ana@example.com', password: 'not the one at all' }, NOBODY),
      ),
    );
    const codes = attempts.map((attempt) => (attempt.status === 'rejected' ? attempt.reason.code : 'in'));
    expect(codes.filter((code) => code === 'sign_in_failed')).toHaveLength(ACCOUNT_ATTEMPTS);
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(3);

    const admin = { role: 'admin', agencies: 'all' } as const;
    const one = await users.create({ ...ANA, ...admin }, ADMIN);
    const two = await users.create({ ...ANA, ...admin, email: 'ben@example.com' }, ADMIN);
    const outcomes = await Promise.allSettled([
      users.change(one.user.id, { agencies: ['1'] }, ADMIN),
      second.users.change(two.user.id, { disabled: true }, ADMIN),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'last_admin' } });
  });

  test('come from a provider, and their programs have keys', async () => {
    await using store = await makeStore();
    await using provider = await oidcServer(`${SETTINGS.origin}/api/auth/callback/oidc`);
    provider.person = { sub: '1', email: 'ana@example.com', email_verified: true, agencies: ['7'] };
    const oidc = {
      ...{ issuer: provider.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, name: 'Example ID', trustEmail: false },
      defaultRole: 'admin' as const,
      agenciesClaim: 'agencies',
    } as const;
    await using opened = await open(store, { oidc });
    const { users, clock } = opened;
    const away = await users.startOidc('/', NOBODY);
    const back = new URL(await provider.agree(away.location));
    const { location, cookies } = await users.finishOidc(back.search, withCookies(away.cookies));
    expect(location).toBe('/');
    const signed = await users.identifySession(withCookies(cookies));
    expect(signed).toMatchObject({ role: 'admin', agencies: ['7'] });
    const { key, secret } = await users.createKey(
      { name: 'export', role: 'viewer', agencies: ['7'], expiresInDays: 1 },
      signed,
      ADMIN,
    );
    expect(await users.identifyKey(secret)).toMatchObject({ id: key.id, role: 'viewer', agencies: ['7'] });
    expect(await users.keys()).toMatchObject([{ lastUsedAt: clock.now().toISOString() }]);
    await users.revokeKey(key.id, ADMIN);
    await expect(users.identifyKey(secret)).rejects.toMatchObject({ code: 'key_revoked' });
  });
});

test('a control store that is away is told as that, and not as a wrong password', async () => {
  const { place } = await sqliteFile();
  const ledger = await openLedger(place, { clock: handClock(new Date().toISOString()), program: '1.2.3' });
  const users = openUsers({ store: ledger.store, settings: SETTINGS, log: pino({ enabled: false }) });
  const { link } = await users.create(ANA, ADMIN);
  const { cookies } = await users.acceptLink({ token: link.token, password: PASSWORD }, NOBODY);
  await ledger[Symbol.asyncDispose]();
  const failures = await Promise.allSettled([
    users.identifySession(withCookies(cookies)),
    users.signIn({ email: ANA.email, password: PASSWORD }, NOBODY),
  ]);
  for (const failure of failures) {
    expect(failure.status).toBe('rejected');
    expect(['session_ended', 'sign_in_failed']).not.toContain((failure as PromiseRejectedResult).reason.code);
  }
});
