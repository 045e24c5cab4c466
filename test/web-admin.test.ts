import { pino } from 'pino';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openUsers } from '../src/users/open-users.ts';
import type { Users } from '../src/users/users.ts';
import { accessibilityProblems, startBrowser, type TestBrowser, type WatchedPage } from './support/browser.ts';
import { ADMIN, PASSWORD, type Person, SETTINGS } from './support/users-world.ts';
import { type AdvertisersWorld, advertisersWorld } from './support/web-advertisers.ts';
import { button, dialog, notice, settled } from './support/web-advertisers-page.ts';
import { problemsOfLooks } from './support/web-looks.ts';

/** Users, keys, logs, health and the own account as people use them, on a server to which they sign in. */

let browser: TestBrowser;
let world: AdvertisersWorld;
let users: Users;
const opened: WatchedPage[] = [];

const ANA = 'ana@example.com';

beforeAll(async () => {
  browser = await startBrowser();
  world = await advertisersWorld({
    settings: 'tables: { STORE_VISITS: { schema: ELSEWHERE } }\n',
    // Sessions go by the clock of the machine.
    now: new Date().toISOString(),
    more: ({ ledger }) => {
      users = openUsers({ store: ledger.store, settings: SETTINGS, log: pino({ enabled: false }) });
      return { users };
    },
  });
  await person({ email: ANA, name: 'Ana Admin', role: 'admin', agencies: 'all' });
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});
afterEach(async () => {
  for (const watched of opened.splice(0)) {
    expect(watched.complaints).toEqual([]);
    expect(watched.outside).toEqual([]);
    await watched[Symbol.asyncDispose]();
  }
});

/** Makes a user with the password of these tests. */
async function person({ email, name = 'Some One', role = 'viewer', agencies = [] }: Person): Promise<void> {
  const { link } = await users.create({ email, name, role, agencies }, ADMIN);
  await users.acceptLink({ token: link.token, password: PASSWORD }, { address: '127.0.0.1', name: 'setup', cookie: null });
}

/** A page at a path in a browser of its own, signed in as somebody unless that is null. */
async function visit(path: string, as: string | null = ANA, options: BrowserContextOptions = {}): Promise<Page> {
  const watched = await browser.open(world.url, options);
  opened.push(watched);
  const { page } = watched;
  if (as !== null) await signIn(page, as);
  await page.goto(`${world.url}${path}`);
  await page.locator('h1').waitFor();
  await settled(page);
  return page;
}

async function signIn(page: Page, email: string): Promise<void> {
  const answer = await page.request.post(`${world.url}/api/auth/sign-in`, {
    data: { email, password: PASSWORD },
    headers: { origin: world.url },
  });
  expect(answer.status()).toBe(200);
}

const row = (page: Page, words: string | RegExp) => page.getByRole('row').filter({ hasText: words });

async function fillInvitation(page: Page, email: string, name: string): Promise<void> {
  await button(page, 'Invite').click();
  await dialog(page).getByLabel('E-mail').fill(email);
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill(name);
}

describe('users', () => {
  test('who is invited sets a password by the link in their own browser, and may do what their role says', async () => {
    const page = await visit('/admin/users');
    await fillInvitation(page, 'ben@example.com', 'Ben Viewer');
    await button(page, 'Invite').last().click();
    await page.getByText('shown this once').waitFor();
    const link = (await page.getByLabel('the link', { exact: true }).textContent()) ?? '';
    await button(page, 'Done').click();
    await row(page, 'ben@example.com').getByText('Invited').waitFor();

    const theirs = await visit(`/welcome#${link.split('#')[1]}`, null);
    await theirs.getByLabel(/^Password/).fill(PASSWORD);
    await theirs.getByLabel('The same again').fill(PASSWORD);
    await button(theirs, 'Set the password and sign in').click();
    await theirs.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    const places = await theirs.getByRole('navigation', { name: 'Screens' }).getByRole('link').allTextContents();
    expect(places).not.toContain('Admin');
    expect(places).not.toContain('Discovery');
    for (const [path, role] of [
      ['/admin/users', 'admin'],
      ['/admin/health', 'operator'],
      ['/discovery', 'operator'],
    ]) {
      await theirs.goto(`${world.url}${path}`);
      await theirs.getByText(`This page needs the role ${role}`).waitFor();
    }
    await page.reload();
    await row(page, 'ben@example.com').getByText('Active').waitFor();
  });

  test('another role and other agencies are given, and end the sessions of whom they concern', async () => {
    await person({ email: 'cleo@example.com', name: 'Cleo' });
    const theirs = await visit('/', 'cleo@example.com');
    const page = await visit('/admin/users?q=cleo');
    await button(page, 'What to do with Cleo').click();
    await page.getByRole('menuitem', { name: 'Change' }).click();
    await dialog(page).getByRole('radio', { name: 'Operator' }).check();
    await dialog(page).getByLabel('Agencies that are seen', { exact: true }).first().fill('north');
    await page.getByRole('option', { name: 'Northlight (1480)' }).click();
    await dialog(page).getByText('They are signed out everywhere').waitFor();
    await button(page, 'Save').click();
    await row(page, 'cleo@example.com').getByText('1480').waitFor();
    expect(await users.list()).toContainEqual(expect.objectContaining({ name: 'Cleo', role: 'operator', agencies: ['1480'] }));
    await theirs.reload();
    await theirs.getByRole('heading', { level: 1, name: 'Sign in to Aquarius' }).waitFor();
  });

  test('the last administrator is told why they stay one', async () => {
    const page = await visit('/admin/users?q=ana');
    await button(page, 'What to do with Ana Admin').click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await button(page, 'Disable').click();
    await dialog(page).getByText('This is the last administrator of all agencies').waitFor();
  });

  test('is done by the keyboard alone: somebody is disabled, and enabled again', async () => {
    await person({ email: 'dora@example.com', name: 'Dora' });
    const page = await visit('/admin/users?q=dora');
    for (const [word, state] of [
      ['Disable', 'Disabled'],
      ['Enable', 'Active'],
    ] as const) {
      await button(page, 'What to do with Dora').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: word }).waitFor();
      // Keys that are pressed before the menu has the focus go to the button.
      await expect.poll(() => page.evaluate('document.activeElement?.closest("[role=menu]") !== null')).toBe(true);
      // Past the first one and round to the last.
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe(word);
      await page.keyboard.press('Enter');
      await row(page, 'dora@example.com').getByText(state).waitFor();
      // The dialog gives the focus back when it is gone.
      await dialog(page).waitFor({ state: 'detached' });
      await expect.poll(() => page.evaluate('document.activeElement?.ariaLabel')).toBe('What to do with Dora');
    }
  });
});

