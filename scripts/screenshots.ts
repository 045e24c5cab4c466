import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as nap } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';

/** Takes the pictures of docs/console.md: the demo's data, a server on it, and a browser. */

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';
const AQUARIUS = resolve(import.meta.dirname, '../bin/aquarius');
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

function run(home: string, ...args: readonly string[]): ChildProcess {
  return spawn(AQUARIUS, ['--home', home, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once('exit', done));
}

/** Where the server listens, once its pages are built. */
async function served(home: string): Promise<{ readonly url: string; readonly token: string }> {
  const mark = join(home, 'serve.json');
  for (;;) {
    await nap(250);
    if (!existsSync(mark)) continue;
    const { url, token } = JSON.parse(readFileSync(mark, 'utf8')) as { readonly url: string; readonly token: string };
    const answer = await fetch(url, { headers: { accept: 'text/html' } }).catch(() => null);
    if (answer?.status === 200) return { url, token };
  }
}

/** Waits until nothing of the page is still to come, and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  await nap(700);
}

const home = mkdtempSync(join(tmpdir(), 'aquarius-screenshots-'));
mkdirSync(FOLDER, { recursive: true });
try {
  if ((await ended(run(home, 'demo', '--keep'))) !== 0) throw new Error('The demo failed.');
  const server = run(home, 'serve', '--port', '0');
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const { url, token } = await served(home);
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
    server.kill('SIGTERM');
    await ended(server);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
