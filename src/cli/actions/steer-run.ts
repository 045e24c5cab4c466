import { configError } from '../../errors.ts';
import type { Actor } from '../../ledger/actor.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Run } from '../../ledger/run.ts';
import { runToShape } from '../../shapes/to-shape.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';

export type RunAction = 'cancel' | 'retry' | 'approve' | 'reject';

export async function steerRun(
  action: RunAction,
  id: string,
  options: GlobalOptions & { readonly reason?: string },
): Promise<void> {
  const run = await withApp(options, 'steer', async ({ ledger, settings }) => {
    const found = await ledger.runById(id);
    if (found === null) throw configError('run_unknown', `There is no run ${id}.`, { hint: '`aquarius runs` lists them.' });
    const actor: Actor = { name: currentIo().actor, via: 'cli', reason: options.reason ?? null };
    return act(ledger, action, found, actor, settings.defaults.slotDeadlineHours * 3_600_000);
  });
  if (options.json === true) printJson({ run: runToShape(run) });
  else print(sentence(action, run));
}

function act(ledger: Ledger, action: RunAction, { id }: Run, actor: Actor, deadlineMs: number): Promise<Run> {
  switch (action) {
    case 'cancel':
      return ledger.cancel(id, actor);
    case 'retry':
      return ledger.retry(id, actor, deadlineMs);
    case 'approve':
      return ledger.approve(id, actor);
    case 'reject':
      return ledger.reject(id, actor);
  }
}

function sentence(action: RunAction, run: Run): string {
  const name = `Run ${run.id} (${run.delivery.segmentId} → ${run.delivery.destination}, ${run.slot})`;
  const goesOn = 'a server goes on with it by itself, or `aquarius deliver` does';
  switch (action) {
    case 'cancel':
      return run.cancelRequestedAt === null
        ? `${name} is cancelled. \`aquarius runs retry\` starts it again.`
        : `${name} will stop: its worker has been asked to.`;
    case 'retry':
      return `${name} is in the queue again, ${run.state}; ${goesOn}.`;
    case 'approve':
      return `${name} is approved; ${goesOn}.`;
    case 'reject':
      return `${name} is rejected and will not be sent.`;
  }
}
