/** The time, injected everywhere so that tests own it. Elsewhere `Date.now()` and `new Date()` are not allowed. */
export interface Clock {
  /** The current instant. */
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still, for `--at` and for tests. */
export function clockAt(instant: Date): Clock {
  return { now: () => new Date(instant.getTime()) };
}

export const DAY_MS = 86_400_000;
