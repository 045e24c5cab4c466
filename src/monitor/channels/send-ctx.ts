import type { Secrets } from '../../destinations/destination.ts';
import type { Clock } from '../../lib/clock.ts';

/** What a channel needs besides the message. Secrets are resolved at every send, so that a changed one needs no restart. */
export interface SendCtx {
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Carries the deadline. */
  readonly signal: AbortSignal;
}
