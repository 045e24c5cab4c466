import { resolve } from 'node:path';
import { openSettings, openWarehouse } from '../../app.ts';
import { type ConfigImport, importConfigs } from '../../config/advertiser-config-store.ts';
import { checkAgainstSettings } from '../../config/check-against-settings.ts';
import { type ConfigFile, readConfigFile } from '../../config/config-file.ts';
import { configsOfWarehouse } from '../../config/configs-of-warehouse.ts';
import { configError } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import { bindCatalogue } from '../../warehouse/catalogue.ts';
import { withSignal } from '../../warehouse/with-signal.ts';
import { confirm } from '../confirm.ts';
import { sharedApp } from '../forward/shared-app.ts';
import { homeOf } from '../home.ts';
import { currentIo, processIo } from '../io.ts';
import { openProgress } from '../progress.ts';
import { type GlobalOptions, logOf, print, printJson, withApp } from '../session.ts';
import { counted } from '../table.ts';
import { changesTable } from './set-config.ts';

interface ImportOptions extends GlobalOptions {
  readonly fromSnowflake?: string;
  readonly agency?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** A file is imported at once; of another warehouse the differences are shown first. */
export async function importConfig(path: string | undefined, options: ImportOptions): Promise<void> {
  const { fromSnowflake, dryRun: isDryRun = false } = options;
  if ((path === undefined) === (fromSnowflake === undefined)) {
    throw configError('source_missing', 'What is imported is either a file or what a Snowflake account has.', {
      hint: 'Name a .csv or .json file, or give --from-snowflake with a settings file.',
    });
  }
  if (path !== undefined) {
    const file = await readConfigFile(resolve(currentIo().cwd, path));
    tell(await apply(file, options, isDryRun), options, isDryRun);
    return;
  }
  const file = await readSnowflake(String(fromSnowflake), options);
  if (options.yes === true && !isDryRun) {
    tell(await apply(file, options, false), options, false);
    return;
  }
  const tried = await apply(file, options, true);
  const count = tried.created + tried.updated;
  if (isDryRun || count === 0 || options.json !== true) tell(tried, options, true);
  if (isDryRun || count === 0) return;
  const answer = await confirm(`Import ${counted(count, 'advertiser')}?`);
  if (answer === null) {
    throw configError('confirmation_needed', 'Nobody can be asked whether to import this; nothing was changed.', {
      hint: 'Give --yes to import it, or --dry-run to look at it only. A command that a server runs cannot ask either.',
    });
  }
  if (answer) {
    const { created, updated, unchanged, ...made } = await apply(file, options, false);
    if (options.json === true) tell({ created, updated, unchanged, ...made }, options, false);
    else print(doneText({ created, updated, unchanged }, false));
  } else if (options.json !== true) print('Nothing was changed.');
}

function apply(file: ConfigFile, options: ImportOptions, isDryRun: boolean): Promise<ConfigImport> {
  return withApp(options, 'write', ({ warehouse, catalogue, clock, settings }) =>
    withResource(warehouse.session(), (session) =>
      importConfigs(session, catalogue, file, clock, (config) => checkAgainstSettings(config, settings), { isDryRun }),
    ),
  );
}

/** What the account has that the settings file describes, under the names that it says. */
async function readSnowflake(name: string, options: ImportOptions): Promise<ConfigFile> {
  const { cwd, env, signal } = currentIo();
  const file = resolve(cwd, name);
  // Inside a server its own secrets count: a caller's environment is not sent.
  const opened = await openSettings({ home: homeOf(options.home), file, env: sharedApp() === null ? env : processIo.env });
  const { settings } = opened;
  if (settings.warehouse.type !== 'snowflake') {
    throw configError('not_snowflake', `${file} describes no Snowflake account.`, {
      hint: 'Give it a section warehouse: with type: snowflake; docs/snowflake.md shows one.',
    });
  }
  const progress = openProgress(options.json !== true);
  try {
    progress.step('reading REF_ADVERTISER_CONFIG');
    return await withResource(openWarehouse({ ...opened, log: logOf(options) }, 'read'), (warehouse) =>
      withResource(warehouse.session(), async (session) => {
        const reading = withSignal(session, signal);
        const catalogue = await bindCatalogue(reading, settings.tables);
        const filter = options.agency === undefined ? {} : { agencyId: options.agency.trim() };
        return configsOfWarehouse(reading, catalogue, 'REF_ADVERTISER_CONFIG of the account', filter);
      }),
    );
  } finally {
    progress.clear();
  }
}

function tell(result: ConfigImport, options: ImportOptions, isDryRun: boolean): void {
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
  print(doneText({ created, updated, unchanged }, isDryRun));
}

function doneText(result: Pick<ConfigImport, 'created' | 'updated' | 'unchanged'>, isDryRun: boolean): string {
  const { created, updated, unchanged } = result;
  return isDryRun
    ? `${created} to create, ${updated} to change, ${unchanged} as they are. Nothing was changed.`
    : `${created} created, ${updated} changed, ${unchanged} as they were.`;
}
