import type { Settings } from '../../config/settings.ts';
import { configError } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import { loadFiles } from '../../warehouse/load/load-files.ts';
import { findTable } from '../../warehouse/tables.ts';
import { currentIo } from '../io.ts';
import { openProgress } from '../progress.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted, renderTable } from '../table.ts';

interface LoadOptions extends GlobalOptions {
  readonly replace?: boolean;
  readonly ignoreUnknownColumns?: boolean;
}

export async function runLoad(table: string, patterns: readonly string[], options: LoadOptions): Promise<void> {
  const progress = openProgress(options.json !== true);
  const report = await withApp(options, 'write', ({ warehouse, settings, signal, clock }) =>
    withResource(warehouse.session(), async (session) => {
      refuseElsewhere(table, settings.tables);
      try {
        return await loadFiles(session, {
          table,
          patterns: [...patterns],
          replace: options.replace === true,
          ignoreUnknownColumns: options.ignoreUnknownColumns === true,
          cwd: currentIo().cwd,
          clock,
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
  print(`${counted(report.rows, 'row')} added to ${report.table}.`);
}

/** A table that aquarius.yaml places elsewhere is not read from where files are loaded: the rows would never be used. */
export function refuseElsewhere(table: string, placements: Settings['tables']): void {
  const spec = findTable(table);
  const placement = spec === undefined ? undefined : Object.entries(placements).find(([name]) => findTable(name) === spec)?.[1];
  if (spec === undefined || placement === undefined) return;
  const { files, schema, name } = { files: undefined, schema: undefined, name: undefined, ...placement };
  if (files === undefined && schema === undefined && name === undefined) return;
  const where = files?.join(', ') ?? `${schema ?? spec.schema}.${name ?? spec.name}`;
  throw configError(
    'table_elsewhere',
    `aquarius.yaml says that ${spec.name} is ${where}; rows that are loaded would not be used.`,
    {
      hint: `Put the data there, or take ${spec.name} out of tables: in aquarius.yaml.`,
    },
  );
}
