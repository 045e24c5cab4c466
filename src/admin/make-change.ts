import { type AdvertiserConfig, readAdvertiserConfig } from '../config/advertiser-config.ts';
import type { ConfigChanges } from '../config/assignments.ts';
import type { ConfigKey } from '../config/config-fields.ts';
import { type PreparedChange, prepareChange, strategyForNew } from '../config/prepare-change.ts';
import { configTable, readConfigs } from '../config/read-configs.ts';
import { AquariusError, configError, type Problem } from '../errors.ts';
import { inTurn } from '../lib/in-turn.ts';
import type { Row } from '../warehouse/warehouse.ts';
import { makeAuditId } from './audit-id.ts';
import { requireAgency, type WriteContext } from './context.ts';
import { derivedCounts } from './derived-counts.ts';
import { openJournal, type RowJournal, type RowsChange } from './row-journal.ts';

/** What is to be done, for the audit log. */
export interface ChangeRequest {
  /** Such as `campaign.map`. */
  readonly action: string;
  readonly agencyId: string;
  /** Whose rows are upserted, whose counts are counted anew, and whose version is raised. */
  readonly advertiserIds: readonly string[];
  /** The version of the (first) advertiser's row that the caller has seen; another one is `config_version_stale`. */
  readonly expectedVersion?: number | undefined;
  /** The audit entry that this takes back. */
  readonly undoes?: string;
  /** Everything is done and then thrown away: what comes back says what would be. */
  readonly isDryRun?: boolean;
}

/** What the work may do: write rows through the journal, and name changes of the advertisers' own rows. */
export interface Work {
  readonly journal: RowJournal;
  /** The advertiser's row as it is before the change; null when there is none yet. */
  config(advertiserId: string): AdvertiserConfig | null;
  /** Changes columns of an advertiser's row; every mistake is reported together. */
  set(advertiserId: string, changes: ConfigChanges): void;
}

export interface Changed<T> {
  readonly result: T;
  /** False when everything was as it should be already: then no version was raised and nothing stands in the audit log. */
  readonly isChanged: boolean;
  readonly auditId: string | null;
  /** The advertisers' rows since. */
  readonly configs: readonly AdvertiserConfig[];
}

/** Changes of one warehouse, one after the other, by the context's `turn`. */
export const inOrder = inTurn<object>();
const CONFIG = 'REF_ADVERTISER_CONFIG';
const CONFIG_KEY = ['AGENCY_ID', 'ADVERTISER_ID'];

/**
 * Makes a change in one transaction: what `work` writes, the advertisers' rows (made with the defaults where there is none), their derived
 * counts, their versions and the audit entry. When anything throws, nothing is changed. `config` errors: `agency_forbidden`,
 * `config_version_stale`, `config_invalid`, `table_read_only`.
 */
export async function makeChange<T>(
  ctx: WriteContext,
  request: ChangeRequest,
  work: (tools: Work) => Promise<T>,
): Promise<Changed<T>> {
  requireAgency(ctx.scope, request.agencyId);
  return inOrder(ctx.turn, () =>
    request.isDryRun === true ? tryOut(ctx, request, work) : ctx.session.transaction(() => change(ctx, request, work)),
  );
}

class ThrownAway extends Error {}

async function tryOut<T>(ctx: WriteContext, request: ChangeRequest, work: (tools: Work) => Promise<T>): Promise<Changed<T>> {
  const made: Changed<T>[] = [];
  try {
    await ctx.session.transaction(async () => {
      made.push(await change(ctx, request, work));
      throw new ThrownAway();
    });
  } catch (error) {
    if (!(error instanceof ThrownAway)) throw error;
  }
  const [changed] = made;
  if (changed === undefined) throw new Error('a change that was tried out gave nothing');
  return { ...changed, auditId: null };
}

