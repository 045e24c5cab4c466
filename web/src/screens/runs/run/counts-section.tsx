import { Table, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { Run } from '../../../api/types.ts';
import { NoValue } from '../../../components/no-value.tsx';
import { Note } from '../../../components/note.tsx';
import { Section } from '../../../components/section.tsx';
import { countText, shareText } from '../../../lib/format.ts';
import classes from './counts.module.css';
import { type CountPart, countsOf } from './counts-of.ts';

const KINDS = { written: 'Delivered', suppressed: 'Suppressed', dropped: 'Dropped' } as const;

/** Selected = delivered + suppressed + dropped, to be seen and to be added up. */
export function CountsSection({ run }: { readonly run: Run }) {
  const counts = countsOf(run);
  if (counts === null) return null;
  const { selected, parts, missing } = counts;
  return (
    <Section title="Identifiers" description="Distinct identifiers that the audience selected, and what became of each.">
      <div className={classes.bar} aria-hidden>
        {parts.map((part) => (
          <span
            key={`${part.kind} ${part.name}`}
            data-kind={part.kind}
            title={`${part.name}: ${countText(part.count)}`}
            style={{ flexGrow: part.count }}
          />
        ))}
      </div>
      <Table mt="sm" verticalSpacing={6} maw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">What became of them</Table.Th>
            <Table.Th scope="col" ta="right">
              Identifiers
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Share
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map((part) => (
            <PartRow key={`${part.kind} ${part.name}`} part={part} selected={selected} />
          ))}
          <Table.Tr fw={600}>
            <Table.Th scope="row">Selected</Table.Th>
            <Table.Td ta="right">{countText(selected)}</Table.Td>
            <Table.Td ta="right" />
          </Table.Tr>
        </Table.Tbody>
      </Table>
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

function PartRow({ part, selected }: { readonly part: CountPart; readonly selected: number }) {
  return (
    <Table.Tr>
      <Table.Td>
        <span className={classes.key} data-kind={part.kind} aria-hidden /> {KINDS[part.kind]}: {part.name}
      </Table.Td>
      <Table.Td ta="right">{countText(part.count)}</Table.Td>
      <Table.Td ta="right" c="dimmed">
        {selected === 0 ? <NoValue /> : shareText(part.count / selected)}
      </Table.Td>
    </Table.Tr>
  );
}
