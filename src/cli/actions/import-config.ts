import { resolve } from 'node:path';
import { importConfigs } from '../../config/advertiser-config-store.ts';
import { checkAgainstSettings } from '../../config/check-against-settings.ts';
import { readConfigFile } from '../../config/config-file.ts';
import { withResource } from '../../lib/with-resource.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { changesTable } from './set-config.ts';

export async function importConfig(path: string, options: GlobalOptions): Promise<void> {
  const file = await readConfigFile(resolve(currentIo().cwd, path));
  const result = await withApp(options, 'write', ({ warehouse, catalogue, clock, settings }) =>
    withResource(warehouse.session(), (session) =>
      importConfigs(session, catalogue, file, clock, (config) => checkAgainstSettings(config, settings)),
    ),
  );
  const { created, updated, unchanged, changes } = result;
  if (options.json === true) {
    const done = changes.map(({ before, after, changed }) => ({
      agencyId: after.agencyId,
      advertiserId: after.advertiserId,
      created: before === null,
      changed,
    }));
    printJson({ created, updated, unchanged, changes: done });
    return;
  }
  for (const change of changes) {
    print(`${change.before === null ? 'created' : 'changed'} ${change.after.agencyId} ${change.after.advertiserId}`);
    if (change.before !== null) print(changesTable(change));
  }
  print(`${created} created, ${updated} changed, ${unchanged} as they were.`);
}
