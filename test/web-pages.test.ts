import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser, type TestBrowser, type WatchedPage } from './support/browser.ts';
import { pagesReady } from './support/chromium.ts';
import { problemsOfLooks } from './support/web-looks.ts';
import { ADVERTISERS, startWeb, TOKEN, type WebWorld } from './support/web-world.ts';

/** The screens of deliveries in a real browser: whoever looks, with whatever, sees what is. */

let world: WebWorld;
let browser: TestBrowser;
let delivered: string;
let failed: string;

beforeAll(async () => {
  [world, browser] = await Promise.all([startWeb(), startBrowser()]);
  await pagesReady(world.url);
  const { waiting, unreachable, small } = ADVERTISERS;
  const isHeld = (run: { readonly hold: unknown }): boolean => run.hold !== null;
  delivered = await world.run(waiting, isHeld);
  failed = await world.run(unreachable, isHeld);
  for (const id of [delivered, failed]) await world.api(`/api/delivery/runs/${id}/approve`, {});
  await world.run(waiting, ({ state }) => state === 'delivered');
  await world.run(unreachable, ({ state }) => state === 'failed');
  await world.run(small, ({ state }) => state === 'skipped');
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function signedIn(options: Parameters<TestBrowser['open']>[1] = {}): Promise<WatchedPage> {
  const watched = await browser.open(world.url, options);
  await watched.page.goto(`${world.url}/#token=${TOKEN}`);
  await watched.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
  return watched;
}

/** Every screen with what shows that it has all that it asked for. */
const screens = (): readonly (readonly [path: string, shows: string])[] => [
  ['/', '40 rows'],
  ['/runs', 'Below minimum'],
  ['/deliveries', 'Blocked'],
  ['/destinations', 'archive'],
  ['/alerts', 'An operator must'],
  [`/runs/${delivered}`, 'The parts add up to what was selected.'],
  [`/runs/${failed}`, 'Retry'],
  ['/no-such-page', 'There is no page at this address'],
];

test('every screen can be used by anybody in every look, complains of nothing, and asks nobody else', async () => {
  await using watched = await signedIn();
  const { page, complaints, outside } = watched;
  for (const [path, shows] of screens()) {
    await page.goto(`${world.url}${path}`);
    await page.getByText(shows).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await problemsOfLooks(page), path).toEqual([]);
  }
  expect(complaints).toEqual([]);
  expect(outside).toEqual([]);
});

describe('Today', () => {
  test('every number leads to the list of just those', async () => {
    await using watched = await signedIn();
    const { page } = watched;
    await page.getByRole('link', { name: /1\s*Blocked/ }).click();
    await page.waitForURL(/\/deliveries\?state=blocked/);
    await page.getByRole('cell', { name: /Blocked/ }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.goBack();
    await page.getByRole('link', { name: /1\s*Failed/ }).click();
    await page.waitForURL(/\/alerts\?kind=run_failed/);
    await page.getByRole('link', { name: 'Advertiser 4712' }).click();
    await page.waitForURL(new RegExp(`/runs/${failed}`));
    await page.goto(`${world.url}/`);
    await page.getByRole('link', { name: 'in 1 delivered run' }).click();
    await page.waitForURL(/\/runs\?.*state=delivered/);
    await page.getByRole('row').filter({ hasText: 'Harbor' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });
});

describe('a run', () => {
  test('B23: shows names as they are, whatever is in them', async () => {
    await using watched = await signedIn();
    const { page } = watched;
    await page.goto(`${world.url}/deliveries`);
    await page.getByText('Harbor <b>& Sons</b>').first().waitFor();
    expect(await page.locator('td b').count()).toBe(0);
  });

  test('has its counts, its files with their hashes and its story', async () => {
    await using watched = await signedIn({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = watched;
    await page.goto(`${world.url}/runs/${delivered}`);
    const counts = page.getByRole('region', { name: 'Identifiers' });
    await counts.getByText('The parts add up to what was selected.').waitFor();
    const { run } = await world.api(`/api/delivery/runs/${delivered}`);
    // The 40 people, and the blank cells of the log.
    expect(run.selected).toBe(41);
    expect(await counts.getByRole('row').allTextContents()).toContain('Selected41');
    const files = page.getByRole('region', { name: 'Files' });
    await files.getByRole('button', { name: 'Copy the SHA-256' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(run.files[0].sha256);
    const download = page.waitForEvent('download');
    await files.getByRole('button', { name: `Download ${run.files[0].name}` }).click();
    expect((await download).suggestedFilename()).toBe(run.files[0].name);
    const story = page.getByRole('region', { name: 'Story' });
    for (const step of ['Planned', 'Held', 'Approved', 'Delivered'])
      await story.getByText(step, { exact: true }).first().waitFor();
    const readiness = page.getByRole('region', { name: 'Readiness' });
    await readiness.getByRole('button', { name: 'Check now' }).click();
    await readiness.getByRole('row', { name: /Source rows Passes/ }).waitFor();
  });
});

describe('a list', () => {
  test('keeps filters and order in its address, so that they are there again after going back', async () => {
    await using watched = await signedIn();
    const { page } = watched;
    await page.goto(`${world.url}/deliveries`);
    await page.getByRole('button', { name: 'Destination' }).click();
    await page.getByRole('button', { name: 'Destination' }).click();
    await page.waitForURL(/sort=-destination/);
    const header = page.getByRole('columnheader', { name: 'Destination' });
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('link', { name: 'Today', exact: true }).click();
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await page.goBack();
    await header.waitFor();
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    expect(await page.getByRole('row').nth(1).textContent()).toContain('elsewhere');
    await page.reload();
    await header.waitFor();
    expect(await page.getByRole('row').nth(1).textContent()).toContain('elsewhere');
  });

  test('is walked through with the keyboard alone', async () => {
    await using watched = await signedIn();
    const { page } = watched;
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.goto(`${world.url}/runs`);
    await page.getByRole('row').nth(1).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the screen');
    const first = page.getByRole('row').nth(1).getByRole('link').first();
    await first.focus();
    await page.keyboard.press('ArrowDown');
    const second = page.getByRole('row').nth(2).getByRole('link').first();
    const href = await second.getAttribute('href');
    expect(await page.locator('a:focus').getAttribute('href')).toBe(href);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${world.url}${href}`);
    // A screen reader begins at the title of the new screen.
    await page.locator('h1:focus').waitFor();
  });

  test('is narrowed to one agency everywhere, and that is kept', async () => {
    await using watched = await signedIn();
    const { page } = watched;
    await page.getByRole('combobox', { name: 'Agency' }).click();
    await page.getByRole('option', { name: /1480/ }).click();
    await page.waitForURL(/agency=1480/);
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.waitForURL(/\/runs\?agency=1480/);
    await page.goto(`${world.url}/deliveries`);
    await page.waitForURL(/\/deliveries\?agency=1480/);
  });
});

test('the search opens with Ctrl-K and leads to screens', async () => {
  await using watched = await signedIn();
  const { page } = watched;
  await page.keyboard.press('Control+K');
  await page.getByRole('textbox', { name: /Find an advertiser/ }).fill('destin');
  await page.getByRole('option', { name: 'Destinations' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/destinations/);
});

test('colours and the time zone are as they were chosen, also the next time', async () => {
  await using watched = await signedIn();
  const { page } = watched;
  await page.goto(`${world.url}/runs/${delivered}`);
  const due = page.getByRole('region', { name: 'About this run' }).locator('time').first();
  const local = await due.textContent();
  await page.getByRole('button', { name: 'You and your settings' }).click();
  await page.getByRole('menuitemradio', { name: 'UTC' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.reload();
  await due.waitFor();
  expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  expect(await due.textContent()).not.toBe(local);
});
