import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { openLog } from '../../src/lib/log.ts';
import { sql } from '../../src/lib/sql.ts';
import { withResource } from '../../src/lib/with-resource.ts';
import { exposuresProduct } from '../../src/reach/exposures-product.ts';
import { refreshProduct } from '../../src/reach/refresh.ts';
import { bindCatalogue } from '../../src/warehouse/catalogue.ts';
import { createTables } from '../../src/warehouse/ddl.ts';
import { openDuckDB } from '../../src/warehouse/duckdb/duckdb.ts';
import { postgresDatabase } from './control-stores.ts';
import { fastFolder } from './fast-folder.ts';
import { type HandClock, handClock } from './hand-clock.ts';
import { device, impression, makeProject, mapping } from './project.ts';
import { configRow, seed } from './seed.ts';

/** A delivery that is due, in a data directory of its own: made once, copied for every trial. */

export const AT = '2026-02-16T12:00:00.000Z';
const SETTINGS = `
warehouse: { threads: 1 }
controlStore: { path: control.db }
destinations:
  archive: { type: folder, path: archive-of-the-test }
policy: { minAudience: 1 }
worker: { parallel: 1 }
`;

export type StoreKind = 'sqlite' | 'postgres';

export interface Trial extends AsyncDisposable {
  readonly home: string;
  readonly settings: string;
  readonly env: NodeJS.ProcessEnv;
  readonly inbox: string;
  readonly clock: HandClock;
  open(): Promise<App>;
}

export interface TrialGround extends AsyncDisposable {
  trial(store: StoreKind): Promise<Trial>;
}

export async function makeGround(postgresUrl: string): Promise<TrialGround> {
  const project = makeProject(SETTINGS);
  await seed(project, new Date(AT), {
    AD_IMPRESSION_LOG_V2: [1, 2, 3].map((n) => ({
      ...impression(device(n), { at: '2026-02-15T10:00:00Z' }),
      INGESTION_TIMESTAMP: '2026-02-15T11:00:00Z',
    })),
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
    REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'archive' }])],
  });
  await prepareReach(project.path('.aquarius/warehouse.duckdb'));
  const ledger = await postgresDatabase(postgresUrl);
  await (await openLedger(ledger.place, { clock: handClock(AT), program: 'test' }))[Symbol.asyncDispose]();
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();

  async function database(): Promise<{ url: string; drop: () => Promise<unknown> }> {
    const name = `trial_${randomBytes(6).toString('hex')}`;
    await admin.query(
      `create database ${name} template ${new URL(ledger.place.kind === 'postgres' ? ledger.place.url : '').pathname.slice(1)}`,
    );
    const url = new URL(postgresUrl);
    url.pathname = `/${name}`;
    return { url: url.href, drop: () => admin.query(`drop database ${name} with (force)`) };
  }

  return {
    async trial(store) {
      const folder = mkdtempSync(join(fastFolder(), 'aquarius-trial-'));
      const place = { home: join(folder, 'home'), settings: join(folder, 'aquarius.yaml'), inbox: join(folder, 'inbox') };
      cpSync(project.path('.aquarius'), place.home, { recursive: true });
      mkdirSync(place.inbox);
      const postgres = store === 'postgres' ? await database() : null;
      const settings = SETTINGS.replace('archive-of-the-test', place.inbox);
      writeFileSync(place.settings, postgres === null ? settings : settings.replace('path: control.db', 'url: env:CONTROL_URL'));
      const env = { ...process.env, ...(postgres && { CONTROL_URL: postgres.url }) };
      const clock = handClock(AT);
      return {
        ...place,
        env,
        clock,
        open: () =>
          openApp({
            home: place.home,
            file: place.settings,
            env,
            clock,
            log: openLog('silent'),
            mode: 'write',
            signal: new AbortController().signal,
          }),
        async [Symbol.asyncDispose]() {
          await postgres?.drop();
          rmSync(folder, { recursive: true, force: true });
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await admin.end();
      await ledger[Symbol.asyncDispose]();
      project[Symbol.dispose]();
    },
  };
}

/** How a refresh stands faults is tested by itself; here it has been done, as it has for most deliveries. */
async function prepareReach(path: string): Promise<void> {
  await withResource(openDuckDB({ path, readOnly: false }), (warehouse) =>
    withResource(warehouse.session(), async (session) => {
      await createTables(session);
      const catalogue = await bindCatalogue(session, {});
      const only = new Set(['AD_IMPRESSION_LOG_V2']);
      await refreshProduct(session, catalogue, exposuresProduct, { clock: handClock(AT), horizon: null, only });
    }),
  );
}

/** Partner, stage, ledger and the warehouse's copy say the same of the one run, and nothing half-done is left of it. */
export async function expectOneDelivery(app: App, { inbox, home }: Trial): Promise<void> {
  const [run, ...more] = await app.ledger.runs();
  expect(more).toEqual([]);
  expect(run).toMatchObject({ state: 'delivered', leaseOwner: null, error: null, receipt: { accepted: 3, rejected: 0 } });
  const files = run?.manifest?.files ?? [];
  expect(files).toHaveLength(1);
  const names = readdirSync(inbox);
  expect(names.filter((name) => !name.startsWith('.'))).toEqual(files.map(({ name }) => name));
  expect(readFileSync(join(inbox, files[0]?.name ?? ''), 'utf8').split('\n')).toHaveLength(5);
  const staged = await (await app.stage()).list(run?.stagePrefix ?? '');
  const sha256 = files[0]?.sha256;
  expect(staged.map(({ key }) => key.slice((run?.stagePrefix ?? '').length + 1)).sort()).toEqual(
    [...files.map(({ name }) => name), 'manifest.json'].sort(),
  );
  expect(staged.find(({ key }) => key.endsWith(files[0]?.name ?? ''))?.sha256).toBe(sha256);
  const rows = await withResource(app.warehouse.session(), (session) =>
    session.all(sql`SELECT "DELIVERY_ID", "STATUS", "FILE_SHA256" FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS"`),
  );
  expect(rows).toEqual([{ DELIVERY_ID: run?.id, STATUS: 'DELIVERED', FILE_SHA256: sha256 }]);
  expect(await app.ledger.pendingOutbox(10)).toEqual([]);
  const steps = await app.ledger.stepsOf(run?.id ?? '');
  expect(steps.filter(({ step }) => step === 'delivered')).toHaveLength(1);
  expect(await app.ledger.attemptsOf(run?.id ?? '')).toHaveLength(run?.attempts ?? 0);
  const work = join(home, 'work');
  expect(existsSync(work) ? readdirSync(work) : []).toEqual([]);
}
