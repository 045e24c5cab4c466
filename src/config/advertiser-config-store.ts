import { configError, type Problem } from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type AdvertiserConfig, readAdvertiserConfig } from './advertiser-config.ts';
import type { ConfigChanges } from './assignments.ts';
import type { ConfigKey } from './config-fields.ts';
import type { ConfigFile, ConfigFileRow } from './config-file.ts';
import { type PreparedChange, prepareChange, strategyForNew } from './prepare-change.ts';
import { type ConfigFilter, configMark, configTable, keyText, readConfigs } from './read-configs.ts';
import { idText } from './values.ts';
import { type KeyedChange, writeChanges } from './write-changes.ts';

/** The advertisers' configuration in the warehouse: REF_ADVERTISER_CONFIG. */

/** All configured advertisers, by agency and advertiser. */
export async function listConfigs(
  session: Session,
  catalogue: Catalogue,
  filter: ConfigFilter = {},
): Promise<readonly AdvertiserConfig[]> {
  return readConfigs(session, configTable(catalogue), filter);
}

/** All configured advertisers, and a text that stays the same as long as nothing about them changes. */
export interface MarkedConfigs {
  readonly mark: string;
  readonly configs: readonly AdvertiserConfig[];
}

/** All configured advertisers: what is known of them, where that still holds, and otherwise read anew. */
export async function currentConfigs(
  session: Session,
  catalogue: Catalogue,
  known: MarkedConfigs | undefined,
): Promise<MarkedConfigs> {
  const table = configTable(catalogue);
  // In one transaction, so that the mark is that of the rows.
  return session.transaction(async () => {
    const mark = await configMark(session, table);
    return mark === known?.mark ? known : { mark, configs: await readConfigs(session, table, {}) };
  });
}

/** One advertiser's configuration, or null when it has none. */
export async function getConfig(session: Session, catalogue: Catalogue, key: ConfigKey): Promise<AdvertiserConfig | null> {
  const [config] = await readConfigs(session, configTable(catalogue), tidy(key));
  return config ?? null;
}

/** A change that was made, or found to be made already. */
export interface ConfigChange {
  /** Null for an advertiser that had no row. */
  readonly before: AdvertiserConfig | null;
  readonly after: AdvertiserConfig;
  /** Columns that were written; none when nothing had to be. */
  readonly changed: readonly string[];
  /** Set when the row was made: what it got besides what was asked for. */
  readonly note: string | null;
}

/** What a changed configuration still lacks outside its own row, such as a destination that aquarius.yaml does not have. */
export type ConfigCheck = (config: AdvertiserConfig) => readonly Problem[];

/**
 * Changes an advertiser's configuration, or makes it with the defaults. Every mistake is reported in one `config` error
 * `config_invalid`, and then nothing is written. `check` judges changed destinations.
 */
export async function setConfig(
  session: Session,
  catalogue: Catalogue,
  advertiser: ConfigKey,
  changes: ConfigChanges,
  clock: Clock,
  check: ConfigCheck,
): Promise<ConfigChange> {
  const table = writableTable(catalogue);
  const key = tidy(advertiser);
  return session.transaction(async () => {
    const agency = await readConfigs(session, table, { agencyId: key.agencyId });
    const before = oneOf(agency.filter(({ advertiserId }) => advertiserId === key.advertiserId));
    const strategy = strategyForNew(agency);
    const prepared = prepareChange(table, key, before, changes, strategy);
    if (prepared.problems.length > 0)
      throw invalid(`Advertiser ${key.advertiserId} of agency ${key.agencyId} cannot be changed.`, prepared.problems);
    if (prepared.writes.size > 0) await writeChanges(session, table, [{ key, change: prepared }], clock.now());
    const [after] = await readConfigs(session, table, key);
    const lacking = after !== undefined && prepared.writes.has('DELIVERY_DESTINATIONS') ? check(after) : [];
    if (lacking.length > 0) throw invalid(`Advertiser ${key.advertiserId} of agency ${key.agencyId} cannot be changed.`, lacking);
    return changeMade(prepared, after);
  });
}

export interface ConfigImport {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** What was made or changed, in the file's order. */
  readonly changes: readonly ConfigChange[];
}

/**
 * Applies every row of a file, or, with every bad row and column reported in one `config` error `config_invalid`, none of them. Tried out,
 * nothing is written, and what comes back says what would be.
 */
