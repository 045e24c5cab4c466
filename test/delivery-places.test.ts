import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliver } from '../src/delivery/deliver.ts';
import { makePlan } from '../src/delivery/plan.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { device, makeProject, type Project } from './support/project.ts';
import { configRow, openProject, seed } from './support/seed.ts';

/** Audiences of people who were seen at places. */

const AT = new Date('2026-02-18T12:00:00Z');
const VISITORS = [{ destination: 'archive', audience: 'STORE_VISITORS', acceptUnknownDeviceType: true }];
const ADVERTISERS = ['301', '302', '303', '304', '305'];

const settings = (policy: string) => `
destinations:
  archive: { type: folder, path: archive }
policy: { minAudience: 1${policy} }
`;
const place = (advertiser: string, id: string | null) => ({
  SEGMENT_MD5: '0123456789abcdef0123456789abcdef',
  SEGMENT_UNIQUE_ID: id,
  ADVERTISER_ID: advertiser,
  AGENCY_ID: '1480',
});
const visit = (advertiser: string, n: number) => ({
  AGENCY_ID: '1480',
  QUORUM_ADVERTISER_ID: advertiser,
  MAID: device(n),
  STORE_VISIT_DATE: '2026-02-15',
});

let project: Project;
beforeAll(async () => {
  project = makeProject(settings(''));
  project.write('.aquarius/archive/.keep', '');
  project.write('open.yaml', settings(', deniedPlaceCategories: [casino]'));
  await seed(project, AT, {
    REF_ADVERTISER_CONFIG: [
      ...ADVERTISERS.map((id) => configRow(id, VISITORS)),
      configRow('306', [{ destination: 'archive' }], { EXPOSURE_SOURCE: 'OOH' }),
    ],
    STORE_VISITS: [...ADVERTISERS, '306'].flatMap((id) => [1, 2, 3].map((n) => visit(id, n))),
    SEGMENT_MD5_MAPPING: [
      place('301', 'S-1'),
      place('302', 'S-1'),
      place('302', 'S-2'),
      place('303', 'S-3'),
      place('304', 'S-404'),
      place('306', 'S-2'),
    ],
    SEGMENT_METADATA: [
      { SEGMENT_UNIQUE_ID: 'S-1', BRAND: 'Copperline', CATEGORY: 'Gym' },
      { SEGMENT_UNIQUE_ID: 'S-2', BRAND: 'Saint Mary', CATEGORY: 'Urgent Care & CLINIC' },
      { SEGMENT_UNIQUE_ID: 'S-3', BRAND: 'Lucky', CATEGORY: 'Casino' },
    ],
  });
});
afterAll(() => project[Symbol.dispose]());

/** What the plan says of places, by advertiser. */
async function placesOf(settingsFile: string): Promise<Record<string, unknown>> {
  const plan = await withResource(openProject(project, { at: AT, mode: 'read', settings: settingsFile }), (app) =>
    withResource(app.warehouse.session(), (session) => makePlan({ ...app, session }, { at: AT })),
  );
  const told = [
    ...plan.deliveries.map(({ candidate: { config }, rules }) => ({ config, rules, reason: 'delivered' })),
    ...plan.notDelivered,
  ];
  return Object.fromEntries(
    told.map(({ config, rules, reason }) => {
      const { status, detail } = rules.find(({ rule }) => rule === 'PLACES') ?? {};
      return [config.advertiserId, [reason, status, detail]];
    }),
  );
}

const REFUSED = 'places of a category that policy.deniedPlaceCategories denies: 1 of Urgent Care & CLINIC';

test('ID-12: an advertiser with a place of a denied category has no audience of visitors, and the plan says which', async () => {
  expect(await placesOf('aquarius.yaml')).toEqual({
    301: ['delivered', 'PASS', 'Gym'],
    302: ['sensitive_places', 'FAIL', REFUSED],
    303: ['delivered', 'PASS', 'Casino'],
    304: ['delivered', 'WARN', 'places without a category: 1'],
    305: ['delivered', 'WARN', 'no place is assigned'],
    306: ['sensitive_places', 'FAIL', REFUSED],
  });
  expect(await placesOf('open.yaml')).toMatchObject({
    302: ['delivered', 'PASS', 'Gym, Urgent Care & CLINIC'],
    303: ['sensitive_places', 'FAIL', REFUSED.replace('Urgent Care & CLINIC', 'Casino')],
  });
});

test('ID-12: what the plan refuses is not delivered', async () => {
  const outcome = await withResource(openProject(project, { at: AT }), async (app) =>
    deliver(await app.engine(), { at: AT, advertiserId: '302', force: true }, { onRun: () => expect.unreachable() }),
  );
  expect(outcome).toMatchObject({ runs: [], plan: { deliveries: [], notDelivered: [{ reason: 'sensitive_places' }] } });
  expect(readdirSync(project.path('.aquarius/archive'))).toEqual(['.keep']);
});
