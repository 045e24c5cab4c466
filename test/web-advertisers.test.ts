import { describe, expect, test } from 'vitest';
import { ODD_NAME } from './support/web-advertisers.ts';
import { ADVERTISER, advertisersPages, button, cellsOf, dialog, notice } from './support/web-advertisers-page.ts';

/** The list of advertisers, and one of them, as people use them. */

const here = advertisersPages();

describe('the list', () => {
  test('B23: names with quotes and tags are shown as they are, and lead to their advertiser', async () => {
    const page = await here.visit('/advertisers');
    await page.getByRole('link', { name: ODD_NAME }).click();
    await page.getByRole('heading', { level: 1, name: ODD_NAME }).waitFor();
    expect(new URL(page.url()).pathname).toBe(ADVERTISER);
  });

  test('is searched as one types, and what it is narrowed by stands in the address', async () => {
    const page = await here.visit('/advertisers');
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
    const page = await here.visit('/');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Name or id of an advertiser').fill('quill');
    await page.getByRole('option', { name: /Quill Stationery/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Quill Stationery' }).waitFor();
  });

  test('a new advertiser says what strategy it got, and can be taken back', async () => {
    const page = await here.visit('/advertisers?agency=1480');
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
    const page = await here.visit('/advertisers?agency=1480');
    await button(page, 'New advertiser').click();
    await dialog(page).getByRole('textbox', { name: /Name/ }).fill('bluebird air');
    await button(page, 'Create').click();
    await button(page, /Open Bluebird Air/).click();
    await page.getByRole('heading', { level: 1, name: 'Bluebird Air' }).waitFor();
  });
});

describe('who sees what', () => {
  test('A3: an operator of one agency sees and opens its advertisers alone', async () => {
    const page = await here.visit('/advertisers', { as: 'operator' });
    await page.getByText('1–3 of 3 advertisers').waitFor();
    expect(await page.getByText('Foxglove Books').count()).toBe(0);
    await page.goto(`${here.world.url}/advertisers/2000/5001`);
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('Foxglove Books').count()).toBe(0);
  });

  test('a viewer is told what role the page needs', async () => {
    const page = await here.visit(ADVERTISER, { as: 'viewer' });
    await page.getByText('This page needs the role operator').waitFor();
    expect(await page.getByRole('link', { name: 'Advertisers' }).count()).toBe(0);
  });
});

describe('an advertiser', () => {
  test('says what is missing, and its next step leads to where it is done', async () => {
    const page = await here.visit('/advertisers/2000/5001');
    await page.getByText('needed for delivery').first().waitFor();
    await page.getByRole('link', { name: 'Map campaigns' }).click();
    await page.getByText('No campaign is mapped yet').waitFor();
    expect(page.url()).toContain('tab=campaigns');
    await page.goBack();
    await page.getByRole('heading', { name: 'Set-up' }).waitFor();
  });

  test('shows what a change will do before it is saved, and it can be undone', async () => {
    const page = await here.visit(ADVERTISER);
    await button(page, 'Edit').click();
    await dialog(page).getByRole('textbox', { name: 'Attribution window (days)' }).fill('14');
    await button(page, 'Review changes').click();
    const row = dialog(page).getByRole('row', { name: /Attribution window/ });
    expect(await cellsOf(row)).toEqual(['30', '14']);
    expect((await here.detail()).config.ATTRIBUTION_WINDOW_DAYS).toBe(30);
    await button(page, 'Save').click();
    await notice(page, 'Saved.').waitFor();
    expect((await here.detail()).config.ATTRIBUTION_WINDOW_DAYS).toBe(14);
    await notice(page, 'Saved.').getByRole('button', { name: 'Undo' }).click();
    await notice(page, 'Undone.').waitFor();
    expect((await here.detail()).config.ATTRIBUTION_WINDOW_DAYS).toBe(30);
  });

  test('tells every mistake beside what was to be saved', async () => {
    const page = await here.visit(ADVERTISER);
    await button(page, 'Edit').click();
    await dialog(page).getByRole('textbox', { name: 'Attribution window (days)' }).fill('400');
    await button(page, 'Review changes').click();
    await dialog(page).getByText('must be a whole number from 1 to 90').waitFor();
    expect(await button(page, 'Save').isDisabled()).toBe(true);
  });

  test('two who edit one row: nothing is overwritten that was not seen, and each keeps what they choose', async () => {
    const page = await here.visit(ADVERTISER);
    await button(page, 'Edit').click();
    await dialog(page).getByRole('textbox', { name: 'Attribution window (days)' }).fill('14');
    await dialog(page).getByRole('textbox', { name: 'Client identifier' }).fill('mine');
    const key = { agency_id: '1480', advertiser_id: '4711' };
    await here.world.change('update-config', { ...key, attribution_window_days: 60, advertiser_display_name: 'Harbor' });
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
    expect((await here.detail()).config).toMatchObject({
      ATTRIBUTION_WINDOW_DAYS: 60,
      CLIENT_IDENTIFIER: 'mine',
      ADVERTISER_DISPLAY_NAME: 'Harbor',
    });
  });
});

test('the history tells who changed what, and takes it back', async () => {
  await here.world.change('update-config', {
    agency_id: '1480',
    advertiser_id: '4711',
    attribution_window_days: 7,
    reason: 'A test <i>',
  });
  const page = await here.visit(`${ADVERTISER}?tab=history`);
  await page.getByText('“A test <i>”').waitFor();
  await button(page, 'Configuration changed').click();
  const row = page.getByRole('row', { name: /ATTRIBUTION_WINDOW_DAYS/ });
  expect(await cellsOf(row)).toEqual(['30', '7']);
  await button(page, 'Undo').click();
  await dialog(page).getByRole('textbox', { name: 'Why' }).fill('It was a test');
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await button(page, 'Change undone').waitFor();
  expect((await here.detail()).config.ATTRIBUTION_WINDOW_DAYS).toBe(30);
});
