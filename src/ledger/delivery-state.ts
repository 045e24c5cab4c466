import type { DeliveryKey } from './delivery-key.ts';
import type { RunState } from './states.ts';

/** A standing order as the ledger knows it. Times are ISO 8601 UTC. */
export interface DeliveryState extends DeliveryKey {
  readonly id: string;
  /** Set while it is paused: since when, by whom and why. */
  readonly paused: { readonly at: string; readonly by: string; readonly reason: string | null } | null;
  /** Runs that failed since the last one that was delivered. */
  readonly failures: number;
  readonly lastRun: {
    readonly id: string;
    readonly slot: string;
    readonly state: RunState;
    readonly plannedAt: string;
  } | null;
  readonly lastDeliveredAt: string | null;
  /** Identifiers written by the run that was delivered last. */
  readonly lastWritten: number | null;
}
