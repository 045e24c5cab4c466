import type { Transaction } from 'kysely';
import { configError, transientError } from '../errors.ts';
import { DAY_MS } from '../lib/clock.ts';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';

/** A request that may come more than once. */
export interface IdempotentRequest {
  /** Whose key it is, and for what: keys of different scopes are different. */
  readonly scope: string;
  readonly key: string;
  /** Tells whether it is the same request. */
  readonly requestHash: string;
}

export interface IdempotentResponse {
  readonly status: number;
  /** Anything that JSON holds. */
  readonly body: unknown;
  /** It is the answer of an earlier request with the same key. */
  readonly replayed: boolean;
}

/** A first request that has not ended by then counts as crashed. */
const CRASHED_MS = 60_000;
const BUSY_RETRY_MS = 1_000;

/**
 * Does the work once for a key, and gives its response to everybody who comes with the same key within a day. The same key with
 * another request is `idempotency_mismatch`, `config`; while the first is at work, for a minute at the most, others get
 * `idempotency_busy`, `transient`. When the work rejects nothing is kept, and the next request does it anew.
 */
export async function idempotent(
  store: Store,
  request: IdempotentRequest,
  work: () => Promise<IdempotentResponse>,
): Promise<IdempotentResponse> {
  const begun = await store.write((trx) => begin(store, trx, request));
  if (begun.response !== null) return begun.response;
  const { since } = begun;
  const { scope, key } = request;
  let response: IdempotentResponse;
  try {
    response = await work();
  } catch (error) {
    await store.write((trx) =>
      trx
        .deleteFrom('idempotencyKeys')
        .where('scope', '=', scope)
        .where('key', '=', key)
        .where('createdAt', '=', since)
        .where('status', 'is', null)
        .execute(),
    );
    throw error;
  }
  const { status, body } = response;
  await store.write((trx) =>
    trx
      .updateTable('idempotencyKeys')
      .set({ status, body: JSON.stringify(body ?? null) })
      .where('scope', '=', scope)
      .where('key', '=', key)
      .where('createdAt', '=', since)
      .where('status', 'is', null)
      .execute(),
  );
  return { status, body, replayed: false };
}

type Begun = { readonly response: IdempotentResponse } | { readonly response: null; readonly since: string };

async function begin(store: Store, trx: Transaction<Tables>, request: IdempotentRequest): Promise<Begun> {
  const { engine } = store;
  const { scope, key, requestHash } = request;
  await trx.deleteFrom('idempotencyKeys').where('createdAt', '<=', engine.after(-DAY_MS)).execute();
  const mine = await trx
    .insertInto('idempotencyKeys')
    .values({ scope, key, requestHash, status: null, body: null, createdAt: engine.now() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('createdAt')
    .executeTakeFirst();
  if (mine !== undefined) return { response: null, since: mine.createdAt };
  const other = await trx
    .selectFrom('idempotencyKeys')
    .selectAll()
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  if (other !== undefined && other.requestHash !== requestHash)
    throw configError('idempotency_mismatch', 'This idempotency key was used for another request.', {
      hint: 'Use a new key for every new request, and the same key only to repeat one.',
    });
  if (other !== undefined && other.status !== null)
    return { response: { status: other.status, body: JSON.parse(other.body ?? 'null'), replayed: true } };
  const after = await trx
    .updateTable('idempotencyKeys')
    .set({ createdAt: engine.now() })
    .where('scope', '=', scope)
    .where('key', '=', key)
    .where('status', 'is', null)
    .where('createdAt', '<=', engine.after(-CRASHED_MS))
    .returning('createdAt')
    .executeTakeFirst();
  if (after !== undefined) return { response: null, since: after.createdAt };
  throw transientError('idempotency_busy', 'A request with the same idempotency key is at work.', {
    hint: 'Send the request again with the same key a little later.',
    retryAfterMs: BUSY_RETRY_MS,
  });
}
