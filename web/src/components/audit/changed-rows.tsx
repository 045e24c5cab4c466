import { Stack, Table, Text } from '@mantine/core';
import type { AuditLogRow } from '../../../../src/shapes/config/audit.ts';

type ChangedRow = AuditLogRow['CHANGES'][number];
type Value = ChangedRow['COLUMNS'][number]['OLD'];

const KINDS = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const;
const SHOWN = 20;

/** The rows that a change wrote, old values beside new ones. What the program keeps up to date by itself is left out. */
export function ChangedRows({ entry }: { readonly entry: AuditLogRow }) {
  const rows = entry.CHANGES.map((row) => ({ ...row, COLUMNS: row.COLUMNS.filter(({ DERIVED: derived }) => !derived) })).filter(
    ({ KIND: kind, COLUMNS: columns }) => kind !== 'changed' || columns.length > 0,
  );
  const shown = rows.slice(0, SHOWN);
  const left = entry.CHANGE_COUNT - entry.CHANGES.length + rows.length - shown.length;
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Only counts that the program keeps by itself.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {shown.map((row) => (
        <Row key={`${row.TABLE} ${JSON.stringify(row.KEY)} ${row.KIND}`} row={row} />
      ))}
      {left > 0 && (
        <Text size="sm" c="dimmed">
          and {left} more
        </Text>
      )}
    </Stack>
  );
}

function Row({ row }: { readonly row: ChangedRow }) {
  const key = Object.entries(row.KEY)
    .map(([column, value]) => `${column} ${value ?? 'none'}`)
    .join(', ');
  const isChanged = row.KIND === 'changed';
  return (
    <div>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {KINDS[row.KIND]} in {row.TABLE}: {key}
      </Text>
      <Table.ScrollContainer minWidth={360}>
        <Table verticalSpacing={4} withRowBorders={false} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Column</Table.Th>
              {row.KIND !== 'added' && <Table.Th scope="col">{isChanged ? 'Before' : 'Was'}</Table.Th>}
              {row.KIND !== 'removed' && <Table.Th scope="col">{isChanged ? 'After' : 'Is'}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {row.COLUMNS.map(({ COLUMN: column, OLD: before, NEW: after }) => (
              <Table.Tr key={column}>
                <Table.Th scope="row" fw={400}>
                  <Text span size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                    {column}
                  </Text>
                </Table.Th>
                {row.KIND !== 'added' && (
                  <Table.Td>
                    <Shown value={before} />
                  </Table.Td>
                )}
                {row.KIND !== 'removed' && (
                  <Table.Td>
                    <Shown value={after} />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

function Shown({ value }: { readonly value: Value }) {
  return (
    <Text span size="sm" c={value === null ? 'dimmed' : undefined} style={{ overflowWrap: 'anywhere' }}>
      {value === null ? 'nothing' : String(value)}
    </Text>
  );
}
