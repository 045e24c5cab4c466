import { describe, expect, test } from 'vitest';
import type { Condition } from '../../src/ledger/alert.ts';
import type { ControlStore } from '../support/control-stores.ts';
import { inProcesses } from '../support/ledger-processes.ts';
import { HOUR, ledgerFixture, MINUTE, PAST } from './ledger-fixture.ts';

function condition(key: string, message = 'It failed.'): Condition {
  return { key, kind: 'run_failed', agencyId: '1480', message, detail: { rows: 5, slot: '2026-W08', more: null } };
}

/** What alerts and their notifications must do on every control store. */
export function ledgerAlertsConformance(name: string, makeStore: () => Promise<ControlStore>): void {
  describe(`alerts on ${name}`, () => {
    const f = ledgerFixture(makeStore);
    const takeAll = async () => {
      const taken = [];
      for (let one = await f.ledger.takeNotification(MINUTE); one !== null; one = await f.ledger.takeNotification(MINUTE))
        taken.push(one);
      return taken;
    };
    const said = async () => (await takeAll()).map(({ channel, event, alert }) => `${channel} ${event} ${alert.key}`).sort();

    test('what is wrong is told once on every channel when it begins, and once when it ends', async () => {
      const fired = { ...condition('a'), state: 'firing', firedAt: '2026-02-16T06:00:00.000Z', resolvedAt: null };
      expect(await f.ledger.updateAlerts([condition('a')], ['mail', 'hook'])).toEqual([fired]);
      expect(await said()).toEqual(['hook fired a', 'mail fired a']);
      f.clock.move(1_000);
      expect(await f.ledger.updateAlerts([condition('a', 'It failed twice.')], ['mail', 'hook'])).toEqual([]);
      expect(await f.ledger.alerts()).toEqual([{ ...fired, message: 'It failed twice.' }]);
      expect(await said()).toEqual([]);
      for (const { id } of await f.store.raw('select id from notifications')) await f.ledger.notificationDone(String(id));
      f.clock.move(1_000);
      const resolved = {
        ...fired,
        message: 'It failed twice.',
        state: 'resolved',
        resolvedAt: '2026-02-16T06:00:02.000Z',
      };
      expect(await f.ledger.updateAlerts([condition('b')], ['mail'])).toEqual([expect.objectContaining({ key: 'b' }), resolved]);
      expect(await said()).toEqual(['mail fired b', 'mail resolved a']);
      expect(await f.ledger.alerts({ state: 'resolved' })).toEqual([resolved]);
      expect((await f.ledger.alerts({ state: 'firing' })).map(({ key }) => key)).toEqual(['b']);
      expect((await f.ledger.alerts({ limit: 1 })).map(({ key }) => key)).toEqual(['b']);
    });

    test('what goes wrong again is told again', async () => {
      await f.ledger.updateAlerts([condition('a')], ['mail']);
      await f.ledger.updateAlerts([], ['mail']);
      f.clock.move(1_000);
      expect(await f.ledger.updateAlerts([condition('a')], ['mail'])).toMatchObject([
        { state: 'firing', firedAt: '2026-02-16T06:00:01.000Z', resolvedAt: null },
      ]);
      expect(await f.ledger.alerts()).toHaveLength(1);
    });

    test('whoever looked before an alert fired does not resolve it', async () => {
      await f.ledger.updateAlerts([condition('a'), condition('b')], ['mail']);
      expect(await f.ledger.updateAlerts([], ['mail'], new Set(['a']))).toMatchObject([{ key: 'a', state: 'resolved' }]);
      expect((await f.ledger.alerts({ state: 'firing' })).map(({ key }) => key)).toEqual(['b']);
    });

    test('who takes an alert on is told until it is over, and whoever does so next is told instead', async () => {
      const by = (name: string) => ({ name, via: 'api' as const, reason: `${name} is at it` });
      await f.ledger.updateAlerts([condition('a'), condition('b')], []);
      await f.ledger.acknowledgeAlert('a', by('ana'), 'all');
      f.clock.move(1_000);
      await f.ledger.acknowledgeAlert('a', by('bo'), 'all');
      expect(await f.ledger.acknowledgements()).toEqual([
        { key: 'a', at: '2026-02-16T06:00:01.000Z', by: 'bo', note: 'bo is at it' },
      ]);
      await expect(f.ledger.acknowledgeAlert('c', by('ana'), 'all')).rejects.toMatchObject({ code: 'alert_unknown' });
      await expect(f.ledger.acknowledgeAlert('b', by('ana'), [])).rejects.toMatchObject({ code: 'alert_unknown' });
      await f.ledger.updateAlerts([], []);
      await f.ledger.updateAlerts([condition('a')], []);
      expect(await f.ledger.acknowledgements()).toEqual([]);
      await f.ledger.updateAlerts([], []);
      await f.ledger.forgetAlerts(new Date('2100-01-01'));
      expect(await f.store.raw('select key from alert_acknowledgements')).toEqual([]);
    });

    test('what was last known of a feed is kept, the newest alone', async () => {
      const check = (checkedAt: string, newestAt: string | null) => ({ feed: 'STORE_VISITS', newestAt, checkedAt });
      await f.ledger.recordFeedChecks([check('2026-02-15T06:00:00.000Z', '2026-02-14T00:00:00.000Z')]);
      await f.ledger.recordFeedChecks([check('2026-02-16T06:00:00.000Z', null)]);
      expect(await f.ledger.feedChecks()).toEqual([check('2026-02-16T06:00:00.000Z', null)]);
    });

    test('what has long been over is forgotten, what is not stays', async () => {
      await f.ledger.updateAlerts([condition('over'), condition('lasts')], ['mail']);
      await f.ledger.updateAlerts([condition('lasts')], ['mail']);
      const taken = await takeAll();
      const [done] = taken;
      await f.ledger.notificationDone(done?.id ?? '');
      await f.ledger.forgetAlerts(new Date('2020-01-01'));
      expect((await f.ledger.alerts()).map(({ key }) => key).sort()).toEqual(['lasts', 'over']);
      // After every clock that has written here.
      await f.ledger.forgetAlerts(new Date('2100-01-01'));
      expect((await f.ledger.alerts()).map(({ key }) => key)).toEqual(['lasts']);
      const left = await f.store.raw('select id from notifications');
      expect(left.map(({ id }) => id)).not.toContain(done?.id);
      // Two fired at first and one ended; the end waits for its beginning to be told, so two could be taken.
      expect(left).toHaveLength(2);
    });

    test('servers that look at the same time tell it once', async () => {
      const conditions = Array.from({ length: 20 }, (_, n) => condition(`key-${n}`));
      const ended = await inProcesses(
        f.store.place,
        [conditions, [...conditions].reverse(), conditions].map((those) => ({
          task: 'alert',
          conditions: those,
          channels: ['mail', 'hook'],
        })),
      );
      expect(ended.flatMap(({ result }) => result as string[]).sort()).toEqual(conditions.map(({ key }) => key).sort());
      expect(await f.store.raw('select id from notifications')).toHaveLength(40);
    });

    test('senders that work at the same time take each message once', async () => {
      await f.ledger.updateAlerts(
        Array.from({ length: 15 }, (_, n) => condition(`key-${n}`)),
        ['mail'],
      );
      const ended = await inProcesses(f.store.place, [{ task: 'notify' }, { task: 'notify' }, { task: 'notify' }]);
      const taken = ended.flatMap(({ result }) => result as string[]);
      expect(taken).toHaveLength(15);
      expect(new Set(taken).size).toBe(15);
    });

    test('a message whose sender is gone is taken by another, and one that failed when its time has come', async () => {
      await f.ledger.updateAlerts([condition('a')], ['mail']);
      const first = await f.ledger.takeNotification(MINUTE);
      expect(first).toMatchObject({ channel: 'mail', event: 'fired', attempts: 1, alert: { key: 'a', detail: { rows: 5 } } });
      expect(await f.ledger.takeNotification(MINUTE)).toBeNull();
      await f.store.raw(`update notifications set lease_until = '${PAST}'`);
      expect(await f.ledger.takeNotification(MINUTE)).toMatchObject({ id: first?.id, attempts: 2 });
      await f.ledger.notificationFailed(first?.id ?? '', HOUR);
      expect(await f.ledger.takeNotification(MINUTE)).toBeNull();
      await f.store.raw(`update notifications set next_at = '${PAST}'`);
      expect(await f.ledger.takeNotification(MINUTE)).toMatchObject({ attempts: 3 });
      await f.ledger.notificationFailed(first?.id ?? '', null);
      await f.store.raw(`update notifications set next_at = '${PAST}'`);
      expect(await f.ledger.takeNotification(MINUTE)).toBeNull();
    });

    test('the end of an alert is not told before its beginning', async () => {
      await f.ledger.updateAlerts([condition('a')], ['mail']);
      const fired = await f.ledger.takeNotification(MINUTE);
      await f.ledger.notificationFailed(fired?.id ?? '', HOUR);
      f.clock.move(1_000);
      await f.ledger.updateAlerts([], ['mail']);
      expect(await f.ledger.takeNotification(MINUTE)).toBeNull();
      await f.ledger.notificationDone(fired?.id ?? '');
      expect(await f.ledger.takeNotification(MINUTE)).toMatchObject({ event: 'resolved', alert: { state: 'resolved' } });
    });
  });
}
