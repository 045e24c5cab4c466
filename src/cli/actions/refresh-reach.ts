import type { z } from 'zod';
import { freshenReach, freshenSummary } from '../../delivery/fresh-reach.ts';
import { withResource } from '../../lib/with-resource.ts';
import type { Refreshed } from '../../reach/refresh.ts';
import type { refreshedOutput } from '../../shapes/reach.ts';
import { openProgress } from '../progress.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { renderTable } from '../table.ts';

export async function refreshReach(options: GlobalOptions): Promise<void> {
  await makeReach(options, false);
}

/** Brings both products up to date, or makes them anew, and tells what was done. */
export async function makeReach(options: GlobalOptions, rebuild: boolean): Promise<void> {
  const startedAt = performance.now();
  const progress = openProgress(options.json !== true);
  const refreshed = await withApp(options, 'write', (app) =>
    withResource(app.warehouse.session(), async (session) => {
      const { catalogue } = app;
      const onProgress = (done: number, total: number): void => progress.amount(done, total, 'rows');
      try {
        progress.step('preparing exposures');
        const exposures = await freshenReach(app, session, catalogue, onProgress, rebuild);
        progress.step('adding up days');
        return [...exposures, ...(await freshenSummary(app, session, catalogue, onProgress, rebuild))];
      } finally {
        progress.clear();
      }
    }),
  );
  const seconds = Math.round(performance.now() - startedAt) / 1000;
  if (options.json === true) {
    const rows = refreshed.map(({ isRebuild, ...row }) => ({ ...row, rebuilt: isRebuild }));
    return printJson({ refreshed: rows, seconds } satisfies z.infer<typeof refreshedOutput>);
  }
  if (refreshed.length === 0) return print('There is no impression log that anybody is delivered from.');
  print(
    renderTable(refreshed, [
      { title: 'LOG', value: ({ source }) => source },
      { title: 'PRODUCT', value: ({ product }) => productName(product) },
      { title: 'ROWS READ', value: ({ read }) => read },
      { title: 'MADE', value: ({ made }) => made },
      { title: 'PRUNED', value: ({ pruned }) => pruned },
      { title: '', value: (row) => told(row) },
    ]),
  );
  print(`Done in ${seconds.toFixed(1)} s.`);
}

function told({ isRebuild, read, pruned }: Refreshed): string {
  if (isRebuild) return 'made anew';
  return read === 0 && pruned === 0 ? 'nothing new' : 'refreshed';
}

export function productName(product: Refreshed['product']): string {
  return product === 'EXPOSURES' ? 'exposures' : 'daily summary';
}
