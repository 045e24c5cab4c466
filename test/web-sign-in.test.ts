import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCaches, startPages } from '../src/serve/web/pages.ts';
import { type ApiServer, planOne, startApi, TOKEN } from './support/api-server.ts';
import { accessibilityProblems, startBrowser, type TestBrowser } from './support/browser.ts';
import { ADMIN, PASSWORD, startUsers, type UsersWorld } from './support/users-world.ts';

/** Who is let in, and what becomes of the page when they are not any more. */

let browser: TestBrowser;
let home: string;
let stopped: AbortController;
let pages: ReturnType<typeof startPages>;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'aquarius-web-'));
  stopped = new AbortController();
  pages = startPages({
    caches: buildCaches(home),
    log: pino({ enabled: false }),
    signal: stopped.signal,
    onBuilding: () => {},
  });
  [browser] = await Promise.all([startBrowser(), pages.ready]);
});
afterAll(async () => {
  stopped.abort();
  await browser[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

describe('with the token of the server', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApi(() => ({ pages: pages.answer }));
    await planOne(server.ledger);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('the link that serve prints lets in, and the token leaves the address at once', async () => {
    await using watched = await browser.open(server.url);
    const { page, complaints, outside } = watched;
    await page.goto(`${server.url}/runs?slot=2026-W08#token=${TOKEN}`);
    await title(page, 'Runs');
    expect(page.url()).toBe(`${server.url}/runs?slot=2026-W08`);
    expect(await page.evaluate('sessionStorage.getItem("aquarius.token")')).toBe(TOKEN);
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(TOKEN);
    await page.reload();
    await title(page, 'Runs');
    expect([complaints, outside]).toEqual([[], []]);
  });

  test('whoever comes without it is told where it is, and comes to where they wanted', async () => {
    await using watched = await browser.open(server.url);
    const { page, complaints } = watched;
    await page.goto(`${server.url}/runs?slot=2026-W08`);
    await page.getByText('serve.json').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel(/^Token/).fill('no token');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('That is no token.').waitFor();
    await page.getByLabel(/^Token/).fill('a-wrong-one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The token is not the one of this server.').waitFor();
    await page.getByLabel(/^Token/).fill(TOKEN);
    await page.keyboard.press('Enter');
    await title(page, 'Runs');
    expect(page.url()).toBe(`${server.url}/runs?slot=2026-W08`);
    expect(complaints).toEqual([]);
  });

  test('A12: when it is no longer taken the page stops, and goes on at the same place once it is', async () => {
    await using watched = await browser.open(server.url);
    const { page } = watched;
    await page.goto(`${server.url}/runs?slot=2026-W08#token=${TOKEN}`);
    await page.getByRole('row').nth(1).waitFor();
    let calls = 0;
    await page.route('**/api/**', (route) => {
      calls += 1;
      return route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'token_wrong', detail: 'No.', hint: null, problems: [] }),
      });
    });
    // The list looks again by itself.
    const dialog = page.getByRole('dialog', { name: 'Sign in to go on' });
    await dialog.waitFor();
    const before = calls;
    expect(await page.evaluate('document.activeElement.closest("[role=dialog]") !== null')).toBe(true);
    // Neither Escape nor a click beside it leads past it, and nothing is asked any more.
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest("[role=dialog]") !== null')).toBe(true);
    expect(calls - before).toBeLessThanOrEqual(1);
    await page.unroute('**/api/**');
    await page.reload();
    await title(page, 'Runs');
    expect(page.url()).toContain('/runs?slot=2026-W08');
  });
});

describe('with users', () => {
  let world: UsersWorld;
  beforeAll(async () => {
    world = await startUsers({}, new Date().toISOString(), () => ({ pages: pages.answer }));
    await planOne(world.server.ledger);
    await world.person({ email: 'vera@example.com', name: 'Vera', role: 'viewer', agencies: 'all' });
    await world.person({ email: 'otto@example.com', name: 'Otto', role: 'operator', agencies: 'all' });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByLabel(/^Password/).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  test('e-mail and password let in, to the page that was asked for', async () => {
    await using watched = await browser.open(world.server.url);
    const { page, complaints } = watched;
    await page.goto(`${world.server.url}/deliveries`);
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await signIn(page, 'otto@example.com', 'not the password at all');
    await page.getByRole('alert').getByText('The e-mail or the password is wrong.').waitFor();
    await signIn(page, 'otto@example.com');
    await title(page, 'Deliveries');
    await page.getByRole('button', { name: 'You and your settings' }).click();
    await page.getByText('operator, all agencies').waitFor();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    // V14.3.1: nothing of what was shown is left, neither here nor a page back.
    await page.goBack();
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('A12: a session that has ended stops the page, which goes on at the same place after signing in', async () => {
    await using watched = await browser.open(world.server.url);
    const { page } = watched;
    await page.goto(`${world.server.url}/runs?slot=2026-W08`);
    await signIn(page, 'otto@example.com');
    await title(page, 'Runs');
    await page.getByRole('row').nth(1).waitFor();
    await page.context().clearCookies();
    await page.getByRole('dialog', { name: 'Sign in to go on' }).waitFor();
    await signIn(page, 'otto@example.com');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('row').nth(1).waitFor();
    expect(page.url()).toContain('/runs?slot=2026-W08');
  });

  test('a viewer sees what is for viewers, and is told which role the rest needs', async () => {
    await using watched = await browser.open(world.server.url);
    const { page } = watched;
    await page.goto(`${world.server.url}/deliveries`);
    await signIn(page, 'vera@example.com');
    await title(page, 'Deliveries');
    const links = page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
    expect(await links.allTextContents()).toEqual(['Today', 'Runs', 'Destinations']);
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.getByRole('button', { name: /^Actions for/ }).count()).toBe(0);
    await page.goto(`${world.server.url}/advertisers`);
    await page.getByText('This page needs the role operator').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('a one-time link lets its person set a password once, and the link leaves the address', async () => {
    const { link } = await world.users.create({ email: 'nina@example.com', name: 'Nina', role: 'viewer', agencies: [] }, ADMIN);
    await using watched = await browser.open(world.server.url);
    const { page, complaints } = watched;
    await page.goto(`${world.server.url}/welcome#${link.token}`);
    await page.getByLabel(/^Password/).waitFor();
    expect(page.url()).toBe(`${world.server.url}/welcome`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel(/^Password/).fill(PASSWORD);
    await page.getByLabel('The same again').fill(`${PASSWORD}!`);
    await page.getByText('The two are not the same.').waitFor();
    await page.getByLabel('The same again').fill(PASSWORD);
    await page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await title(page, 'Today');
    expect(complaints).toEqual([]);
    await using again = await browser.open(world.server.url);
    await again.page.goto(`${world.server.url}/welcome#${link.token}`);
    await again.page.getByRole('alert').waitFor();
  });
});
