import { sql } from 'kysely';
import { transientError } from '../errors.ts';
import type { Store } from '../ledger/store.ts';
import { hashOf } from './secret-text.ts';

/**
 * Limits of attempts to sign in. They are counted in the control store, so that neither a restart nor a second server forgets them, and
 * before the password is looked at, so that many at once do not get through.
 */

const WINDOW_MINUTES = 15;
/** For one account, whoever tries. */
export const ACCOUNT_ATTEMPTS = 10;
/** From one address, whatever the account: an office may have many people behind one. */
export const ADDRESS_ATTEMPTS = 100;

/** Counters that one attempt belongs to. */
export interface Attempt {
  readonly account: string | null;
  readonly address: string | null;
}

/** The attempt to sign in with an e-mail from an address. Whose e-mail it is cannot be read from the counter. */
export function attemptOf(email: string | null, address: string | null): Attempt {
  return {
    account: email === null ? null : `account:${hashOf(email.trim().toLowerCase())}`,
    address: address === null ? null : `address:${networkOf(address)}`,
  };
}

/** Counts an attempt. One too many is a `transient` error `too_many_attempts` that says when to come back. */
export async function countAttempt(store: Store, { account, address }: Attempt): Promise<void> {
  const waits = await store.write(async (trx) => {
    const { engine } = store;
    await trx.deleteFrom('userAttempts').where('endsAt', '<=', engine.now()).execute();
    const found: number[] = [];
    for (const [key, most] of [
      [account, ACCOUNT_ATTEMPTS],
      [address, ADDRESS_ATTEMPTS],
    ] as const) {
      if (key === null) continue;
      const { attempts, endsAt, now } = await trx
        .insertInto('userAttempts')
        .values({ key, attempts: 1, endsAt: engine.after(WINDOW_MINUTES * 60_000) })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ attempts: sql<number>`user_attempts.attempts + 1` }))
        .returning(['attempts', 'endsAt', engine.now().as('now')])
        .executeTakeFirstOrThrow();
      if (attempts > most) found.push(Date.parse(endsAt) - Date.parse(now));
    }
    return found;
  });
  if (waits.length === 0) return;
  throw transientError('too_many_attempts', 'There were too many attempts to sign in.', {
    hint: 'Wait, or ask an administrator for a link by which you set a new password.',
    retryAfterMs: Math.max(1_000, ...waits),
  });
}

/** After a success: the account begins anew, and the address is not charged for it. */
export async function forgiveAttempt(store: Store, { account, address }: Attempt): Promise<void> {
  await store.write(async (trx) => {
    if (account !== null) await trx.deleteFrom('userAttempts').where('key', '=', account).execute();
    if (address === null) return;
    await trx
      .updateTable('userAttempts')
      .set({ attempts: sql<number>`attempts - 1` })
      .where('key', '=', address)
      .where('attempts', '>', 0)
      .execute();
  });
}

/** Whoever has one address of version 6 has all of its network of 64 bits. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const rest = tail === undefined ? [] : tail.split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...rest];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`;
}
