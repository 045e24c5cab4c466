import type { Stage } from '../stage/stage.ts';

/** The folder of a run's n-th attempt beside those of the others. */
export function cutIdOf(runId: string, attempt: number): string {
  return attempt === 1 ? runId : `${runId}-${attempt}`;
}

/**
 * Removes every staged file of a run. `prefix` is the one of its last cut; those that were broken off or replaced have theirs beside
 * it, each named after its attempt.
 */
export async function removeCuts(stage: Stage, runId: string, prefix: string, signal: AbortSignal): Promise<void> {
  const end = prefix.lastIndexOf('/') + 1;
  const last = Number(prefix.slice(end + runId.length + 1) || 1);
  for (let attempt = 1; attempt <= last; attempt += 1) {
    await stage.remove(`${prefix.slice(0, end)}${cutIdOf(runId, attempt)}`, signal);
  }
}
