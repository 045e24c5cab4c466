import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessibilityProblems, startBrowser, type TestBrowser, type WatchedPage } from './support/browser.ts';
import { type AdvertisersWorld, advertisersWorld, ODD_NAME, type Person } from './support/web-advertisers.ts';

/** The advertisers' pages as people use them. */

let browser: TestBrowser;
let world: AdvertisersWorld;
const opened: WatchedPage[] = [];

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser[Symbol.asyncDispose]());
beforeEach(async () => {
  world = await advertisersWorld();
});
afterEach(async () => {
  for (const watched of opened.splice(0)) {
    expect(watched.complaints).toEqual([]);
    expect(watched.outside).toEqual([]);
    await watched[Symbol.asyncDispose]();
  }
  await world[Symbol.asyncDispose]();
});

const ADVERTISER = '/advertisers/1480/4711';

/** A page at a path, as somebody. */
async function visit(
  path: string,
  { as = 'admin', ...options }: { readonly as?: Person } & Record<string, unknown> = {},
): Promise<Page> {
  const watched = await browser.open(world.url, options);
  opened.push(watched);
  const { page } = watched;
  if (process.env.PATIENCE) page.setDefaultTimeout(Number(process.env.PATIENCE));
  await page.goto(`${world.url}${path}#token=${as}`);
  await page.locator('h1').waitFor();
  await settled(page);
  return page;
}

/** Waits until nothing of the screen is still to come. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, main [aria-busy="true"]') === null);
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const dialog = (page: Page) => page.getByRole('dialog');
const notice = (page: Page, words: string | RegExp) => page.locator('.mantine-Notification-root').filter({ hasText: words });

/** What stands in the cells of a row, once it is there. */
async function cellsOf(row: Locator): Promise<readonly string[]> {
  await row.waitFor();
  return row.getByRole('cell').allTextContents();
}

async function detail(advertiser = '4711', agency = '1480') {
  const { body } = await world.admin.call('GET', `/api/config/advertiser-detail?agency_id=${agency}&advertiser_id=${advertiser}`);
  return body.data;
}

