import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { ApiDeps } from '../../src/api/deps.ts';
import { listen } from '../../src/api/listen.ts';
import { makeApi } from '../../src/api/make-api.ts';
import type { Principal } from '../../src/api/principal.ts';
import type { App } from '../../src/app.ts';
import { openLog } from '../../src/lib/log.ts';
import { VERSION } from '../../src/lib/version.ts';
import { makeMetrics } from '../../src/monitor/metrics.ts';
import { apiDeps } from '../../src/serve/api-deps.ts';
import { buildCaches, startPages } from '../../src/serve/web/pages.ts';
import type { Role } from '../../src/users/role.ts';
import { ADMIN_NOW, type AdminWorld, adminWorld } from './admin-world.ts';
import { device, impression, makeProject } from './project.ts';
import { configRow, seed } from './seed.ts';

/** The pages over a world of advertisers, for several people at once: who bears which token is who. */

export const PEOPLE = {
  admin: { role: 'admin', agencies: 'all' },
  operator: { role: 'operator', agencies: ['1480'] },
  viewer: { role: 'viewer', agencies: 'all' },
} as const satisfies Readonly<Record<string, { readonly role: Role; readonly agencies: Principal['agencyIds'] }>>;

export type Person = keyof typeof PEOPLE;

/** A name that markup and handlers could stumble over. */
export const ODD_NAME = `Harbor "Coffee" <b>& Sons'</b>`;

export interface AdvertisersWorld extends AsyncDisposable {
  readonly url: string;
  readonly admin: AdminWorld;
  /** Calls the API as an admin, past the pages. */
  change(name: string, body: object): Promise<{ readonly status: number; readonly data: Readonly<Record<string, unknown>> }>;
}

const SETTINGS = `
destinations:
  archive: { type: folder, path: archive }
  vault: { type: folder, path: vault, allowIp: true }
policy: { minAudience: 5 }
`;

const AT = '2026-02-15T12:00:00Z';
const md5 = (number: number): string => number.toString(16).padStart(32, 'a');

/** Read once: they are the same in every world. */
let pages: ReturnType<typeof startPages> | undefined;

interface WorldOptions {
  /** Whoever calls is who the token says, unless this brings users: then people sign in. */
  readonly more?: (app: App) => Partial<ApiDeps>;
  /** ISO 8601; a day after the newest rows unless said. */
  readonly now?: string;
  /** More lines of aquarius.yaml. */
  readonly settings?: string;
}

export async function advertisersWorld({
  more = () => ({}),
  now = ADMIN_NOW,
  settings: further = '',
}: WorldOptions = {}): Promise<AdvertisersWorld> {
  const settings = `${SETTINGS}${further}`;
  const files = await filesWithRows(settings, now);
  const world = await adminWorld({ settings, now, prepare: (project) => copyInto(project.path('.aquarius'), files) });
  const { app, clock } = world;
  const ending = new AbortController();
  const log = openLog('silent');
  pages ??= startPages({
    caches: buildCaches(app.settings.home),
    log,
    signal: new AbortController().signal,
    onBuilding: () => {},
  });
  const deps = apiDeps(
    { app, engine: await app.engine(), metrics: makeMetrics({ ledger: app.ledger, clock, version: VERSION }) },
    { token: 'unused', version: VERSION, wake: () => {}, runCommand: async () => 0 },
  );
  const own = more(app);
  const api = makeApi(
    { ...deps, ...own, pages: pages.answer },
    own.users === undefined ? ({ authorization }) => principalOf(authorization) : undefined,
  );
  const listening = await listen(api, { host: '127.0.0.1', port: 0, signal: ending.signal, log });
  await pages.ready;
  return {
    url: listening.url,
    admin: world,
    async change(name, body) {
      const { status, body: answer } = await world.call('POST', `/api/config/${name}`, body);
      return { status, data: answer.data };
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await listening.close(0);
      await world[Symbol.asyncDispose]();
    },
  };
}

type Files = ReadonlyMap<string, Buffer>;

const madeFiles = new Map<string, Promise<Files>>();

/** The files of a data directory with the rows in it. They are made once: to load the rows takes five times as long as to open a copy. */
function filesWithRows(settings: string, now: string): Promise<Files> {
  const key = JSON.stringify([settings, now]);
  const made = madeFiles.get(key) ?? makeFilesWithRows(settings, now);
  madeFiles.set(key, made);
  return made;
}

async function makeFilesWithRows(settings: string, now: string): Promise<Files> {
  using project = makeProject(settings);
  await seed(project, new Date(now), { ...namesAndConfig(), ...logs(), ...places() });
  const home = project.path('.aquarius');
  const paths = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [relative(home, path), readFileSync(path)]));
}

