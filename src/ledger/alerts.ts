import type { Selectable, Transaction } from 'kysely';
import type { Alert, Condition } from './alert.ts';
import type { AlertsTable, Tables } from './schema.ts';
import { type Store, timestamp } from './store.ts';

function toAlert(row: Selectable<AlertsTable>): Alert {
  return { ...row, detail: JSON.parse(row.detail) as Alert['detail'] };
}

/** Alerts by when they fired, newest first; 50 unless said. */
export function alerts(
  store: Store,
  { state, limit = 50 }: { readonly state?: Alert['state']; readonly limit?: number } = {},
): Promise<readonly Alert[]> {
  return store.read(async (db) => {
    let query = db.selectFrom('alerts').selectAll();
    if (state !== undefined) query = query.where('state', '=', state);
    return (await query.orderBy('firedAt', 'desc').orderBy('key').limit(limit).execute()).map(toAlert);
  });
}

/**
 * Compares all that is wrong now with the alerts that are firing. What is new fires, what is gone is resolved, and each of
 * these changes makes one notification for every channel, whoever calls at the same time; what is wrong still gets its newest message
 * and nobody is told. `known` are the keys that the caller saw firing when it looked: what another process has fired since is not
 * resolved by it; all are meant when it is left out. Gives the alerts that fired or were resolved.
 */
export function updateAlerts(
  store: Store,
  conditions: readonly Condition[],
  channels: readonly string[],
  known?: ReadonlySet<string>,
): Promise<readonly Alert[]> {
  return store.write(async (trx) => {
    await store.engine.writeLock('alerts')?.execute(trx);
    const at = timestamp(store);
    const firing = new Map(
      (await trx.selectFrom('alerts').selectAll().where('state', '=', 'firing').execute()).map((row) => [row.key, row]),
    );
    const changed: Alert[] = [];
    const wrong = new Map(conditions.map((condition) => [condition.key, condition]));
    for (const condition of wrong.values()) {
      const row = { ...condition, detail: JSON.stringify(condition.detail) };
      const before = firing.get(condition.key);
      if (before === undefined) {
        const fired = { ...row, state: 'firing' as const, firedAt: at, resolvedAt: null };
        await trx
          .insertInto('alerts')
          .values(fired)
          .onConflict((conflict) => conflict.column('key').doUpdateSet(fired))
          .execute();
        changed.push(toAlert(fired));
      } else if (before.message !== row.message || before.detail !== row.detail) {
        await trx
          .updateTable('alerts')
          .set({ message: row.message, detail: row.detail })
          .where('key', '=', condition.key)
          .execute();
      }
    }
    for (const row of firing.values()) {
      if (wrong.has(row.key) || known?.has(row.key) === false) continue;
      await trx.updateTable('alerts').set({ state: 'resolved', resolvedAt: at }).where('key', '=', row.key).execute();
      changed.push(toAlert({ ...row, state: 'resolved', resolvedAt: at }));
    }
    for (const alert of changed) await notify(store, trx, alert, channels);
    return changed;
  });
}

/** Forgets what has long been over: resolved alerts, and messages that were sent or given up. */
export function forgetAlerts(store: Store, before: Date): Promise<void> {
  const time = before.toISOString();
  return store.write(async (trx) => {
    await trx
      .deleteFrom('notifications')
      .where((eb) => eb.or([eb('doneAt', '<', time), eb('failedAt', '<', time)]))
      .execute();
    await trx.deleteFrom('alerts').where('state', '=', 'resolved').where('resolvedAt', '<', time).execute();
    await trx
      .deleteFrom('alertAcknowledgements')
      .where('key', 'not in', (eb) => eb.selectFrom('alerts').select('key'))
      .execute();
  });
}

async function notify(store: Store, trx: Transaction<Tables>, alert: Alert, channels: readonly string[]): Promise<void> {
  for (const channel of channels)
    await trx
      .insertInto('notifications')
      .values({
        id: store.newId(),
        channel,
        event: alert.state === 'firing' ? 'fired' : 'resolved',
        alertKey: alert.key,
        alert: JSON.stringify(alert),
        attempts: 0,
        nextAt: store.engine.now(),
        leaseUntil: null,
        doneAt: null,
        failedAt: null,
      })
      .execute();
}
