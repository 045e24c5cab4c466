import { suppressionFingerprint } from '../audience/suppression.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Engine } from './engine.ts';
import { withSession } from './with-session.ts';

interface Look {
  readonly at: number;
  readonly fingerprint: Promise<string>;
}

/** The last look at each agency's list. */
const looks = new WeakMap<Warehouse, Map<string, Look>>();

/**
 * Whether the suppression list is, before something is sent, what it was when that was cut. Where a warehouse's statements are dear, runs that are
 * sent within moments of each other share a look (`answersLastMs`); it ages from when it is asked for, so that no entry made before that is missed.
 */
export async function hasSameSuppression(
  engine: Pick<Engine, 'kept' | 'warehouse' | 'catalogue' | 'about'>,
  agencyId: string,
  fingerprint: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { warehouse, catalogue } = engine;
  const own = looks.get(warehouse) ?? new Map<string, Look>();
  looks.set(warehouse, own);
  const last = own.get(agencyId);
  const at = performance.now();
  // One that differs may be older than the cut, and one that failed was another's.
  if (last !== undefined && at - last.at < warehouse.answersLastMs) {
    if ((await last.fingerprint.catch(() => null)) === fingerprint) return true;
    signal.throwIfAborted();
  }
  const look = withSession(engine, (session) => suppressionFingerprint(session, catalogue, agencyId, signal), 'check');
  own.set(agencyId, { at, fingerprint: look });
  return (await look) === fingerprint;
}
