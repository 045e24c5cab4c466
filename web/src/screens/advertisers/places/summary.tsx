import { Group, Paper, SimpleGrid, Text } from '@mantine/core';
import type { PoiSummary } from '../../../../../src/shapes/config/places.ts';
import { Count } from '../../../components/count.tsx';

/** All places of an advertiser in figures, whatever page is shown. */
export function PlacesSummary({ summary }: { readonly summary: PoiSummary }) {
  const figures = [
    ['Places', summary.total_segments],
    ['Brands', summary.unique_brands],
    ['Market areas', summary.unique_dmas],
    ['Postal codes', summary.unique_zips],
  ] as const;
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs" mb="sm">
        {figures.map(([name, value]) => (
          <Paper key={name} withBorder p="xs">
            <Text size="xs" c="dimmed">
              {name}
            </Text>
            <Text fw={600}>
              <Count value={value} />
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      {summary.brands.length > 1 && (
        <Group gap="xs" mb="sm" aria-label="Brands with most places" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {summary.brands.slice(0, 8).map(({ brand, segments }) => (
            <Text key={brand} component="li" size="sm">
              {brand}{' '}
              <Text span inherit c="dimmed">
                <Count value={segments} />
              </Text>
            </Text>
          ))}
        </Group>
      )}
    </>
  );
}
