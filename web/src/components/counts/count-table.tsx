import { Table, type TableProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { countText, shareText } from '../../lib/format.ts';
import { NoValue } from '../no-value.tsx';
import classes from './counts.module.css';
import type { CountPart } from './counts-of.ts';

interface CountTableProps extends Pick<TableProps, 'mt' | 'maw' | 'verticalSpacing'> {
  readonly heading: string;
  /** What each kind of part is called. */
  readonly kinds: Readonly<Record<CountPart['kind'], string>>;
  readonly parts: readonly CountPart[];
  readonly selected: number;
  /** More rows, such as the sum. */
  readonly children?: ReactNode;
}

/** What became of the selected identifiers, to be added up. */
export function CountTable({ heading, kinds, parts, selected, children, ...look }: CountTableProps) {
  return (
    <Table {...look}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{heading}</Table.Th>
          <Table.Th scope="col" ta="right">
            Identifiers
          </Table.Th>
          <Table.Th scope="col" ta="right">
            Share
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {parts.map(({ kind, name, count }) => (
          <Table.Tr key={`${kind} ${name}`}>
            <Table.Td>
              <span className={classes.key} data-kind={kind} aria-hidden /> {kinds[kind]}: {name}
            </Table.Td>
            <Table.Td ta="right">{countText(count)}</Table.Td>
            <Table.Td ta="right" c="dimmed">
              {selected === 0 ? <NoValue /> : shareText(count / selected)}
            </Table.Td>
          </Table.Tr>
        ))}
        {children}
      </Table.Tbody>
    </Table>
  );
}
