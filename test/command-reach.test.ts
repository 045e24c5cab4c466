import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateDemo } from '../src/cli/demo/generate-demo.ts';
import { ident, sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { reachStatusOutput, refreshedOutput, verifiedOutput } from '../src/shapes/reach.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { commandsOf } from './support/cli-here.ts';
import { makeProject, type Project } from './support/project.ts';
import { openProject } from './support/seed.ts';

/** `reach`: what is prepared, brought up to date, made anew and compared, as a person does it. */

const NOW = new Date('2026-02-18T12:00:00Z');

let project: Project;
let commands: ReturnType<typeof commandsOf>;
beforeAll(async () => {
  project = makeProject('policy: { minAudience: 1 }\n');
  commands = commandsOf(project);
  await inWarehouse((session) => generateDemo(session, { rows: 1_500, seed: 3, now: NOW }));
});
afterAll(() => project[Symbol.dispose]());

function inWarehouse<T>(work: (session: Session) => Promise<T>): Promise<T> {
  return withResource(openProject(project, { at: NOW }), ({ warehouse }) => withResource(warehouse.session(), work));
}

const LOG = ident('BASE_TABLES', 'AD_IMPRESSION_LOG_V2');
const exposures = { product: 'EXPOSURES', source: 'AD_IMPRESSION_LOG_V2' };
const summary = { product: 'SUMMARY', source: 'AD_IMPRESSION_LOG_V2' };

test('what is prepared is shown, refreshed and found to be right; new rows make it stale', async () => {
  const before = await commands.done('reach');
  expect(before.stdout).toContain('not made');
  expect(before.stdout).toContain('aquarius reach refresh');
  const nothing = verifiedOutput.parse((await commands.done('reach', 'verify', '--json')).json());
  expect(nothing).toMatchObject({ audiences: [], days: [], unchecked: ['EXPOSURES', 'SUMMARY'] });

  const refreshed = refreshedOutput.parse((await commands.done('reach', 'refresh', '--json')).json());
  expect(refreshed.refreshed).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...exposures, read: 1_500, rebuilt: true }),
      expect.objectContaining({ ...summary, read: 1_500, rebuilt: true }),
    ]),
  );
  const status = reachStatusOutput.parse((await commands.done('reach', 'status', '--json')).json());
  const [one, other] = [exposures, summary].map((wanted) =>
    status.reach.find((row) => row.product === wanted.product && row.source === wanted.source),
  );
  expect(one).toMatchObject({ condition: 'fresh', logRows: 1_500 });
  expect(other).toMatchObject({ condition: 'fresh', logRows: 1_500, horizon: null });
  expect(other?.futureRows).toBeGreaterThan(0);

  const verified = verifiedOutput.parse(
    (await commands.done('reach', 'verify', '--sample', '4', '--seed', 'x', '--json')).json(),
  );
  expect(verified.audiences).toHaveLength(4);
  expect(verified.days).toHaveLength(4);
  expect([...verified.audiences, ...verified.days].map(({ outcome }) => outcome)).toEqual(Array(8).fill('equal'));
  expect(verified.audiences.some(({ prepared }) => prepared > 0)).toBe(true);
  expect((await commands.done('reach', 'verify', '--sample', '4', '--seed', 'x', '--json')).json()).toEqual(verified);

  await inWarehouse((session) =>
    session.execute(sql`INSERT INTO ${LOG} SELECT * REPLACE (${NOW} AS INGESTION_TIMESTAMP) FROM ${LOG} LIMIT 7`),
  );
  const stale = reachStatusOutput.parse((await commands.done('reach', '--json')).json());
  expect(stale.reach.filter(({ source }) => source === 'AD_IMPRESSION_LOG_V2').map(({ condition }) => condition)).toEqual([
    'stale',
    'stale',
  ]);
  const shown = await commands.done('reach', 'refresh');
  expect(shown.stdout).toMatch(/daily summary.*refreshed/);
  expect((await commands.done('reach', 'refresh')).stdout).toMatch(/daily summary.*nothing new/);
});

