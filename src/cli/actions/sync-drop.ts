import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { makeFolder } from '../../config/make-folder.ts';
import { configError } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import { type DropReport, type ListReport, syncDrop } from '../../optout/sync-drop.ts';
import type { dropOutput } from '../../shapes/suppressions.ts';
import { openProgress } from '../progress.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted, renderTable } from '../table.ts';
import { recordSuppressions } from './change-suppressions.ts';

export async function syncSuppressionsWithDrop(options: GlobalOptions & { readonly dryRun?: boolean }): Promise<void> {
  const progress = openProgress(options.json !== true);
  const report = await withApp(options, 'write', async (app) => {
    const { settings, secrets, clock, signal, warehouse, catalogue } = app;
    const { drop } = settings;
    if (drop === undefined) throw notConfigured();
    const folder = join(settings.home, 'drop');
    await makeFolder(folder, 0o700);
    const api = {
      url: drop.url,
      apiKey: await secrets(drop.apiKey),
      timeoutMs: drop.timeoutSeconds * 1000,
      clock,
      signal,
    };
    progress.step('asking DROP');
    const done = await withResource(warehouse.session(), (session) =>
      syncDrop({
        session,
        catalogue,
        api,
        folder,
        reportMatchedAs: drop.reportMatchedAs,
        dryRun: options.dryRun === true,
        sleep: (ms) => wait(ms, undefined, { signal }),
      }),
    ).finally(() => progress.clear());
    if (done.outcome === 'synced') {
      const lists = done.lists.map(({ list, requests, added, matched }) => ({ list, requests, added, matched }));
      await recordSuppressions(app, 'suppression.syncDrop', '*', {}, { lists, removed: done.removed });
    }
    return done;
  });
  if (options.json === true) printJson(report satisfies z.infer<typeof dropOutput>);
  else print(reportText(report));
}

const ANSWERS: Readonly<Record<ListReport['answers'], string>> = {
  sent: 'sent',
  already: 'DROP had them',
  none: 'none to give',
  notOurs: 'not by Aquarius',
  dryRun: 'not sent',
};

function reportText({ outcome, lists, removed, archive }: DropReport): string {
  if (outcome === 'nothing') return 'DROP has no new requests.';
  const table = renderTable(lists, [
    { title: 'LIST', value: ({ list }) => list },
    { title: 'REQUESTS', value: ({ requests }) => requests },
    { title: 'NEW ON THE LIST', value: ({ added }) => added },
    { title: 'IN THE WAREHOUSE', value: ({ matched }) => matched },
    { title: 'ANSWERS', value: ({ answers }) => ANSWERS[answers] },
  ]);
  const lines = [table, `${counted(removed, 'entry', 'entries')} taken off the list, as asked.`];
  if (outcome === 'dryRun') lines.push('Nothing was changed. The next run goes on with the lists that were fetched.');
  else if (archive !== null) lines.push(`Lists that device ids cannot answer are in ${archive}: DROP waits for their answers.`);
  return lines.join('\n');
}

function notConfigured(): Error {
  return configError('drop_not_configured', "California's DROP is not set up.", {
    hint: 'Put drop: with an apiKey into aquarius.yaml; docs/operations.md says how.',
  });
}
