import { Table, Text, Title } from '@mantine/core';
import type { ImpressionExplanation } from '../../../../../src/shapes/config/campaigns.ts';

/** Every mapping of the DSP advertiser, and whether it fits. */
export function ExplainedMappings({ mappings }: { readonly mappings: ImpressionExplanation['MAPPINGS'] }) {
  if (mappings.length === 0) return null;
  return (
    <div>
      <Title order={3} mb={4}>
        Its mappings
      </Title>
      <Table.ScrollContainer minWidth={420}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Advertiser</Table.Th>
              <Table.Th scope="col">Insertion order</Table.Th>
              <Table.Th scope="col">Line item</Table.Th>
              <Table.Th scope="col">Fits</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {mappings.map((mapping) => {
              const { MAPPING_ID: id, INSERTION_ORDER_ID: io, LINE_ITEM_ID: li, ADVERTISER: owner } = mapping;
              return (
                <Table.Tr key={[id, io, li, owner?.ADVERTISER_ID].join(' ')}>
                  <Table.Td>{owner === null ? 'nobody' : (owner.ADVERTISER_NAME ?? owner.ADVERTISER_ID)}</Table.Td>
                  <Table.Td>{io ?? 'any'}</Table.Td>
                  <Table.Td>{li ?? 'any'}</Table.Td>
                  <Table.Td>
                    <Text size="sm" fw={mapping.WINS ? 600 : 400}>
                      {mapping.WINS ? 'Wins' : mapping.MATCHES ? 'Fits' : 'Does not fit'}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {mapping.WHY}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}
