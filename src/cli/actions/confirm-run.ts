import { setTimeout as wait } from 'node:timers/promises';
import { askConfirmation } from '../../delivery/ask-confirmation.ts';
import { configError } from '../../errors.ts';
import { confirmationShape } from '../../shapes/confirmation.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';

/** Asks the partner at once what became of a delivered run. */
export async function confirmRun(id: string, options: GlobalOptions): Promise<void> {
  const { runId, confirmation } = await withApp(options, 'steer', async (app) => {
    const run = await app.ledger.runById(id);
    if (run === null) throw configError('run_unknown', `There is no run ${id}.`, { hint: '`aquarius runs` lists them.' });
    if (run.state !== 'delivered' && run.state !== 'partial')
      throw configError('run_not_delivered', `Run ${run.id} is ${run.state}: there is nothing to confirm.`, {
        hint: 'Only what was delivered can be confirmed.',
      });
    const asking = { ...app, sleep: (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }) };
    const said = await askConfirmation(asking, run, currentIo().signal);
    if (said === null)
      throw configError('cannot_confirm', `${run.delivery.destination} has no way to say what became of a delivery.`, {
        hint: 'What its receipt says is all that there is: `aquarius runs show`.',
      });
    return { runId: run.id, confirmation: await app.ledger.confirmationOf(run.id) };
  });
  if (options.json === true) printJson({ runId, confirmation: confirmationShape(confirmation) });
  else print(confirmationText(runId, confirmation));
}

function confirmationText(runId: string, confirmation: Awaited<ReturnType<typeof confirmationShape>>): string {
  if (confirmation === null || confirmation.state === 'pending') return `The partner is not done with run ${runId} yet.`;
  const counts = Object.entries(confirmation.counts).map(([name, count]) => `${name} ${count}`);
  const told = counts.length === 0 ? '' : ` It counts: ${counts.join(', ')}.`;
  if (confirmation.state === 'confirmed') return `The partner confirms run ${runId}.${told}`;
  return `The partner does not confirm run ${runId}: ${confirmation.message} [${confirmation.code}]\n→ ${confirmation.hint}${told}`;
}
