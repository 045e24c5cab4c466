import { writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { makeNameIndex } from '../../admin/advertisers/name-index.ts';
import { type ImportOutcome, type ImportRequest, importOptions } from '../../admin/legacy/import-options.ts';
import type { App } from '../../app.ts';
import { configError } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import { legacyImportShape } from '../../shapes/config/legacy-import.ts';
import { withSignal } from '../../warehouse/with-signal.ts';
import { confirm } from '../confirm.ts';
import { currentIo } from '../io.ts';
import { legacyImportText, legacyLinesCsv } from '../legacy-import-text.ts';
import { openProgress } from '../progress.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted } from '../table.ts';

interface ImportLegacyOptions extends GlobalOptions {
  readonly destination?: Readonly<Record<string, string>>;
  readonly agency?: string;
  readonly enable?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly report?: string;
  readonly reason?: string;
}

/** Shows what would come of it, asks, and imports; nothing is open for writing while a person thinks. */
export async function importLegacy(options: ImportLegacyOptions): Promise<void> {
  const isJson = options.json === true;
  if (options.yes === true && options.dryRun !== true) {
    await told(await withApp(options, 'write', (app) => work(app, options, false)), options, false);
    return;
  }
  const tried = await withApp(options, 'read', (app) => work(app, options, true));
  await told(tried, options, true);
  const count = tried.created + tried.updated;
  if (options.dryRun === true || count === 0) return;
  const answer = await confirm(`Change ${counted(count, 'advertiser')}?`);
  if (answer === null) {
    throw configError('confirmation_needed', 'Nobody can be asked whether to import this; nothing was changed.', {
      hint: 'Give --yes to import it, or --dry-run to look at it only. A command that a server runs cannot ask either.',
    });
  }
  if (!answer) {
    if (!isJson) print('Nothing was changed.');
    return;
  }
  const made = await withApp(options, 'write', (app) => work(app, options, false));
  if (isJson) printJson(legacyImportShape(made, false));
  else print(doneText(made));
}

async function work(app: App, options: ImportLegacyOptions, isDryRun: boolean): Promise<ImportOutcome> {
  const { warehouse, catalogue, ledger, settings, clock, signal } = app;
  const request: ImportRequest = {
    destinations: options.destination ?? {},
    enable: options.enable === true,
    isDryRun,
  };
  const progress = openProgress(options.json !== true);
  try {
    progress.step(isDryRun ? 'reading DELIVERY_OPTION' : 'importing DELIVERY_OPTION');
    return await withResource(warehouse.session(), (session) =>
      importOptions(
        {
          ...{ session: withSignal(session, signal), catalogue, ledger, settings, clock, signal },
          names: makeNameIndex(),
          scope: options.agency === undefined ? 'all' : [options.agency.trim()],
          actor: { name: currentIo().actor, role: 'admin', reason: options.reason ?? null },
          requestId: 'command-line',
          turn: warehouse,
        },
        request,
      ),
    );
  } finally {
    progress.clear();
  }
}

async function told(outcome: ImportOutcome, options: ImportLegacyOptions, isDryRun: boolean): Promise<void> {
  if (options.report !== undefined) await writeReport(outcome, options.report);
  if (options.json === true) {
    if (isDryRun && options.dryRun !== true) return;
    printJson(legacyImportShape(outcome, isDryRun));
    return;
  }
  print(legacyImportText(outcome));
  if (!isDryRun) print(doneText(outcome));
}

/** All lines, as JSON or CSV by the file's ending. */
async function writeReport(outcome: ImportOutcome, name: string): Promise<void> {
  const path = resolve(currentIo().cwd, name);
  const ending = extname(path).toLowerCase();
  if (ending !== '.csv' && ending !== '.json') {
    throw configError('unknown_format', `The ending of ${name} does not tell how the report is to be written.`, {
      hint: 'Call it .csv or .json.',
    });
  }
  await writeFile(path, ending === '.csv' ? legacyLinesCsv(outcome.lines) : `${JSON.stringify(outcome.lines, null, 2)}\n`);
}

function doneText({ created, updated, auditIds }: ImportOutcome): string {
  if (created + updated === 0) return 'Nothing changed: the configuration says so already.';
  const entries = `${counted(auditIds.length, 'entry', 'entries')} of the audit log`;
  return `Done: ${counted(created, 'advertiser')} created, ${updated} changed; ${entries} can be taken back one by one.`;
}
