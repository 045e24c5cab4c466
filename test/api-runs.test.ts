import { describe, expect, test } from 'vitest';
import { changedRun, runDetail, runPage } from '../src/shapes/api-shapes.ts';
import { idOf, planOne, startApi } from './support/api-server.ts';

describe('the list of runs', () => {
  test('gives every run once over many pages while runs are added', async () => {
    await using server = await startApi();
    const planned: string[] = [];
    for (let n = 0; n < 120; n += 1) {
      // Many of one instant: their ids are in no order of their own.
      if (n % 7 === 0) server.clock.move(1_000);
      planned.push((await planOne(server.ledger, { advertiserId: String(n) })).id);
    }
    const seen: string[] = [];
    let next: string | null = '/api/delivery/runs?limit=13';
    for (let pages = 0; next !== null; pages += 1) {
      const { status, body } = await server.call('GET', next);
      expect(status).toBe(200);
      const page = runPage.parse(body);
      expect(page.runs.length).toBeLessThanOrEqual(13);
      seen.push(...page.runs.map(({ runId }) => runId));
      next = page.next;
      if (next !== null) expect(page.runs).toHaveLength(13);
      server.clock.move(pages % 2 === 0 ? 0 : 1_000);
      await planOne(server.ledger, { advertiserId: `late-${pages}` });
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => planned.includes(id)).sort()).toEqual([...planned].sort());
    const times = (await Promise.all(seen.map((id) => server.ledger.runById(id)))).map((run) => run?.plannedAt ?? '');
    expect(times).toEqual([...times].sort().reverse());
  });

  test('an exact last page has no next one', async () => {
    await using server = await startApi();
    for (const advertiserId of ['1', '2', '3']) await planOne(server.ledger, { advertiserId });
    expect((await server.call('GET', '/api/delivery/runs?limit=3')).body).toMatchObject({ next: null });
    expect((await server.call('GET', '/api/delivery/runs?limit=2')).body.next).toMatch(/^\/api\/delivery\/runs\?limit=2&cursor=/);
  });

  test('is narrowed by every filter, and the link to the next page keeps them', async () => {
    await using server = await startApi();
    const { ledger } = server;
    const mine = await planOne(ledger, { agencyId: '7', advertiserId: '71', destination: 'archive', segmentId: 's' }, '2026-W07');
    const held = await planOne(ledger, { agencyId: '8' });
    await planOne(ledger, { agencyId: '9' });
    const claim = await ledger.claim(held.id, 'worker', 60_000);
    await ledger.advance(held.id, claim?.token ?? 0, 'extracting');
    await ledger.hold(held.id, claim?.token ?? 0, 'first_run', 'the first run');
    const ids = async (query: string): Promise<string[]> =>
      (await server.call('GET', `/api/delivery/runs?${query}`)).body.runs.map(({ runId }: { runId: string }) => runId);
    for (const query of [
      'agencyId=7',
      'advertiserId=71',
      'destination=archive',
      'slot=2026-W07',
      `deliveryId=${mine.deliveryId}`,
    ]) {
      expect([query, await ids(query)]).toEqual([query, [mine.id]]);
    }
    expect(await ids('held=true')).toEqual([held.id]);
    expect(await ids('held=false')).toHaveLength(2);
    expect(await ids(`state=${(await ledger.runById(held.id))?.state}&agencyId=8`)).toEqual([held.id]);
    expect(await ids('state=delivered')).toEqual([]);
    expect(await ids('agencyId=77')).toEqual([]);
    const first = await server.call('GET', '/api/delivery/runs?held=false&limit=1');
    const second = await server.call('GET', first.body.next);
    expect(first.body.next).toContain('held=false');
    expect([first, second].map(({ body }) => body.runs[0].runId).sort()).toEqual((await ids('held=false')).sort());
    expect(second.body.next).toBeNull();
  });

  test('refuses a cursor that it did not give', async () => {
    await using server = await startApi();
    for (const cursor of ['x', btoa('{}'), btoa('["2026"]'), encodeURIComponent(btoa('{"plannedAt":"yesterday","id":"1"}'))]) {
      const { status, body } = await server.call('GET', `/api/delivery/runs?cursor=${cursor}`);
      expect([cursor, status, body.code]).toEqual([cursor, 400, 'cursor_invalid']);
    }
  });
});

