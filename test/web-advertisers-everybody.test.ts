import { describe, expect, test } from 'vitest';
import { accessibilityProblems } from './support/browser.ts';
import { ADVERTISER, advertisersPages, button, dialog, settled } from './support/web-advertisers-page.ts';
import { problemsOfLooks } from './support/web-looks.ts';

/** The advertisers' pages for everybody: by axe, in light and dark, on a desk and on a phone. */

const here = advertisersPages();

describe('everybody can use', () => {
  const SCREENS = [
    '/advertisers',
    ADVERTISER,
    ...['delivery', 'campaigns', 'pixels', 'places', 'history', 'health'].map((tab) => `${ADVERTISER}?tab=${tab}`),
  ];
  test('every screen, in every look', async () => {
    await here.world.change('update-config', { agency_id: '1480', advertiser_id: '4711', attribution_window_days: 7 });
    const page = await here.visit('/advertisers');
    for (const path of SCREENS) {
      await page.goto(`${here.world.url}${path}`);
      await page.locator('h1').waitFor();
      await settled(page);
      expect(await problemsOfLooks(page), path).toEqual([]);
    }
  });

  test('the dialogs', async () => {
    const page = await here.visit(`${ADVERTISER}?tab=campaigns`);
    const DIALOGS = [
      ['campaigns', 'Map a campaign'],
      ['campaigns', 'Explain an impression'],
      ['pixels', 'Add a domain'],
      ['places', 'Assign places'],
      ['overview', 'Edit'],
    ] as const;
    for (const [tab, name] of DIALOGS) {
      await page.goto(`${here.world.url}${ADVERTISER}?tab=${tab}`);
      await button(page, name).first().click();
      await dialog(page).waitFor();
      expect(await accessibilityProblems(page), name).toEqual([]);
    }
  });
});
