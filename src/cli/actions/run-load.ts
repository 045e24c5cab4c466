import { systemClock } from '../../lib/clock.ts';
import { withResource } from '../../lib/with-resource.ts';
import { loadFiles } from '../../warehouse/load/load-files.ts';
import { openProgress } from '../progress.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { formatCount, renderTable } from '../table.ts';

interface LoadOptions extends GlobalOptions {
  readonly replace?: boolean;
  readonly ignoreUnknownColumns?: boolean;
}

export async function runLoad(table: string, patterns: readonly string[], options: LoadOptions): Promise<void> {
  const progress = openProgress(process.stderr, options.json !== true);
  const report = await withApp(options, 'write', ({ warehouse, signal }) =>
    withResource(warehouse.session(), async (session) => {
      try {
        return await loadFiles(session, {
          table,
          patterns: [...patterns],
          replace: options.replace === true,
          ignoreUnknownColumns: options.ignoreUnknownColumns === true,
          cwd: process.cwd(),
          clock: systemClock,
          signal,
          onProgress: ({ file, files, share }) => {
            progress.step(`loading file ${file} of ${files}`);
            progress.share(share);
          },
        });
      } finally {
        progress.clear();
      }
    }),
  );
  if (options.json === true) {
    const { table: name, rows, files } = report;
    printJson({ table: name, rows, files });
    return;
  }
  print(
    renderTable(report.files, [
      { title: 'FILE', value: ({ path }) => path },
      { title: 'ROWS', value: ({ rows }) => rows },
      { title: '', value: ({ outcome }) => (outcome === 'loaded' ? 'loaded' : 'loaded before, skipped') },
    ]),
  );
  print(`${formatCount(report.rows)} rows added to ${report.table}.`);
}
