import type { Alert, Notification } from './alert.ts';
import type { Store } from './store.ts';

/**
 * Takes the oldest message that is to be sent now, for `leaseMs`; whoever takes it says what became of it, or another gets it after
 * that. A message about an alert waits for the earlier ones about it on the same channel. Null when there is none.
 */
export function takeNotification(store: Store, leaseMs: number): Promise<Notification | null> {
  const { engine } = store;
  return store.write(async (trx) => {
    let oldest = trx
      .selectFrom('notifications')
      .select('id')
      .where('doneAt', 'is', null)
      .where('failedAt', 'is', null)
      .where('nextAt', '<=', engine.now())
      .where((eb) => eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', engine.now())]))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('notifications as earlier')
              .select('earlier.id')
              .where('earlier.doneAt', 'is', null)
              .where('earlier.failedAt', 'is', null)
              .whereRef('earlier.alertKey', '=', 'notifications.alertKey')
              .whereRef('earlier.channel', '=', 'notifications.channel')
              .whereRef('earlier.id', '<', 'notifications.id'),
          ),
        ),
      )
      .orderBy('id')
      .limit(1);
    if (engine.rowLocks) oldest = oldest.forUpdate('notifications').skipLocked();
    const row = await trx
      .updateTable('notifications')
      .set((eb) => ({ leaseUntil: engine.after(leaseMs), attempts: eb('attempts', '+', 1) }))
      .where('id', '=', oldest)
      .returning(['id', 'channel', 'event', 'alert', 'attempts'])
      .executeTakeFirst();
    return row === undefined ? null : { ...row, alert: JSON.parse(row.alert) as Alert };
  });
}

/** The message was sent. */
export function notificationDone(store: Store, id: string): Promise<void> {
  return store.write(async (trx) => {
    await trx.updateTable('notifications').set({ doneAt: store.engine.now(), leaseUntil: null }).where('id', '=', id).execute();
  });
}

/** The message could not be sent: another try after `retryInMs`, or none when that is null. */
export function notificationFailed(store: Store, id: string, retryInMs: number | null): Promise<void> {
  const { engine } = store;
  return store.write(async (trx) => {
    await trx
      .updateTable('notifications')
      .set({ leaseUntil: null, ...(retryInMs === null ? { failedAt: engine.now() } : { nextAt: engine.after(retryInMs) }) })
      .where('id', '=', id)
      .where('doneAt', 'is', null)
      .execute();
  });
}
