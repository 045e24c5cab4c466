import { describe, expect, test } from 'vitest';
import { configError, transientError } from '../src/errors.ts';
import type { Actor } from '../src/ledger/actor.ts';
import { planOutput } from '../src/shapes/shapes.ts';
import { type TriggerRequest, triggerOutcome } from '../src/shapes/trigger-shapes.ts';
import { startApi } from './support/api-server.ts';
import { planRequest } from './support/plan-request.ts';

const PATH = '/api/delivery/run';

/** An API whose trigger makes one more run each time that it is really called. */
async function countingApi() {
  const asked: (readonly [TriggerRequest, Actor])[] = [];
  const server = await startApi(({ ledger }) => ({
    trigger: async (request, actor) => {
      asked.push([request, actor]);
      const { run, created } = await ledger.planRun(planRequest({ generation: 'again' }));
      return { runs: [{ runId: run.id, deliveryId: run.deliveryId, slot: run.slot, created }], notPlanned: [] };
    },
  }));
  return { asked, server };
}

describe('a trigger', () => {
  test('asks for runs once for a key, and gives the same answer again', async () => {
    const { asked, server } = await countingApi();
    await using _ = server;
    const request = { advertiserId: '4711', force: true };
    const headers = { 'idempotency-key': 'key-1', 'x-aquarius-actor': 'ana' };
    const first = await server.call('POST', PATH, request, headers);
    expect(first.status).toBe(202);
    expect(triggerOutcome.parse(first.body).runs).toHaveLength(1);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(asked).toEqual([
      [
        { ...request, dryRun: false },
        { name: 'ana', via: 'api', reason: null },
      ],
    ]);

    // The same in another spelling.
    const again = await server.call('POST', PATH, '{ "dryRun": false, "force": true, "advertiserId": "4711" }', headers);
    expect([again.status, again.body]).toEqual([202, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await server.ledger.runs()).toHaveLength(1);

    const other = await server.call('POST', PATH, { advertiserId: '4712', force: true }, headers);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
    expect((await server.call('POST', PATH, request, { ...headers, 'x-aquarius-actor': 'bo' })).status).toBe(202);
    expect((await server.call('POST', PATH, request, { ...headers, 'idempotency-key': 'key-2' })).status).toBe(202);
    expect(asked).toHaveLength(3);
  });

  test('that comes twice at once has one effect', async () => {
    const { asked, server } = await countingApi();
    await using _ = server;
    const call = () => server.call('POST', PATH, {}, { 'idempotency-key': 'twice' });
    const answers = await Promise.all([call(), call(), call(), call()]);
    expect(asked).toHaveLength(1);
    expect(await server.ledger.runs()).toHaveLength(1);
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted.length).toBeGreaterThan(0);
    expect(new Set(accepted.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    for (const { status, body, headers } of answers.filter((answer) => answer.status !== 202)) {
      expect([status, body.code, headers.get('retry-after')]).toEqual([409, 'idempotency_busy', '1']);
    }
    expect((await call()).body).toEqual(accepted[0]?.body);
  });

  test('that fails leaves its key free', async () => {
    let fails = true;
    await using server = await startApi(() => ({
      trigger: async () => {
        if (fails) throw transientError('warehouse_busy', 'The warehouse is busy.', { retryAfterMs: 2_500 });
        return { runs: [], notPlanned: [] };
      },
    }));
    const call = () => server.call('POST', PATH, {}, { 'idempotency-key': 'k' });
    const failed = await call();
    expect([failed.status, failed.body.code, failed.headers.get('retry-after')]).toEqual([503, 'warehouse_busy', '3']);
    fails = false;
    expect((await call()).status).toBe(202);
  });

  test('needs a key, but not to be told what would happen', async () => {
    const { asked, server } = await countingApi();
    await using _ = server;
    const { status, body } = await server.call('POST', PATH, {});
    expect([status, body.code, body.hint]).toEqual([400, 'idempotency_key_missing', expect.stringContaining('UUID')]);
    const bad = await server.call('POST', PATH, {}, { 'idempotency-key': 'with blank' });
    expect([bad.status, bad.body.problems]).toMatchObject([400, [{ path: 'header.idempotency-key' }]]);
    const preview = await server.call('POST', PATH, { dryRun: true });
    expect(preview.status).toBe(200);
    planOutput.parse(preview.body);
    expect(asked).toEqual([]);
  });

  test('tells all that is wrong with it at once', async () => {
    const { asked, server } = await countingApi();
    await using _ = server;
    const headers = { 'idempotency-key': 'k' };
    const cases = [
      [{ force: 'yes', slott: '2026-W08' }, ['body', 'body.force']],
      [{ from: '2026-02-01' }, ['body.to']],
      [{ to: '2026-02-30' }, ['body.from', 'body.to']],
      [{ from: '2026-02-02', to: '2026-02-01' }, ['body.to']],
      [{ from: '2026-02-01', to: '2026-02-02', slot: '2026-W08' }, ['body.slot']],
      [[], ['body']],
      ['null', ['body']],
    ] as const;
    for (const [request, paths] of cases) {
      const { status, body } = await server.call('POST', PATH, request, headers);
      expect([status, body.code]).toEqual([400, 'request_invalid']);
      expect(body.problems.map(({ path }: { path: string }) => path).sort()).toEqual(paths);
    }
    expect(asked).toEqual([]);
  });

  test('says what the application refuses', async () => {
    const problems = [{ path: 'DELIVERY_CADENCE', message: 'cannot be read', hint: 'Write WEEKLY.' }];
    await using server = await startApi(() => ({
      trigger: async (request) => {
        if (request.slot) throw configError('slot_invalid', 'There is no such slot.', { hint: 'Look again.', problems });
        throw configError('advertiser_unknown', 'Nobody is configured under that.');
      },
    }));
    const call = (request: unknown) => server.call('POST', PATH, request, { 'idempotency-key': 'k' });
    expect(await call({ slot: '2026-W99' })).toMatchObject({
      status: 422,
      body: {
        type: 'urn:aquarius:slot_invalid',
        title: 'Slot invalid',
        status: 422,
        detail: 'There is no such slot.',
        code: 'slot_invalid',
        hint: 'Look again.',
        problems,
        requestId: expect.any(String),
      },
    });
    expect(await call({})).toMatchObject({ status: 404, body: { code: 'advertiser_unknown', hint: null } });
  });
});
