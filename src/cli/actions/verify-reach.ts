import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { App } from '../../app.ts';
import { classify } from '../../audience/classify.ts';
import type { AudienceSpec } from '../../audience/spec.ts';
import { openSuppression } from '../../audience/suppression.ts';
import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { listConfigs } from '../../config/advertiser-config-store.ts';
import { countLiving } from '../../delivery/judge-entry.ts';
import { AquariusError, configError } from '../../errors.ts';
import { IDENTIFIER_TYPES } from '../../identity/identifier-type.ts';
import { sql } from '../../lib/sql.ts';
import { withResource } from '../../lib/with-resource.ts';
import { exposuresProduct } from '../../reach/exposures-product.ts';
import { usableState } from '../../reach/prepared-reach.ts';
import { openReach, type Reach } from '../../reach/reach.ts';
import { checkDays, compareRows, type DayCheck, type Difference, isRight } from '../../reach/verify.ts';
import { workTable } from '../../reach/work-table.ts';
import type { verifiedOutput } from '../../shapes/reach.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { EXIT, endWith } from '../exit-code.ts';
import { openProgress, type Progress } from '../progress.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted, renderTable } from '../table.ts';

interface VerifyOptions extends GlobalOptions {
  readonly sample?: number;
  readonly seed?: string;
  readonly agency?: string;
  readonly advertiser?: string;
}

interface AudienceCheck extends Difference {
  readonly agencyId: string;
  readonly advertiserId: string;
}

interface Verified {
  readonly seed: string;
  /** Null when nothing is prepared. */
  readonly audiences: readonly AudienceCheck[] | null;
  /** Null when the summary is not made, or is older than the log. */
  readonly days: readonly DayCheck[] | null;
}

const SAMPLE = 10;

/** Ends with a `rejected` error `reach_differs` when anything that is prepared is not what the logs say. */
export async function verifyReach(options: VerifyOptions): Promise<void> {
  const progress = openProgress(options.json !== true);
  const verified = await withApp(options, 'read', (app) =>
    withResource(app.warehouse.session(), async (session) => {
      try {
        return await verify(app, session, options, progress);
      } finally {
        progress.clear();
      }
    }),
  );
  const wrong = (verified.audiences ?? []).filter(differs).length + (verified.days ?? []).filter((day) => !isRight(day)).length;
  if (options.json === true) {
    printJson(shapeOf(verified));
    if (wrong > 0) endWith(EXIT.rejected);
    return;
  }
  tell(verified);
  if (wrong === 0) return;
  throw new AquariusError('rejected', 'reach_differs', `${counted(wrong, 'sample')} of what is prepared differs from the logs.`, {
    hint: 'Run `aquarius reach rebuild`.',
  });
}

async function verify(app: App, session: Session, options: VerifyOptions, progress: Progress): Promise<Verified> {
  const { catalogue, clock, signal } = app;
  const size = options.sample ?? SAMPLE;
  const seed = options.seed ?? clock.now().toISOString().slice(0, 10);
  const configs = await listConfigs(session, catalogue);
  const chosen = sampleOf(configs, options, size, seed);
  progress.step('comparing days');
  const days = await checkDays(session, catalogue, { days: size, seed, agencyId: options.agency }, signal);
  const ranges = await preparedRange(app, session);
  if (ranges === null) return { seed, audiences: null, days };

  const living = countLiving(configs);
  const [prepared, straight] = [openReach(session, catalogue), openReach(session, catalogue, { straight: true })];
  const audiences: AudienceCheck[] = [];
  for (const [index, config] of chosen.entries()) {
    progress.step(`comparing audience ${index + 1} of ${chosen.length}`);
    const spec = widestAudience(app, config, ranges, living.get(config.agencyId) === 1 && config.status !== 'INACTIVE');
    const tables = { prepared: await judge(app, session, prepared, spec), straight: await judge(app, session, straight, spec) };
    const { agencyId, advertiserId } = config;
    audiences.push({ agencyId, advertiserId, ...(await compareRows(session, tables, signal)) });
    for (const table of Object.values(tables)) await session.execute(sql`DROP TABLE ${table}`);
  }
  return { seed, audiences, days };
}

/** Advertisers who are delivered from impressions: those that are named, or some by chance. */
function sampleOf(
  configs: readonly AdvertiserConfig[],
  { agency, advertiser }: VerifyOptions,
  size: number,
  seed: string,
): readonly AdvertiserConfig[] {
  const named = configs.filter(
    ({ agencyId, advertiserId }) =>
      (agency === undefined || agencyId === agency) && (advertiser === undefined || advertiserId === advertiser),
  );
  if (named.length === 0 && (agency ?? advertiser) !== undefined) {
    throw configError('unknown_advertiser', 'There is no such advertiser.', { hint: '`aquarius config list` shows all.' });
  }
  const place = ({ agencyId, advertiserId }: AdvertiserConfig): string =>
    createHash('sha256')
      .update(JSON.stringify([seed, agencyId, advertiserId]))
      .digest('hex');
  return named
    .filter(({ exposureSource }) => exposureSource === 'IMPRESSION')
    .map((config) => ({ config, place: place(config) }))
    .sort((one, other) => (one.place < other.place ? -1 : 1))
    .slice(0, size)
    .map(({ config }) => config);
}

