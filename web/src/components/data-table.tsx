import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { ErrorState } from './error-state.tsx';
import { RowCards } from './row-cards.tsx';
import { RowTable } from './row-table.tsx';
import { sorted } from './sorting.ts';
import { TableSkeleton } from './table-skeleton.tsx';

export interface Column<Row> {
  /** Names it in the address when the table is sorted by it. */
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** What rows are sorted by; without it nobody can. Null stands at the end either way. */
  readonly sortBy?: (row: Row) => string | number | null;
  /** Numbers stand at the end of their column. */
  readonly align?: 'left' | 'right';
  /** Left out where there is little room; cards show it. */
  readonly wide?: boolean;
}

export interface DataTableProps<Row> {
  /** What the table holds, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined until they have come. The first column names the row, and has the link to it. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly error?: unknown;
  readonly onRetry?: () => unknown;
  /** In the place of rows when there are none. */
  readonly empty: ReactNode;
  /** The id of a column, with - before it for the other direction. It belongs into the address. */
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string | undefined) => void;
  /** Where a click on the row leads; the link in the first column says the same to the keyboard. */
  readonly onRowClick?: (row: Row) => void;
}

/** Narrower than this, rows are cards. */
const CARDS = '(max-width: 37.5em)';

/**
 * Rows in a table, or in cards on a phone. It has a look of its own while rows are awaited, when there are none, and when they could
 * not be loaded; rows that are there stay when a refresh fails. Arrow keys go from row to row.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, error, onRetry, empty, sort } = props;
  const isNarrow = useMediaQuery(CARDS, undefined, { getInitialValueInEffect: false });
  if (rows === undefined) {
    if (error !== null && error !== undefined)
      return <ErrorState error={error} {...(onRetry === undefined ? {} : { onRetry })} />;
    return <TableSkeleton columns={isNarrow ? 1 : columns.length} />;
  }
  if (rows.length === 0) return empty;
  const ordered = sorted(rows, columns, sort);
  return isNarrow ? <RowCards {...props} rows={ordered} /> : <RowTable {...props} rows={ordered} />;
}