describe('a run', () => {
  test('is shown by its id or the beginning of it, with its story', async () => {
    await using server = await startApi();
    const run = await planOne(server.ledger);
    for (const id of [run.id, run.id.slice(0, 12), run.id.toUpperCase()]) {
      const { status, body } = await server.call('GET', `/api/delivery/runs/${id}`);
      expect(status).toBe(200);
      expect(runDetail.parse(body)).toMatchObject({
        run: { runId: run.id, state: 'planned', hold: null, cancelRequested: false, dueAt: '2026-02-16T06:00:00.000Z' },
        manifest: null,
        steps: [{ seq: 1, step: 'planned' }],
      });
    }
    const { status, body } = await server.call('GET', '/api/delivery/runs/zzzz');
    expect([status, body.code]).toEqual([404, 'run_unknown']);
    await planOne(server.ledger, { advertiserId: '2' });
    const ambiguous = await server.call('GET', `/api/delivery/runs/${run.id.slice(0, 5)}`);
    expect([ambiguous.status, ambiguous.body.code]).toEqual([422, 'run_ambiguous']);
  });

  test('is cancelled, tried again, approved and rejected, each once in the audit log', async () => {
    await using server = await startApi();
    const { ledger } = server;
    const post = (id: string, action: string, body: unknown = {}) =>
      server.call('POST', `/api/delivery/runs/${id}/${action}`, body, { 'x-aquarius-actor': 'ana' });

    const run = await planOne(ledger);
    const cancelled = await post(run.id.slice(0, 14), 'cancel', { reason: 'too early' });
    expect(changedRun.parse(cancelled.body)).toMatchObject({ run: { runId: run.id, state: 'skipped' } });
    expect((await post(run.id, 'retry')).body).toMatchObject({
      run: { state: 'planned', deadlineAt: '2026-02-16T07:00:00.000Z' },
    });

    const notHeld = await post(run.id, 'approve');
    expect([notHeld.status, notHeld.body.code]).toEqual([409, 'run_not_held']);

    const hold = async () => {
      const claim = await ledger.claim(run.id, 'worker', 60_000);
      await ledger.advance(run.id, claim?.token ?? 0, 'extracting');
      await ledger.hold(run.id, claim?.token ?? 0, 'size_deviation', 'twice the size');
    };
    await hold();
    expect((await server.call('GET', `/api/delivery/runs/${run.id}`)).body.run.hold).toMatchObject({
      reason: 'size_deviation',
      detail: 'twice the size',
    });
    const noReason = await post(run.id, 'reject');
    expect([noReason.status, noReason.body.problems]).toMatchObject([400, [{ path: 'body.reason' }]]);
    expect((await post(run.id, 'reject', { reason: '   ' })).status).toBe(400);
    expect((await ledger.runById(run.id))?.hold).not.toBeNull();
    expect((await post(run.id, 'reject', { reason: 'the log was loaded twice' })).body).toMatchObject({ run: { hold: null } });

    const other = await planOne(ledger, { advertiserId: '2' });
    const claim = await ledger.claim(other.id, 'worker', 60_000);
    await ledger.hold(other.id, claim?.token ?? 0, 'first_run', 'the first one');
    expect((await post(other.id, 'approve', { reason: 'looks right' })).body).toMatchObject({ run: { hold: null } });

    const { body } = await server.call('GET', '/api/delivery/audit');
    expect(body.entries.map(({ action, actor, reason }: Record<string, unknown>) => [action, actor, reason]).sort()).toEqual([
      ['run.approve', 'ana', 'looks right'],
      ['run.cancel', 'ana', 'too early'],
      ['run.reject', 'ana', 'the log was loaded twice'],
      ['run.retry', 'ana', null],
    ]);
  });

  test('that was delivered is neither cancelled nor tried again', async () => {
    await using server = await startApi();
    const { ledger } = server;
    const run = await planOne(ledger);
    const { token = 0 } = (await ledger.claim(run.id, 'worker', 60_000)) ?? {};
    for (const state of ['extracting', 'staged', 'delivering', 'delivered'] as const) await ledger.advance(run.id, token, state);
    for (const [action, code] of [
      ['cancel', 'run_finished'],
      ['retry', 'run_delivered'],
    ]) {
      const { status, body } = await server.call('POST', `/api/delivery/runs/${run.id}/${action}`, {});
      expect([status, body.code]).toEqual([409, code]);
      expect(body.hint).toEqual(expect.any(String));
    }
  });

  test('of an agency that is not the caller’s does not exist for them', async () => {
    await using server = await startApi(undefined, {
      identify: () => ({ kind: 'key', userId: null, name: 'ana', role: 'operator', agencyIds: ['1480'] }),
    });
    const mine = await planOne(server.ledger);
    const other = await planOne(server.ledger, { agencyId: '9' });
    const { body } = await server.call('GET', '/api/delivery/runs');
    expect(body.runs.map(({ runId }: { runId: string }) => runId)).toEqual([mine.id]);
    expect((await server.call('GET', '/api/delivery/runs?agencyId=9')).body).toEqual({ runs: [], next: null });
    for (const [method, path] of [
      ['GET', `/api/delivery/runs/${other.id}`],
      ['GET', `/api/delivery/runs/${other.id}/progress`],
      ['POST', `/api/delivery/runs/${other.id}/cancel`],
      ['POST', `/api/delivery/deliveries/${idOf({ agencyId: '9' })}/pause`],
      ['GET', `/api/delivery/deliveries/${idOf({ agencyId: '9' })}`],
    ] as const) {
      expect([path, (await server.call(method, path, method === 'POST' ? {} : undefined)).status]).toEqual([path, 404]);
    }
    expect((await server.ledger.runById(other.id))?.state).toBe('planned');
    expect((await server.call('POST', `/api/delivery/runs/${mine.id}/cancel`, {})).status).toBe(200);
    await server.ledger.pauseDelivery({ ...other.delivery }, { name: 'bo', via: 'cli', reason: null });
    expect((await server.call('GET', '/api/delivery/audit')).body.entries).toHaveLength(1);
    expect((await server.call('GET', '/api/delivery/deliveries')).body.deliveries).toHaveLength(1);
    expect((await server.call('GET', '/metrics')).body.code).toBe('role_insufficient');
    const key = { 'idempotency-key': 'k' };
    for (const request of [{}, { agencyId: '9' }]) {
      const refused = await server.call('POST', '/api/delivery/run', request, key);
      expect([refused.status, refused.body.code]).toEqual([403, 'agency_forbidden']);
    }
    expect((await server.call('POST', '/api/delivery/run', { agencyId: '1480' }, key)).status).toBe(202);
  });
});
