import { randomBytes } from 'node:crypto';
import { makeRunId, RUN_ID_RANDOM_BYTES } from '../ledger/run-id.ts';

interface Last {
  readonly ms: number;
  readonly random: bigint;
}

const last = new WeakMap<object, Last>();

/**
 * An id of the audit log, which sorts by time, also within a millisecond: changes of one warehouse (`turn`) are made one after the other,
 * and each gets a larger id than the one before.
 */
export function makeAuditId(turn: object, now: Date): string {
  const before = last.get(turn);
  const ms = Math.max(now.getTime(), before?.ms ?? 0);
  const random = ms === before?.ms ? before.random + 1n : firstRandom();
  last.set(turn, { ms, random });
  const digits = random.toString(16).padStart(2 * RUN_ID_RANDOM_BYTES, '0');
  return makeRunId(new Date(ms), Buffer.from(digits, 'hex'));
}

/** The highest bit stays free, so that counting up never runs over. */
function firstRandom(): bigint {
  const bytes = randomBytes(RUN_ID_RANDOM_BYTES);
  return BigInt(`0x${bytes.toString('hex')}`) >> 1n;
}
