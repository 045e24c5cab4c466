import { type Kysely, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/destinations/destination.ts';
import { configError } from '../../src/errors.ts';
import type { IdempotentResponse } from '../../src/ledger/idempotency.ts';
import { up as firstMigration } from '../../src/ledger/migrations/0001-runs.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { openPostgresStore } from '../../src/ledger/postgres-store.ts';
import type { Run } from '../../src/ledger/run.ts';
import type { Tables } from '../../src/ledger/schema.ts';
import { openSqliteStore } from '../../src/ledger/sqlite-store.ts';
import type { ControlStore } from '../support/control-stores.ts';
import { planRequest } from '../support/plan-request.ts';
import { failureOf } from '../support/stage-files.ts';
import { ADA, DELIVERED, FUTURE, HOUR, ledgerFixture, PAST } from './ledger-fixture.ts';

const MANIFEST = {
  rows: 7,
  files: [
    { name: 'a', rows: 7, bytes: 40, identifiers: {} },
    { name: 'b', rows: 1, bytes: 2, identifiers: {} },
  ],
};
const RECEIPT: Receipt = { accepted: 6, rejected: 1, reasons: {}, reference: 'job-1', files: [], details: {} };

/** What lists, numbers, idempotency, retention and upgrades must do on every control store. */
export function ledgerUpkeepConformance(
  name: string,
  makeEmpty: () => Promise<ControlStore>,
  makeStore: () => Promise<ControlStore> = makeEmpty,
): void {
  describe(`keeping the ledger on ${name}`, () => {
    const f = ledgerFixture(makeStore);
    const deliver = async (run: Run) => {
      const token = await f.take(run);
      await f.ledger.advance(run.id, token, 'extracting');
      await f.ledger.advance(run.id, token, 'staged', { manifest: MANIFEST as never, stagePrefix: `p/${run.slot}`, written: 7 });
      await f.ledger.advance(run.id, token, 'delivering');
      return f.ledger.advance(run.id, token, 'delivered', { receipt: RECEIPT });
    };
    const fail = async (run: Run, options?: { readonly reopen: boolean }) =>
      f.ledger.recordFailure(run.id, await f.take(run, options), configError('sftp_auth', 'Refused.'), { retryable: false });

    test('pages that follow each other hold every run once, also with several agencies or states', async () => {
      const made: Run[] = [];
      for (let n = 0; n < 12; n += 1) {
        made.push(await f.plan({ slot: `s${n}`, delivery: { agencyId: String(n % 3) } }));
        // Some at the same instant.
        if (n % 4 === 3) f.clock.move(1);
      }
      for (const run of made.slice(0, 4)) await fail(run);
      await f.plan({ slot: 's0', delivery: { agencyId: '0' }, generation: 'again' });
      for (const filter of [
        {},
        { agencyIds: ['0', '2'] },
        { states: ['failed', 'planned'] as const },
        { destination: 'liveramp-us' },
      ]) {
        const all = await f.ledger.runs(filter);
        const paged: Run[] = [];
        for (;;) {
          const last = paged.at(-1);
          const page = await f.ledger.runs({ ...filter, limit: 5, ...(last && { before: last }) });
          paged.push(...page);
          if (page.length < 5) break;
        }
        expect(paged).toEqual(all);
        expect(all).toEqual([...all].sort((a, b) => (a.plannedAt < b.plannedAt ? 1 : a.plannedAt > b.plannedAt ? -1 : 0)));
        expect(await f.ledger.runs({ ...filter, limit: 3, offset: 2 })).toEqual(all.slice(2, 5));
      }
    });

    test('the numbers are those of the runs, whatever became of them', async () => {
      expect(await f.ledger.statistics()).toMatchObject({
        queue: { waiting: 0, oldestDueAt: null },
        outbox: { pending: 0, oldestAt: null },
        held: 0,
        finished: [],
        delivered: [],
      });
      const [a, b, c, d, e, g] = await Promise.all(['a', 'b', 'c', 'd', 'e', 'g'].map((slot) => f.plan({ slot })));
      if (!a || !b || !c || !d || !e || !g) throw new Error('no runs');
      await deliver(a);
      await fail(b);
      await fail(b, { reopen: true });
      await f.ledger.retry(b.id, ADA, HOUR);
      await fail(c);
      await f.ledger.cancel(d.id, ADA);
      await f.ledger.hold(e.id, await f.take(e), 'first_run', 'The first.');
      await f.take(g);
      const { runs, held, queue, outbox, finished, delivered } = await f.ledger.statistics();
      expect(runs).toEqual({
        planned: 2,
        extracting: 0,
        staged: 0,
        delivering: 0,
        delivered: 1,
        partial: 0,
        failed: 1,
        skipped: 1,
      });
      expect(held).toBe(1);
      expect(queue).toEqual({ waiting: 1, oldestDueAt: b.dueAt });
      expect(outbox).toEqual({ pending: (await f.ledger.pendingOutbox(100)).length, oldestAt: '2026-02-16T06:00:00.000Z' });
      const destination = 'liveramp-us';
      expect(finished).toEqual([
        { destination, state: 'delivered', runs: 1 },
        { destination, state: 'failed', runs: 3 },
        { destination, state: 'skipped', runs: 1 },
      ]);
      expect(delivered).toEqual([{ destination, rows: 6, bytes: 42 }]);
    });

    describe('idempotency', () => {
      const request = { scope: 'runs', key: 'k1', requestHash: 'h1' };
      const answer = (body: unknown = { id: 1 }): IdempotentResponse => ({ status: 201, body, replayed: false });

      test('the work is done once, and its answer given again', async () => {
        let done = 0;
        const work = async () => {
          done += 1;
          return answer({ id: done, list: [null] });
        };
        expect(await f.ledger.idempotent(request, work)).toEqual(answer({ id: 1, list: [null] }));
        expect(await f.ledger.idempotent(request, work)).toEqual({ ...answer({ id: 1, list: [null] }), replayed: true });
        expect(await failureOf(f.ledger.idempotent({ ...request, requestHash: 'h2' }, work))).toMatchObject({
          kind: 'config',
          code: 'idempotency_mismatch',
        });
        expect(done).toBe(1);
        expect(await f.ledger.idempotent({ ...request, scope: 'other' }, work)).toMatchObject({ replayed: false });
      });

      test('while the first is at work others are told to come later, and after a crash for a minute only', async () => {
        const begun = Promise.withResolvers<void>();
        const work = Promise.withResolvers<IdempotentResponse>();
        const first = f.ledger.idempotent(request, () => {
          begun.resolve();
          return work.promise;
        });
        await begun.promise;
        const second = async () => answer('second');
        expect(await failureOf(f.ledger.idempotent(request, second))).toMatchObject({
          kind: 'transient',
          code: 'idempotency_busy',
          retryAfterMs: expect.any(Number),
        });
        const aWhileAgo = new Date((await f.ledger.now()).getTime() - 61_000).toISOString();
        await f.store.raw(`update idempotency_keys set created_at = '${aWhileAgo}'`);
        expect(await f.ledger.idempotent(request, second)).toEqual(answer('second'));
        work.resolve(answer('first'));
        expect(await first).toEqual(answer('first'));
        expect(await f.ledger.idempotent(request, second)).toEqual({ ...answer('second'), replayed: true });
      });

      test('work that fails is done again, and a key is forgotten after a day', async () => {
        const failing = f.ledger.idempotent(request, () => Promise.reject(configError('x', 'X.')));
        expect(await failureOf(failing)).toMatchObject({ code: 'x' });
        expect(await f.ledger.idempotent(request, async () => answer())).toEqual(answer());
        await f.store.raw(`update idempotency_keys set created_at = '${PAST}'`);
        expect(await f.ledger.idempotent({ ...request, requestHash: 'h2' }, async () => answer('new'))).toEqual(answer('new'));
      });

      test('of many at once one does the work', async () => {
        const ledgers = [f.ledger, await f.open(), await f.open()];
        let done = 0;
        const results = await Promise.allSettled(
          Array.from({ length: 12 }, (_, n) =>
            (ledgers[n % 3] ?? f.ledger).idempotent(request, async () => {
              done += 1;
              return answer();
            }),
          ),
        );
        expect(done).toBe(1);
        for (const result of results)
          if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'idempotency_busy' });
      });
    });

    describe('retention', () => {
      test('staged files expire when their run ended long enough ago, and once', async () => {
        const old = await deliver(await f.plan({ slot: 'old' }));
        const failed = await f.plan({ slot: 'failed' });
        await fail(failed);
        f.clock.move(HOUR);
        const young = await deliver(await f.plan({ slot: 'young' }));
        const open = await f.plan({ slot: 'open' });
        await f.walk(open, ['extracting', 'staged'], { stagePrefix: 'p/open' });
        const before = new Date('2026-02-16T07:00:00.000Z');
        expect(await f.ledger.expiredStages(before, 10)).toEqual([{ runId: old.id, stagePrefix: 'p/old' }]);
        await f.ledger.stageExpired(old.id);
        await f.ledger.stageExpired(open.id);
        expect(await f.ledger.expiredStages(before, 10)).toEqual([]);
        expect(await f.ledger.expiredStages(new Date(FUTURE), 1)).toEqual([{ runId: young.id, stagePrefix: 'p/young' }]);
        expect(await f.current(old)).toMatchObject({ stagePrefix: 'p/old', manifest: MANIFEST });
      });

      test('stories expire with their texts, and counts and the stories of others stay', async () => {
        const old = await deliver(await f.plan({ slot: 'old' }));
        const failed = await fail(await f.plan({ slot: 'failed' }));
        f.clock.move(HOUR);
        const young = await deliver(await f.plan({ slot: 'young' }));
        const open = await f.plan({ slot: 'open' });
        await f.take(open);
        const entries = await f.ledger.pendingOutbox(100);
        await f.ledger.outboxDone(entries.filter(({ runId }) => runId === old.id).map(({ id }) => id));
        const before = new Date('2026-02-16T07:00:00.000Z');
        expect(await f.ledger.expireDetails(before, 1)).toBe(1);
        expect(await f.ledger.expireDetails(before, 10)).toBe(1);
        expect(await f.ledger.expireDetails(before, 10)).toBe(0);
        for (const run of [old, failed]) {
          expect(await f.story(run)).toEqual([]);
          expect(await f.ledger.attemptsOf(run.id)).toEqual([]);
        }
        expect(await f.current(old)).toEqual({ ...old, manifest: null, receipt: null });
        expect(await f.current(failed)).toMatchObject({ error: { kind: 'config', code: 'sftp_auth', message: '', hint: null } });
        expect(new Set((await f.store.raw('select run_id from outbox')).map(({ run_id }) => run_id))).toEqual(
          new Set([failed.id, young.id, open.id]),
        );
        expect(await f.story(young)).toHaveLength(6);
        for (const table of ['steps', 'attempts']) {
          expect(String(await failureOf(f.store.raw(`delete from ${table} where run_id = '${open.id}'`)))).toMatch('append-only');
          expect(String(await failureOf(f.store.raw(`update ${table} set run_id = run_id`)))).toMatch('append-only');
        }
      });

      test('a failed run whose story has expired can be tried again, and its new story is kept', async () => {
        const failed = await fail(await f.plan());
        await f.ledger.outboxDone((await f.ledger.pendingOutbox(10)).map(({ id }) => id));
        await f.ledger.expireDetails(new Date(FUTURE), 10);
        await f.ledger.retry(failed.id, ADA, HOUR);
        await f.walk(failed, DELIVERED);
        expect(await f.story(failed)).toEqual([
          '0 requeued',
          '2 claimed',
          '2 extracting',
          '2 staged',
          '2 delivering',
          '2 delivered',
        ]);
        expect(String(await failureOf(f.store.raw('delete from steps')))).toMatch('append-only');
      });
    });

    describe('an upgrade', () => {
      test('of a store of version 1 keeps its runs, and they can be listed, taken and told', async () => {
        await using old = await makeEmpty();
        await makeVersion1(old);
        await using ledger = await openLedger(old.place, { clock: f.clock, program: '2.0.0' });
        const runs = await ledger.runs({ agencyIds: ['1480'], destination: 'liveramp-us' });
        expect(runs.map(({ id, state }) => [id, state])).toEqual([
          ['run-c', 'planned'],
          ['run-b', 'failed'],
          ['run-a', 'delivered'],
        ]);
        expect(runs[0]).toMatchObject({
          delivery: planRequest().delivery,
          dueAt: '2026-02-03T06:00:00.000Z',
          deadlineAt: '2026-02-03T06:00:00.000Z',
          asOf: null,
          failures: 0,
          hold: null,
          approvals: [],
        });
        expect(await ledger.runs({ agencyIds: ['9'], destination: 'ttd', limit: 5_000 })).toHaveLength(2_500);
        expect(await ledger.deliveries({ agencyIds: ['1480'] })).toMatchObject([
          {
            failures: 1,
            lastRun: { id: 'run-c', state: 'planned' },
            lastDeliveredAt: '2026-02-01T07:00:00.000Z',
            lastWritten: 7,
            paused: null,
          },
        ]);
        expect(await ledger.statistics()).toMatchObject({
          runs: { planned: 1, failed: 1, delivered: 2_501 },
          delivered: [
            { destination: 'liveramp-us', rows: 6, bytes: 42 },
            { destination: 'ttd', rows: 5_000, bytes: 0 },
          ],
        });
        expect(await ledger.stepsOf('run-a')).toHaveLength(1);
        expect(String(await failureOf(old.raw('delete from steps')))).toMatch('append-only');
        const limitsOf = () => ({ concurrency: 1, startsPerMinute: null });
        expect(await ledger.claimNext({ owner: 'w', leaseMs: HOUR, limitsOf })).toMatchObject({ run: { id: 'run-c' } });
        expect(await ledger.expireDetails(new Date(FUTURE), 3_000)).toBe(2_502);
        expect((await old.raw('select version from ledger_schema order by version')).map(({ version }) => version)).toEqual([
          1, 2, 3, 4, 5, 6,
        ]);
      });

      test('is refused to whoever only reads', async () => {
        await using old = await makeEmpty();
        await makeVersion1(old);
        const reading = openLedger({ ...old.place, readOnly: true }, { clock: f.clock, program: '2.0.0' });
        expect(await failureOf(reading)).toMatchObject({ code: 'control_store_older' });
      });
    });

    /** A store as version 1 of the schema left it, with three runs of one delivery and many of another. */
    async function makeVersion1(control: ControlStore): Promise<void> {
      const deps = { clock: f.clock, program: '1.0.0', random: () => new Uint8Array(10), readOnly: false };
      const { place } = control;
      const store = place.kind === 'sqlite' ? await openSqliteStore(place.path, deps) : openPostgresStore(place.url, deps);
      try {
        await store.write(async (trx) => {
          await firstMigration(trx, store.engine);
          await fillVersion1(trx);
        });
      } finally {
        await store[Symbol.asyncDispose]();
      }
    }

    async function fillVersion1(db: Kysely<Tables>): Promise<void> {
      await sql`create table ledger_schema (version integer primary key, name text not null, applied_at text not null)`.execute(
        db,
      );
      await sql`insert into ledger_schema values (1, 'runs', ${PAST})`.execute(db);
      const { agencyId, advertiserId, destination, segmentId } = planRequest().delivery;
      await sql`insert into deliveries (id, agency_id, advertiser_id, destination, segment_id, created_at)
        values ('d1', ${agencyId}, ${advertiserId}, ${destination}, ${segmentId}, ${PAST})`.execute(db);
      for (const [id, day, state, finishedAt] of [
        ['run-a', 1, 'delivered', '2026-02-01T07:00:00.000Z'],
        ['run-b', 2, 'failed', '2026-02-02T07:00:00.000Z'],
        ['run-c', 3, 'planned', null],
      ] as const) {
        const delivered = state === 'delivered';
        await sql`insert into runs (id, delivery_id, slot, generation, state, planned_at, finished_at, window_to, config_version,
            program_version, segment_name, destination_type, mode, refresh, identifier_types, late, attempts, written, manifest, receipt)
          values (${id}, 'd1', ${`slot-${day}`}, 0, ${state}, ${`2026-02-0${day}T06:00:00.000Z`}, ${finishedAt}, ${PAST}, 7,
            '1.0.0', 'Acme', 'liveramp-sftp', 'merged', 'full', 'IDFA', 0, 0, ${delivered ? 7 : null},
            ${delivered ? JSON.stringify(MANIFEST) : null}, ${delivered ? JSON.stringify(RECEIPT) : null})`.execute(db);
        await sql`insert into steps values (${id}, 1, 0, ${PAST}, 'planned', '{}')`.execute(db);
      }
      // More than the migration looks at in one go.
      await sql`insert into deliveries (id, agency_id, advertiser_id, destination, segment_id, created_at)
        values ('d2', '9', '9', 'ttd', '9', ${PAST})`.execute(db);
      for (let start = 0; start < 2_500; start += 500) {
        const rows = Array.from({ length: 500 }, (_, n) => {
          const no = start + n;
          return sql`(${`run-${no}`}, 'd2', ${`s-${no}`}, 0, 'delivered', ${PAST}, ${PAST}, ${PAST}, 7, '1.0.0', 'Acme', 'ttd', 'merged', 'full', 'IP', 0, 1, 2)`;
        });
        await sql`insert into runs (id, delivery_id, slot, generation, state, planned_at, finished_at, window_to, config_version,
            program_version, segment_name, destination_type, mode, refresh, identifier_types, late, attempts, written)
          values ${sql.join(rows)}`.execute(db);
      }
    }

    test('the store says what time it is', async () => {
      const first = await f.ledger.now();
      const second = await f.ledger.now();
      expect(second.getTime()).toBeGreaterThanOrEqual(first.getTime());
      if (f.store.place.kind === 'sqlite') expect(first).toEqual(f.clock.now());
    });
  });
}
