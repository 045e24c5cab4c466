import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { startBrowser, type TestBrowser, type WatchedPage } from './browser.ts';
import { type AdvertisersWorld, advertisersWorld, type Person } from './web-advertisers.ts';

/** Pages of advertisers in a browser, each test with a world of its own. */

/** The page of the advertiser that has one of everything. */
export const ADVERTISER = '/advertisers/1480/4711';

interface VisitOptions {
  readonly as?: Person;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface AdvertisersPages {
  /** Of the test that runs. */
  readonly world: AdvertisersWorld;
  /** A page at a path, once all of it has come. */
  visit(path: string, options?: VisitOptions): Promise<Page>;
  /** What the API tells of an advertiser. */
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire is whatever it is; the tests say what it must be.
  detail(advertiser?: string): Promise<any>;
}

/** To be called once in a file. No page may complain on its console, or ask anybody but the server. */
export function advertisersPages(): AdvertisersPages {
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
      await watched[Symbol.asyncDispose]();
      expect(watched.complaints).toEqual([]);
      expect(watched.outside).toEqual([]);
    }
    await world[Symbol.asyncDispose]();
  });
  return {
    get world() {
      return world;
    },
    async visit(path, { as = 'admin', ...options } = {}) {
      const watched = await browser.open(world.url, options);
      opened.push(watched);
      const { page } = watched;
      await page.goto(`${world.url}${path}#token=${as}`);
      await page.locator('h1').waitFor();
      await settled(page);
      return page;
    },
    async detail(advertiser = '4711') {
      const path = `/api/config/advertiser-detail?agency_id=1480&advertiser_id=${advertiser}`;
      return (await world.admin.call('GET', path)).body.data;
    },
  };
}

/** Waits until nothing of the screen is still to come. */
export async function settled(page: Page): Promise<void> {
  await expect.poll(() => page.locator('.mantine-Skeleton-root, main [aria-busy="true"]').count()).toBe(0);
}

export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name, exact: typeof name === 'string' });
}

export function dialog(page: Page): Locator {
  return page.getByRole('dialog');
}

export function notice(page: Page, words: string | RegExp): Locator {
  return page.locator('.mantine-Notification-root').filter({ hasText: words });
}

/** What stands in the cells of a row, once it is there. */
export async function cellsOf(row: Locator): Promise<readonly string[]> {
  await row.waitFor();
  return row.getByRole('cell').allTextContents();
}
