import { AquariusError } from '../../errors.ts';

/** How long a partner is waited for within one delivery; after that the run itself is tried again later. */
export interface Patience {
  /** Attempts in all. */
  readonly attempts: number;
  /** Wait before the second one, in milliseconds; it doubles. */
  readonly firstMs: number;
  /** The longest wait that is waited out here; a partner that asks for more has the run come back later. */
  readonly longestMs: number;
}

export const PATIENCE: Patience = { attempts: 5, firstMs: 1_000, longestMs: 300_000 };

/**
 * Does `attempt` until it ends well, fails in another way than `transient`, or patience is over; then its last failure is thrown. What a
 * partner asks to wait (`retryAfterMs`) is waited in full or not at all.
 */
export async function patiently<T>(
  sleep: (ms: number) => Promise<void>,
  attempt: () => Promise<T>,
  { attempts, firstMs, longestMs }: Patience = PATIENCE,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AquariusError) || error.kind !== 'transient' || tried === attempts) throw error;
      const wait = Math.max(firstMs * 2 ** (tried - 1), error.retryAfterMs ?? 0);
      if (wait > longestMs) throw error;
      await sleep(wait);
    }
  }
}
