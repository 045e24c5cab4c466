import type { Step } from '../warehouse/step.ts';
import type { Session } from '../warehouse/warehouse.ts';

/** Says that the session's next statements are a step of a run, or of the call or the server that works for several. */
export function beginStep(session: Session, about: string | undefined, step: Step): void {
  session.label?.(about === undefined ? { step } : { run: about, step });
}
