import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSettings } from '../src/app.ts';
import { signInGreeting } from '../src/cli/sign-in-greeting.ts';
import { openLedger } from '../src/ledger/open.ts';
import { systemClock } from '../src/lib/clock.ts';
import { oneUser, userList, userWithLink } from '../src/shapes/user-shapes.ts';
import { createUser } from '../src/users/change-users.ts';
import { signInSettings } from '../src/users/sign-in-settings.ts';
import { sqliteFile } from './support/control-stores.ts';
import { makeProject, type Project } from './support/project.ts';
import { ADMIN } from './support/users-world.ts';

/** `users`: people who may sign in, from the command line. */

const SETTINGS = 'users: { url: https://aquarius.example, secret: env:AQUARIUS_AUTH_SECRET }\n';

let project: Project;
beforeEach(() => {
  project = makeProject(SETTINGS);
});
afterEach(() => project[Symbol.dispose]());

const ADD = ['users', 'add', 'Ana@Example.com', '--role', 'operator', '--agencies', '1481,1480', '--name', 'Ana'] as const;

describe('users', () => {
  test('are added before the server was ever started, and shown with a link that works once', async () => {
    const text = await project.done(...ADD);
    expect(text.stdout).toMatch(
      /^ana@example\.com is operator for 1480, 1481\.\nBy this link they set a password, once and until .* UTC:\nhttps:\/\/aquarius\.example\/welcome#[\w-]{43}\n$/,
    );
    const json = await project.done('users', 'add', 'boss@example.com', '--role', 'admin', '--agencies', 'all', '--json');
    expect(userWithLink.parse(json.json())).toMatchObject({
      user: { email: 'boss@example.com', name: 'boss@example.com', agencies: 'all' },
    });
    const { users } = userList.parse((await project.done('users', '--json')).json());
    expect(users.map(({ email }) => email)).toEqual(['ana@example.com', 'boss@example.com']);
    const list = (await project.done('users', 'list')).stdout;
    expect(list).toMatch(/ana@example\.com +Ana +operator +1480, 1481 +invited +never/);
    const again = await project.run(...ADD);
    expect([again.code, again.stderr.includes('There is a user with this e-mail.')]).toEqual([78, true]);
  });

  test('are changed, disabled, enabled and given links, with who did it in the audit log', async () => {
    await project.done(...ADD);
    await project.done('users', 'add', 'none@example.com', '--role', 'viewer', '--agencies', 'none');
    const set = await project.done('users', 'set', 'ana@example.com', '--role', 'viewer', '--agencies', 'all', '--json');
    expect(oneUser.parse(set.json()).user).toMatchObject({ role: 'viewer', agencies: 'all', name: 'Ana' });
    expect((await project.done('users', 'set', 'none@example.com', '--name', 'Nobody')).stdout).toBe(
      'none@example.com is viewer for none: Nobody.\n',
    );
    expect((await project.done('users', 'disable', 'ANA@example.com', '--reason', 'left')).stdout).toContain('is disabled');
    expect((await project.run('users', 'link', 'ana@example.com')).code).toBe(78);
    await project.done('users', 'enable', 'ana@example.com');
    expect((await project.done('users', 'link', 'ana@example.com')).stdout).toContain('https://aquarius.example/welcome#');
    const ledger = await openLedger(
      { kind: 'sqlite', path: project.path('.aquarius/control.db'), readOnly: true },
      { clock: systemClock, program: '1.2.3' },
    );
    try {
      const entries = await ledger.auditLog({ subjectKind: 'user' });
      expect(entries.map(({ action, via }) => [action, via])).toEqual([
        ...[
          ['user.link', 'cli'],
          ['user.change', 'cli'],
          ['user.change', 'cli'],
          ['user.change', 'cli'],
          ['user.change', 'cli'],
        ],
        ...[
          ['user.create', 'cli'],
          ['user.create', 'cli'],
        ],
      ]);
      expect(entries[2]).toMatchObject({ reason: 'left', after: { disabled: true } });
    } finally {
      await ledger[Symbol.asyncDispose]();
    }
  });

  test('cannot lose their last administrator', async () => {
    await project.done('users', 'add', 'boss@example.com', '--role', 'admin', '--agencies', 'all');
    for (const args of [
      ['disable', 'boss@example.com'],
      ['set', 'boss@example.com', '--role', 'operator'],
      ['set', 'boss@example.com', '--agencies', '1'],
    ]) {
      const { code, stderr } = await project.run('users', ...args);
      expect([args, code, stderr.includes('last administrator')]).toEqual([args, 78, true]);
    }
  });

  test('are refused in the words of the mistake', async () => {
    for (const [args, code, words] of [
      [['add', 'no-mail', '--role', 'viewer', '--agencies', 'all'], 78, 'no-mail cannot be a user'],
      [['add', 'a@example.com', '--role', 'root', '--agencies', 'all'], 64, 'viewer, operator, admin'],
      [['add', 'a@example.com', '--role', 'viewer'], 64, '--agencies'],
      [['add', 'a@example.com', '--role', 'viewer', '--agencies', '1,,2'], 64, 'all, none, or ids'],
      [['set', 'a@example.com'], 64, 'give --role'],
      [['set', 'a@example.com', '--name', 'A'], 78, 'There is no user a@example.com'],
      [['disable', 'a@example.com'], 78, 'There is no user a@example.com'],
      [['link', 'a@example.com'], 78, 'There is no user a@example.com'],
    ] as const) {
      const result = await project.run('users', ...args);
      expect([args, result.code, result.stderr.includes(words)], result.stderr).toEqual([args, code, true]);
    }
    expect((await project.done('users')).stdout).toContain('There is no user yet');
    expect(existsSync(project.path('.aquarius/control.db'))).toBe(false);
    project.write('aquarius.yaml', '{}\n');
    const off = await project.run(...ADD);
    expect([off.code, off.stderr.includes('no section users')]).toEqual([78, true]);
  });
});