test('a server with a token alone says how it comes to have users', async () => {
  await using tokenWorld = await advertisersWorld();
  await using watched = await browser.open(tokenWorld.url);
  const { page } = watched;
  await page.goto(`${tokenWorld.url}/admin/users#token=admin`);
  await page.getByText('This server has no users').waitFor();
  expect(await button(page, 'Invite').count()).toBe(0);
});

describe('keys', () => {
  test('a key is shown once, works, and is refused once it is revoked', async () => {
    const page = await visit('/admin/keys');
    await button(page, 'Make a key').click();
    await dialog(page).getByLabel('What for').fill('nightly report');
    await dialog(page).getByText('All', { exact: true }).click();
    await button(page, 'Make the key').click();
    const secret = (await page.getByLabel('the key', { exact: true }).textContent()) ?? '';
    await button(page, 'Done').click();
    const call = () => fetch(`${world.url}/api/delivery/runs`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await call()).status).toBe(200);
    const made = row(page, 'nightly report');
    await made.getByText('Works').waitFor();
    expect(await page.content()).not.toContain(secret);
    await made.getByRole('button', { name: 'Revoke' }).click();
    await dialog(page).getByRole('button', { name: 'Revoke' }).click();
    await made.getByText('Revoked').waitFor();
    expect((await call()).status).toBe(401);
  });
});

describe('logs', () => {
  test('A11: a change is found by what was done, shows what it was before, and is undone with a reason', async () => {
    const { data } = await world.change('ignore-domain', { agency_id: '1480', domain: 'shop-of-harbor.example' });
    expect(data.audit_id).toEqual(expect.any(String));
    const page = await visit('/admin/changes?action=domain.ignore');
    const entry = page.getByRole('list', { name: 'Changes' }).getByRole('listitem').first();
    await entry.getByRole('button', { name: 'Domain ignored' }).click();
    await entry.getByRole('rowheader', { name: 'IGNORED', exact: false }).first().waitFor();
    await entry.getByRole('button', { name: 'Undo' }).click();
    await dialog(page).getByLabel('Why').fill('It is one of ours.');
    await dialog(page).getByRole('button', { name: 'Undo' }).click();
    await notice(page, 'Undone.').waitFor();
    await page.goto(`${world.url}/admin/changes?action=change.undo`);
    await page.getByText('“It is one of ours.”').waitFor();
    await page.goto(`${world.url}/admin/changes?action=domain.ignore`);
    await page.getByRole('button', { name: 'Domain ignored' }).waitFor();
    expect(await button(page, 'Undo').count()).toBe(0);
  });

  test('A4: an operator of one agency sees changes of that agency alone, and no users', async () => {
    await person({ email: 'eve@example.com', name: 'Eve', role: 'operator', agencies: ['2000'] });
    await world.change('ignore-domain', { agency_id: '2000', domain: 'foxglove.example' });
    await world.change('ignore-domain', { agency_id: '1480', domain: 'bluebird-blog.example' });
    const page = await visit('/admin', 'eve@example.com');
    await page.waitForURL(/\/admin\/changes/);
    const list = page.getByRole('list', { name: 'Changes' });
    await list.getByText('Agency 2000').first().waitFor();
    expect(await list.getByText('Agency 1480').count()).toBe(0);
    expect(await page.getByRole('navigation', { name: 'Admin' }).getByRole('link').allTextContents()).toEqual([
      'Changes',
      'Activity',
      'Health',
    ]);
    await page.goto(`${world.url}/admin/users`);
    await page.getByText('This page needs the role admin').waitFor();
  });

  test('an administrator of some agencies is told that users are for those of all', async () => {
    await person({ email: 'finn@example.com', name: 'Finn', role: 'admin', agencies: ['1480'] });
    const page = await visit('/admin/users', 'finn@example.com');
    await page.getByText('This is for administrators of all agencies').waitFor();
    expect(await button(page, 'Invite').count()).toBe(0);
  });

  test('what is done with users is found by kind, with what it was before', async () => {
    await person({ email: 'gil@example.com', name: 'Gil' });
    const { id } = (await users.list()).find(({ name }) => name === 'Gil') ?? { id: '' };
    await users.change(id, { role: 'operator' }, { ...ADMIN, reason: 'new work' });
    const page = await visit(`/admin/activity?kind=user&subject=${id}`);
    const list = page.getByRole('list', { name: 'Activity' });
    await list.getByRole('button', { name: 'User changed' }).click();
    await list.getByRole('cell', { name: 'viewer' }).waitFor();
    await list.getByRole('cell', { name: 'operator' }).waitFor();
    await list.getByText('“new work”').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.waitForURL((url) => url.searchParams.get('kind') === null);
  });
});

