import type { Run } from '../ledger/run.ts';

/** Why a run is refused. Nobody may take one that was being sent for one of which nothing left. */
export function refusalReason({ state }: Pick<Run, 'state'>, reason: string): string {
  return state === 'delivering' ? `${reason}: sending had begun, the partner may hold it` : reason;
}