describe('the list', () => {
  test('B23: names with quotes and tags are shown as they are, and lead to their advertiser', async () => {
    const page = await visit('/advertisers');
    await page.getByRole('link', { name: ODD_NAME }).click();
    await page.getByRole('heading', { level: 1, name: ODD_NAME }).waitFor();
    expect(new URL(page.url()).pathname).toBe(ADVERTISER);
  });

  test('is searched as one types, and what it is narrowed by stands in the address', async () => {
    const page = await visit('/advertisers');
    await page.getByLabel('Search advertisers').fill('blubird');
    await page.waitForURL(/q=blubird/);
    await page.getByRole('link', { name: 'Bluebird Air' }).waitFor();
    await page.getByText('1–1 of 1 advertisers').waitFor();
    await page.reload();
    await page.getByText('1–1 of 1 advertisers').waitFor();
    expect(await page.getByLabel('Search advertisers').inputValue()).toBe('blubird');
    await page.getByLabel('Search advertisers').fill('nobody of this name');
    await page.getByText('No advertiser is like that').waitFor();
  });

  test('is found from anywhere by the keyboard alone', async () => {
    const page = await visit('/');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Name or id of an advertiser').fill('quill');
    await page.getByRole('option', { name: /Quill Stationery/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Quill Stationery' }).waitFor();
  });

  test('a new advertiser says what strategy it got, and can be taken back', async () => {
    const page = await visit('/advertisers?agency=1480');
    await button(page, 'New advertiser').click();
    await dialog(page).getByRole('textbox', { name: /Name/ }).fill('Pike Records');
    await button(page, 'Create').click();
    await page.getByRole('heading', { level: 1, name: 'Pike Records' }).waitFor();
    await notice(page, /Pike Records is advertiser \d+\. .*PCM_4KEY/)
      .getByRole('button', { name: 'Undo' })
      .click();
    await page.locator('header').getByText('Inactive').waitFor();
  });

  test('B11: a name that is taken leads to who has it', async () => {
    const page = await visit('/advertisers?agency=1480');
    await button(page, 'New advertiser').click();
    await dialog(page).getByRole('textbox', { name: /Name/ }).fill('bluebird air');
    await button(page, 'Create').click();
    await button(page, /Open Bluebird Air/).click();
    await page.getByRole('heading', { level: 1, name: 'Bluebird Air' }).waitFor();
  });
});

describe('who sees what', () => {
  test('A3: an operator of one agency sees and opens its advertisers alone', async () => {
    const page = await visit('/advertisers', { as: 'operator' });
    await page.getByText('1–3 of 3 advertisers').waitFor();
    expect(await page.getByText('Foxglove Books').count()).toBe(0);
    await page.goto(`${world.url}/advertisers/2000/5001`);
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('Foxglove Books').count()).toBe(0);
  });

  test('a viewer is told what role the page needs', async () => {
    const page = await visit(ADVERTISER, { as: 'viewer' });
    await page.getByText('This page needs the role operator').waitFor();
    expect(await page.getByRole('link', { name: 'Advertisers' }).count()).toBe(0);
  });
});

describe('an advertiser', () => {
  test('says what is missing, and its next step leads to where it is done', async () => {
    const page = await visit('/advertisers/2000/5001');
    await page.getByText('needed for delivery').first().waitFor();
    await page.getByRole('link', { name: 'Map campaigns' }).click();
    await page.getByText('No campaign is mapped yet').waitFor();
    expect(page.url()).toContain('tab=campaigns');
    await page.goBack();
    await page.getByRole('heading', { name: 'Set-up' }).waitFor();
  });

  test('shows what a change will do before it is saved, and it can be undone', async () => {
    const page = await visit(ADVERTISER);
    await button(page, 'Edit').click();
    await dialog(page).getByRole('textbox', { name: 'Attribution window (days)' }).fill('14');
    await button(page, 'Review changes').click();
    const row = dialog(page).getByRole('row', { name: /Attribution window/ });
    expect(await cellsOf(row)).toEqual(['30', '14']);
    expect((await detail()).config.ATTRIBUTION_WINDOW_DAYS).toBe(30);
    await button(page, 'Save').click();
    await notice(page, 'Saved.').waitFor();
    expect((await detail()).config.ATTRIBUTION_WINDOW_DAYS).toBe(14);
    await notice(page, 'Saved.').getByRole('button', { name: 'Undo' }).click();
    await notice(page, 'Undone.').waitFor();
    expect((await detail()).config.ATTRIBUTION_WINDOW_DAYS).toBe(30);
  });

  test('tells every mistake beside what was to be saved', async () => {
    const page = await visit(ADVERTISER);
    await button(page, 'Edit').click();
    await dialog(page).getByRole('textbox', { name: 'Attribution window (days)' }).fill('400');
    await button(page, 'Review changes').click();
    await dialog(page).getByText('must be a whole number from 1 to 90').waitFor();
    expect(await button(page, 'Save').isDisabled()).toBe(true);
  });

  test('two who edit one row: nothing is overwritten that was not seen, and each keeps what they choose', async () => {
    const page = await visit(ADVERTISER);
    await button(page, 'Edit').click();
    await dialog(page).getByRole('textbox', { name: 'Attribution window (days)' }).fill('14');
    await dialog(page).getByRole('textbox', { name: 'Client identifier' }).fill('mine');
    const key = { agency_id: '1480', advertiser_id: '4711' };
    await world.change('update-config', { ...key, attribution_window_days: 60, advertiser_display_name: 'Harbor' });
    await button(page, 'Review changes').click();
    await dialog(page).getByText('Somebody has changed this advertiser meanwhile').waitFor();
    expect(await dialog(page).getByRole('radiogroup').count()).toBe(1);
    expect(await button(page, 'Go on').isDisabled()).toBe(true);
    await dialog(page).getByRole('radio', { name: 'Take theirs' }).check();
    await button(page, 'Go on').click();
    await dialog(page)
      .getByRole('row', { name: /Client identifier/ })
      .waitFor();
    expect(
      await dialog(page)
        .getByRole('row', { name: /Attribution window/ })
        .count(),
    ).toBe(0);
    await button(page, 'Save').click();
    await notice(page, 'Saved.').waitFor();
    expect((await detail()).config).toMatchObject({
      ATTRIBUTION_WINDOW_DAYS: 60,
      CLIENT_IDENTIFIER: 'mine',
      ADVERTISER_DISPLAY_NAME: 'Harbor',
    });
  });
});

describe('campaigns', () => {
  test('are mapped from what the log has seen, explained, and removed', async () => {
    const page = await visit(`${ADVERTISER}?tab=campaigns`);
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
    expect((await detail()).campaigns.total).toBe(1);
  });

  test('B6: what another advertiser has is named, and taken only when somebody says so', async () => {
    const page = await visit(`${ADVERTISER}?tab=campaigns`);
    await button(page, 'Map a campaign').click();
    await page.getByRole('option', { name: /D2/ }).click();
    await button(page, 'Map').click();
    await dialog(page)
      .getByRole('alert')
      .getByText(/Bluebird Air/)
      .waitFor();
    expect((await detail('4712')).campaigns.total).toBe(1);
    await button(page, 'Take it from them').click();
    await notice(page, /Taken over/).waitFor();
    expect((await detail('4712')).campaigns.total).toBe(0);
  });

  test('are given to another advertiser', async () => {
    const page = await visit(`${ADVERTISER}?tab=campaigns`);
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
    const page = await visit(`${ADVERTISER}?tab=pixels`);
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
    expect((await detail()).domains.total).toBe(1);
  });

  test('a domain of another advertiser is named, and given when somebody says so', async () => {
    const page = await visit(`${ADVERTISER}?tab=pixels`);
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
    expect((await detail('4712')).domains.total).toBe(1);
  });

  test('P8: the tag is told for each platform, with the ids filled in', async () => {
    const page = await visit(`${ADVERTISER}?tab=pixels`);
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
    const page = await visit(`${ADVERTISER}?tab=places`);
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
    const page = await visit(`${ADVERTISER}?tab=places`);
    await button(page, 'Assign places').click();
    await dialog(page).getByRole('textbox', { name: 'Market area' }).fill('boston');
    await button(page, 'Choose places of Ace Hardware').click();
    await dialog(page).getByRole('checkbox', { name: 'S-4' }).check();
    await button(page, 'Assign 1 place').click();
    await notice(page, /1 place assigned, 2 in all/).waitFor();
  });

  test('B2: an id that was made up is repaired', async () => {
    const page = await visit(`${ADVERTISER}?tab=places`);
    await button(page, 'Repair').click();
    await dialog(page).getByText('ADV_made_up becomes S-2 (Ace Hardware)').waitFor();
    await dialog(page).getByRole('button', { name: 'Repair' }).click();
    await notice(page, '1 place repaired.').waitFor();
    await page.getByRole('cell', { name: 'Ace Hardware' }).first().waitFor();
  });

  test('B19: a store list is handed in and settled', async () => {
    const page = await visit(`${ADVERTISER}?tab=places`);
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

describe('delivery', () => {
  test('what would come of a change is counted before it is saved, and nothing is lost unasked', async () => {
    const page = await visit(`${ADVERTISER}?tab=delivery`);
    await page.getByText('40 identifiers').first().waitFor();
    await page.getByRole('checkbox', { name: 'GAID' }).uncheck();
    await page.getByText('Too few').waitFor();
    await page.getByText('0 identifiers').first().waitFor();
    expect((await detail()).config.DELIVERY_DESTINATIONS[0].identifiers).toBeUndefined();
    await page.getByRole('tab', { name: 'History' }).click();
    await dialog(page).getByText('What you have changed is not saved.').waitFor();
    await button(page, 'Stay').click();
    await button(page, 'Discard').click();
    await page.getByText('40 identifiers').first().waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Nothing was changed here yet').waitFor();
  });

  test('a destination is added, and the cadence and look-back set, in words and times; the difference is shown and saved', async () => {
    const page = await visit(`${ADVERTISER}?tab=delivery`);
    await button(page, 'Add a destination').click();
    await page.getByRole('menuitem', { name: /vault/ }).click();
    await page.getByText('Daily', { exact: true }).click();
    await page.getByText('Every day at 06:00 UTC').waitFor();
    await page.getByText('Tue, 17 Feb 2026, 07:00 CET').waitFor();
    await page.getByText('Tue, 17 Feb 2026, 06:00 UTC').waitFor();
    await page.getByText('Never expires', { exact: true }).click();
    await button(page, 'Review and save').click();
    const words = await dialog(page).getByRole('table').innerText();
    expect(words).toContain('Added vault');
    expect(words).toContain('never expires');
    await button(page, 'Save').click();
    await notice(page, 'Saved.').waitFor();
    expect((await detail()).config).toMatchObject({
      DELIVERY_CADENCE: 'DAILY',
      DELIVERY_LOOKBACK_DAYS: null,
      DELIVERY_DESTINATIONS: [{ destination: 'archive' }, { destination: 'vault' }],
    });
    expect(await button(page, 'Review and save').count()).toBe(0);
  });

  test('addresses are offered only where the destination allows them', async () => {
    const page = await visit(`${ADVERTISER}?tab=delivery`);
    expect(await page.getByRole('checkbox', { name: 'IP', exact: true }).count()).toBe(0);
    await button(page, 'Add a destination').click();
    await page.getByRole('menuitem', { name: /vault/ }).click();
    expect(await page.getByRole('checkbox', { name: 'IP', exact: true }).count()).toBe(1);
  });

  test('two who edit one delivery: the later one sees what the other has saved', async () => {
    const page = await visit(`${ADVERTISER}?tab=delivery`);
    await page.getByText('60 days', { exact: true }).click();
    const key = { agency_id: '1480', advertiser_id: '4711' };
    await world.change('update-config', { ...key, delivery_lookback_days: 90, delivery_cadence: 'MONTHLY' });
    await button(page, 'Review and save').click();
    await dialog(page).getByText('Somebody has changed this advertiser meanwhile').waitFor();
    await dialog(page)
      .getByText(/WEEKLY → MONTHLY/)
      .waitFor();
    expect((await detail()).config.DELIVERY_LOOKBACK_DAYS).toBe(90);
    await dialog(page).getByRole('radio', { name: 'Keep mine' }).check();
    await button(page, 'Go on').click();
    const row = dialog(page).getByRole('row', { name: /Look-back/ });
    expect(await cellsOf(row)).toEqual(['90', '60']);
    await button(page, 'Save').click();
    await notice(page, 'Saved.').waitFor();
    expect((await detail()).config).toMatchObject({ DELIVERY_LOOKBACK_DAYS: 60, DELIVERY_CADENCE: 'MONTHLY' });
  });

  test('it is run now, tried without effect, paused and resumed', async () => {
    const page = await visit(`${ADVERTISER}?tab=delivery`);
    await button(page, 'Dry run').click();
    await dialog(page).getByText('Would be delivered for 2026-W08').waitFor();
    await button(page, 'Close').last().click();
    await button(page, 'Run now').first().click();
    await dialog(page).getByRole('button', { name: 'Run now' }).click();
    await notice(page, '1 run on the way.').waitFor();
    await page.getByRole('table', { name: 'Runs' }).getByText('Planned').first().waitFor();
    await button(page, /Actions for .* to archive/).click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await dialog(page).getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('table', { name: 'Deliveries' }).getByText('Paused').waitFor();
    await button(page, /Actions for .* to archive/).click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await dialog(page).getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('table', { name: 'Deliveries' }).getByText('On', { exact: true }).waitFor();
  });

  test('a destination is tested, and the rules of readiness are told one by one', async () => {
    const page = await visit(`${ADVERTISER}?tab=delivery`);
    await button(page, 'Test the connection to archive').click();
    await notice(page, /^archive: /).waitFor();
    await page.getByRole('tab', { name: 'Health' }).click();
    const rules = page.getByRole('table', { name: 'Rules for archive' });
    await rules.getByText('There are enough identifiers').waitFor();
    expect(await rules.getByText('Not checked').count()).toBe(2);
    await button(page, 'Count identifiers too').click();
    await page
      .getByText(/40 identifiers, 5 needed/)
      .first()
      .waitFor();
  });
});

test('the history tells who changed what, and takes it back', async () => {
  await world.change('update-config', {
    agency_id: '1480',
    advertiser_id: '4711',
    attribution_window_days: 7,
    reason: 'A test <i>',
  });
  const page = await visit(`${ADVERTISER}?tab=history`);
  await page.getByText('“A test <i>”').waitFor();
  await button(page, 'Configuration changed').click();
  const row = page.getByRole('row', { name: /ATTRIBUTION_WINDOW_DAYS/ });
  expect(await cellsOf(row)).toEqual(['30', '7']);
  await button(page, 'Undo').click();
  await dialog(page).getByRole('textbox', { name: 'Why' }).fill('It was a test');
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await button(page, 'Change undone').waitFor();
  expect((await detail()).config.ATTRIBUTION_WINDOW_DAYS).toBe(30);
});

describe('everybody can use', () => {
  const SCREENS = [
    '/advertisers',
    ADVERTISER,
    ...['delivery', 'campaigns', 'pixels', 'places', 'history', 'health'].map((tab) => `${ADVERTISER}?tab=${tab}`),
  ];
  const LOOKS = {
    'light, wide': { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
    'dark, wide': { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
    'light, phone': { colorScheme: 'light', viewport: { width: 390, height: 800 } },
  };
  test.each(Object.entries(LOOKS))('every screen, %s', async (_, look) => {
    await world.change('update-config', { agency_id: '1480', advertiser_id: '4711', attribution_window_days: 7 });
    const page = await visit('/advertisers', look);
    for (const path of SCREENS) {
      await page.goto(`${world.url}${path}`);
      await page.locator('h1').waitFor();
      await settled(page);
      expect(await accessibilityProblems(page), path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBeLessThanOrEqual(0);
    }
  });

  test('the dialogs', async () => {
    const page = await visit(`${ADVERTISER}?tab=campaigns`);
    for (const [tab, name] of [
      ['campaigns', 'Map a campaign'],
      ['campaigns', 'Explain an impression'],
      ['pixels', 'Add a domain'],
      ['places', 'Assign places'],
      ['overview', 'Edit'],
    ] as const) {
      await page.goto(`${world.url}${ADVERTISER}?tab=${tab}`);
      await button(page, name).first().click();
      await dialog(page).waitFor();
      expect(await accessibilityProblems(page), name).toEqual([]);
    }
  });
});
