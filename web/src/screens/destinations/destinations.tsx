import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { destinationsQuery } from '../../api/delivery-queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { DestinationCard } from './destination-card.tsx';

/** The ways to partners, and how each is doing. */
export function Destinations() {
  const destinations = useQuery(destinationsQuery);
  return (
    <>
      <PageHeader
        title="Destinations"
        description="The ways to partners that aquarius.yaml names. One that keeps failing is left alone for a while; the others go on."
      />
      {destinations.data === undefined ? (
        destinations.isError ? (
          <ErrorState error={destinations.error} onRetry={() => destinations.refetch()} />
        ) : (
          <Stack gap="md">
            <Skeleton height={220} />
            <Skeleton height={220} />
          </Stack>
        )
      ) : destinations.data.length === 0 ? (
        <EmptyState title="There are no destinations yet">
          <Text component="span" size="sm">
            Name one under <code>destinations</code> in <code>aquarius.yaml</code> and start the server anew.
          </Text>
        </EmptyState>
      ) : (
        <Stack gap="md">
          {destinations.data.map((destination) => (
            <DestinationCard key={destination.name} destination={destination} />
          ))}
        </Stack>
      )}
    </>
  );
}