export async function importConfigs(
  session: Session,
  catalogue: Catalogue,
  file: ConfigFile,
  clock: Clock,
  check: ConfigCheck,
  { isDryRun = false }: { readonly isDryRun?: boolean } = {},
): Promise<ConfigImport> {
  const table = writableTable(catalogue);
  return session.transaction(async () => {
    const existing = await readConfigs(session, table, {});
    const byKey = Map.groupBy(existing, keyText);
    const byAgency = Map.groupBy(existing, ({ agencyId }) => agencyId);
    const problems = [...file.problems];
    const prepared = file.rows.map((row) => {
      const own = byKey.get(keyText(row)) ?? [];
      const change = prepareChange(table, row, own[0] ?? null, row.changes, strategyForNew(byAgency.get(row.agencyId) ?? []));
      const duplicates = own.length > 1 ? [{ path: 'ADVERTISER_ID', message: `has ${own.length} rows in the table` }] : [];
      problems.push(...[...duplicates, ...change.problems].map((problem) => inRow(problem, row)));
      return { key: row, change };
    });
    if (problems.length > 0) throw invalid(`${file.source} cannot be imported; nothing was changed.`, byLine(problems));
    const written = prepared.filter(({ change }) => change.writes.size > 0);
    if (!isDryRun) await writeChanges(session, table, written, clock.now());
    const now = isDryRun ? written.map(asWritten) : written.length === 0 ? [] : await readConfigs(session, table, {});
    const after = new Map(now.map((config) => [keyText(config), config]));
    const lacking = written
      .filter(({ change }) => change.writes.has('DELIVERY_DESTINATIONS'))
      .flatMap(({ key: row }) => {
        const config = after.get(keyText(row));
        return config === undefined ? [] : check(config).map((problem) => inRow(problem, row));
      });
    if (lacking.length > 0) throw invalid(`${file.source} cannot be imported; nothing was changed.`, byLine(lacking));
    const created = written.filter(({ change }) => change.before === null).length;
    return {
      created,
      updated: written.length - created,
      unchanged: prepared.length - written.length,
      changes: written.map(({ key, change }) => changeMade(change, after.get(keyText(key)))),
    };
  });
}

/** The configuration as it would be after a change. */
function asWritten({ key, change: { before, writes } }: KeyedChange): AdvertiserConfig {
  return readAdvertiserConfig({
    ...{ AGENCY_ID: key.agencyId, ADVERTISER_ID: key.advertiserId },
    ...before?.row,
    ...Object.fromEntries(writes),
  });
}

const tidy = ({ agencyId, advertiserId }: ConfigKey): ConfigKey => ({
  agencyId: idText(agencyId),
  advertiserId: idText(advertiserId),
});

function changeMade({ before, writes }: PreparedChange, after: AdvertiserConfig | undefined): ConfigChange {
  if (after === undefined) throw new Error('a configuration that was written is not there');
  const note = before === null ? `Made with the defaults and ${after.joinStrategy}.` : null;
  return { before, after, changed: [...writes.keys()], note };
}

function oneOf(configs: readonly AdvertiserConfig[]): AdvertiserConfig | null {
  const [config] = configs;
  if (config === undefined || configs.length === 1) return config ?? null;
  throw configError(
    'config_duplicate',
    `Advertiser ${config.advertiserId} of agency ${config.agencyId} has ${configs.length} rows.`,
    {
      hint: 'Keep one row for each agency and advertiser, then try again.',
    },
  );
}

function inRow(problem: Problem, { row, line, label = `row ${row}` }: Pick<ConfigFileRow, 'row' | 'line' | 'label'>): Problem {
  return { ...problem, path: `${label}, ${problem.path}`, ...(line === undefined ? {} : { line }) };
}

const byLine = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted((left, right) => rowOf(left) - rowOf(right));

const rowOf = ({ path }: Problem): number => Number(/^row (\d+)/.exec(path)?.[1] ?? 0);

function invalid(message: string, problems: readonly Problem[]): Error {
  return configError('config_invalid', message, { problems, hint: 'Correct them all, then try again.' });
}

/** The table, when it may be written. */
function writableTable(catalogue: Catalogue): BoundTable {
  const table = configTable(catalogue);
  if (table.readOnly) {
    throw configError('config_read_only', 'REF_ADVERTISER_CONFIG is read from files and cannot be changed here.', {
      hint: 'Change the files, or take REF_ADVERTISER_CONFIG out of tables: in aquarius.yaml and import them.',
    });
  }
  return table;
}
