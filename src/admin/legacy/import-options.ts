import type { ConfigKey } from '../../config/config-fields.ts';
import { chooseDestinations } from '../../config/legacy/choose-destinations.ts';
import { type ImportReport, importReport } from '../../config/legacy/import-report.ts';
import { propose, type ReportLine } from '../../config/legacy/propose.ts';
import { type PreparedChange, prepareChange, strategyForNew } from '../../config/prepare-change.ts';
import { configTable, keyText, readConfigs } from '../../config/read-configs.ts';
import { idText } from '../../config/values.ts';
import { type KeyedChange, writeChanges } from '../../config/write-changes.ts';
import { configError, type Problem } from '../../errors.ts';
import { ident, join, sql } from '../../lib/sql.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import { readNames } from '../advertisers/read-names.ts';
import { makeAuditId } from '../audit-id.ts';
import { isInScope, type WriteContext } from '../context.ts';
import { inOrder, writeAudit } from '../make-change.ts';
import type { RowsChange } from '../row-journal.ts';
import { storeRow } from '../row-text.ts';
import { readOptions } from './read-options.ts';

/** The import of the earlier system's options into the advertisers' configuration. */

export interface ImportRequest {
  /** Destinations by type of delivery, its number or name; where one is left out, the only destination that goes to the partner. */
  readonly destinations: Readonly<Record<string, string>>;
  /** Switches delivery on for the advertisers of whom something was imported. */
  readonly enable: boolean;
  /** Nothing is written: what comes back says what would be. */
  readonly isDryRun: boolean;
}

export interface ImportOutcome {
  readonly report: ImportReport;
  /** What has become of each group of options, by agency and advertiser. */
  readonly lines: readonly ReportLine[];
  readonly created: number;
  readonly updated: number;
  /** Entries of the audit log; each can be taken back. */
  readonly auditIds: readonly string[];
}

/** So that taking an entry back is done within the time that a request has. */
const ADVERTISERS_PER_ENTRY = 100;
const CONFIG_KEY = ['AGENCY_ID', 'ADVERTISER_ID'];

/**
 * Turns DELIVERY_OPTION into entries of DELIVERY_DESTINATIONS, for everybody in scope and in one transaction. `config` errors:
 * `legacy_missing`, `destination_choice_invalid`, `config_invalid`, `table_read_only`, `audit_missing`.
 */
export async function importOptions(ctx: WriteContext, request: ImportRequest): Promise<ImportOutcome> {
  if (request.isDryRun) {
    const { changes, ...outcome } = await proposeAll(ctx, request);
    return { ...outcome, ...countOf(changes), auditIds: [] };
  }
  const table = configTable(ctx.catalogue);
  if (table.readOnly) {
    throw configError('table_read_only', 'REF_ADVERTISER_CONFIG is read from files and cannot be changed here.', {
      hint: 'Change the files, or take REF_ADVERTISER_CONFIG out of tables: in aquarius.yaml and load them.',
    });
  }
  return inOrder(ctx.turn, () =>
    ctx.session.transaction(async () => {
      const { changes, ...outcome } = await proposeAll(ctx, request);
      await writeChanges(ctx.session, table, changes, ctx.clock.now());
      return { ...outcome, ...countOf(changes), auditIds: await audit(ctx, changes) };
    }),
  );
}

interface AllProposals extends Pick<ImportOutcome, 'report' | 'lines'> {
  readonly changes: readonly KeyedChange[];
}

