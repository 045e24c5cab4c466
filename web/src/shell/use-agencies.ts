import { useQuery } from '@tanstack/react-query';
import { agenciesQuery } from '../api/config-queries.ts';
import { deliveriesQuery } from '../api/delivery-queries.ts';
import { useMay, useMe } from '../auth/use-me.ts';

export interface Agency {
  readonly id: string;
  readonly name: string | null;
}

const IDS = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The agencies that one may see, by name. Who may not configure them is told of those that have deliveries. */
export function useAgencies(): readonly Agency[] {
  const { agencies } = useMe();
  const mayConfigure = useMay('operator');
  const config = useQuery({ ...agenciesQuery, enabled: mayConfigure });
  const deliveries = useQuery({ ...deliveriesQuery({}), enabled: !mayConfigure });
  const known = new Map<string, string | null>();
  if (agencies !== 'all') for (const id of agencies) known.set(id, null);
  for (const { agencyId } of deliveries.data ?? []) known.set(agencyId, null);
  for (const { AGENCY_ID: id, AGENCY_NAME: name } of config.data?.rows ?? []) known.set(id, name);
  return [...known]
    .map(([id, name]) => ({ id, name }))
    .sort((left, right) => IDS.compare(left.name ?? left.id, right.name ?? right.id));
}
