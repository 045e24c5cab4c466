import { deliver } from '../../delivery/deliver.ts';
import { deliverText, needsChange } from '../deliver-text.ts';
import type { DeliveryFilters } from '../delivery-filters.ts';
import { EXIT, type ExitCode, exitCodeOf, worstExitCode } from '../exit-code.ts';
import { openProgress } from '../progress.ts';
import { errorText } from '../report-error.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { deliverShape } from '../to-shape.ts';

export async function runDeliver(options: GlobalOptions & DeliveryFilters & { readonly force?: boolean }): Promise<void> {
  const progress = openProgress(process.stderr, options.json !== true);
  const outcome = await withApp(options, 'write', async (app) => {
    const engine = await app.engine();
    try {
      return await deliver(
        engine,
        {
          at: engine.clock.now(),
          agencyId: options.agency,
          advertiserId: options.advertiser,
          destination: options.destination,
          slot: options.slot,
          force: options.force === true,
        },
        {
          onPlanStep: (done, total, name) => {
            progress.step(`planning ${name}`);
            progress.share(done / total);
          },
          onRun: (delivery) => {
            const name = `${delivery.segmentId} → ${delivery.candidate.entry.destination}`;
            return { ...progress, step: (text) => progress.step(`${name}: ${text}`) };
          },
        },
      );
    } finally {
      progress.clear();
    }
  });
  const shape = deliverShape(outcome);
  if (options.json === true) printJson(shape);
  else print(deliverText(shape));
  const failed = outcome.runs.filter(({ failure }) => failure !== null);
  for (const { run, failure } of failed) {
    process.stderr.write(`${run.delivery.segmentId} → ${run.delivery.destination}, run ${run.id}\n${errorText(failure)}\n`);
  }
  const toChange = shape.notDelivered.filter(needsChange);
  for (const { agencyId, advertiserId, reason, detail } of toChange) {
    process.stderr.write(
      `aquarius: advertiser ${agencyId} ${advertiserId} is switched on but cannot be delivered: ${reason}: ${detail}\n`,
    );
  }
  const partial = shape.runs.some(({ state }) => state === 'partial');
  const codes: ExitCode[] = [
    ...failed.map(({ failure }) => exitCodeOf(failure)),
    ...(partial ? [EXIT.rejected] : []),
    ...(toChange.length > 0 ? [EXIT.config] : []),
  ];
  process.exitCode = worstExitCode(codes);
}
