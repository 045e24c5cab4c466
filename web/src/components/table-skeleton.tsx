import { Skeleton, Table, VisuallyHidden } from '@mantine/core';

const ROWS = 8;

/** Rows as high as real ones, so that nothing jumps when those come. */
export function TableSkeleton({ columns, rows = ROWS }: { readonly columns: number; readonly rows?: number }) {
  return (
    <>
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      <Table verticalSpacing="xs" aria-hidden>
        <Table.Tbody>
          {numbers(rows + 1).map((row) => (
            <Table.Tr key={row}>
              {numbers(columns).map((column) => (
                <Table.Td key={column}>
                  <Skeleton height={14} my={4} width={column === 0 ? '80%' : '60%'} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
