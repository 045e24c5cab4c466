import { describe, expect, test } from 'vitest';
import { ADVERTISER, advertisersPages, button, cellsOf, dialog, notice } from './support/web-advertisers-page.ts';

/** The editor of an advertiser's delivery: nothing is saved unseen, and what would come of it is known before. */

const here = advertisersPages();

describe('delivery', () => {
  test('what would come of a change is counted before it is saved, and nothing is lost unasked', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=delivery`);
    await page.getByText('40 identifiers').first().waitFor();
    await page.getByRole('checkbox', { name: 'GAID' }).uncheck();
    await page.getByText('Too few').waitFor();
    await page.getByText('0 identifiers').first().waitFor();
    expect((await here.detail()).config.DELIVERY_DESTINATIONS[0].identifiers).toBeUndefined();
    await page.getByRole('tab', { name: 'History' }).click();
    await dialog(page).getByText('What you have changed is not saved.').waitFor();
    await button(page, 'Stay').click();
    await button(page, 'Discard').click();
    await page.getByText('40 identifiers').first().waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Nothing was changed here yet').waitFor();
  });

  test('a destination is added, and the cadence and look-back set, in words and times; the difference is shown and saved', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=delivery`);
    await button(page, 'Add a destination').click();
    await page.getByRole('menuitem', { name: /vault/ }).click();
    await page.getByText('Daily', { exact: true }).click();
    await page.getByText('Every day at 06:00 UTC').waitFor();
    await page.getByText('Tue, 17 Feb 2026, 07:00 CET').waitFor();
    await page.getByText('Tue, 17 Feb 2026, 06:00 UTC').waitFor();
    await page.getByText('Never expires', { exact: true }).click();
    await button(page, 'Review and save').click();
    const words = await dialog(page).getByRole('table').textContent();
    expect(words).toContain('Added vault');
    expect(words).toContain('never expires');
    await button(page, 'Save').click();
    await notice(page, 'Saved.').waitFor();
    expect((await here.detail()).config).toMatchObject({
      DELIVERY_CADENCE: 'DAILY',
      DELIVERY_LOOKBACK_DAYS: null,
      DELIVERY_DESTINATIONS: [{ destination: 'archive' }, { destination: 'vault' }],
    });
    expect(await button(page, 'Review and save').count()).toBe(0);
  });

  test('addresses are offered only where the destination allows them', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=delivery`);
    expect(await page.getByRole('checkbox', { name: 'IP', exact: true }).count()).toBe(0);
    await button(page, 'Add a destination').click();
    await page.getByRole('menuitem', { name: /vault/ }).click();
    expect(await page.getByRole('checkbox', { name: 'IP', exact: true }).count()).toBe(1);
  });

  test('two who edit one delivery: the later one sees what the other has saved', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=delivery`);
    await page.getByText('60 days', { exact: true }).click();
    const key = { agency_id: '1480', advertiser_id: '4711' };
    await here.world.change('update-config', { ...key, delivery_lookback_days: 90, delivery_cadence: 'MONTHLY' });
    await button(page, 'Review and save').click();
    await dialog(page).getByText('Somebody has changed this advertiser meanwhile').waitFor();
    await dialog(page)
      .getByText(/WEEKLY → MONTHLY/)
      .waitFor();
    expect((await here.detail()).config.DELIVERY_LOOKBACK_DAYS).toBe(90);
    await dialog(page).getByRole('radio', { name: 'Keep mine' }).check();
    await button(page, 'Go on').click();
    const row = dialog(page).getByRole('row', { name: /Look-back/ });
    expect(await cellsOf(row)).toEqual(['90', '60']);
    await button(page, 'Save').click();
    await notice(page, 'Saved.').waitFor();
    expect((await here.detail()).config).toMatchObject({ DELIVERY_LOOKBACK_DAYS: 60, DELIVERY_CADENCE: 'MONTHLY' });
  });

  test('it is run now, tried without effect, paused and resumed', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=delivery`);
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
    const page = await here.visit(`${ADVERTISER}?tab=delivery`);
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

  test('counting is stopped when somebody says so, and begins again', async () => {
    const page = await here.visit(ADVERTISER);
    let asked = 0;
    await page.route('**/api/delivery/preview', (route) => {
      asked += 1;
      // The first one is never answered.
      return asked === 1 ? undefined : route.continue();
    });
    await page.getByRole('tab', { name: 'Delivery' }).click();
    await page.getByText('Counting').waitFor();
    await button(page, 'Stop').click();
    await page.getByText('Stopped; not counted.').waitFor();
    await button(page, 'Count again').click();
    await page.getByText('40 identifiers').first().waitFor();
    expect(asked).toBe(2);
  });
});
