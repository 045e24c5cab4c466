import { describe, expect, test } from 'vitest';
import { ODD_NAME } from './support/web-advertisers.ts';
import { ADVERTISER, advertisersPages, button, dialog, notice } from './support/web-advertisers-page.ts';

/** What is assigned to an advertiser: campaigns, domains, places. */

const here = advertisersPages();

describe('campaigns', () => {
  test('are mapped from what the log has seen, explained, and removed', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=campaigns`);
    await button(page, 'Map a campaign').click();
    await page.getByRole('option', { name: /D3/ }).click();
    await button(page, 'Map').click();
    await notice(page, /12 impressions of the last 30 days more/).waitFor();
    await button(page, /Actions for .*DSP advertiser D3/).click();
    await page.getByRole('menuitem', { name: 'Explain' }).click();
    await dialog(page).getByText(`It belongs to ${ODD_NAME}.`).waitFor();
    await page.keyboard.press('Escape');
    await button(page, /Actions for .*DSP advertiser D3/).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await button(page, 'Remove').click();
    await notice(page, 'The mapping is removed').waitFor();
    expect((await here.detail()).campaigns.total).toBe(1);
  });

  test('B6: what another advertiser has is named, and taken only when somebody says so', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=campaigns`);
    await button(page, 'Map a campaign').click();
    await page.getByRole('option', { name: /D2/ }).click();
    await button(page, 'Map').click();
    await dialog(page)
      .getByRole('alert')
      .getByText(/Bluebird Air/)
      .waitFor();
    expect((await here.detail('4712')).campaigns.total).toBe(1);
    await button(page, 'Take it from them').click();
    await notice(page, /Taken over/).waitFor();
    expect((await here.detail('4712')).campaigns.total).toBe(0);
  });

  test('are given to another advertiser', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=campaigns`);
    await button(page, /Actions for .*DSP advertiser D1/).click();
    await page.getByRole('menuitem', { name: 'Give to another advertiser' }).click();
    await dialog(page).getByRole('combobox', { name: 'To' }).fill('quill');
    await page.getByRole('option', { name: /Quill Stationery/ }).click();
    await button(page, 'Give it').click();
    await notice(page, 'The mapping belongs to Quill Stationery.').waitFor();
    await page.getByText('No campaign is mapped yet').waitFor();
  });
});

describe('web pixels', () => {
  test('B10: a domain is added in any spelling, marked, and removed', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=pixels`);
    await button(page, 'Add a domain').click();
    await dialog(page).getByRole('textbox', { name: 'Domain' }).fill('https://WWW.Shop-of-Harbor.example/cart?x=1');
    await button(page, 'Add').click();
    await notice(page, 'shop-of-harbor.example is added: 4 events of the last 7 days now count.').waitFor();
    await button(page, 'Actions for shop-of-harbor.example').click();
    await page.getByRole('menuitem', { name: 'It is a store locator' }).click();
    await notice(page, 'shop-of-harbor.example is a store locator.').waitFor();
    await button(page, 'Actions for shop-of-harbor.example').click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await button(page, 'Remove').click();
    await notice(page, 'shop-of-harbor.example is removed.').waitFor();
    expect((await here.detail()).domains.total).toBe(1);
  });

  test('a domain of another advertiser is named, and given when somebody says so', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=pixels`);
    await button(page, 'Add a domain').click();
    await dialog(page).getByRole('textbox', { name: 'Domain' }).fill('bluebird.example');
    await button(page, 'Add').click();
    await dialog(page)
      .getByRole('alert')
      .getByText(/Bluebird Air/)
      .waitFor();
    await button(page, 'Take it from them').click();
    await notice(page, 'bluebird.example is taken over').waitFor();
    await button(page, 'Actions for bluebird.example').click();
    await page.getByRole('menuitem', { name: 'Give to another advertiser' }).click();
    await dialog(page).getByRole('combobox', { name: 'To' }).fill('bluebird');
    await page.getByRole('option', { name: /Bluebird Air/ }).click();
    await button(page, 'Give it').click();
    await notice(page, /bluebird.example belongs to Bluebird Air/).waitFor();
    expect((await here.detail('4712')).domains.total).toBe(1);
  });

  test('P8: the tag is told for each platform, with the ids filled in', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=pixels`);
    await page.getByText('AG=1480&ADV=4711').first().waitFor();
    await page.getByRole('combobox', { name: 'The site runs on' }).click();
    await page.getByRole('option', { name: 'Shopify' }).click();
    await page
      .getByText(/analytics\.subscribe/)
      .first()
      .waitFor();
  });
});

