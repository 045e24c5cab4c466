import { type AdvertiserConfig, readAdvertiserConfig } from '../../config/advertiser-config.ts';
import type { ConfigChanges } from '../../config/assignments.ts';
import { checkAgainstSettings } from '../../config/check-against-settings.ts';
import type { ConfigField } from '../../config/config-fields.ts';
import { displayName } from '../../config/display-name.ts';
import { prepareChange, strategyForNew } from '../../config/prepare-change.ts';
import { configTable } from '../../config/read-configs.ts';
import { type AquariusError, configError, type Problem } from '../../errors.ts';
import type { UpdateConfigBody, UpdatedConfig } from '../../shapes/config/advertiser-writes.ts';
import type { Told } from '../../shapes/config/envelope.ts';
import type { WriteContext } from '../context.ts';
import { type Changed, makeChange } from '../make-change.ts';
import type { KnownAdvertiser } from './advertiser-book.ts';
import { advertiserNames } from './advertiser-names.ts';
import { fieldOfParameter, parameterOf, parameterPath, shownValue } from './config-parameters.ts';
import { configRow } from './config-row.ts';
import { configWarnings } from './config-warnings.ts';
import { unknownIds } from './known-ids.ts';
import { requireAdvertiser } from './require-advertiser.ts';

/**
 * Changes an advertiser's configuration, or makes it with the defaults. Every mistake is reported at once. `config` errors:
 * `advertiser_unknown`, `update_empty`, `config_invalid`, `config_version_stale`.
 */
export async function updateConfig(ctx: WriteContext, body: UpdateConfigBody): Promise<Told<UpdatedConfig>> {
  const { agency_id: agencyId, advertiser_id: advertiserId, dry_run: isDryRun } = body;
  const advertiser = await requireAdvertiser(ctx, agencyId, advertiserId);
  const changes = changesOf(body);
  if (changes.size === 0) {
    throw configError('update_empty', 'There is nothing to change.', {
      hint: 'Name at least one field; GET /api/config/config-fields lists them.',
      problems: [],
    });
  }
  const request = {
    action: 'config.update',
    agencyId,
    advertiserIds: [advertiserId],
    expectedVersion: body.expected_version,
    isDryRun,
  };
  const changed = await makeChange(ctx, request, async ({ config, set }) => {
    const before = config(advertiserId);
    const ids = await unknownIds(ctx, valuesOf(changes), before?.row ?? {}, { agencyId, advertiserId });
    const problems = [...(await problemsOf(ctx, advertiser, before, changes)), ...ids.problems];
    if (problems.length > 0) throw refused(advertiser, problems);
    set(advertiserId, changes);
    return { before, warnings: ids.warnings };
  });
  return answer(ctx, { advertiser, changes, changed, isDryRun });
}

/** The fields that the body names. */
function changesOf(body: UpdateConfigBody): ConfigChanges {
  const changes = new Map<ConfigField, unknown>();
  for (const [name, value] of Object.entries(body)) {
    const field = fieldOfParameter(name);
    if (field !== undefined && value !== undefined) changes.set(field, value);
  }
  return changes;
}

const valuesOf = (changes: ConfigChanges): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...changes].map(([{ column }, value]) => [column, value]));

/** What is wrong with the values, by the rules of the columns and by what aquarius.yaml has. */
async function problemsOf(
  ctx: WriteContext,
  { agencyId, advertiserId }: KnownAdvertiser,
  before: AdvertiserConfig | null,
  changes: ConfigChanges,
): Promise<readonly Problem[]> {
  const key = { agencyId, advertiserId };
  const agency = (await advertiserNames(ctx, [agencyId])).advertisers.flatMap(({ config }) => (config === null ? [] : [config]));
  const { problems, writes } = prepareChange(configTable(ctx.catalogue), key, before, changes, strategyForNew(agency));
  const destinations = [...changes].find(([{ column }]) => column === 'DELIVERY_DESTINATIONS')?.[1];
  const unsafe = destinations === undefined ? [] : unsafeNumbers(destinations, 'DELIVERY_DESTINATIONS');
  const written = writes.get('DELIVERY_DESTINATIONS');
  if (written === undefined || unsafe.length > 0) return [...problems, ...unsafe];
  const wanted = readAdvertiserConfig({
    ...before?.row,
    AGENCY_ID: agencyId,
    ADVERTISER_ID: advertiserId,
    DELIVERY_DESTINATIONS: written,
  });
  return [...problems, ...checkAgainstSettings(wanted, ctx.settings)];
}

/** Numbers that have lost digits on their way: ids may be longer than a number of JSON keeps. */
function unsafeNumbers(value: unknown, path: string): Problem[] {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    return [{ path, message: 'is too long for a number', hint: 'Write it in quotation marks.' }];
  if (Array.isArray(value)) return value.flatMap((item, index) => unsafeNumbers(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => unsafeNumbers(item, `${path}.${name}`));
}

function refused({ agencyId, advertiserId }: KnownAdvertiser, problems: readonly Problem[]): AquariusError {
  return configError('config_invalid', `Advertiser ${advertiserId} of agency ${agencyId} cannot be changed like this.`, {
    problems: problems.map(({ path, ...problem }) => ({ ...problem, path: parameterPath(path) })),
    hint: 'Correct them all, then try again.',
  });
}

interface Outcome {
  readonly advertiser: KnownAdvertiser;
  readonly changes: ConfigChanges;
  readonly changed: Changed<{ readonly before: AdvertiserConfig | null; readonly warnings: readonly string[] }>;
  readonly isDryRun: boolean;
}

async function answer(ctx: WriteContext, { advertiser, changes, changed, isDryRun }: Outcome): Promise<Told<UpdatedConfig>> {
  const { before, warnings } = changed.result;
  const after = changed.configs[0] ?? null;
  const key = { agencyId: advertiser.agencyId, advertiserId: advertiser.advertiserId };
  const values = [...changes.keys()].map(({ column }) => ({
    name: parameterOf(column),
    before: before === null ? null : shownValue(column, before.row[column], key),
    after: after === null ? null : shownValue(column, after.row[column], key),
  }));
  const different = values.filter((value) => JSON.stringify(value.before) !== JSON.stringify(value.after));
  const name = after?.displayName ?? displayName(advertiser.rawName);
  return {
    data: {
      fields_updated: different.map((value) => value.name),
      before: Object.fromEntries(different.map((value) => [value.name, value.before])),
      after: Object.fromEntries(different.map((value) => [value.name, value.after])),
      config: configRow({ ...advertiser, name, config: after }, ctx.clock.now()),
      is_dry_run: isDryRun,
      audit_id: changed.auditId,
    },
    warnings: [...warnings, ...(after === null ? [] : await configWarnings(ctx, after))],
  };
}
