import { makePlan } from '../../delivery/plan.ts';
import { withResource } from '../../lib/with-resource.ts';
import { planShape } from '../../shapes/to-shape.ts';
import type { DeliveryFilters } from '../delivery-filters.ts';
import { planText } from '../plan-text.ts';
import { openProgress } from '../progress.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';

export async function runPlan(options: GlobalOptions & DeliveryFilters): Promise<void> {
  const progress = openProgress(options.json !== true);
  const plan = await withApp(options, 'read', ({ warehouse, catalogue, ledger, settings, secrets, signal, clock }) =>
    withResource(warehouse.session(), async (session) => {
      try {
        return await makePlan(
          {
            session,
            catalogue,
            ledger,
            settings,
            secrets,
            signal,
            onStep: (done, total, name) => {
              progress.step(`planning ${name}`);
              progress.share(done / total);
            },
          },
          {
            at: clock.now(),
            agencyId: options.agency,
            advertiserId: options.advertiser,
            destination: options.destination,
            slot: options.slot,
          },
        );
      } finally {
        progress.clear();
      }
    }),
  );
  if (options.json === true) printJson(planShape(plan));
  else print(planText(planShape(plan)));
}
