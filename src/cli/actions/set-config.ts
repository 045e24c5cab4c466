import { type ConfigChange, setConfig } from '../../config/advertiser-config-store.ts';
import { parseAssignments } from '../../config/assignments.ts';
import { checkAgainstSettings } from '../../config/check-against-settings.ts';
import { withResource } from '../../lib/with-resource.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { renderTable } from '../table.ts';
import { configShape } from './list-config.ts';

export async function setAdvertiserConfig(
  agencyId: string,
  advertiserId: string,
  assignments: readonly string[],
  options: GlobalOptions,
): Promise<void> {
  const changes = parseAssignments(assignments);
  const change = await withApp(options, 'write', ({ warehouse, catalogue, clock, settings }) =>
    withResource(warehouse.session(), (session) =>
      setConfig(session, catalogue, { agencyId, advertiserId }, changes, clock, (config) =>
        checkAgainstSettings(config, settings),
      ),
    ),
  );
  if (options.json === true) {
    const { before, after, changed, note } = change;
    printJson({ before: before === null ? null : configShape(before), after: configShape(after), changed, note });
    return;
  }
  if (change.note !== null) print(change.note);
  print(change.changed.length === 0 ? 'Nothing changed: the row says so already.' : changesTable(change));
}

export function changesTable({ before, after, changed }: ConfigChange): string {
  return renderTable(changed, [
    { title: 'COLUMN', value: (column) => column },
    { title: 'BEFORE', value: (column) => valueText(before?.row[column]) },
    { title: 'AFTER', value: (column) => valueText(after.row[column]) },
  ]);
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return value instanceof Date ? value.toISOString() : String(value);
}