describe('places', () => {
  test('B1: all places of a brand in a market area are assigned, and some removed', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=places`);
    await button(page, 'Assign places').click();
    await dialog(page).getByRole('textbox', { name: 'Brand' }).fill('ace');
    await button(page, 'Choose places of Ace Hardware').click();
    await dialog(page).getByRole('combobox', { name: 'Market area' }).click();
    await page.getByRole('option', { name: 'CHICAGO, IL' }).click();
    await button(page, 'Assign all 3').click();
    await notice(page, /2 places assigned, 1 were there already/).waitFor();
    await button(page, 'Done').click();
    await page.getByText('1–3 of 3 places').waitFor();
    await page.getByLabel('All of this page').check();
    await button(page, 'Remove 3 places').click();
    await dialog(page).getByRole('button', { name: 'Remove' }).click();
    await notice(page, '3 places removed, 0 left.').waitFor();
    await page.getByText('No places are assigned yet').waitFor();
  });

  test('places are chosen one by one', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=places`);
    await button(page, 'Assign places').click();
    await dialog(page).getByRole('textbox', { name: 'Market area' }).fill('boston');
    await button(page, 'Choose places of Ace Hardware').click();
    await dialog(page).getByRole('checkbox', { name: 'S-4' }).check();
    await button(page, 'Assign 1 place').click();
    await notice(page, /1 place assigned, 2 in all/).waitFor();
  });

  test('B2: an id that was made up is repaired', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=places`);
    await button(page, 'Repair').click();
    await dialog(page).getByText('ADV_made_up becomes S-2 (Ace Hardware)').waitFor();
    await dialog(page).getByRole('button', { name: 'Repair' }).click();
    await notice(page, '1 place repaired.').waitFor();
    await page.getByRole('cell', { name: 'Ace Hardware' }).first().waitFor();
  });

  test('B19: a store list is handed in and settled', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=places`);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByLabel('Hand in a list').click()]);
    const buffer = Buffer.from('store,zip\nOne,60001\nTwo,60002\n');
    await chooser.setFiles({ name: 'stores <b>.csv', mimeType: 'text/csv', buffer });
    await button(page, 'Hand in').click();
    await notice(page, 'stores <b>.csv is handed in: 2 rows.').waitFor();
    await button(page, /Settle stores/).click();
    await dialog(page).getByText('It cannot be used').click();
    await dialog(page).getByRole('textbox', { name: 'Why' }).fill('No street');
    await dialog(page).getByRole('button', { name: 'Settle' }).click();
    await page.getByText('No street').waitFor();
  });
});

test('what could not be loaded says so, and is loaded when somebody tries again', async () => {
  const page = await here.visit(ADVERTISER);
  await page.route('**/api/config/campaign-mappings*', (route) =>
    route.fulfill({ status: 500, json: { detail: 'Out of order.' } }),
  );
  await page.getByRole('tab', { name: 'Campaigns' }).click();
  await page.getByRole('alert').getByText('Out of order.').waitFor();
  expect(await page.getByText('No campaign is mapped yet').count()).toBe(0);
  await page.unroute('**/api/config/campaign-mappings*');
  await button(page, 'Try again').click();
  await page.getByRole('table', { name: 'Campaign mappings' }).getByText('FreeWheel · D1').waitFor();
});
