import type { z } from 'zod';
import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { fieldOf } from '../../config/config-fields.ts';
import { strategyForNew } from '../../config/prepare-change.ts';
import { configTable } from '../../config/read-configs.ts';
import { isNoId } from '../../config/values.ts';
import { configError } from '../../errors.ts';
import type { createAdvertiserBody, createdAdvertiser } from '../../shapes/config/advertiser-writes.ts';
import type { Told } from '../../shapes/config/envelope.ts';
import { requireAgency, type WriteContext } from '../context.ts';
import { makeChange } from '../make-change.ts';
import type { KnownAdvertiser } from './advertiser-book.ts';
import { advertiserNames } from './advertiser-names.ts';
import { configRow } from './config-row.ts';
import { configWarnings } from './config-warnings.ts';
import { newAdvertiserId } from './new-advertiser-id.ts';

/**
 * Makes an advertiser: an id that nobody has, and a configuration with the defaults. Taking it back sets it inactive. `config` errors:
 * `advertiser_exists` when the agency has one of that name, whatever the letter case; `agency_forbidden`.
 */
export async function createAdvertiser(
  ctx: WriteContext,
  { agency_id: agencyId, advertiser_name: name }: z.output<typeof createAdvertiserBody>,
): Promise<Told<z.infer<typeof createdAdvertiser>>> {
  requireAgency(ctx.scope, agencyId);
  const agencyProblem = isNoId(agencyId) ? [{ path: 'agency_id', message: 'is a word for none' }] : [];
  const nameProblem = isNoId(name) ? [{ path: 'advertiser_name', message: 'is a word for none' }] : [];
  if (agencyProblem.length + nameProblem.length > 0) {
    throw configError('advertiser_name_invalid', 'The advertiser cannot be made.', {
      problems: [...agencyProblem, ...nameProblem],
      hint: 'Blank, 0, null and UNKNOWN stand for none.',
    });
  }
  const advertiserId = await newAdvertiserId(ctx);
  const request = { action: 'advertiser.create', agencyId, advertiserIds: [advertiserId] };
  const { result, configs, auditId } = await makeChange(ctx, request, async ({ journal, set }) => {
    const names = await advertiserNames(ctx, [agencyId]);
    refuseTwin(names.advertisers, name);
    if (configTable(ctx.catalogue).has('ADVERTISER_DISPLAY_NAME')) {
      set(advertiserId, new Map([[fieldOf('ADVERTISER_DISPLAY_NAME'), name]]));
    } else {
      set(advertiserId, new Map());
      const at = ctx.clock.now();
      const row = {
        AGENCY_ID: agencyId,
        ADVERTISER_ID: advertiserId,
        ADVERTISER_NAME: name,
        AGENCY_NAME: names.agency(agencyId),
      };
      await journal.insert('REF_AGENCY_ADVERTISER', ['AGENCY_ID', 'ADVERTISER_ID'], [{ ...row, CREATED_AT: at, UPDATED_AT: at }]);
    }
    const before = names.advertisers.flatMap(({ config }) => (config === null ? [] : [config]));
    return { before, agencyName: names.agency(agencyId), isNewAgency: names.advertisers.length === 0 };
  });
  const [config] = configs;
  if (config === undefined) throw new Error('an advertiser that was made has no row');
  const advertiser = { agencyId, advertiserId, agencyName: result.agencyName, name, rawName: null, config };
  return {
    data: {
      advertiser_id: advertiserId,
      config: configRow(advertiser, ctx.clock.now()),
      strategy_reason: strategyReason(result.before),
      audit_id: auditId,
    },
    warnings: [
      ...(result.isNewAgency ? [`It is the first advertiser of agency ${agencyId}.`] : []),
      ...(await configWarnings(ctx, config)),
    ],
  };
}

/** Names are compared as they are: `%` and `_` are characters like any other. */
function refuseTwin(advertisers: readonly KnownAdvertiser[], name: string): void {
  const wanted = folded(name);
  const twin = advertisers.find((one) => [one.name, one.rawName].some((other) => other !== null && folded(other) === wanted));
  if (twin === undefined) return;
  const { agencyId, advertiserId, config } = twin;
  throw configError('advertiser_exists', `Agency ${agencyId} has an advertiser of that name: ${advertiserId}.`, {
    problems: [{ path: 'advertiser_name', message: `is the name of advertiser ${advertiserId}` }],
    hint:
      config?.status === 'INACTIVE'
        ? `Set advertiser ${advertiserId} to ACTIVE again, or choose another name.`
        : `Use advertiser ${advertiserId}, or choose another name.`,
  });
}

const folded = (name: string): string => name.normalize('NFC').trim().toLowerCase();

function strategyReason(agency: readonly AdvertiserConfig[]): string {
  const strategy = strategyForNew(agency);
  const active = new Set(agency.filter(({ status }) => status === 'ACTIVE').map(({ joinStrategy }) => joinStrategy));
  if (active.size === 1) return `${strategy}, as all active advertisers of the agency have it.`;
  return active.size === 0
    ? `${strategy}, the default: the agency has no active advertiser.`
    : `${strategy}, the default: the agency's active advertisers have several (${[...active].sort().join(', ')}).`;
}
