import { Table, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { KeyboardEvent, MouseEvent } from 'react';
import classes from './data-table.module.css';
import type { Column, DataTableProps } from './data-table.tsx';
import { nextSort } from './sorting.ts';

type RowTableProps<Row> = DataTableProps<Row> & { readonly rows: readonly Row[] };

/** Height of the shell's header, below which the table's own stays in sight. */
const HEADER_PX = 56;

export function RowTable<Row>({ caption, columns, rows, rowKey, sort, onSort, onRowClick }: RowTableProps<Row>) {
  return (
    <Table className={classes.table} highlightOnHover verticalSpacing="xs" stickyHeader stickyHeaderOffset={HEADER_PX}>
      <caption>
        <VisuallyHidden>{caption}</VisuallyHidden>
      </caption>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sort={sort} {...(onSort === undefined ? {} : { onSort })} />
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody onKeyDown={moveByArrows}>
        {rows.map((row) => (
          <Table.Tr
            key={rowKey(row)}
            className={classes.row}
            {...(onRowClick === undefined
              ? {}
              : { 'data-clickable': true, onClick: (event: MouseEvent) => isPlain(event) && onRowClick(row) })}
          >
            {columns.map(({ id, align, wide, cell }) => (
              <Table.Td key={id} ta={align ?? 'left'} className={wide === true ? classes.wide : undefined}>
                {cell(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function HeadCell<Row>({
  column: { id, header, align, wide, sortBy },
  sort,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sort: string | undefined;
  readonly onSort?: (sort: string | undefined) => void;
}) {
  const direction = sort === id ? 'ascending' : sort === `-${id}` ? 'descending' : 'none';
  const Icon = direction === 'none' ? IconArrowsSort : direction === 'ascending' ? IconArrowUp : IconArrowDown;
  const canSort = sortBy !== undefined && onSort !== undefined;
  return (
    <Table.Th
      scope="col"
      ta={align ?? 'left'}
      className={wide === true ? classes.wide : undefined}
      {...(canSort ? { 'aria-sort': direction } : {})}
    >
      {canSort ? (
        <UnstyledButton className={classes.sort} onClick={() => onSort(nextSort(id, sort))}>
          {header}
          <Icon size={14} aria-hidden opacity={direction === 'none' ? 0.45 : 1} />
        </UnstyledButton>
      ) : (
        header
      )}
    </Table.Th>
  );
}

/** A click on the row itself: neither on something in it nor to select text. */
function isPlain(event: MouseEvent): boolean {
  const target = event.target as Element;
  return target.closest('a, button, input, label') === null && window.getSelection()?.isCollapsed !== false;
}

/** Up and down go to the first thing in the row above or below that can be focused. */
function moveByArrows(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = (event.target as Element).closest('tr');
  const other = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const next = other?.querySelector<HTMLElement>('a, button');
  if (next === null || next === undefined) return;
  event.preventDefault();
  next.focus();
}
