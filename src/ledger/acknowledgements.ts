import { configError } from '../errors.ts';
import type { Actor } from './actor.ts';
import { appendAudit } from './audit-log.ts';
import { type Store, timestamp } from './store.ts';

/** Somebody has taken an alert on: it still lasts, and everybody sees who is at it. Times are ISO 8601 UTC. */
export interface Acknowledgement {
  /** Of the alert. */
  readonly key: string;
  readonly at: string;
  readonly by: string;
  readonly note: string;
}

/** Those of alerts that last, as long as they last: one that fires again is nobody's. */
export function acknowledgements(store: Store): Promise<readonly Acknowledgement[]> {
  return store.read(async (db) => {
    const rows = await db
      .selectFrom('alertAcknowledgements')
      .innerJoin('alerts', 'alerts.key', 'alertAcknowledgements.key')
      .select([
        'alertAcknowledgements.key',
        'alertAcknowledgements.at',
        'alertAcknowledgements.actor',
        'alertAcknowledgements.note',
      ])
      .whereRef('alerts.firedAt', '=', 'alertAcknowledgements.firedAt')
      .execute();
    return rows.map(({ key, at, actor, note }) => ({ key, at, by: actor, note }));
  });
}

/**
 * Takes an alert on, with the actor's reason as the note; whoever did so before is replaced. `agencyIds` are those whose alerts the actor
 * may see. `config` error `alert_unknown` when no such alert lasts.
 */
export function acknowledgeAlert(
  store: Store,
  key: string,
  actor: Actor,
  agencyIds: 'all' | readonly string[],
): Promise<Acknowledgement> {
  return store.write(async (trx) => {
    const alert = await trx
      .selectFrom('alerts')
      .selectAll()
      .where('key', '=', key)
      .where('state', '=', 'firing')
      .executeTakeFirst();
    const isSeen =
      alert !== undefined && (agencyIds === 'all' || (alert.agencyId !== null && agencyIds.includes(alert.agencyId)));
    if (!isSeen) {
      throw configError('alert_unknown', 'No alert of this key is firing.', { hint: 'GET /api/delivery/alerts lists them.' });
    }
    const row = { firedAt: alert.firedAt, at: timestamp(store), actor: actor.name, note: actor.reason ?? '' };
    await trx
      .insertInto('alertAcknowledgements')
      .values({ key, ...row })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
      .execute();
    await appendAudit(store, trx, actor, {
      action: 'alert.acknowledge',
      agencyId: alert.agencyId,
      subjectKind: 'alert',
      subjectId: key,
      before: null,
      after: { firedAt: alert.firedAt },
    });
    return { key, at: row.at, by: row.actor, note: row.note };
  });
}
