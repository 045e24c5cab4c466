import { type DeliverHooks, deliver } from '../../delivery/deliver.ts';
import { deliverBackfill } from '../../schedule/deliver-backfill.ts';
import { deliverShape } from '../../shapes/to-shape.ts';
import { deliverText, needsChange } from '../deliver-text.ts';
import type { DeliveryFilters } from '../delivery-filters.ts';
import { EXIT, type ExitCode, endWith, exitCodeOf, worstExitCode } from '../exit-code.ts';
import { currentIo } from '../io.ts';
import type { DayRange } from '../option-values.ts';
import { openProgress, shareProgress } from '../progress.ts';
import { errorText } from '../report-error.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';

interface DeliverOptions extends GlobalOptions, DeliveryFilters {
  readonly force?: boolean;
  readonly backfill?: DayRange;
}

export async function runDeliver(options: DeliverOptions): Promise<void> {
  const io = currentIo();
  const progress = openProgress(options.json !== true);
  const lane = shareProgress(progress);
  const hooks: DeliverHooks = {
    onReach: (done, total) => {
      progress.step('reading new impressions');
      progress.share(total === 0 ? 1 : done / total);
    },
    onPlanStep: (done, total, name) => {
      progress.step(`planning ${name}`);
      progress.share(done / total);
    },
    onRun: (delivery) => lane(`${delivery.segmentId} → ${delivery.candidate.entry.destination}`),
  };
  const outcome = await withApp(options, 'write', async (app) => {
    const engine = await app.engine();
    const { agency: agencyId, advertiser: advertiserId, destination, slot, backfill } = options;
    const request = { at: engine.clock.now(), agencyId, advertiserId, destination, force: options.force === true };
    try {
      return backfill === undefined
        ? await deliver(engine, { ...request, slot }, hooks)
        : await deliverBackfill(engine, request, backfill, hooks);
    } finally {
      progress.clear();
    }
  });
  const shape = deliverShape(outcome);
  if (options.json === true) printJson(shape);
  else print(deliverText(shape));
  const failed = outcome.runs.filter(({ failure }) => failure !== null);
  for (const { run, failure } of failed) {
    io.stderr(`${run.delivery.segmentId} → ${run.delivery.destination}, run ${run.id}\n${errorText(failure)}\n`);
  }
  const toChange = shape.notDelivered.filter(needsChange);
  for (const { agencyId, advertiserId, reason, detail } of toChange) {
    io.stderr(`aquarius: advertiser ${agencyId} ${advertiserId} is switched on but cannot be delivered: ${reason}: ${detail}\n`);
  }
  const partial = shape.runs.some(({ state }) => state === 'partial');
  const codes: ExitCode[] = [
    ...failed.map(({ failure }) => exitCodeOf(failure)),
    ...(partial ? [EXIT.rejected] : []),
    ...(toChange.length > 0 ? [EXIT.config] : []),
  ];
  endWith(worstExitCode(codes));
}
