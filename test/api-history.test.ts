import { describe, expect, test } from 'vitest';
import { runHistory, sizeHistory } from '../src/shapes/history-shapes.ts';
import { planOne, startApi } from './support/api-server.ts';

const DAY_MS = 24 * 3_600_000;

async function deliverOne(server: Awaited<ReturnType<typeof startApi>>, agencyId: string, slot: string, written: number) {
  const { ledger } = server;
  const run = await planOne(ledger, { agencyId }, slot);
  const token = (await ledger.claim(run.id, 'worker', 60_000))?.token ?? 0;
  await ledger.advance(run.id, token, 'extracting');
  await ledger.advance(run.id, token, 'staged', { written });
  await ledger.advance(run.id, token, 'delivering');
  return ledger.advance(run.id, token, 'delivered');
}

describe('the history of runs', () => {
  test('begins with the first of so many days, and A2: is of the agencies that one sees', async () => {
    await using server = await startApi(undefined, {
      identify: ({ authorization }) => ({
        kind: 'machine',
        userId: null,
        name: 'ana',
        role: 'viewer',
        agencyIds: authorization === 'Bearer all' ? 'all' : ['1'],
      }),
    });
    await deliverOne(server, '1', '2026-W06', 5);
    server.clock.move(2 * DAY_MS);
    await deliverOne(server, '1', '2026-W07', 70);
    await deliverOne(server, '2', '2026-W07', 900);
    const get = async (path: string, who: string) =>
      (await server.call('GET', `/api/delivery/history/${path}`, undefined, { authorization: `Bearer ${who}` })).body;
    expect(runHistory.parse(await get('runs?days=2', 'all'))).toEqual({
      since: '2026-02-17T00:00:00.000Z',
      days: [{ day: '2026-02-18', state: 'delivered', runs: 2, rows: 970 }],
    });
    expect((await get('runs', 'one')).days).toEqual([
      { day: '2026-02-16', state: 'delivered', runs: 1, rows: 5 },
      { day: '2026-02-18', state: 'delivered', runs: 1, rows: 70 },
    ]);
    expect((await get('runs?agencyId=2', 'one')).days).toEqual([]);
    const sizes = sizeHistory.parse(await get('sizes?days=90', 'all'));
    expect(sizes.deliveries.map(({ agencyId, points }) => [agencyId, points.map(({ rows }) => rows)])).toEqual([
      ['2', [900]],
      ['1', [5, 70]],
    ]);
    expect((await get('sizes', 'one')).deliveries).toHaveLength(1);
    expect((await get(`sizes?deliveryId=${sizes.deliveries[0]?.deliveryId}`, 'one')).deliveries).toEqual([]);
    expect((await get('runs?days=0', 'all')).code).toBe('request_invalid');
  });

  test('of a day, and of what is not over yet, is a list of runs too', async () => {
    await using server = await startApi();
    const done = await deliverOne(server, '1', '2026-W06', 5);
    server.clock.move(DAY_MS);
    const open = await planOne(server.ledger, { agencyId: '1' }, '2026-W07');
    const ids = async (query: string): Promise<string[]> =>
      (await server.call('GET', `/api/delivery/runs?${query}`)).body.runs.map(({ runId }: { runId: string }) => runId);
    expect(await ids('from=2026-02-17')).toEqual([open.id]);
    expect(await ids('to=2026-02-16')).toEqual([done.id]);
    expect(await ids('from=2026-02-16&to=2026-02-17')).toEqual([open.id, done.id]);
    expect(await ids('unfinished=true')).toEqual([open.id]);
    expect(await ids('unfinished=true&state=delivered')).toEqual([]);
    expect((await server.call('GET', '/api/delivery/runs?from=yesterday')).status).toBe(400);
  });
});
