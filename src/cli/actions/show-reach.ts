import type { z } from 'zod';
import { withResource } from '../../lib/with-resource.ts';
import { exposuresProduct } from '../../reach/exposures-product.ts';
import { type ReachStatus, reachStatus } from '../../reach/reach-status.ts';
import { summaryProduct } from '../../reach/summary-product.ts';
import type { reachStatusOutput } from '../../shapes/reach.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted, renderTable } from '../table.ts';
import { productName } from './refresh-reach.ts';

export async function showReach(options: GlobalOptions): Promise<void> {
  const reach = await withApp(options, 'read', ({ warehouse, catalogue, clock, signal }) =>
    withResource(warehouse.session(), async (session) => {
      const now = clock.now();
      const exposures = await reachStatus(session, catalogue, exposuresProduct, now, signal);
      return [...exposures, ...(await reachStatus(session, catalogue, summaryProduct(clock), now, signal))];
    }),
  );
  if (options.json === true) {
    const rows = reach.map(({ readUntil, checkedAt, horizon, ...row }) => ({
      ...row,
      readUntil: readUntil?.toISOString() ?? null,
      checkedAt: checkedAt?.toISOString() ?? null,
      horizon: horizon?.toISOString().slice(0, 10) ?? null,
    }));
    return printJson({ reach: rows } satisfies z.infer<typeof reachStatusOutput>);
  }
  if (reach.length === 0) return print('There is no impression log.');
  print(
    renderTable(reach, [
      { title: 'LOG', value: ({ source }) => source },
      { title: 'PRODUCT', value: ({ product }) => productName(product) },
      { title: 'STATE', value: ({ condition }) => WORDS[condition] },
      { title: 'LOG ROWS', value: ({ logRows }) => logRows },
      { title: 'READ UNTIL (UTC)', value: ({ readUntil }) => readUntil?.toISOString().slice(0, 16).replace('T', ' ') ?? '–' },
      { title: 'DAYS', value: ({ days }) => days },
      { title: 'FIRST', value: ({ firstDay }) => firstDay ?? '–' },
      { title: 'LAST', value: ({ lastDay }) => lastDay ?? '–' },
      { title: 'ROWS', value: ({ rows }) => rows },
    ]),
  );
  for (const { source, futureRows, undatedRows } of reach.filter(({ product }) => product === 'SUMMARY')) {
    if (futureRows > 0)
      print(`${counted(futureRows, 'row')} of ${source} ${futureRows === 1 ? 'is' : 'are'} of days yet to come.`);
    if (undatedRows > 0)
      print(`${counted(undatedRows, 'row')} of ${source} ${undatedRows === 1 ? 'has' : 'have'} no readable time.`);
  }
  if (reach.some(({ condition }) => condition !== 'fresh'))
    print('`aquarius reach refresh` brings it up to date; so does the next delivery.');
}

const WORDS: Readonly<Record<ReachStatus['condition'], string>> = {
  fresh: 'fresh',
  stale: 'stale',
  outdated: 'to be made anew',
  none: 'not made',
};
