import type { Stage } from '../stage/stage.ts';

/**
 * Removes every staged file of a run. `prefix` is the one of its last cut; those that were broken off or replaced have theirs beside
 * it, named after the run too.
 */
export async function removeCuts(stage: Stage, runId: string, prefix: string, signal: AbortSignal): Promise<void> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const staged = await stage.list(folder.slice(0, -1), signal);
  const cuts = new Set(staged.map(({ key }) => key.slice(folder.length).split('/', 1)[0] ?? ''));
  for (const cut of cuts) {
    if (cut === runId || cut.startsWith(`${runId}-`)) await stage.remove(`${folder}${cut}`, signal);
  }
}
