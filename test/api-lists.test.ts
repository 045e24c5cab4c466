import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alertList, auditPage, destinationList, readiness } from '../src/shapes/api-shapes.ts';
import { deliveryOverview } from '../src/shapes/delivery-shape.ts';
import { type ApiServer, idOf, planOne, startApi } from './support/api-server.ts';

let server: ApiServer;
beforeEach(async () => {
  server = await startApi();
});
afterEach(() => server[Symbol.asyncDispose]());

describe('deliveries', () => {
  test('are listed with how they are doing, narrowed by filters and state', async () => {
    await planOne(server.ledger);
    await planOne(server.ledger, { agencyId: '2', destination: 'archive' });
    const list = async (query: string) => {
      const { status, body } = await server.call('GET', `/api/delivery/deliveries${query}`);
      expect(status).toBe(200);
      return deliveryOverview.array().parse(body.deliveries);
    };
    expect(await list('')).toHaveLength(2);
    expect(await list('?agencyId=2')).toMatchObject([{ destination: 'archive', lastRun: { slot: '2026-W08' } }]);
    expect(await list('?destination=liveramp-us')).toMatchObject([{ agencyId: '1480' }]);
    expect(await list('?advertiserId=nobody')).toEqual([]);
    expect(await list('?state=paused')).toEqual([]);
    expect(await list('?state=on')).toHaveLength(2);
  });

  test('are paused and resumed by the beginning of their id, with a reason', async () => {
    await planOne(server.ledger);
    const id = idOf();
    const paused = await server.call('POST', `/api/delivery/deliveries/${id.slice(0, 8)}/pause`, { reason: 'they asked' });
    expect(paused.status).toBe(200);
    expect(deliveryOverview.parse(paused.body.delivery)).toMatchObject({
      deliveryId: id,
      state: 'paused',
      paused: { by: 'api', reason: 'they asked' },
    });
    expect((await server.call('GET', '/api/delivery/deliveries?state=paused')).body.deliveries).toHaveLength(1);
    const resumed = await server.call('POST', `/api/delivery/deliveries/${id}/resume`);
    expect(resumed.body.delivery).toMatchObject({ state: 'on', paused: null });
    expect((await server.call('GET', `/api/delivery/deliveries/${id.toUpperCase()}`)).body.delivery).toMatchObject({
      deliveryId: id,
    });
    const entries = await server.ledger.auditLog({ subjectKind: 'delivery' });
    expect(entries.map(({ action }) => action).sort()).toEqual(['delivery.pause', 'delivery.resume']);
  });

  test('whose ids begin alike are not mixed up', async () => {
    const both = await startApi(() => ({
      listDeliveries: async () =>
        ['aaaa1111', 'aaaa2222'].map((deliveryId) => ({
          ...{ deliveryId, agencyId: '1', advertiserId: '2', advertiserName: null, destination: 'd', segmentId: 's' },
          ...{ cadence: null, nextSlot: null, nextDueAt: null, state: 'off', reason: 'not_enabled', detail: 'x' },
          ...{ paused: null, failures: 0, lastRun: null, lastDeliveredAt: null },
        })) as never,
    }));
    await using _ = both;
    const { status, body } = await both.call('POST', '/api/delivery/deliveries/aaaa/pause', {});
    expect([status, body.code]).toEqual([422, 'delivery_ambiguous']);
    expect((await both.call('GET', '/api/delivery/deliveries/aaaa2')).body.delivery.deliveryId).toBe('aaaa2222');
  });
});

test('destinations are all that are configured, with the state of their breakers', async () => {
  const policy = { failures: 1, coolDownMs: 60_000, maxCoolDownMs: 60_000 };
  await server.ledger.recordDestination('liveramp-us', { ok: false, code: 'sftp_timeout', message: 'No answer.' }, policy);
  await server.ledger.recordDestination('gone', { ok: true }, policy);
  const { body } = await server.call('GET', '/api/delivery/destinations');
  expect(destinationList.parse(body).destinations).toMatchObject([
    { name: 'liveramp-us', type: 'liveramp-sftp', breaker: 'open', failures: 1, errorCode: 'sftp_timeout' },
    { name: 'archive', type: 'folder', limits: { concurrency: 1, startsPerMinute: 60 }, breaker: 'closed', errorCode: null },
  ]);
});

