import { Table, Text } from '@mantine/core';
import { wordsOf } from '../../../lib/format.ts';
import type { ActivityEntry } from './activity-query.ts';

/** What something was before and is since, field by field; fields that stayed as they were are left out. */
export function ActivityChanges({ entry: { before, after } }: { readonly entry: ActivityEntry }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const changed = names.filter((name) => textOf(before?.[name]) !== textOf(after?.[name]));
  if (changed.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="xs">
        Nothing else is written down about it.
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={320} mt="xs">
      <Table verticalSpacing={4} withRowBorders={false} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">What</Table.Th>
            {before !== null && <Table.Th scope="col">Before</Table.Th>}
            {after !== null && <Table.Th scope="col">{before === null ? 'Is' : 'After'}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changed.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {wordsOf(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2'))}
              </Table.Th>
              {before !== null && <Shown value={before[name]} />}
              {after !== null && <Shown value={after[name]} />}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Shown({ value }: { readonly value: unknown }) {
  const text = textOf(value);
  return (
    <Table.Td>
      <Text span size="sm" c={text === null ? 'dimmed' : undefined} style={{ overflowWrap: 'anywhere' }}>
        {text ?? 'nothing'}
      </Text>
    </Table.Td>
  );
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