describe('health', () => {
  test('H1: the server, feeds and agencies are shown, and what was not looked at is not called healthy', async () => {
    const page = await visit('/admin/health');
    await page.getByText('Control store').waitFor();
    await row(page, 'AD_IMPRESSION_LOG_V2').getByText('Critical', { exact: true }).waitFor();
    await page.getByRole('table', { name: 'Agencies' }).getByRole('link', { name: 'Northlight (1480)' }).waitFor();
    await page.getByLabel('State of agencies', { exact: true }).first().click();
    await page.getByRole('option', { name: 'Healthy' }).click();
    await page.getByText('No agency is like that').waitFor();
  });

  test('B22: what the schema lacks comes with the statement that mends it', async () => {
    const page = await visit('/admin/health');
    const table = page.getByRole('table', { name: 'Findings in the schema' });
    const finding = table.getByRole('row').filter({ hasText: 'STORE_VISITS' }).filter({ hasText: 'CREATE TABLE' });
    const { body } = await world.admin.call('GET', '/api/config/schema-check');
    const { STATEMENT } = body.data.find(
      (one: { TABLE: string; KIND: string }) => one.TABLE === 'STORE_VISITS' && one.KIND === 'missing_table',
    );
    expect(await finding.locator('pre').textContent()).toBe(STATEMENT);
    await finding.getByRole('button', { name: 'Copy the statement' }).waitFor();
    await page.getByLabel('How bad', { exact: true }).first().click();
    await page.getByRole('option', { name: 'Error' }).click();
    await page.waitForURL(/severity=error/);
  });
});

describe('the own account', () => {
  test('sessions elsewhere are ended, and another password is set', async () => {
    await person({ email: 'hugo@example.com', name: 'Hugo', role: 'operator', agencies: 'all' });
    const elsewhere = await visit('/', 'hugo@example.com');
    const page = await visit('/account', 'hugo@example.com');
    await button(page, 'Sign out elsewhere').click();
    await dialog(page).getByRole('button', { name: 'Sign out elsewhere' }).click();
    await notice(page, 'You are signed in here alone.').waitFor();
    await elsewhere.reload();
    await elsewhere.getByRole('heading', { level: 1, name: 'Sign in to Aquarius' }).waitFor();

    const next = 'a lantern beside the wet orchard';
    await page.getByRole('textbox', { name: 'Password so far' }).fill('not this one at all');
    await page.getByLabel('New password').fill(next);
    await page.getByLabel('The same again').fill(next);
    await button(page, 'Change the password').click();
    await page.getByText('The password so far is wrong.').waitFor();
    await page.getByRole('textbox', { name: 'Password so far' }).fill(PASSWORD);
    await button(page, 'Change the password').click();
    await notice(page, 'Your password is changed.').waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 2, name: 'Hugo' }).waitFor();
  });
});

describe('for everybody', () => {
  test('dialogs are whole, too', async () => {
    const page = await visit('/admin/users');
    await fillInvitation(page, 'ida@example.com', 'Ida');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`${world.url}/admin/keys`);
    await button(page, 'Make a key').click();
    await dialog(page).getByLabel('What for').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  const PATHS = ['/admin/users', '/admin/keys', '/admin/changes', '/admin/activity', '/admin/health', '/account'];

  test('each screen is whole in every look: axe finds nothing, and nothing sticks out', async () => {
    const page = await visit('/account');
    for (const path of PATHS) {
      await page.goto(`${world.url}${path}`);
      await page.locator('h1').waitFor();
      await settled(page);
      expect(await problemsOfLooks(page), path).toEqual([]);
    }
  });
});