describe('alerts', () => {
  const condition = (n: number, agencyId: string | null) => ({
    key: `run_failed:${n}`,
    kind: 'run_failed' as const,
    agencyId,
    message: `Run ${n} has failed.`,
    detail: { n },
  });

  test('are listed by state and agency, and say when there are more', async () => {
    await server.ledger.updateAlerts([condition(1, '1'), condition(2, '2'), condition(3, null)], []);
    await server.ledger.updateAlerts([condition(1, '1'), condition(3, null)], []);
    const list = async (query: string) => alertList.parse((await server.call('GET', `/api/delivery/alerts${query}`)).body);
    expect((await list('')).alerts).toHaveLength(3);
    expect((await list('?state=resolved')).alerts).toMatchObject([{ key: 'run_failed:2', state: 'resolved', agencyId: '2' }]);
    expect((await list('?state=firing&agencyId=1')).alerts).toMatchObject([{ key: 'run_failed:1' }]);
    expect(await list('?limit=2')).toMatchObject({ more: true });
    expect(await list('?limit=3')).toMatchObject({ more: false });
  });

  test('of others, and of all, are not for those who see some agencies; theirs are found behind any number of others', async () => {
    await using scoped = await startApi(undefined, {
      identify: () => ({ kind: 'key', userId: null, name: 'ana', role: 'viewer', agencyIds: ['7'] }),
    });
    const others = Array.from({ length: 30 }, (_, n) => condition(n, n % 2 === 0 ? '8' : null));
    await scoped.ledger.updateAlerts([condition(100, '7')], []);
    scoped.clock.move(1_000);
    await scoped.ledger.updateAlerts([condition(100, '7'), ...others, condition(101, '7')], []);
    const { body } = await scoped.call('GET', '/api/delivery/alerts?limit=2');
    expect(body.alerts.map(({ key }: { key: string }) => key).sort()).toEqual(['run_failed:100', 'run_failed:101']);
    expect(body.more).toBe(false);
  });
});

test('the audit log is given whole over its pages, and by subject', async () => {
  const run = await planOne(server.ledger);
  const key = { agencyId: '1480', advertiserId: '4711', destination: 'liveramp-us', segmentId: '1480_4711_30D' };
  for (let n = 0; n < 6; n += 1) {
    const actor = { name: `p${n}`, via: 'cli', reason: null } as const;
    if (n % 2 === 0) await server.ledger.pauseDelivery(key, actor);
    else await server.ledger.resumeDelivery(key, actor);
    server.clock.move(1);
  }
  await server.ledger.cancel(run.id, { name: 'last', via: 'api', reason: null });
  const actors: string[] = [];
  let next: string | null = '/api/delivery/audit?limit=3';
  while (next !== null) {
    const page = auditPage.parse((await server.call('GET', next)).body);
    actors.push(...page.entries.map(({ actor }) => actor));
    next = page.next;
  }
  expect(actors).toEqual(['last', 'p5', 'p4', 'p3', 'p2', 'p1', 'p0']);
  const ofRun = await server.call('GET', `/api/delivery/audit?subjectKind=run&subjectId=${run.id}`);
  expect(ofRun.body.entries).toMatchObject([{ action: 'run.cancel', subjectId: run.id, agencyId: '1480' }]);
  expect((await server.call('GET', '/api/delivery/audit?agencyId=2')).body.entries).toEqual([]);
});

describe('health', () => {
  test('is told to anybody', async () => {
    expect((await server.call('GET', '/healthz')).body).toEqual({ status: 'ok', version: '1.2.3' });
    const { status, body } = await server.call('GET', '/readyz');
    expect([status, readiness.parse(body).ok]).toEqual([200, true]);
  });

  test('of readiness is 503 with the checks when something is away', async () => {
    await using away = await startApi(() => ({
      ready: async (signal) => ({
        ok: signal.aborted,
        checks: [{ name: 'control store', ok: false, message: 'does not answer', url: 'postgres://secret' }] as never,
      }),
    }));
    const { status, body } = await away.call('GET', '/readyz');
    expect(status).toBe(503);
    expect(body).toEqual({ ok: false, checks: [{ name: 'control store', ok: false, message: 'does not answer' }] });
  });

  test('in figures comes as Prometheus has it', async () => {
    const { headers, body } = await server.call('GET', '/metrics');
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toBe('aquarius_runs 1\n');
  });
});
