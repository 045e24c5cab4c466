import { z } from 'zod';
import { exactDecimal } from './exact-decimal.ts';
import { exactNumber } from './exact-json.ts';
import { type PageRow, readPages, unreadable } from './pages.ts';
import type { Platform } from './platform.ts';
import type { TaxonomySettings } from './settings.ts';

/** Data rates: what an element costs, for whom the settings say. */

const LIST = 'list the data rates';

const text = z.string().nullish();
const rateFields = z.object({
  ProviderElementId: z.string().min(1),
  RateLevel: text,
  PartnerId: text,
  AdvertiserId: text,
  BrandId: text,
  RateType: text,
  CPMRate: z.object({ Amount: text, CurrencyCode: text }).nullish(),
  RateValue: text,
  CurrencyCode: text,
  PercentOfMediaCostRate: text,
});
type RateFields = z.infer<typeof rateFields>;

/** Whose rate it is. */
function scopeOf({ rate }: TaxonomySettings): PageRow {
  return {
    RateLevel: rate.level,
    ...(rate.partnerId === undefined ? {} : { PartnerId: rate.partnerId }),
    ...(rate.advertiserId === undefined ? {} : { AdvertiserId: rate.advertiserId }),
    ...(rate.brandId === undefined ? {} : { BrandId: rate.brandId }),
  };
}

/**
 * The provider's rates by element, as the settings' kind of price: canonical decimal text. A rate of another kind or currency is
 * described in words, so that it equals no price. `ids` asks for these elements alone.
 */
export async function readRates(
  platform: Platform,
  settings: TaxonomySettings,
  ids?: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const scope = scopeOf(settings);
  const query = { ProviderId: settings.providerId, ...scope, ...(ids === undefined ? {} : { ProviderElementIds: ids }) };
  const rows = await readPages(platform, settings, 'datarate/query', LIST, query, ids !== undefined);
  const rates = rows.map((row) => {
    const parsed = rateFields.safeParse(row);
    if (!parsed.success) throw unreadable(LIST);
    return parsed.data;
  });
  // Whatever the partner makes of the filter: a rate that says it is for somebody else is none of ours.
  const own = rates.filter((rate) =>
    Object.entries(scope).every(([name, value]) => ((rate as PageRow)[name] ?? value) === value),
  );
  return new Map(own.map((rate) => [rate.ProviderElementId, priceText(rate, settings)]));
}

/** What a rate says, so that it can be compared with a price of the configuration. */
function priceText(row: RateFields, { rate, fieldNames }: TaxonomySettings): string {
  const isObject = fieldNames.cpm === 'CPMRate';
  const amount = exactDecimal((isObject ? row.CPMRate?.Amount : row.RateValue) ?? '');
  const currency = (isObject ? row.CPMRate?.CurrencyCode : row.CurrencyCode) ?? rate.currency;
  const share = row.PercentOfMediaCostRate == null ? null : exactDecimal(row.PercentOfMediaCostRate);
  const ownShare = rate.percentOfMediaCost === undefined ? null : exactDecimal(rate.percentOfMediaCost);
  const isOwnKind = row.RateType === rate.type && currency === rate.currency && share === ownShare;
  if (amount !== null && isOwnKind) return amount;
  const parts = [
    amount === null ? 'no CPM' : `${amount} ${currency}`,
    ...(share === null ? [] : [`${share} of media cost`]),
    row.RateType ?? 'no type',
  ];
  return parts.join(', ');
}

/** A rate as a batch has it; `price` is canonical decimal text. */
export function rateBody(elementId: string, price: string, settings: TaxonomySettings): PageRow {
  const { rate, fieldNames } = settings;
  const amount = exactNumber(price);
  const cpm =
    fieldNames.cpm === 'CPMRate'
      ? { CPMRate: { Amount: amount, CurrencyCode: rate.currency } }
      : { RateValue: amount, CurrencyCode: rate.currency };
  const share = exactDecimal(rate.percentOfMediaCost ?? '');
  return {
    ProviderElementId: elementId,
    ...scopeOf(settings),
    RateType: rate.type,
    ...cpm,
    ...(share === null ? {} : { PercentOfMediaCostRate: exactNumber(share) }),
  };
}
