import { useQuery } from '@tanstack/react-query';
import { advertiserSearchQuery, SHORTEST_SEARCH } from '../../api/config-queries.ts';
import { deliveriesQuery } from '../../api/delivery-queries.ts';
import type { Delivery } from '../../api/types.ts';
import { useMay } from '../../auth/use-me.ts';
import { useAgency } from '../use-agency.ts';

export interface AdvertiserHit {
  /** Where choosing it leads. */
  readonly href: string;
  readonly name: string;
  /** What tells it from others of that name. */
  readonly about: string;
}

interface Hits {
  readonly hits: readonly AdvertiserHit[];
  readonly isLoading: boolean;
}

const MOST = 20;

/** Advertisers whose name or id is like these words. Who may not configure them finds those that have deliveries. */
export function useAdvertiserHits(words: string): Hits {
  const mayConfigure = useMay('operator');
  const agencyId = useAgency();
  const isLongEnough = words.length >= SHORTEST_SEARCH;
  const search = useQuery({ ...advertiserSearchQuery(words, agencyId, MOST), enabled: mayConfigure && isLongEnough });
  const deliveries = useQuery({ ...deliveriesQuery({ agencyId }), enabled: !mayConfigure && words !== '' });
  if (!mayConfigure)
    return { hits: amongDeliveries(deliveries.data ?? [], words), isLoading: words !== '' && deliveries.isPending };
  if (!isLongEnough) return { hits: [], isLoading: false };
  const hits = (search.data?.rows ?? []).map((row) => ({
    href: `/advertisers/${encodeURIComponent(row.AGENCY_ID)}/${encodeURIComponent(row.ADVERTISER_ID)}`,
    name: row.ADVERTISER_NAME ?? `Advertiser ${row.ADVERTISER_ID}`,
    about: `${row.ADVERTISER_ID}, ${row.AGENCY_NAME ?? 'agency'} ${row.AGENCY_ID}`,
  }));
  return { hits, isLoading: search.isFetching };
}

function amongDeliveries(deliveries: readonly Delivery[], words: string): readonly AdvertiserHit[] {
  const wanted = words.toLowerCase();
  const found = new Map<string, AdvertiserHit>();
  for (const { agencyId: agency, advertiserId, advertiserName } of words === '' ? [] : deliveries) {
    const name = advertiserName ?? `Advertiser ${advertiserId}`;
    if (!name.toLowerCase().includes(wanted) && !advertiserId.includes(wanted)) continue;
    found.set(`${agency} ${advertiserId}`, {
      href: `/deliveries?${new URLSearchParams({ agency, advertiser: advertiserId })}`,
      name,
      about: `${advertiserId}, agency ${agency}`,
    });
    if (found.size === MOST) break;
  }
  return [...found.values()];
}
