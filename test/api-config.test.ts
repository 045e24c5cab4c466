import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { ACCESS } from '../src/api/access.ts';
import { API_ONLY } from '../src/api/api-only.ts';
import { makeApi } from '../src/api/make-api.ts';
import { raw } from '../src/lib/sql.ts';
import type { AdminWorld } from './support/admin-world.ts';
import { ledgerDeliveries, startApi } from './support/api-server.ts';
import { MARK, OTHER, OWN, twoAgencies } from './support/two-agencies.ts';

/** What holds for all endpoints of /api/config alike. */

let world: AdminWorld;
beforeAll(async () => {
  world = await twoAgencies();
});
afterAll(() => world[Symbol.asyncDispose]());

const keysOf = (prefix: string): readonly string[] => Object.keys(ACCESS).filter((key) => key.includes(prefix));

/** What a good request needs besides the agency. */
const QUERIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'advertiser-detail': { advertiser_id: '4711' },
  'assigned-pois': { advertiser_id: '4711' },
  'cadence-preview': { cadence: 'WEEKLY' },
  'explain-impression': { platform_type: '21', dsp_advertiser_id: 'ace-dsp' },
  'pixel-instructions': { advertiser_id: '4711' },
  'pixel-preview': { domain: 'ace-new.com' },
  'poi-brands': { search: 'ace' },
  'poi-segments': { brand: 'Ace' },
  'search-advertisers': { q: 'ace' },
};
/** They take no agency. */
const WITHOUT_AGENCY = new Set([
  'agencies',
  'poi-brands',
  'cadence-preview',
  'config-fields',
  'destination-schemas',
  'dsp-platforms',
  'report-types',
  'schema-check',
]);

function requestOf(key: string, agencyId: string): string {
  const path = key.split(' ')[1] ?? '';
  const name = path.split('/').at(-1) ?? '';
  const query = new URLSearchParams({
    ...(WITHOUT_AGENCY.has(name) ? {} : { agency_id: agencyId }),
    ...QUERIES[name],
  }).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** The file itself is no JSON; test/admin-store-lists has it. */
const READS = keysOf('GET /api/config/').filter((key) => !key.endsWith('/store-list-file'));
const WRITES = keysOf('POST /api/config/');

describe('every endpoint that reads', () => {
  test.each(READS)('B15, B18: %s answers in the shape that the pages were written for, with a true total', async (key) => {
    const { status, body } = await world.call('GET', requestOf(key, OWN));
    expect([key, status, body]).toEqual([key, 200, expect.objectContaining({ success: true })]);
    const path = key.split(' ')[1];
    const route = shapes().find((one) => one.path === path);
    const parsed = route?.schema.safeParse(body);
    expect(parsed?.error?.issues ?? (parsed === undefined ? 'no schema' : [])).toEqual([]);
    if (Array.isArray(body.data)) {
      expect(body.count).toBe(body.data.length);
      expect(body.truncated).toBe(body.total > body.count);
    }
  });

  test.each(READS)('A3, A4: %s keeps another agency from whoever is bound to one', async (key) => {
    const isOpen = WITHOUT_AGENCY.has(key.split('/').at(-1) ?? '');
    const theirs = await world.call('GET', requestOf(key, OTHER), undefined, { role: 'operator', agencies: [OWN] });
    if (!isOpen) expect([key, theirs.status]).toEqual([key, 403]);
    expect(JSON.stringify(theirs.body)).not.toContain(MARK);
    const nobody = await world.call('GET', requestOf(key, OTHER), undefined, { role: 'operator', agencies: [] });
    expect(JSON.stringify(nobody.body)).not.toContain(MARK);
    const viewer = await world.call('GET', requestOf(key, OWN), undefined, { role: 'viewer' });
    expect([key, viewer.status, viewer.body.error?.code]).toEqual([key, 403, 'FORBIDDEN']);
  });
});

describe('every endpoint that writes', () => {
  test.each(WRITES)('A3, B12: %s refuses a viewer, an empty body and fields that it does not know', async (key) => {
    const path = key.split(' ')[1] ?? '';
    const viewer = await world.call('POST', path, { agency_id: OWN }, { role: 'viewer' });
    expect([key, viewer.status]).toEqual([key, 403]);
    for (const body of [{}, { agency_id: OWN, surprise: 1 }]) {
      const answer = await world.call('POST', path, body);
      expect([key, body, answer.status < 500 && answer.status >= 400]).toEqual([key, body, true]);
    }
  });
});

test('B20: every endpoint is used by a page, or stands among those for programs with the reason', () => {
  const pages = sources('web/src');
  const unused = Object.keys(ACCESS).filter((key) => {
    const path = key.split(' ')[1] ?? '';
    const name =
      path
        .split('/')
        .filter((part) => !part.startsWith(':'))
        .at(-1) ?? '';
    const spellings = path.startsWith('/api/config/') ? [`'${name}'`, `/${name}`] : [name];
    return !spellings.some((spelling) => pages.includes(spelling));
  });
  expect(unused.filter((key) => API_ONLY[key] === undefined)).toEqual([]);
  for (const key of Object.keys(API_ONLY)) expect(ACCESS).toHaveProperty([key]);
});

test('B21: when the warehouse fails, nothing of it is told but a request’s id, and its session is given back', async () => {
  let open = 0;
  await using broken = await startApi(({ ledger }) => ({
    listDeliveries: ledgerDeliveries(ledger),
    withAdmin: async () => {
      open += 1;
      try {
        throw new Error(`Catalog Error: no column "SECRET" in '${MARK}'`);
      } finally {
        open -= 1;
      }
    },
  }));
  const { status, body } = await broken.call('GET', '/api/config/agencies');
  expect(status).toBe(500);
  expect(body).toMatchObject({ success: false, error: { code: 'INTERNAL' }, requestId: expect.any(String) });
  expect(JSON.stringify(body)).not.toMatch(/SECRET|Catalog/);
  expect(open).toBe(0);
});

test('A10, B3: what people type is never part of a statement', async () => {
  const rows = async () =>
    (await world.session.all(raw('SELECT count(*) AS found FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG"')))[0]?.found;
  const before = await rows();
  for (const evil of [`'; DROP TABLE "BASE_TABLES"."REF_ADVERTISER_CONFIG"; --`, `' OR '1'='1`, '%', '_', '\\', `" OR 1=1 --`]) {
    for (const path of [
      'search-advertisers?q=',
      'advertiser-hub?search=',
      'campaign-mappings?search=',
      'unmapped-webpixels?search=',
      'poi-brands?search=xx',
    ]) {
      const { status, body } = await world.call('GET', `/api/config/${path}${encodeURIComponent(evil)}`);
      expect([path, evil, status < 500]).toEqual([path, evil, true]);
      if (status === 200 && path !== 'poi-brands?search=xx') expect([path, evil, body.total]).toEqual([path, evil, 0]);
    }
  }
  expect(await rows()).toBe(before);
});

function shapes(): readonly { readonly path: string; readonly schema: z.ZodType }[] {
  const api = makeApi(world.deps);
  return api.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route' || definition.route.method !== 'get') return [];
    const answer = definition.route.responses[200] as
      | { readonly content?: Record<string, { readonly schema: z.ZodType }> }
      | undefined;
    const schema = answer?.content?.['application/json']?.schema;
    return schema === undefined ? [] : [{ path: definition.route.path, schema }];
  });
}

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return /\.tsx?$/.test(entry.name) ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}
