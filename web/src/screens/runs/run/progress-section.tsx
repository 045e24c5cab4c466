import { Group, Progress, Text } from '@mantine/core';
import type { ProgressEvent } from '../../../../../src/shapes/api-shapes.ts';
import type { Run } from '../../../api/types.ts';
import { Section } from '../../../components/section.tsx';
import { bytesText, countText, durationText, shareText, wordsOf } from '../../../lib/format.ts';

/** What is being done now. It has its place before anything is known, so that nothing jumps. */
export function ProgressSection({ run, progress }: { readonly run: Run; readonly progress: ProgressEvent | null }) {
  const share = progress?.done != null && progress.total != null && progress.total > 0 ? progress.done / progress.total : null;
  const words = progress === null ? waitingWords(run) : wordsOf(progress.step);
  return (
    <Section title="Now">
      <Group justify="space-between" gap="xs" mb={6}>
        <Text size="sm">{words}</Text>
        <Text size="sm" c="dimmed" mih="1.55em">
          {progress === null ? '' : amountWords(progress)}
        </Text>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section
          // Nothing of it is known while it only waits; a step that cannot tell how far it is moves.
          value={progress === null ? 0 : share === null ? 100 : share * 100}
          animated={progress !== null && share === null}
          aria-label={words}
        />
      </Progress.Root>
    </Section>
  );
}

function waitingWords({ startedAt, retryAt }: Run): string {
  if (retryAt !== null) return 'Waits to be tried again';
  return startedAt === null ? 'Waits for a worker' : 'Works';
}

function amountWords({ done, total, unit, rate, secondsLeft }: ProgressEvent): string {
  if (done === null || unit === null) return '';
  const amount = (value: number): string =>
    unit === 'bytes' ? bytesText(value) : unit === 'rows' ? `${countText(Math.round(value))} rows` : shareText(value);
  const parts = [
    total === null || unit === 'share' ? amount(done) : `${amount(done)} of ${amount(total)}`,
    rate === null || unit === 'share' ? null : `${amount(rate)}/s`,
    secondsLeft === null ? null : `${durationText(secondsLeft * 1000)} left`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