async function proposeAll(ctx: WriteContext, { destinations: wanted, enable }: ImportRequest): Promise<AllProposals> {
  const { session, catalogue, settings, scope } = ctx;
  const destinations = chooseDestinations(settings, wanted);
  const table = configTable(catalogue);
  const configs = (await readConfigs(session, table, {})).filter(({ agencyId }) => isInScope(scope, agencyId));
  const byKey = new Map(configs.map((config) => [keyText(config), config]));
  const strategies = new Map([...Map.groupBy(configs, ({ agencyId }) => agencyId)].map(([id, own]) => [id, strategyForNew(own)]));
  const names = await readNames(session, catalogue);
  const lines: ReportLine[] = [];
  const changes: KeyedChange[] = [];
  const problems = new Map<string, Problem>();
  for (const { groups, ...key } of await readOptions(ctx)) {
    const before = byKey.get(keyText(key)) ?? null;
    const isKnown = before !== null || names.advertisers.get(key.agencyId)?.has(key.advertiserId) === true;
    const proposal = propose({ key, before, isKnown, groups, destinations, settings, enable });
    for (const line of proposal.lines) lines.push(line);
    if (proposal.changes.size === 0) continue;
    const strategy = strategies.get(key.agencyId) ?? strategyForNew([]);
    const change = prepareChange(table, key, before, proposal.changes, strategy);
    for (const problem of change.problems) problems.set(`${problem.path} ${problem.message}`, problem);
    if (change.writes.size > 0) changes.push({ key, change });
  }
  if (problems.size > 0) {
    throw configError('config_invalid', 'The options cannot be imported; nothing was changed.', {
      problems: [...problems.values()],
      hint: 'Correct them all, then try again.',
    });
  }
  return { report: importReport(lines), lines, changes };
}

function countOf(changes: readonly KeyedChange[]): Pick<ImportOutcome, 'created' | 'updated'> {
  const created = changes.filter(({ change }) => change.before === null).length;
  return { created, updated: changes.length - created };
}

/** Writes what was changed into the audit log, so that it can be looked at and taken back. */
async function audit(ctx: WriteContext, changes: readonly KeyedChange[]): Promise<readonly string[]> {
  if (changes.length === 0) return [];
  const table = configTable(ctx.catalogue);
  const after = await rowsNow(ctx, table);
  const ids: string[] = [];
  for (const [agencyId, own] of Map.groupBy(changes, ({ key }) => key.agencyId)) {
    for (let start = 0; start < own.length; start += ADVERTISERS_PER_ENTRY) {
      const some = own.slice(start, start + ADVERTISERS_PER_ENTRY);
      const id = makeAuditId(ctx.turn, ctx.clock.now());
      const advertiserIds = some.map(({ key }) => key.advertiserId);
      const rows = some.map(({ key, change }) => rowsChange(key, change, after.get(keyText(key))));
      await writeAudit(ctx, id, { action: 'config.import_legacy', agencyId, advertiserIds }, rows);
      ids.push(id);
    }
  }
  return ids;
}

/** All rows as they are now, unread: what is in them has been judged. */
async function rowsNow({ session }: WriteContext, table: BoundTable): Promise<ReadonlyMap<string, Row>> {
  const columns = table.spec.columns.map(({ name }) => name).filter((name) => table.has(name));
  const select = columns.map((name) => sql`${table.column(name)} AS ${ident(name)}`);
  const rows = new Map<string, Row>();
  for await (const batch of session.query(sql`SELECT ${join(select)} FROM ${table.ref}`)) {
    for (const row of batch) rows.set(keyText({ agencyId: idText(row.AGENCY_ID), advertiserId: idText(row.ADVERTISER_ID) }), row);
  }
  return rows;
}

function rowsChange(key: ConfigKey, { before }: PreparedChange, after: Row | undefined): RowsChange {
  if (after === undefined) throw new Error('a configuration that was written is not there');
  // As the ids stand in the row: a site may write them in its own way.
  const ids = before === null ? [key.agencyId, key.advertiserId] : CONFIG_KEY.map((column) => String(before.row[column] ?? ''));
  return {
    ...{ table: 'REF_ADVERTISER_CONFIG', key: CONFIG_KEY, keys: [ids] },
    ...{ before: before === null ? [] : [storeRow(before.row)], after: [storeRow(after)] },
  };
}
