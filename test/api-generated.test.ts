import { afterAll, beforeAll, expect, test } from 'vitest';
import { INTERNAL } from '../src/api/access.ts';
import type { ApiDocument } from '../src/api/openapi.ts';
import { raw } from '../src/lib/sql.ts';
import type { Role } from '../src/users/role.ts';
import type { AdminWorld } from './support/admin-world.ts';
import { chance, numberOf } from './support/kill-random.ts';
import { makeRequest } from './support/openapi-requests.ts';
import { KNOWN_NAME, MARK, OTHER, OWN, twoAgencies } from './support/two-agencies.ts';

/**
 * Requests made from the API's own document, good ones and bad ones, by everybody there is: none breaks the server, none gets or changes
 * what is another agency's, none does what its role may not. AQUARIUS_TEST_REQUESTS says how many.
 */

const REQUESTS = numberOf('AQUARIUS_TEST_REQUESTS', 1_500);
const SEED = numberOf('AQUARIUS_TEST_SEED', 20_260_216);
let world: AdminWorld;
let document: ApiDocument;

beforeAll(async () => {
  world = await twoAgencies();
  document = (await world.call('GET', '/api/openapi.json')).body as ApiDocument;
});
afterAll(() => world[Symbol.asyncDispose]());

/** All that is the other agency's, and what users and keys there are, as one text. */
async function ofOthers(): Promise<string> {
  const tables = [
    ['"BASE_TABLES"."REF_ADVERTISER_CONFIG"', '"AGENCY_ID"'],
    ['"BASE_TABLES"."REF_AGENCY_ADVERTISER"', '"AGENCY_ID"'],
    ['"DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING"', '"Agency_Id"'],
    ['"BASE_TABLES"."SEGMENT_MD5_MAPPING"', '"AGENCY_ID"'],
    ['"REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2"', '"AGENCY_ID"'],
    ['"BASE_TABLES"."PIXEL_DOMAIN_SETTING"', '"AGENCY_ID"'],
    ['"BASE_TABLES"."CONFIG_AUDIT_LOG"', '"AGENCY_ID"'],
    ['"BASE_TABLES"."STORE_LIST_UPLOAD"', '"AGENCY_ID"'],
  ] as const;
  const texts = [];
  for (const [table, agency] of tables)
    texts.push(
      await world.session.all(
        raw(`SELECT CAST(t AS VARCHAR) AS row_text FROM ${table} AS t WHERE ${agency} = '${OTHER}' ORDER BY 1`),
      ),
    );
  return JSON.stringify(texts);
}

const CALLERS: readonly (readonly [role: Role, agencies: 'all' | readonly string[]])[] = [
  ['viewer', 'all'],
  ['viewer', [OWN]],
  ['operator', [OWN]],
  ['operator', []],
  ['admin', [OWN]],
];

/** Streams until somebody leaves, and what runs other programs: tested by itself. */
const LEFT_OUT = new Set([...INTERNAL, 'GET /api/delivery/runs/{id}/progress']);

const KNOWN = {
  agency_id: [OWN, OWN, OWN, OTHER, 'nowhere'],
  agencyId: [OWN, OWN, OWN, OTHER],
  advertiser_id: ['4711', '4711', '4712'],
  advertiserId: ['4711'],
  quorum_advertiser_id: ['4711', '4712'],
  from_advertiser_id: ['4711'],
  to_advertiser_id: ['4712', '4711'],
  url: ['ace.com', `${KNOWN_NAME}.com`, 'shop.ace-new.com', 'new.org'],
  domain: ['ace-new.com', `${KNOWN_NAME}-new.com`],
  platform_type: ['21', 21],
  dsp_advertiser_id: ['ace-dsp', `${KNOWN_NAME}-dsp`],
  q: ['ace', KNOWN_NAME, 'brand'],
  search: ['ace', KNOWN_NAME],
  brand: ['Ace'],
  destination: ['archive'],
  name: ['archive', 'manifest.json'],
  segment_md5s: [['a'.repeat(32)], ['b'.repeat(32)]],
} as const;

test(`A2, A3, A4: ${REQUESTS} requests made from the document break nothing and cross no border (AQUARIUS_TEST_SEED=${SEED})`, async () => {
  const luck = chance(SEED);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => !LEFT_OUT.has(`${method.toUpperCase()} ${path}`))
      .map(([method, operation]) => ({ method, path, operation })),
  );
  expect(operations.length).toBeGreaterThan(80);
  const before = await ofOthers();
  const answers = new Map<number, number>();
  for (let no = 0; no < REQUESTS; no += 1) {
    const { method, path, operation } = operations[no % operations.length] ?? luck.pick(operations);
    const request = makeRequest({ luck, schemas: document.components.schemas, known: KNOWN }, method, path, operation);
    const [role, agencies] = luck.pick(CALLERS);
    const answer = await world.call(request.method, request.path, request.body, { role, agencies });
    const told = { no, role, agencies, ...request, status: answer.status };
    answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    // Nothing breaks, and whatever is refused says why.
    expect({ ...told, text }).toMatchObject({ status: expect.toSatisfy((status: number) => status < 500) });
    // Nobody does what needs another role.
    if (mayNot(role, operation['x-role'])) expect(told).toMatchObject({ status: expect.toSatisfy((status) => status >= 400) });
    // Nobody who is bound to agencies reads what is another's.
    if (agencies !== 'all') expect({ ...told, leaks: text.includes(MARK) }).toMatchObject({ leaks: false });
  }
  expect(await ofOthers()).toBe(before);
  // Enough of them were good ones for the rest to mean something.
  expect(answers.get(200) ?? 0).toBeGreaterThan(REQUESTS / 10);
  process.stdout.write(`seed ${SEED}: ${[...answers].map(([status, count]) => `${status} ${count}`).join(', ')}\n`);
});

function mayNot(role: Role, needed: string | undefined): boolean {
  const order = ['public', 'viewer', 'operator', 'admin'];
  return order.indexOf(needed ?? 'admin') > order.indexOf(role);
}
