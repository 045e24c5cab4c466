import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { DestinationTest } from '../../../../src/shapes/config/delivery.ts';
import { post } from '../../api/client.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { Instant } from '../../components/instant.tsx';
import { Note } from '../../components/note.tsx';
import { announce } from '../../lib/announce.ts';

/** Trying a destination out: the button and what came of it stand in different places of the card. */
export function useDestinationTest(name: string) {
  return useMutation({
    mutationFn: () => post<DestinationTest>(`/api/delivery/destinations/${encodeURIComponent(name)}/test`),
    onSuccess: ({ message }) => announce(`${name}: ${message}`),
  });
}

type Test = ReturnType<typeof useDestinationTest>;

export function TestButton({ name, test }: { readonly name: string; readonly test: Test }) {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlugConnected size={14} aria-hidden />}
      loading={test.isPending}
      onClick={() => test.mutate()}
      aria-label={`Test ${name}`}
    >
      Test
    </Button>
  );
}

export function TestOutcome({ test }: { readonly test: Test }) {
  if (test.error !== null) return <ErrorNote error={test.error} />;
  if (test.data === undefined) return null;
  const { ok, message, hint, code, problems, testedAt } = test.data;
  return (
    <Note tone={ok ? 'good' : 'bad'} title={message}>
      {hint !== null && <div>{hint}</div>}
      {problems.map(({ path, message: words }) => (
        <div key={`${path} ${words}`}>
          <strong>{path}</strong> {words}
        </div>
      ))}
      <div>
        Tested <Instant at={testedAt} as="relative" />; nothing was sent.{code === null ? '' : ` ${code}`}
      </div>
    </Note>
  );
}
