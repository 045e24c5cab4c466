import { Table, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { Run } from '../../../api/types.ts';
import { CountBar } from '../../../components/counts/count-bar.tsx';
import { CountTable } from '../../../components/counts/count-table.tsx';
import classes from '../../../components/counts/counts.module.css';
import { countsOf } from '../../../components/counts/counts-of.ts';
import { Note } from '../../../components/note.tsx';
import { Section } from '../../../components/section.tsx';
import { countText } from '../../../lib/format.ts';

const KINDS = { written: 'Delivered', suppressed: 'Suppressed', dropped: 'Dropped' } as const;

/** Selected = delivered + suppressed + dropped, to be seen and to be added up. */
export function CountsSection({ run }: { readonly run: Run }) {
  const counts = countsOf(run);
  if (counts === null) return null;
  const { selected, parts, missing } = counts;
  return (
    <Section title="Identifiers" description="Distinct identifiers that the audience selected, and what became of each.">
      <CountBar parts={parts} />
      <CountTable
        heading="What became of them"
        kinds={KINDS}
        parts={parts}
        selected={selected}
        mt="sm"
        verticalSpacing={6}
        maw={640}
      >
        <Table.Tr fw={600}>
          <Table.Th scope="row">Selected</Table.Th>
          <Table.Td ta="right">{countText(selected)}</Table.Td>
          <Table.Td ta="right" />
        </Table.Tr>
      </CountTable>
      {missing === 0 ? (
        <Text size="sm" c="dimmed" className={classes.sum} mt="xs">
          <IconCircleCheck size={16} aria-hidden /> The parts add up to what was selected.
        </Text>
      ) : (
        <Note tone="bad" title={`${countText(Math.abs(missing))} identifiers are in no part`}>
          Please report this run.
        </Note>
      )}
    </Section>
  );
}
