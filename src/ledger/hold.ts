/** Why a run waits for a person. `source_stale` also ends by itself, once the source has new rows. */
export const HOLD_REASONS = ['size_deviation', 'source_stale', 'first_run', 'header_changed'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** A run's deadline once it goes on: the time that it waited for a person does not count. Both in ISO 8601 UTC. */
export function deadlineAfter(hold: Hold | null, deadlineAt: string, now: Date): string {
  if (hold === null) return deadlineAt;
  const waited = Math.max(0, now.getTime() - Date.parse(hold.at));
  return new Date(Date.parse(deadlineAt) + waited).toISOString();
}

export interface Hold {
  readonly reason: HoldReason;
  /** In words, with the figures. */
  readonly detail: string;
  /** Since when, ISO 8601 UTC. */
  readonly at: string;
}
