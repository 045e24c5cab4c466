import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { listConfigs } from '../config/advertiser-config-store.ts';
import { DAY_MS } from '../lib/clock.ts';
import { inTurn } from '../lib/in-turn.ts';
import type { ExposureRequest } from '../reach/exposure.ts';
import { exposuresProduct } from '../reach/exposures-product.ts';
import { isPrepared } from '../reach/prepared-reach.ts';
import { type Refreshed, refreshProduct } from '../reach/refresh.ts';
import { summaryProduct } from '../reach/summary-product.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session, Warehouse } from '../warehouse/warehouse.ts';
import { beginStep } from './begin-step.ts';
import { sourcesOf } from './candidate.ts';
import type { Engine } from './engine.ts';

/** Days that are kept beyond the longest look-back, so that a slot that is made up for still finds its own. */
const SPARE_DAYS = 31;

/** The first day that any advertiser's audience can look back to; null when one never expires, or nobody is configured. */
export function reachHorizon(configs: readonly AdvertiserConfig[], now: Date): Date | null {
  const lookbacks = configs.flatMap(({ lookbackDays, destinations }) => [
    lookbackDays,
    ...destinations.flatMap((entry) => (entry.lookbackDays === undefined ? [] : [entry.lookbackDays])),
  ]);
  if (lookbacks.length === 0 || lookbacks.includes(null)) return null;
  const days = Math.max(...lookbacks.map((each) => each ?? 0)) + SPARE_DAYS;
  return new Date(Math.floor(now.getTime() / DAY_MS - days) * DAY_MS);
}

/** Fewer rows are read straight for every audience in less time than it takes to prepare them. */
const LEAST_ROWS = 1_000;

const turn = inTurn<Warehouse>();

type Parts = Pick<Engine, 'warehouse' | 'clock' | 'settings' | 'signal' | 'about'>;

/** Brings the prepared exposures of the logs that anybody is delivered from up to date; one caller at a time, so that nobody prepares twice. */
export function freshenReach(
  { warehouse, clock, settings, signal, about }: Parts,
  session: Session,
  catalogue: Catalogue,
  onProgress?: (done: number, total: number) => void,
  rebuild = false,
): Promise<readonly Refreshed[]> {
  return turn(warehouse, async () => {
    beginStep(session, about, 'refresh');
    const configs = await listConfigs(session, catalogue);
    const only = new Set(configs.flatMap((config) => config.destinations.flatMap((entry) => sourcesOf(config, entry))));
    const horizon = reachHorizon(configs, clock.now());
    return refreshProduct(session, catalogue, exposuresProduct, {
      clock,
      horizon,
      only,
      leastRows: LEAST_ROWS,
      rebuild,
      maxMaskedShare: settings.policy.maxMaskedShare,
      signal,
      onProgress,
    });
  });
}

/** Brings the daily sums up to date with the impression log. Nothing is delivered from them, so they may come later. */
export function freshenSummary(
  { warehouse, clock, signal, about }: Parts,
  session: Session,
  catalogue: Catalogue,
  onProgress?: (done: number, total: number) => void,
  rebuild = false,
): Promise<readonly Refreshed[]> {
  return turn(warehouse, () => {
    beginStep(session, about, 'summary');
    return refreshProduct(session, catalogue, summaryProduct(clock), { clock, horizon: null, rebuild, signal, onProgress });
  });
}

/** Brings the prepared exposures up to date for a single audience: a look shows that nothing has come, as a rule. */
export async function freshenFor(
  parts: Parts,
  session: Session,
  catalogue: Catalogue,
  { sources, window }: Pick<ExposureRequest, 'sources' | 'window'>,
): Promise<void> {
  const logs = exposuresProduct.sources(catalogue).filter(({ spec }) => sources.includes(spec.name));
  for (const log of logs) {
    if (!(await isPrepared(session, catalogue, log, window.from, parts.signal))) {
      await freshenReach(parts, session, catalogue);
      return;
    }
  }
}
