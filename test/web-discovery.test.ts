import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { impression } from './support/project.ts';
import { advertisersPages, notice, settled } from './support/web-advertisers-page.ts';
import { problemsOfLooks } from './support/web-looks.ts';

/** Discovery as people use it: what belongs to nobody gets its advertiser, by mouse and by keyboard, and back. */

const pages = advertisersPages();
beforeEach(async () => {
  const events = (host: string, count: number, type = 'site_visit') =>
    Array.from({ length: count }, (_, index) => ({
      UUID: `${host}-${type}-${index}`,
      AGENCY_ID: '1480',
      EVENT_TIMESTAMP: `2026-02-15T1${index % 10}:00:00Z`,
      PAGE_URL: `https://${host}/shop?item=${index}`,
      EVENT_TYPE: type,
      CLIENT_IP: `93.184.216.${index + 1}`,
    }));
  await pages.world.admin.load({
    WEBPIXEL_EVENTS: [
      ...events('shop.new-tea.com', 40),
      ...events('shop.new-tea.com', 3, 'purchase'),
      ...events('old-lamps.myshopify.com', 25),
      ...events('bakery.org', 15),
    ],
    AD_IMPRESSION_LOG_V2: Array.from({ length: 120 }, (_, index) => ({
      ...impression(`bbbbbbbb-0000-4000-8000-000000000${100 + index}`, { at: '2026-02-15T10:00:00Z', dspAdvertiser: 'D9' }),
      DSP_ADVERTISER_NAME: 'Nobody%2520yet',
    })),
  });
});
/** As an operator of the agency, unless said. */
const visit: typeof pages.visit = (path, options) => pages.visit(path, { as: 'operator', ...options });

const domainRow = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Chooses an advertiser in the dialog that is open. */
async function choose(page: Page, words: string, name: RegExp): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: 'Advertiser' }).fill(words);
  await page.getByRole('option', { name }).click();
}

async function domainsOf(advertiser: string): Promise<readonly string[]> {
  const { body } = await pages.world.admin.call('GET', `/api/config/mapped-urls?agency_id=1480&advertiser_id=${advertiser}`);
  return body.data.map(({ host }: { readonly host: string }) => host);
}

test('a domain is previewed, assigned by the keyboard alone, and taken back', async () => {
  const page = await visit('/discovery');
  await domainRow(page, 'new-tea.com').waitFor();
  await page.keyboard.press('Tab');
  await domainRow(page, 'new-tea.com').focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'new-tea.com' });
  await drawer.getByText('Events by type').waitFor();
  await drawer.getByRole('cell', { name: 'Purchase', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe('new-tea.com');

  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Assign new-tea.com' }).waitFor();
  await choose(page, 'quill', /Quill Stationery/);
  await page.getByRole('dialog').getByRole('button', { name: 'Assign', exact: true }).click();
  await notice(page, 'new-tea.com belongs to Quill Stationery').waitFor();
  await domainRow(page, 'new-tea.com').waitFor({ state: 'detached' });
  expect(await domainsOf('4713')).toEqual(['new-tea.com']);

  // The next row has the focus, so that one can go on.
  await expect.poll(() => page.evaluate('document.activeElement?.dataset.row')).toBe('1480 old-lamps.myshopify.com');
  await page.keyboard.press('u');
  await notice(page, 'Undone.').waitFor();
  await domainRow(page, 'new-tea.com').waitFor();
  expect(await domainsOf('4713')).toEqual([]);
});

test('several domains are assigned at once, and one is ignored and found again', async () => {
  const page = await visit('/discovery');
  await page.getByRole('checkbox', { name: 'Select new-tea.com' }).check();
  await page.getByRole('checkbox', { name: 'Select bakery.org' }).check();
  await page.getByRole('button', { name: 'Assign 2 domains' }).click();
  await choose(page, 'quill', /Quill Stationery/);
  await page.getByRole('dialog').getByRole('button', { name: 'Assign', exact: true }).click();
  await notice(page, '2 domains belong to').waitFor();
  expect([...(await domainsOf('4713'))].sort()).toEqual(['bakery.org', 'new-tea.com']);

  await domainRow(page, 'old-lamps.myshopify.com').focus();
  await page.keyboard.press('i');
  await page.getByText('Every domain has its advertiser').waitFor();
  await page.getByRole('checkbox', { name: 'Ignored' }).check();
  await domainRow(page, 'old-lamps.myshopify.com').waitFor();
  expect(new URL(page.url()).searchParams.get('ignored')).toBe('yes');
});

test('a domain that somebody has is taken from them only after a second question', async () => {
  const page = await visit('/discovery');
  await domainRow(page, 'bakery.org').waitFor();
  // Somebody else is faster.
  await pages.world.change('configure-domain', { agency_id: '1480', advertiser_id: '4712', url: 'bakery.org' });
  await domainRow(page, 'bakery.org').focus();
  await page.keyboard.press('a');
  await choose(page, 'quill', /Quill Stationery/);
  await page.getByRole('dialog').getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'Bluebird Air' }).waitFor();
  expect(await domainsOf('4712')).toContain('bakery.org');
  await page.getByRole('button', { name: 'Take it from them' }).click();
  await notice(page, 'bakery.org belongs to').waitFor();
  expect(await domainsOf('4713')).toEqual(['bakery.org']);
});

test('unmapped impressions are explained, and mapped to an advertiser', async () => {
  const page = await visit('/discovery?panel=impressions', { viewport: { width: 1000, height: 900 } });
  await domainRow(page, 'Nobody yet').click();
  await page.getByText('It belongs to nobody.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Map', exact: true }).first().click();
  await choose(page, 'quill', /Quill Stationery/);
  await page.getByRole('dialog').getByRole('button', { name: 'Map', exact: true }).click();
  await notice(page, 'is mapped to Quill Stationery').waitFor();
  await domainRow(page, 'Nobody yet').waitFor({ state: 'detached' });
});

test('every screen can be used by everybody in every look', async () => {
  const page = await visit('/discovery');
  for (const path of ['/discovery', '/discovery?panel=impressions', '/discovery/conflicts']) {
    await page.goto(`${pages.world.url}${path}`);
    await page.locator('h1').waitFor();
    await settled(page);
    expect(await problemsOfLooks(page), path).toEqual([]);
  }
});

test('a viewer who comes by a link is told which role it needs, and sees no way to it', async () => {
  const page = await visit('/discovery', { as: 'viewer' });
  await page
    .getByText(/operator/)
    .first()
    .waitFor();
  expect(await page.getByRole('link', { name: 'Discovery' }).count()).toBe(0);
});