test('the greeting of a server has the link of the first administrator only for a person at a terminal, and only without users', async () => {
  await using store = await sqliteFile();
  await using ledger = await openLedger(store.place, { clock: systemClock, program: '1.2.3' });
  const settings = { origin: 'https://aquarius.example', passwords: true };
  const url = 'http://127.0.0.1:4780';
  const inLog = await signInGreeting({ ledger }, settings, url, false);
  expect(inLog).toContain('aquarius users add EMAIL --role admin --agencies all');
  expect(inLog).not.toContain('welcome');
  expect(await signInGreeting({ ledger }, { ...settings, passwords: false }, url, true)).not.toContain('welcome');
  expect(await signInGreeting({ ledger }, settings, url, true)).toMatch(/^https:\/\/aquarius\.example\/welcome#[\w-]{43}$/m);
  await createUser(ledger.store, { email: 'a@example.com', name: 'A', role: 'admin', agencies: 'all' }, ADMIN);
  for (const isTTY of [true, false]) {
    expect(await signInGreeting({ ledger }, settings, url, isTTY)).not.toMatch(/welcome|no user/);
  }
});

describe('A1: a server that people sign in to', () => {
  const settingsOf = async (text: string, env: Record<string, string> = {}) => {
    project.write('aquarius.yaml', text);
    const { settings, secrets } = await openSettings({
      home: project.path('.aquarius'),
      file: project.path('aquarius.yaml'),
      env,
    });
    if (settings.users === undefined) throw new Error('no users');
    return signInSettings(settings.users, secrets);
  };

  test('does not start without its secret, nor with one that can be guessed', async () => {
    for (const [env, code] of [
      [{}, 'secret_missing'],
      [{ AQUARIUS_AUTH_SECRET: '' }, 'secret_missing'],
      [{ AQUARIUS_AUTH_SECRET: 'short' }, 'auth_secret_weak'],
      [{ AQUARIUS_AUTH_SECRET: 'a'.repeat(64) }, 'auth_secret_weak'],
    ] as const) {
      await expect(settingsOf(SETTINGS, env)).rejects.toMatchObject({ code });
      project.env.AQUARIUS_AUTH_SECRET = (env as Record<string, string>).AQUARIUS_AUTH_SECRET ?? '';
      const served = await project.run('serve', '--port', '0', '--no-web');
      expect(served.code).toBe(78);
    }
    const good = { AQUARIUS_AUTH_SECRET: '4f7a2c9e1b8d3a6f5e0c7b9d2a4f8e1c6b3d' };
    expect(await settingsOf(SETTINGS, good)).toMatchObject({
      origin: 'https://aquarius.example',
      sessionMs: 43_200_000,
      idleMs: 7_200_000,
    });
  });

  test('does not start with settings that leave a door open', async () => {
    const env = { AQUARIUS_AUTH_SECRET: '4f7a2c9e1b8d3a6f5e0c7b9d2a4f8e1c6b3d' };
    const users = (more: string) => `users: { secret: env:AQUARIUS_AUTH_SECRET, ${more} }\n`;
    for (const wrong of [
      users('url: http://aquarius.example'),
      users('url: https://aquarius.example/path'),
      users('url: ftp://aquarius.example'),
      users('url: https://aquarius.example, passwords: false'),
      users('url: https://aquarius.example, sessionHours: 0'),
      users('url: https://aquarius.example, trustedProxies: [everyone]'),
      users('url: https://aquarius.example, oidc: { issuer: http://id.example, clientId: a, clientSecret: env:X }'),
      users(
        'url: https://aquarius.example, oidc: { issuer: https://id.example, clientId: a, clientSecret: env:X, defaultRole: root }',
      ),
      'users: { url: https://aquarius.example, secret: written-down-here-as-it-is-1234567890 }\n',
      'users: { url: https://aquarius.example }\n',
    ]) {
      await expect(settingsOf(wrong, env), wrong).rejects.toMatchObject({ kind: 'config' });
    }
    for (const url of ['http://localhost:4780', 'http://127.0.0.1:4780/', 'http://[::1]:4780', 'https://a.example:8443']) {
      expect((await settingsOf(users(`url: '${url}'`), env)).origin).toBe(url.replace(/\/$/, ''));
    }
  });
});
