import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityProblems, startBrowser, type TestBrowser, type WatchedPage } from './support/browser.ts';
import { pagesReady } from './support/chromium.ts';
import { ADVERTISERS, startWeb, TOKEN, type WebWorld } from './support/web-world.ts';

/** What a person does to runs and deliveries in the browser, and what comes of it. */

let world: WebWorld;
let browser: TestBrowser;

beforeAll(async () => {
  [world, browser] = await Promise.all([startWeb(), startBrowser()]);
  await pagesReady(world.url);
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function signedIn(): Promise<WatchedPage> {
  const watched = await browser.open(world.url);
  await watched.page.goto(`${world.url}/#token=${TOKEN}`);
  await watched.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
  return watched;
}

const isHeld = (run: { readonly hold: unknown }): boolean => run.hold !== null;

test('a run that waits is approved with a reason, and is watched until it is delivered', async () => {
  const id = await world.run(ADVERTISERS.waiting, isHeld);
  await using watched = await signedIn();
  const { page, complaints } = watched;
  await page.goto(`${world.url}/runs?state=held`);
  await page.locator(`a[href^="/runs/${id}"]`).first().click();
  await page.getByText('Waits for a person: first run').waitFor();
  await page.getByRole('button', { name: 'Approve' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let this run go on?' });
  await dialog.getByText(/will be sent to archive/).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByLabel('Why').fill('Looked at by hand.');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('The run goes on.').waitFor();
  // Nobody loads the page anew.
  await page.getByRole('region', { name: 'Receipt' }).waitFor();
  await page.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
  const { entries } = await world.api(`/api/delivery/audit?subjectId=${id}`);
  expect(entries[0]).toMatchObject({ action: 'run.approve', reason: 'Looked at by hand.' });
  expect(complaints).toEqual([]);
});

test('a run that waits is not ended without a reason', async () => {
  const id = await world.run(ADVERTISERS.unreachable, isHeld);
  await using watched = await signedIn();
  const { page } = watched;
  await page.goto(`${world.url}/runs/${id}`);
  await page.getByRole('button', { name: 'Reject' }).click();
  const dialog = page.getByRole('dialog', { name: 'End this run?' });
  const reject = dialog.getByRole('button', { name: 'Reject' });
  expect(await reject.isDisabled()).toBe(true);
  await dialog.getByLabel('Why').fill('The advertiser has left.');
  await reject.click();
  await page.getByText('Nothing was sent: rejected').waitFor();
  // What was refused can be taken up again.
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
  await page.getByText('The run is taken up again.').waitFor();
});

test('a delivery is paused with a reason, shown so, and resumed', async () => {
  await using watched = await signedIn();
  const { page } = watched;
  await page.goto(`${world.url}/deliveries?advertiser=${ADVERTISERS.small}`);
  const actions = page.getByRole('button', { name: /^Actions for/ });
  await actions.click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await page.getByRole('dialog').getByLabel('Why').fill('They asked us to wait.');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  await page.getByText('by api: They asked us to wait.').waitFor();
  await actions.click();
  await page.getByRole('menuitem', { name: 'Resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await page.getByText('by api: They asked us to wait.').waitFor({ state: 'detached' });
});

test('a delivery is run now, and it is told what comes of it', async () => {
  await using watched = await signedIn();
  const { page } = watched;
  await page.goto(`${world.url}/deliveries?advertiser=${ADVERTISERS.blocked}`);
  await page.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Run now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click();
  await page.getByText(/Nothing is run\. Not planned: /).waitFor();
});

test('a destination is tried out, and says what is wrong with it', async () => {
  await using watched = await signedIn();
  const { page } = watched;
  await page.goto(`${world.url}/destinations`);
  await page.getByRole('button', { name: 'Test elsewhere' }).click();
  await page
    .getByRole('region', { name: 'elsewhere' })
    .getByText(/nothing was sent/)
    .waitFor();
  await page.getByRole('button', { name: 'Test archive' }).click();
  await page
    .getByRole('region', { name: 'archive' })
    .getByText(/nothing was sent/)
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('an alert is taken on with words, and everybody sees who does', async () => {
  await world.run(ADVERTISERS.small, ({ state }) => state === 'skipped');
  await using watched = await signedIn();
  const { page } = watched;
  await page.goto(`${world.url}/alerts?kind=delivery_blocked`);
  await page.getByRole('button', { name: 'Take on' }).click();
  await page.getByRole('dialog').getByLabel('What you do about it').fill('Asking for a row-level log.');
  await page.getByRole('dialog').getByRole('button', { name: 'Take on' }).click();
  await page.getByText('api has taken it on: Asking for a row-level log.').waitFor();
});
