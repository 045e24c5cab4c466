/** When something is wrong enough to be told. */
export interface AlertPolicy {
  /** Share of a run's rows, from 0 to 1. */
  readonly rejectShare: number;
  readonly lateMinutes: number;
}
