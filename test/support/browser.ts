import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, ConsoleMessage, Page, Request } from 'playwright-core';
import { launchChromium } from './chromium.ts';

/** A real browser for the pages, which tells what no page may do: complain on the console, ask anybody else, or be unusable for some. */

/** What a page is given to become what a test waits for, on a machine that does much else. */
const PATIENCE_MS = 60_000;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  /** What stood on the console as an error or a warning, and what was thrown. */
  readonly complaints: readonly string[];
  /** Requests to anybody but the server. */
  readonly outside: readonly string[];
}

export interface TestBrowser extends AsyncDisposable {
  open(server: string, options?: BrowserContextOptions): Promise<WatchedPage>;
}

/** How a page looks at first. */
const FIRST_LOOK = { colorScheme: 'light', reducedMotion: 'reduce' } as const;
const FIRST_SIZE = { width: 1280, height: 720 };

async function makePage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: FIRST_SIZE,
    ...FIRST_LOOK,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

export async function startBrowser(): Promise<TestBrowser> {
  const browser = await launchChromium();
  /** Like new ones, and used again: a process of its own, which must read every script anew, takes half as long as a test. */
  const spare: Page[] = [];
  return {
    async open(server, options = {}) {
      const isOrdinary = Object.keys(options).length === 0;
      const page = (isOrdinary ? spare.pop() : undefined) ?? (await makePage(browser, options));
      const complaints: string[] = [];
      const outside: string[] = [];
      const onConsole = (message: ConsoleMessage): void => {
        const isKnown = /^Failed to load resource: the server responded with a status of/.test(message.text());
        if (!isKnown && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
      };
      const onError = (error: Error): void => void complaints.push(String(error));
      const onRequest = (request: Request): void => {
        const url = request.url();
        if (!url.startsWith(`${server}/`) && !/^(?:data|blob):/.test(url)) outside.push(url);
      };
      page.on('console', onConsole).on('pageerror', onError).on('request', onRequest);
      return {
        page,
        complaints,
        outside,
        async [Symbol.asyncDispose]() {
          if (!isOrdinary) return page.context().close();
          await forgetAll(page, server);
          page.off('console', onConsole).off('pageerror', onError).off('request', onRequest);
          spare.push(page);
        },
      };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** Makes a page like a new one: nothing is shown, kept or answered for it that it was given. */
async function forgetAll(page: Page, server: string): Promise<void> {
  const context = page.context();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  for (const other of context.pages()) if (other !== page) await other.close();
  // Of the same site, so that the process stays, and without scripts that could write down anything more.
  await page.goto(`${server}/healthz`);
  await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await context.clearCookies();
  await page.emulateMedia(FIRST_LOOK);
  await page.setViewportSize(FIRST_SIZE);
  // Beside the page, where it is over nothing.
  await page.mouse.move(-10, -10);
}

interface AxeViolation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds wrong with the page as it is, a line for each place; WCAG 2.2 A and AA and its own best practices. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // Added by the debugger: the page's own policy would refuse a script of others.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
  const violations = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)`,
  )) as readonly AxeViolation[];
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
}
