import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { insertRows } from '../src/cli/demo/insert.ts';
import type { ServerFile } from '../src/cli/forward/server-file.ts';
import { renderTable } from '../src/cli/table.ts';
import { ident } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { findTable } from '../src/warehouse/tables.ts';
import { launchChromium, pagesReady } from '../test/support/chromium.ts';
import { aquarius } from './support/child.ts';
import { withHome, writeSettings } from './support/home.ts';
import { type Server, startServer, stopServer } from './support/server.ts';
import { quantile } from './support/spent.ts';

/**
 * How soon the pages are there, and how soon the search answers. Pages: the first paint in a browser that has nothing of them yet, on the
 * demo's data; milliseconds. Search: whole calls of the API, one after the other; milliseconds.
 *
 *   node bench/console.ts [--runs 5] [--json]
 */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
/** What a page's first paint, and a search, may take. */
const [PAINT_MS, SEARCH_MS] = [1_000, 100];
const ADVERTISERS = 50_000;

interface Measured {
  readonly what: string;
  readonly limit: number;
  /** Sorted. */
  readonly times: readonly number[];
}

const PATHS = [
  '/',
  '/advertisers',
  '/advertisers/7001/50101',
  '/advertisers/7001/50101?tab=delivery',
  '/discovery',
  '/runs',
  '/deliveries',
  '/destinations',
  '/alerts',
  '/admin/changes',
  '/admin/health',
];

async function serving<T>(home: string, work: (mark: ServerFile) => Promise<T>): Promise<T> {
  const server: Server = await startServer(home);
  try {
    return await work(server.mark);
  } finally {
    await stopServer(server);
  }
}

async function measurePages(runs: number): Promise<readonly Measured[]> {
  return withHome(async (home) => {
    await aquarius(home, ['demo', '--keep']);
    return serving(home, async ({ url, token }) => {
      await pagesReady(url);
      const browser = await launchChromium();
      try {
        const measured: Measured[] = [];
        for (const path of PATHS) {
          const times: number[] = [];
          for (let run = 0; run < runs; run += 1) times.push(await firstPaint(browser, `${url}${path}#token=${token}`));
          measured.push({ what: `first paint of ${path}`, limit: PAINT_MS, times: sorted(times) });
        }
        return measured;
      } finally {
        await browser.close();
      }
    });
  });
}

/** Of something that the page shows, in a browser without cookies and cache. */
async function firstPaint(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('h1').waitFor();
    const paint = `new Promise((resolve) => {
      const found = performance.getEntriesByName('first-contentful-paint')[0];
      if (found) resolve(found.startTime);
      else new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').forEach((entry) => resolve(entry.startTime)))
        .observe({ type: 'paint', buffered: true });
    })`;
    return Number(await page.evaluate(paint));
  } finally {
    await context.close();
  }
}

const WORDS = [
  'Harbor',
  'Coffee',
  'Bluebird',
  'Motors',
  'Quill',
  'Garden',
  'Northern',
  'Books',
  'Amber',
  'Dental',
  'Summit',
  'Foods',
];

/** Names as there are: two words and a number, some with a CRM code before them. */
function nameOf(n: number): string {
  const word = (by: number): string => WORDS[Math.floor(n / by) % WORDS.length] ?? '';
  return `${n % 5 === 0 ? `${1000 + (n % 9000)}A - ` : ''}${word(1)} ${word(WORDS.length)} ${n}`;
}

async function measureSearch(runs: number): Promise<readonly Measured[]> {
  return withHome(async (home) => {
    await writeSettings(home, { folders: ['bench'] });
    await withResource(openDuckDB({ path: `${home}/warehouse.duckdb`, readOnly: false }), (warehouse) =>
      withResource(warehouse.session(), async (session) => {
        await createTables(session);
        const names = findTable('REF_AGENCY_ADVERTISER');
        if (names === undefined) throw new Error('The catalogue has no table of names.');
        for (let from = 0; from < ADVERTISERS; from += 1_000) {
          const rows = Array.from({ length: 1_000 }, (_, index) => ({
            AGENCY_ID: String(1_000 + ((from + index) % 100)),
            AGENCY_NAME: `Agency ${(from + index) % 100}`,
            ADVERTISER_ID: String(100_000 + from + index),
            ADVERTISER_NAME: nameOf(from + index),
          }));
          await insertRows(session, ident(names.schema, names.name), rows);
        }
      }),
    );
    return serving(home, async ({ url, token }) => {
      const QUERIES = [
        'harbor',
        'harbr cofee',
        'bluebird 4',
        'quil gardn',
        '104711',
        'northern books 12',
        'ambr',
        'dental 999',
        'ha',
        'summit foods',
      ];
      const ask = async (q: string): Promise<number> => {
        const startedAt = performance.now();
        const answer = await fetch(`${url}/api/config/search-advertisers?q=${encodeURIComponent(q)}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        const body = (await answer.json()) as { readonly data: readonly unknown[] };
        if (answer.status !== 200 || body.data.length === 0) throw new Error(`Nothing was found for ${q}: ${answer.status}`);
        return performance.now() - startedAt;
      };
      for (const q of QUERIES) await ask(q);
      const measured: Measured[] = [];
      for (const q of QUERIES) {
        const times: number[] = [];
        for (let run = 0; run < runs * 4; run += 1) times.push(await ask(q));
        measured.push({ what: `search for ${q} among ${ADVERTISERS}`, limit: SEARCH_MS, times: sorted(times) });
      }
      return measured;
    });
  });
}

const sorted = (times: readonly number[]): readonly number[] => times.toSorted((a, b) => a - b);

const runs = Number(values.runs);
const measured = [...(await measurePages(runs)), ...(await measureSearch(runs))];
if (values.json) process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
else {
  const ms = (value: number): string => value.toFixed(0);
  process.stdout.write(
    renderTable(measured, [
      { title: 'WHAT', value: ({ what }) => what },
      { title: 'LIMIT MS', value: ({ limit }) => ms(limit) },
      { title: 'MEDIAN MS', value: ({ times }) => ms(quantile(times, 0.5)) },
      { title: 'MOST MS', value: ({ times }) => ms(times.at(-1) ?? Number.NaN) },
    ]),
  );
}
