import type { Logger } from 'pino';
import type { Worked } from '../delivery/work.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Metrics } from '../monitor/metrics.ts';

/** Steps of a run whose time is worth knowing, by the step that ends them. */
const MEASURED: Readonly<Record<string, string>> = { staged: 'extracting', delivered: 'delivering', partial: 'delivering' };

/** Tells the metrics how long the steps of a finished attempt took. */
export function observeRuns(ledger: Ledger, metrics: Metrics, log: Logger): (worked: Worked) => void {
  return ({ run }) => {
    observe(ledger, metrics, run).catch(() => log.warn({ runId: run.id }, 'the steps of a run could not be measured'));
  };
}

async function observe(ledger: Ledger, metrics: Metrics, { id, attempts, delivery }: Worked['run']): Promise<void> {
  const steps = (await ledger.stepsOf(id)).filter(({ attempt }) => attempt === attempts);
  for (const [index, { step, at }] of steps.entries()) {
    const before = steps[index - 1];
    const name = MEASURED[step];
    if (before === undefined || name === undefined || before.step !== name) continue;
    metrics.observeStep(name, (Date.parse(at) - Date.parse(before.at)) / 1000, delivery.destination);
  }
}
