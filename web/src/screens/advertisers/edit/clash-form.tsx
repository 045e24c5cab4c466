import { Button, Group, Paper, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Note } from '../../../components/note.tsx';
import type { Param } from './changes.ts';
import type { Merge } from './merge.ts';
import { ValueText } from './value-text.tsx';

interface ClashFormProps {
  readonly merge: Merge;
  readonly labelOf: (param: Param) => string;
  /** Told of which values theirs are to stay. */
  readonly onSettled: (taken: ReadonlySet<Param>) => void;
  readonly onBack: () => void;
}

/** Somebody has saved meanwhile: their values beside mine, and nothing goes on before it is said which are to hold. */
export function ClashForm({ merge: { clashes, theirs }, labelOf, onSettled, onBack }: ClashFormProps) {
  const [chosen, setChosen] = useState<Partial<Record<Param, string>>>({});
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSettled(new Set(clashes.filter(({ param }) => chosen[param] === 'theirs').map(({ param }) => param)));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Note tone="warn" title="Somebody has changed this advertiser meanwhile">
          Nothing is saved yet.{' '}
          {clashes.length === 0 ? 'They changed something else than you; both can stand.' : 'Say what is to hold.'}
        </Note>
        {clashes.map(({ param, mine, theirs: other }) => (
          <Radio.Group
            key={param}
            label={labelOf(param)}
            value={chosen[param] ?? ''}
            onChange={(value) => setChosen({ ...chosen, [param]: value })}
            required
          >
            <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs">
              <Choice value="mine" title="Keep mine">
                <ValueText param={param} value={mine} />
              </Choice>
              <Choice value="theirs" title="Take theirs">
                <ValueText param={param} value={other} />
              </Choice>
            </SimpleGrid>
          </Radio.Group>
        ))}
        {theirs.length > 0 && (
          <div>
            <Title order={3} mb={4}>
              Changed by them alone
            </Title>
            {theirs.map(({ param, before, theirs: now }) => (
              <Text key={param} component="div" size="sm">
                {labelOf(param)}: <ValueText param={param} value={before} /> → <ValueText param={param} value={now} />
              </Text>
            ))}
          </div>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
          <Button type="submit" disabled={clashes.some(({ param }) => chosen[param] === undefined)}>
            Go on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Choice({
  value,
  title,
  children,
}: {
  readonly value: string;
  readonly title: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Paper withBorder p="sm">
      <Radio value={value} label={title} mb={4} />
      {children}
    </Paper>
  );
}
