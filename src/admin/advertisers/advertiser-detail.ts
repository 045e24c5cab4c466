import type { z } from 'zod';
import { parseCadence } from '../../config/cadence.ts';
import { cadenceWords, nextSlots } from '../../config/cadence-words.ts';
import { keyText } from '../../config/read-configs.ts';
import { AquariusError } from '../../errors.ts';
import type { AdvertiserDetail } from '../../shapes/config/advertiser-detail.ts';
import type { detailQuery } from '../../shapes/config/advertisers.ts';
import type { Listed, Told } from '../../shapes/config/envelope.ts';
import type { DeliveryOverview } from '../../shapes/delivery-shape.ts';
import { listMappings } from '../campaigns/campaign-mappings.ts';
import { impressionsByAdvertiser } from '../campaigns/impression-facts.ts';
import type { AdminContext } from '../context.ts';
import { mappedUrls } from '../domains/mapped-urls.ts';
import { assignedPlaces } from '../places/assigned-places.ts';
import { readAssigned } from './assigned.ts';
import { configRow } from './config-row.ts';
import { configWarnings } from './config-warnings.ts';
import { deliveryStates, type ListDeliveries } from './delivery-states.ts';
import { fourKeySample } from './four-key-sample.ts';
import { requireAdvertiser } from './require-advertiser.ts';
import { setUpOf } from './set-up.ts';

const IMPRESSION_DAYS = 14;
const NEXT_TIMES = 3;

/** Everything that an advertiser's page begins with. `config` errors: `advertiser_unknown`, `agency_forbidden`. */
export async function advertiserDetail(
  whole: AdminContext,
  { agency_id: agencyId, advertiser_id: advertiserId, limit }: z.output<typeof detailQuery>,
  listDeliveries: ListDeliveries,
): Promise<Told<AdvertiserDetail>> {
  const advertiser = await requireAdvertiser(whole, agencyId, advertiserId);
  const ctx: AdminContext = { ...whole, scope: [agencyId] };
  const { config } = advertiser;
  const assigned = await readAssigned(ctx);
  const own = assigned.of(agencyId, advertiserId);
  const campaigns = await listMappings(ctx, { agency_id: agencyId, advertiser_id: advertiserId, limit, offset: 0 });
  const domains = await mappedUrls(ctx, { agencyId, advertiserId, limit, offset: 0 });
  const places = await assignedPlaces(ctx, { agencyId, advertiserId, limit, offset: 0 });
  const impressions = await impressionsByAdvertiser(ctx, { days: IMPRESSION_DAYS, agencyIds: [agencyId] });
  const sample = await fourKeySample(ctx, advertiser);
  const delivery = await readDeliveries(listDeliveries, agencyId, advertiserId);
  const deliveryState =
    delivery.deliveries === null ? 'NOT_CHECKED' : (deliveryStates(delivery.deliveries).get(keyText(advertiser)) ?? 'NONE');
  const setUp = setUpOf({ config, assigned: own, deliveryState });
  const seen = impressions.of(agencyId, advertiserId);
  const row = configRow(advertiser, ctx.clock.now());
  const of = `agency_id=${encodeURIComponent(agencyId)}&advertiser_id=${encodeURIComponent(advertiserId)}`;
  return {
    data: {
      config: row,
      setup: { SETUP_SCORE: setUp.score, STEPS_NEEDED: [...setUp.steps] },
      domains: firstPage(domains, `/api/config/mapped-urls?${of}`),
      campaigns: firstPage(campaigns, `/api/config/campaign-mappings?${of}`),
      pois: firstPage({ rows: places.data.pois, total: places.data.total }, `/api/config/assigned-pois?${of}`),
      poi_summary: places.data.poi_summary,
      impressions: {
        total_14d: impressions.isCounted ? (seen?.impressions ?? 0) : null,
        last_seen: seen?.lastDay ?? null,
      },
      delivery: {
        enabled: row.DELIVERY_ENABLED,
        state: deliveryState,
        ...cadenceOf(ctx, row.DELIVERY_CADENCE),
        lookback_days: row.DELIVERY_LOOKBACK_DAYS,
        deliveries: [...(delivery.deliveries ?? [])],
      },
      pixel_macro: `AG=${agencyId}&ADV=${advertiserId}`,
      four_key_sample: [...sample],
    },
    warnings: each([
      ...(config === null ? [] : await configWarnings(ctx, config)),
      ...delivery.warnings,
      ...assigned.warnings,
      ...(campaigns.warnings ?? []),
      ...(domains.warnings ?? []),
      ...places.warnings,
      ...impressions.warnings,
    ]),
  };
}

const each = (texts: readonly string[]): string[] => [...new Set(texts)];

function firstPage<Row>({ rows, total }: Pick<Listed<Row>, 'rows' | 'total'>, list: string) {
  return { rows: [...rows], total, truncated: rows.length < total, list };
}

/** What cannot be read has no words and no next time; the problems of the configuration say why. */
function cadenceOf({ clock, settings }: AdminContext, text: string) {
  const defaults = settings.defaults.cadence;
  try {
    const cadence = parseCadence(text);
    const next = nextSlots(cadence, clock.now(), NEXT_TIMES, defaults).map(({ dueAt }) => dueAt.toISOString());
    return { cadence: text, cadence_words: cadenceWords(cadence, defaults), next };
  } catch (error) {
    if (!(error instanceof AquariusError)) throw error;
    return { cadence: text, cadence_words: null, next: [] };
  }
}

async function readDeliveries(
  listDeliveries: ListDeliveries,
  agencyId: string,
  advertiserId: string,
): Promise<{ readonly deliveries: readonly DeliveryOverview[] | null; readonly warnings: readonly string[] }> {
  try {
    return { deliveries: await listDeliveries({ agencyIds: [agencyId], advertiserId }), warnings: [] };
  } catch (error) {
    if (!(error instanceof AquariusError)) throw error;
    return { deliveries: null, warnings: [`Deliveries were not looked at: ${error.message}`] };
  }
}
