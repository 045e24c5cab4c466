import { readFileSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { AquariusError } from '../src/errors.ts';
import { openLedger } from '../src/ledger/open.ts';
import { controlStoreConformance } from './conformance/control-store.ts';
import { ledgerAlertsConformance } from './conformance/ledger-alerts.ts';
import { ledgerCostsConformance } from './conformance/ledger-costs.ts';
import { ledgerHistoryConformance } from './conformance/ledger-history.ts';
import { ledgerPlanningConformance } from './conformance/ledger-planning.ts';
import { ledgerQueueConformance } from './conformance/ledger-queue.ts';
import { ledgerSteeringConformance } from './conformance/ledger-steering.ts';
import { ledgerUpkeepConformance } from './conformance/ledger-upkeep.ts';
import { postgresDatabase } from './support/control-stores.ts';
import { handClock } from './support/hand-clock.ts';
import { planRequest } from './support/plan-request.ts';
import { freePort } from './support/postgres.ts';
import { failureOf } from './support/stage-files.ts';

const clock = handClock('2026-02-16T06:00:00.000Z');
const deps = { clock, program: '1.2.3' };

const makeEmpty = () => postgresDatabase(inject('postgresUrl'));
/** One with its tables, for most tests to copy: that takes half as long as to make them. */
let original: Awaited<ReturnType<typeof makeEmpty>>;
beforeAll(async () => {
  original = await makeEmpty();
  await (await openLedger(original.place, deps))[Symbol.asyncDispose]();
});
afterAll(() => original[Symbol.asyncDispose]());
const makeStore = () => postgresDatabase(inject('postgresUrl'), original);

controlStoreConformance('PostgreSQL', makeEmpty, makeStore);
ledgerPlanningConformance('PostgreSQL', makeStore);
ledgerQueueConformance('PostgreSQL', makeStore);
ledgerSteeringConformance('PostgreSQL', makeStore);
ledgerAlertsConformance('PostgreSQL', makeStore);
ledgerCostsConformance('PostgreSQL', makeStore);
ledgerUpkeepConformance('PostgreSQL', makeEmpty, makeStore);
ledgerHistoryConformance('PostgreSQL', makeStore);

describe('a PostgreSQL control store', () => {
  test('a lease runs out by the database’s clock, whatever the worker’s own says', async () => {
    await using database = await makeStore();
    await using ledger = await openLedger(database.place, deps);
    await using ahead = await openLedger(database.place, { clock: handClock('2099-01-01T00:00:00.000Z'), program: '1.2.3' });
    const { run } = await ledger.planRun(planRequest());
    await ledger.claim(run.id, 'worker-1', 3_600_000);
    expect(await ahead.claim(run.id, 'worker-2', 3_600_000)).toBeNull();
    await ledger.renew(run.id, 1, 1);
    let claim = await ahead.claim(run.id, 'worker-2', 3_600_000);
    while (claim === null) claim = await ahead.claim(run.id, 'worker-2', 3_600_000);
    expect(claim.token).toBe(2);
    expect(await ledger.claim(run.id, 'worker-1', 3_600_000)).toBeNull();
  });

  test('says who it is, and reads times as text that sorts', async () => {
    await using database = await makeStore();
    await using ledger = await openLedger(database.place, deps);
    const { run } = await ledger.planRun(planRequest());
    const claim = await ledger.claim(run.id, 'worker-1', 3_600_000);
    expect(claim?.run.leaseUntil).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const names = await database.raw(
      `select distinct application_name as name from pg_stat_activity where datname = current_database()`,
    );
    expect(names).toContainEqual({ name: 'aquarius' });
  });

  test('connections that the server cut are replaced', async () => {
    await using database = await makeStore();
    await using ledger = await openLedger(database.place, deps);
    await ledger.planRun(planRequest());
    await database.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'aquarius' and datname = current_database()`,
    );
    let found: number | undefined;
    while (found === undefined) {
      found = await ledger.runs().then(
        (runs) => runs.length,
        (error: unknown) => {
          expect(error).toMatchObject({ kind: 'transient', code: 'control_store_unreachable' });
          return undefined;
        },
      );
    }
    expect(found).toBe(1);
  });

  const SECRET = 'canary-9f31';
  /** Everything that anybody could print of an error. */
  const shown = (error: unknown) => `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`;

  test('a server that is not there is unreachable, and the password stays out of the error', async () => {
    const url = `postgres://someone:${SECRET}@127.0.0.1:${await freePort()}/db`;
    const error = await failureOf(openLedger({ kind: 'postgres', url }, deps));
    expect(error).toMatchObject({ kind: 'transient', code: 'control_store_unreachable', hint: expect.any(String) });
    expect(String(error)).toContain('someone@127.0.0.1');
    expect(shown(error)).not.toContain(SECRET);
  });

  test('a URL that cannot be read is refused without repeating it', async () => {
    const error = await failureOf(openLedger({ kind: 'postgres', url: `postgres://someone:${SECRET}@[nowhere/db` }, deps));
    expect(error).toMatchObject({ kind: 'config', code: 'control_store_url' });
    expect(shown(error)).not.toContain(SECRET);
  });

  test('an unknown user or database is somebody’s to put right', async () => {
    const url = new URL(inject('postgresUrl'));
    url.username = 'nobody_at_all';
    url.password = SECRET;
    const refused = await failureOf(openLedger({ kind: 'postgres', url: url.href }, deps));
    expect(refused).toMatchObject({ kind: 'config', code: 'control_store_credentials' });
    expect(shown(refused)).not.toContain(SECRET);
    const nowhere = new URL(inject('postgresUrl'));
    nowhere.pathname = '/no_such_database';
    expect(await failureOf(openLedger({ kind: 'postgres', url: nowhere.href }, deps))).toMatchObject({
      kind: 'config',
      code: 'control_store_missing',
    });
  });

  test('a wrong or missing password is refused and stays out of the error', async () => {
    await using database = await makeStore();
    const url = new URL(database.url);
    const name = url.pathname.slice(1);
    await database.raw(`create role ${name} login password 'right'`);
    const [row] = await database.raw(`select setting from pg_settings where name = 'hba_file'`);
    const hba = String(row?.setting);
    const before = readFileSync(hba, 'utf8');
    const rule = `host ${name} ${name} 127.0.0.1/32 scram-sha-256\n`;
    writeFileSync(hba, rule + before);
    try {
      await database.raw('select pg_reload_conf()');
      url.username = name;
      // The server reads its rules anew in its own time; until then it lets everybody in.
      for (const password of [SECRET, '']) {
        url.password = password;
        let error: unknown;
        while (!(error instanceof AquariusError && error.code === 'control_store_credentials')) {
          error = await openLedger({ kind: 'postgres', url: url.href, readOnly: true }, deps).then(
            (ledger) => ledger[Symbol.asyncDispose](),
            (refused: unknown) => refused,
          );
        }
        expect(error.kind).toBe('config');
        expect(shown(error)).not.toContain(SECRET);
      }
    } finally {
      writeFileSync(hba, readFileSync(hba, 'utf8').replace(rule, ''));
      await database.raw('select pg_reload_conf()');
      await database.raw(`drop role ${name}`);
    }
  });

  test('a user without the right to make tables is told so', async () => {
    await using database = await makeEmpty();
    const url = new URL(database.url);
    const name = `${url.pathname.slice(1)}_r`;
    await database.raw(`create role ${name} login`);
    await database.raw(`revoke create on schema public from public`);
    url.username = name;
    try {
      expect(await failureOf(openLedger({ kind: 'postgres', url: url.href }, deps))).toMatchObject({
        kind: 'config',
        code: 'control_store_access',
      });
    } finally {
      await database.raw(`drop role ${name}`);
    }
  });
});