test('what differs from the logs is found, named without identifiers, and made right by a rebuild', async () => {
  await commands.done('reach', 'refresh');
  await inWarehouse(async (session) => {
    await session.execute(sql`DELETE FROM AQUARIUS.REACH_EXPOSURES WHERE rowid % 3 = 0`);
    await session.execute(
      sql`UPDATE BASE_TABLES.AD_IMPRESSION_DAILY_SUMMARY SET IMPRESSIONS = IMPRESSIONS + 1 WHERE DIM_TYPE = 'SITE'`,
    );
  });
  const wrong = await commands.run('reach', 'verify', '--sample', '6');
  expect([wrong.code, wrong.stderr]).toEqual([65, expect.stringContaining('[reach_differs]')]);
  expect(wrong.stderr).toContain('aquarius reach rebuild');
  expect(wrong.stdout).toContain('only in the log');
  expect(wrong.stdout).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/i);
  const counted = await commands.run('reach', 'verify', '--json');
  expect(counted.code).toBe(65);
  expect(verifiedOutput.parse(counted.json()).days.map(({ outcome }) => outcome)).toContain('different');

  const rebuilt = refreshedOutput.parse((await commands.done('reach', 'rebuild', '--json')).json());
  expect(rebuilt.refreshed.every((row) => row.rebuilt)).toBe(true);
  await commands.done('reach', 'verify', '--sample', '6');
});

test('one advertiser is compared by name, and one that does not exist is a mistake', async () => {
  await commands.done('reach', 'refresh');
  const agency = await inWarehouse(async (session) => {
    const [row] =
      await session.all(sql`SELECT AGENCY_ID AS agency, ADVERTISER_ID AS advertiser FROM ${ident('BASE_TABLES', 'REF_ADVERTISER_CONFIG')}
      WHERE EXPOSURE_SOURCE = 'IMPRESSION' ORDER BY 1, 2 LIMIT 1`);
    return [String(row?.agency), String(row?.advertiser)] as const;
  });
  const named = await commands.done('reach', 'verify', '--agency', agency[0], '--advertiser', agency[1], '--json');
  expect(verifiedOutput.parse(named.json()).audiences).toMatchObject([
    { agencyId: agency[0], advertiserId: agency[1], outcome: 'equal' },
  ]);
  expect((await commands.run('reach', 'verify', '--advertiser', 'nobody')).code).toBe(78);
  expect((await commands.run('reach', 'verify', '--sample', '0')).code).toBe(64);
  expect((await commands.run('reach', 'tidy')).code).toBe(64);
});

test('the view lists valid identifiers with the first and last time, and how often', async () => {
  await commands.done('reach', 'refresh');
  const facts = await inWarehouse((session) =>
    session.all(sql`SELECT ID_TYPE AS kind, COUNT(*) AS row_count, SUM(EXPOSURES) AS exposures, COUNT(*) FILTER (FIRST_SEEN > LAST_SEEN) AS odd
      FROM ${ident('BASE_TABLES', 'AUDIENCE_REACH')} GROUP BY 1 ORDER BY 1`),
  );
  const valid = await inWarehouse((session) =>
    session.all(
      sql`SELECT COUNT(DEVICE) AS devices, SUM(CASE WHEN IP_REASON IS NULL THEN 1 ELSE 0 END) AS addresses FROM AQUARIUS.REACH_EXPOSURES`,
    ),
  );
  const exposed = (kinds: readonly string[]): number =>
    facts.filter(({ kind }) => kinds.includes(String(kind))).reduce((sum, row) => sum + Number(row.exposures), 0);
  expect(facts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['GAID', 'IDFA', 'IP', 'MAID', 'UID2', 'UUID2']));
  expect(facts.every(({ odd }) => Number(odd) === 0)).toBe(true);
  expect(exposed(['IDFA', 'GAID', 'MAID'])).toBe(Number(valid[0]?.devices));
  expect(exposed(['IP'])).toBe(Number(valid[0]?.addresses));
});
