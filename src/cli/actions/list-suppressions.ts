import type { z } from 'zod';
import { countUnusableEntries } from '../../audience/suppression.ts';
import { withResource } from '../../lib/with-resource.ts';
import { countEntries } from '../../optout/entries.ts';
import type { suppressionsOutput } from '../../shapes/suppressions.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted, renderTable } from '../table.ts';

export async function listSuppressions(options: GlobalOptions): Promise<void> {
  const { entries, unusable } = await withApp(options, 'read', ({ warehouse, catalogue }) =>
    withResource(warehouse.session(), async (session) => ({
      entries: await countEntries(session, catalogue),
      unusable: await countUnusableEntries(session, catalogue),
    })),
  );
  if (options.json === true) return printJson({ entries, unusable } satisfies z.infer<typeof suppressionsOutput>);
  if (entries.length === 0) return print('Nobody is on the suppression list.');
  print(
    renderTable(entries, [
      { title: 'AGENCY', value: ({ agencyId }) => (agencyId === '*' ? 'all' : agencyId) },
      { title: 'TYPE', value: ({ type }) => type },
      { title: 'ENTRIES', value: ({ entries: count }) => count },
    ]),
  );
  if (unusable > 0) {
    print(`${counted(unusable, 'entry', 'entries')} can suppress nobody; docs/identifiers.md shows what is understood.`);
  }
}