async function change<T>(ctx: WriteContext, request: ChangeRequest, work: (tools: Work) => Promise<T>): Promise<Changed<T>> {
  const { session, catalogue } = ctx;
  const { agencyId } = request;
  const table = configTable(catalogue);
  const agency = await readConfigs(session, table, { agencyId });
  const configOf = (advertiserId: string): AdvertiserConfig | null =>
    agency.find((config) => config.advertiserId === advertiserId) ?? null;
  const [first] = request.advertiserIds;
  if (first !== undefined) requireVersion(configOf(first), request.expectedVersion);
  const wanted = new Map<string, ConfigChanges>();
  const journal = openJournal(session, catalogue);
  const result = await work({ journal, config: configOf, set: (id, changes) => void wanted.set(id, changes) });

  const problems: Problem[] = [];
  const prepared = request.advertiserIds.map((advertiserId): readonly [ConfigKey, PreparedChange] => {
    const key = { agencyId, advertiserId };
    const made = prepareChange(table, key, configOf(advertiserId), wanted.get(advertiserId) ?? new Map(), strategyForNew(agency));
    problems.push(...made.problems);
    return [key, made];
  });
  if (problems.length > 0) {
    throw configError('config_invalid', `Advertiser ${first} of agency ${agencyId} cannot be changed.`, {
      problems,
      hint: 'Correct them all, then try again.',
    });
  }
  const hasWritten = journal.changes.length > 0;
  const configs: AdvertiserConfig[] = [];
  for (const [key, { before, writes }] of prepared) {
    const isTouched = hasWritten || (before === null ? wanted.has(key.advertiserId) : writes.size > 0);
    if (isTouched) await writeConfig(ctx, journal, key, before, writes);
    const [row] = isTouched ? await journal.find(CONFIG, CONFIG_KEY, [configKey(before, key)]) : [];
    if (row !== undefined) configs.push(readAdvertiserConfig(row));
    else if (before !== null) configs.push(before);
  }
  if (journal.changes.length === 0) return { result, isChanged: false, auditId: null, configs };
  const auditId = makeAuditId(ctx.turn, ctx.clock.now());
  await writeAudit(ctx, auditId, request, journal.changes);
  return { result, isChanged: true, auditId, configs };
}

function requireVersion(config: AdvertiserConfig | null, expected: number | undefined): void {
  const version = config?.configVersion ?? 0;
  if (expected === undefined || expected === version) return;
  throw configError(
    'config_version_stale',
    `Somebody changed this advertiser meanwhile: it is at version ${version}, not ${expected}.`,
    {
      hint: 'Look at it again, then repeat what you wanted to change.',
    },
  );
}

/** The key as it stands in the row: a site may write ids in its own way. */
const configKey = (config: AdvertiserConfig | null, key: ConfigKey) =>
  config === null ? [key.agencyId, key.advertiserId] : CONFIG_KEY.map((column) => String(config.row[column] ?? ''));

async function writeConfig(
  { session, catalogue, clock }: WriteContext,
  journal: RowJournal,
  key: ConfigKey,
  before: AdvertiserConfig | null,
  writes: ReadonlyMap<string, unknown>,
): Promise<void> {
  const now = clock.now();
  const values = {
    ...Object.fromEntries(writes),
    ...(await derivedCounts(session, catalogue, key)),
    CONFIG_VERSION: (before?.configVersion ?? 0) + 1,
    UPDATED_AT: now,
  } as Row;
  if (before === null)
    await journal.insert(CONFIG, CONFIG_KEY, [
      { AGENCY_ID: key.agencyId, ADVERTISER_ID: key.advertiserId, CREATED_AT: now, ...values },
    ]);
  else await journal.update(CONFIG, CONFIG_KEY, configKey(before, key), values);
}

/** The rows of an entry, as CONFIG_AUDIT_LOG keeps them: what `undoChange` reads. */
export interface AuditedRows {
  readonly changes: readonly Omit<RowsChange, 'before' | 'after'>[];
  readonly rows: readonly RowsChange['before'][];
}

/** Writes the entry of a change, within its transaction. `config` error `audit_missing`. */
export async function writeAudit(
  { session, catalogue, clock, actor, requestId }: WriteContext,
  auditId: string,
  { action, agencyId, advertiserIds, undoes }: ChangeRequest,
  changes: readonly RowsChange[],
): Promise<void> {
  const keys = changes.map(({ table, key, keys: of }) => ({ table, key, keys: of }));
  const rowsOf = (side: 'before' | 'after'): AuditedRows => ({ changes: keys, rows: changes.map((made) => made[side]) });
  const entry: Row = {
    AUDIT_ID: auditId,
    AT: clock.now(),
    ACTOR: actor.name,
    ROLE: actor.role,
    AGENCY_ID: agencyId,
    ADVERTISER_ID: advertiserIds.join(','),
    ACTION: action,
    REASON: actor.reason,
    BEFORE: JSON.stringify(rowsOf('before')),
    AFTER: JSON.stringify(rowsOf('after')),
    REQUEST_ID: requestId,
    UNDOES: undoes ?? null,
  };
  const audit = openJournal(session, catalogue);
  try {
    await audit.insert('CONFIG_AUDIT_LOG', ['AUDIT_ID'], [entry]);
  } catch (error) {
    if (!(error instanceof AquariusError) || error.code !== 'table_missing') throw error;
    throw configError('audit_missing', 'Nothing may be changed without CONFIG_AUDIT_LOG, and it is missing.', {
      hint: '`aquarius doctor` prints the statement that creates it.',
      cause: error,
    });
  }
}