interface PreparedRange {
  readonly sources: readonly string[];
  /** The first day that is prepared of all of them. */
  readonly from: Date | null;
}

/** The logs that are prepared, and since when; null when none is. */
async function preparedRange({ catalogue }: App, session: Session): Promise<PreparedRange | null> {
  const sources: string[] = [];
  const horizons: Date[] = [];
  for (const log of exposuresProduct.sources(catalogue)) {
    const state = await usableState(session, catalogue, { product: exposuresProduct.name, log });
    if (state === null) continue;
    sources.push(log.spec.name);
    if (state.horizon !== null) horizons.push(state.horizon);
  }
  const from = horizons.length === 0 ? null : new Date(Math.max(...horizons.map((each) => each.getTime())));
  return sources.length === 0 ? null : { sources, from };
}

/** Everybody that the advertiser has reached, of every type, by insertion order. */
function widestAudience({ settings, clock }: App, config: AdvertiserConfig, range: PreparedRange, isSole: boolean): AudienceSpec {
  return {
    mode: 'split',
    identifiers: IDENTIFIER_TYPES,
    acceptUnknownDeviceType: true,
    allowIp: true,
    allowIpv6: true,
    exposures: {
      agencyId: config.agencyId,
      advertiserId: config.advertiserId,
      strategy: config.joinStrategy,
      exposureSource: 'IMPRESSION',
      audience: 'EXPOSED',
      sources: range.sources,
      window: { from: range.from, to: clock.now() },
      attributionWindowDays: config.attributionWindowDays,
      soleAdvertiser: isSole,
      deviceTypes: settings.policy.deviceTypes,
      unknownConsent: settings.policy.unknownConsent,
    },
  };
}

/** A work table of the verdict on every identifier. */
async function judge({ catalogue, signal }: App, session: Session, reach: Reach, spec: AudienceSpec) {
  const suppression = await openSuppression(session, catalogue, spec.exposures.agencyId, signal);
  const classified = classify(session.dialect, spec, await reach.exposures(spec.exposures, signal), suppression);
  const verdicts = sql`SELECT segment, id_type, id_value, last_seen, reason, suppressed, COUNT(*) AS verdicts
    FROM (${classified}) classified GROUP BY segment, id_type, id_value, last_seen, reason, suppressed`;
  return workTable(session, 'verdicts', verdicts, signal);
}

function differs({ onlyPrepared, onlyStraight }: Difference): boolean {
  return onlyPrepared + onlyStraight > 0;
}

function shapeOf({ seed, audiences, days }: Verified): z.infer<typeof verifiedOutput> {
  return {
    seed,
    audiences: (audiences ?? []).map((check) => ({ ...check, outcome: differs(check) ? 'different' : 'equal' })),
    days: (days ?? []).map((check) => ({ ...check, outcome: isRight(check) ? 'equal' : 'different' })),
    unchecked: [...(audiences === null ? (['EXPOSURES'] as const) : []), ...(days === null ? (['SUMMARY'] as const) : [])],
  };
}

function tell({ seed, audiences, days }: Verified): void {
  if (audiences === null) print('No exposures are prepared; `aquarius reach refresh` prepares them.');
  else if (audiences.length === 0) print('No advertiser is delivered from impressions.');
  else {
    print(
      renderTable(audiences, [
        { title: 'AGENCY', value: ({ agencyId }) => agencyId },
        { title: 'ADVERTISER', value: ({ advertiserId }) => advertiserId },
        { title: 'PREPARED', value: ({ prepared }) => prepared },
        { title: 'LOG', value: ({ straight }) => straight },
        {
          title: '',
          value: (check) =>
            differs(check) ? `${check.onlyPrepared} only prepared, ${check.onlyStraight} only in the log` : 'equal',
        },
      ]),
    );
  }
  if (days === null)
    print('The daily summary is not made, or older than the log; `aquarius reach refresh` brings it up to date.');
  else if (days.length > 0) {
    print('');
    print(
      renderTable(days, [
        { title: 'AGENCY', value: ({ agencyId }) => agencyId },
        { title: 'DAY', value: ({ day }) => day },
        { title: 'SUMMARY', value: ({ summary }) => summary.TOTAL },
        { title: 'LOG', value: ({ log }) => log },
        { title: '', value: (check) => (isRight(check) ? 'equal' : 'different') },
      ]),
    );
  }
  print(`Sampled with --seed ${seed}.`);
}
