import { useQuery } from '@tanstack/react-query';
import { deliveriesQuery } from '../api/delivery-queries.ts';
import { useAgency } from './use-agency.ts';

/** Names advertisers that have deliveries; an advertiser without a name, or one that is not known yet, by its id. */
export function useAdvertiserName(): (agencyId: string | null, advertiserId: string) => string {
  const agency = useAgency();
  const { data } = useQuery(deliveriesQuery({ agencyId: agency }));
  return (agencyId, advertiserId) => {
    const found = data?.find((delivery) => delivery.advertiserId === advertiserId && delivery.agencyId === agencyId);
    return found?.advertiserName ?? `Advertiser ${advertiserId}`;
  };
}
