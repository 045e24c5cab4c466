import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser, type TestBrowser } from './support/browser.ts';
import { pagesReady } from './support/chromium.ts';
import { device, impression, mapping } from './support/project.ts';
import { startWeb, TOKEN, type WebWorld } from './support/web-world.ts';

/** From a pixel domain that belongs to nobody to a receipt, by what the pages themselves say. */

let world: WebWorld;
let browser: TestBrowser;

beforeAll(async () => {
  [world, browser] = await Promise.all([
    startWeb((at) => ({
      REF_AGENCY_ADVERTISER: [
        { AGENCY_ID: '1480', AGENCY_NAME: 'Northlight', ADVERTISER_ID: '4720', ADVERTISER_NAME: 'Quill Stationery' },
      ],
      PIXEL_CAMPAIGN_MAPPING_V2: [{ ...mapping('4720', 'D9'), MAPPING_ID: 9 }],
      AD_IMPRESSION_LOG_V2: Array.from({ length: 30 }, (_, index) =>
        impression(device(901 + index), { at, dspAdvertiser: 'D9' }),
      ),
      WEBPIXEL_EVENTS: Array.from({ length: 12 }, (_, index) => ({
        UUID: `quill-${index}`,
        AGENCY_ID: '1480',
        EVENT_TIMESTAMP: at,
        PAGE_URL: 'https://shop.quill-and-ink.com/pens',
        EVENT_TYPE: 'site_visit',
        CLIENT_IP: `93.184.216.${index + 1}`,
      })),
    })),
    startBrowser(),
  ]);
  await pagesReady(world.url);
});
afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

test('a newcomer maps a domain, switches delivery on, sees what would go, delivers, and has the receipt', async () => {
  await using watched = await browser.open(world.url);
  const { page, complaints, outside } = watched;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const dialog = page.getByRole('dialog');
  await page.goto(`${world.url}/#token=${TOKEN}`);

  await page.getByRole('link', { name: 'Discovery' }).click();
  await page
    .getByRole('row', { name: /quill-and-ink/ })
    .getByRole('button', { name: 'Assign' })
    .click();
  await dialog.getByRole('combobox', { name: 'Advertiser' }).fill('quil');
  await page.getByRole('option', { name: /Quill Stationery/ }).click();
  await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByText('quill-and-ink.com belongs to Quill Stationery').first().waitFor();

  await page.getByRole('link', { name: 'Advertisers', exact: true }).click();
  await page.getByRole('link', { name: 'Quill Stationery' }).click();
  await page.getByRole('tab', { name: 'Web pixels' }).click();
  await page.getByRole('cell', { name: 'quill-and-ink.com', exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Delivery' }).click();
  await page.getByText('Nothing is delivered yet').waitFor();
  await page.getByRole('switch', { name: 'Delivery is off' }).click();
  await button('Add a destination').click();
  await page.getByRole('menuitem', { name: /archive/ }).click();
  await page.getByText('30 identifiers').first().waitFor();
  await button('Review and save').click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').first().waitFor();

  await page.getByRole('table', { name: 'Deliveries' }).getByText('archive').waitFor();
  await button('Run now').first().click();
  await dialog.getByRole('button', { name: 'Run now' }).click();
  // The first run of a delivery waits for a person.
  await page.getByRole('table', { name: 'Runs' }).getByText('Needs approval').waitFor();
  await page.getByRole('table', { name: 'Runs' }).getByRole('link').first().click();
  await button('Approve').click();
  await dialog.getByLabel('Why').fill('The first one, looked at.');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('region', { name: 'Receipt' }).waitFor();

  const { runs } = await world.api('/api/delivery/runs?advertiserId=4720');
  expect(runs).toMatchObject([{ state: 'delivered', rows: 30 }]);
  expect(complaints).toEqual([]);
  expect(outside).toEqual([]);
});