function copyInto(folder: string, files: Files): void {
  for (const [path, content] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    writeFileSync(target, content, { mode: 0o600 });
  }
}

function principalOf(authorization: string | undefined): Principal {
  const name = authorization?.replace('Bearer ', '') ?? '';
  const { role, agencies } = PEOPLE[name as Person] ?? PEOPLE.viewer;
  return { kind: 'user', userId: name, name: `${name}@example.com`, role, agencyIds: agencies };
}

function namesAndConfig() {
  const name = (agency: string, advertiser: string, called: string) => ({
    AGENCY_ID: agency,
    ADVERTISER_ID: advertiser,
    ADVERTISER_NAME: called,
    AGENCY_NAME: agency === '1480' ? 'Northlight' : 'Cedar & Main',
  });
  return {
    REF_AGENCY_ADVERTISER: [
      name('1480', '4711', ODD_NAME),
      name('1480', '4712', 'Bluebird Air'),
      name('1480', '4713', 'Quill Stationery'),
      name('2000', '5001', 'Foxglove Books'),
    ],
    REF_ADVERTISER_CONFIG: [
      configRow('4711', [{ destination: 'archive' }], { CONFIG_VERSION: 3, ATTRIBUTION_WINDOW_DAYS: 30 }),
      configRow('4712', [{ destination: 'archive' }]),
      configRow('5001', [], { AGENCY_ID: '2000', DELIVERY_ENABLED: false }),
    ],
    REF_DSP_PLATFORM: [{ PLATFORM_TYPE_ID: '21', PLATFORM_NAME: 'FreeWheel', IS_ACTIVE: true }],
    REF_REPORT_TYPE: [
      { REPORT_TYPE_ID: '1', REPORT_TYPE_CODE: 'WEB', DISPLAY_NAME: 'Web visits', IS_ACTIVE: true, SORT_ORDER: 1 },
    ],
    PIXEL_CAMPAIGN_MAPPING_V2: [campaign(1, '4711', 'D1'), campaign(2, '4712', 'D2')],
    ADVERTISER_DOMAIN_MAPPING: [domain('harbor.example', '4711'), domain('bluebird.example', '4712')],
  };
}

function campaign(id: number, advertiser: string, dsp: string) {
  return {
    MAPPING_ID: id,
    AGENCY_ID: '1480',
    DSP_PLATFORM_TYPE: '21',
    DSP_ADVERTISER_ID: dsp,
    INSERTION_ORDER_ID: null,
    LINE_ITEM_ID: null,
    QUORUM_ADVERTISER_ID: advertiser,
  };
}

function domain(url: string, advertiser: string) {
  return { Agency_Id: '1480', Advertiser_id: advertiser, URL: url, IS_POI: false, CREATED_AT: '2026-01-01T00:00:00Z' };
}

function logs() {
  const people = (first: number, count: number, dspAdvertiser: string) =>
    Array.from({ length: count }, (_, index) => impression(device(first + index), { at: AT, dspAdvertiser }));
  return {
    AD_IMPRESSION_LOG_V2: [...people(1, 40, 'D1'), ...people(101, 20, 'D2'), ...people(201, 12, 'D3')],
    WEBPIXEL_EVENTS: Array.from({ length: 9 }, (_, index) => ({
      UUID: `e${index}`,
      AGENCY_ID: '1480',
      EVENT_TIMESTAMP: AT,
      PAGE_URL: `https://${index < 5 ? 'harbor' : 'shop-of-harbor'}.example/`,
      EVENT_TYPE: 'site_visit',
      CLIENT_IP: '8.8.4.4',
    })),
  };
}

function places() {
  const numbers = [1, 2, 3, 4];
  return {
    SEGMENT_METADATA: numbers.map((number) => ({
      SEGMENT_UNIQUE_ID: `S-${number}`,
      BRAND: 'Ace Hardware',
      CATEGORY: 'Hardware',
      DMA_NAME: number === 4 ? 'BOSTON, MA' : 'CHICAGO, IL',
      ZIP_CODE: String(60_000 + number),
    })),
    SEGMENT_MD5_MAPPING: [
      ...numbers.map((number) => ({
        SEGMENT_MD5: md5(number),
        SEGMENT_UNIQUE_ID: `S-${number}`,
        ADVERTISER_ID: '0',
        AGENCY_ID: '1949',
      })),
      { SEGMENT_MD5: md5(2), SEGMENT_UNIQUE_ID: 'ADV_made_up', ADVERTISER_ID: '4711', AGENCY_ID: '1480' },
    ],
  };
}
