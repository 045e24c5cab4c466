import { Table, Text } from '@mantine/core';
import type { UpdatedConfig } from '../../../../../src/shapes/config/advertiser-writes.ts';
import type { Param } from './changes.ts';
import { DestinationChanges, ValueText } from './value-text.tsx';

interface ChangeTableProps {
  readonly updated: UpdatedConfig;
  readonly labelOf: (param: Param) => string;
}

type Entries = readonly Readonly<Record<string, unknown>>[];

/** What would change, old values beside new ones. */
export function ChangeTable({ updated, labelOf }: ChangeTableProps) {
  const params = updated.fields_updated as readonly Param[];
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col">Before</Table.Th>
            <Table.Th scope="col">After</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {params.map((param) => (
            <Table.Tr key={param}>
              <Table.Th scope="row" fw={500}>
                <Text span size="sm">
                  {labelOf(param)}
                </Text>
              </Table.Th>
              {param === 'delivery_destinations' ? (
                <Table.Td colSpan={2}>
                  <DestinationChanges
                    before={(updated.before[param] ?? []) as Entries}
                    after={(updated.after[param] ?? []) as Entries}
                  />
                </Table.Td>
              ) : (
                <>
                  <Table.Td>
                    <ValueText param={param} value={updated.before[param]} />
                  </Table.Td>
                  <Table.Td>
                    <ValueText param={param} value={updated.after[param]} />
                  </Table.Td>
                </>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
