import { engineActor } from '../ledger/actor.ts';
import { appendAudit } from '../ledger/audit-log.ts';
import type { Store } from '../ledger/store.ts';
import { subject } from './change-users.ts';
import { hasUsers } from './find-users.ts';
import { makeLink, type NewLink } from './links.ts';

/** The link by which the first administrator makes themselves; null when there are users. Each takes the place of the one before. */
export async function firstAdminLink(store: Store): Promise<NewLink | null> {
  if (await hasUsers(store)) return null;
  return store.write(async (trx) => {
    const link = await makeLink(store, trx, { userId: null, kind: 'first' });
    const actor = engineActor('there is no user yet');
    await appendAudit(store, trx, actor, { action: 'user.link', ...subject('first'), before: null, after: { kind: 'first' } });
    return link;
  });
}
