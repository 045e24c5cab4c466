import { Box, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SizeHistory } from '../../../../src/shapes/history-shapes.ts';
import { deliveriesQuery, sizesQuery } from '../../api/delivery-queries.ts';
import type { Delivery } from '../../api/types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Section } from '../../components/section.tsx';
import { useAgency } from '../../shell/use-agency.ts';
import { SIZE_COLOURS } from './size-line.ts';
import { SizesChart } from './sizes-chart.tsx';
import { SizesLegend } from './sizes-legend.tsx';

const DAYS = 90;
const LARGEST = 8;
const HEIGHT = 280;

/** How large the largest audiences were, delivery by delivery. */
export function Sizes() {
  const agencyId = useAgency();
  const { data, error, refetch } = useQuery(sizesQuery({ agencyId, days: DAYS, limit: LARGEST }));
  const known = useQuery(deliveriesQuery({ agencyId })).data;
  return (
    <Section
      title="Audience sizes"
      description={`Rows in each delivery of the last ${DAYS} days; the ${LARGEST} largest audiences.`}
    >
      <Box mih={HEIGHT}>
        {data === undefined ? (
          error === null ? (
            <Skeleton height={HEIGHT} />
          ) : (
            <ErrorState error={error} onRetry={refetch} />
          )
        ) : data.deliveries.length === 0 ? (
          <EmptyState title="Nothing has been delivered yet">The sizes of audiences stand here once something is.</EmptyState>
        ) : (
          <Chart history={data} known={known ?? []} />
        )}
      </Box>
    </Section>
  );
}

function Chart({ history, known }: { readonly history: SizeHistory; readonly known: readonly Delivery[] }) {
  const lines = history.deliveries.map(({ deliveryId, advertiserId, destination, segmentId, points }, index) => ({
    deliveryId,
    name: known.find((delivery) => delivery.deliveryId === deliveryId)?.advertiserName ?? `Advertiser ${advertiserId}`,
    about: `${segmentId} to ${destination}`,
    points,
    colour: SIZE_COLOURS[index % SIZE_COLOURS.length] ?? SIZE_COLOURS[0],
  }));
  return (
    <>
      <SizesChart lines={lines} since={history.since} height={HEIGHT} />
      <SizesLegend lines={lines} />
    </>
  );
}
