/** `planned → extracting → staged → delivering → delivered | partial | failed`, and `skipped` with a reason. */
export const RUN_STATES = ['planned', 'extracting', 'staged', 'delivering', 'delivered', 'partial', 'failed', 'skipped'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Somebody must still work on a run in one of these. */
export const UNFINISHED_STATES = ['planned', 'extracting', 'staged', 'delivering'] as const satisfies readonly RunState[];

/** Where `advance` can take a run. `planned` is where it starts, and the only way to `failed` is `recordFailure`. */
export type NextState = Exclude<RunState, 'planned' | 'failed'>;

/**
 * The states from which a run may go to each state. `extracting` from `staged` or `delivering` cuts the audience again, for a newer
 * suppression; a state from itself is a new attempt that starts it over. A failed or skipped run has a worker only when it was
 * reopened, so these need no further condition here. What was delivered stays so.
 */
export const ALLOWED_FROM: Readonly<Record<NextState, readonly RunState[]>> = {
  extracting: [...UNFINISHED_STATES, 'failed', 'skipped'],
  staged: ['extracting'],
  delivering: ['staged', 'delivering', 'failed'],
  delivered: ['delivering'],
  partial: ['delivering'],
  skipped: [...UNFINISHED_STATES, 'failed', 'skipped'],
};

/** No one works on a run in this state any more. */
export function isFinished(state: RunState): boolean {
  return !UNFINISHED_STATES.some((unfinished) => unfinished === state);
}
