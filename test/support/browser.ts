import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright-core';
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

export async function startBrowser(): Promise<TestBrowser> {
  const browser = await launchChromium();
  return {
    async open(server, options = {}) {
      const context = await browser.newContext({
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      const complaints: string[] = [];
      const outside: string[] = [];
      page.on('console', (message) => {
        const isKnown = /^Failed to load resource: the server responded with a status of/.test(message.text());
        if (!isKnown && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(`${server}/`) && !/^(?:data|blob):/.test(url)) outside.push(url);
      });
      return { page, complaints, outside, [Symbol.asyncDispose]: () => context.close() };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
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
