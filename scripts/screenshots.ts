import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as nap } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { aquarius } from '../bench/support/child.ts';
import { startServer, stopServer } from '../bench/support/server.ts';
import { launchChromium, pagesReady } from '../test/support/chromium.ts';

/** Takes the pictures of docs/console.md: the demo's data, a server on it, and a browser. */

const FOLDER = resolve(import.meta.dirname, '../docs/images');

/** A picture: its name, the page, and what is done there before it is taken. */
const PICTURES: readonly (readonly [name: string, path: string, act?: (page: Page) => Promise<void>])[] = [
  ['today', '/'],
  ['advertisers', '/advertisers'],
  ['advertiser', '/advertisers/7001/50101'],
  ['delivery', '/advertisers/7001/50101?tab=delivery'],
  ['discovery', '/discovery'],
  ['preview', '/discovery', (page) => page.getByRole('button', { name: 'fennel-kitchen.example', exact: true }).click()],
  ['run', '/runs', (page) => page.locator('tbody a').first().click()],
  ['destinations', '/destinations'],
];

/** Waits until nothing of the page is still to come, and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  await nap(700);
}

const home = mkdtempSync(join(tmpdir(), 'aquarius-screenshots-'));
mkdirSync(FOLDER, { recursive: true });
try {
  await aquarius(home, ['demo', '--keep']);
  const server = await startServer(home);
  const browser = await launchChromium();
  try {
    const { url, token } = server.mark;
    await pagesReady(url);
    const page = await browser.newPage({
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
      timezoneId: 'UTC',
      locale: 'en-GB',
    });
    await page.goto(`${url}/#token=${token}`);
    for (const [name, path, act] of PICTURES) {
      await page.goto(`${url}${path}`);
      await page.locator('h1').waitFor();
      await settled(page);
      await act?.(page);
      await settled(page);
      await page.screenshot({ path: join(FOLDER, `${name}.png`) });
      process.stdout.write(`docs/images/${name}.png\n`);
    }
  } finally {
    await browser.close();
    await stopServer(server);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
