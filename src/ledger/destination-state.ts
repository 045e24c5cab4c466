/** How a destination is doing, over all workers: its breaker and its rate. */
export interface DestinationState {
  readonly name: string;
  /** `open`: it has failed so often that nothing is sent before `openUntil`; `probing`: one run may try. */
  readonly breaker: 'closed' | 'open' | 'probing';
  /** Failures since the last success. */
  readonly failures: number;
  readonly openedAt: string | null;
  readonly openUntil: string | null;
  /** Code of the newest failure. */
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** What holds for a destination across all workers. */
export interface DestinationLimits {
  /** Runs at once. */
  readonly concurrency: number;
  /** Runs that may begin in a minute; null for no limit. */
  readonly startsPerMinute: number | null;
}

/** When a breaker opens, and how long it stays open: twice as long each time that the probe fails. */
export interface BreakerPolicy {
  readonly failures: number;
  readonly coolDownMs: number;
  readonly maxCoolDownMs: number;
}
