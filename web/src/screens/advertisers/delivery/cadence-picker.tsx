import { List, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CadencePreview } from '../../../../../src/shapes/config/config-fields.ts';
import { oneOf } from '../../../api/config.ts';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Note } from '../../../components/note.tsx';
import { dueText, zoneName } from '../../../lib/due-text.ts';
import { cronText, readCron } from './cron.ts';
import { CronFields } from './cron-fields.tsx';

const NAMED = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;
const CHOICES = [
  { value: 'DAILY', label: 'Daily' },
  { value: 'WEEKLY', label: 'Weekly' },
  { value: 'MONTHLY', label: 'Monthly' },
  { value: 'CRON', label: 'Own times' },
];
const DEBOUNCE_MS = 300;

interface CadencePickerProps {
  readonly value: string;
  readonly onChange: (cadence: string) => void;
}

/** How often it is delivered, with what that means and when it is due next. */
export function CadencePicker({ value, onChange }: CadencePickerProps) {
  const isNamed = NAMED.some((name) => name === value);
  const choose = (choice: string): void => onChange(choice === 'CRON' ? cronText(readCron(value, zoneName())) : choice);
  return (
    <Stack gap="sm">
      <SegmentedControl data={CHOICES} value={isNamed ? value : 'CRON'} onChange={choose} aria-label="How often" />
      {!isNamed && <CronFields value={value} onChange={onChange} />}
      <Meaning cadence={value} />
    </Stack>
  );
}

/** What the cadence says in words, and its next three times: here, and in UTC. */
function Meaning({ cadence }: { readonly cadence: string }) {
  const [settled] = useDebouncedValue(cadence, DEBOUNCE_MS);
  const { data, error } = useQuery({
    queryKey: ['config', 'cadence-preview', settled],
    queryFn: ({ signal }) => oneOf<CadencePreview>('cadence-preview', { query: { cadence: settled, next: 3 }, signal }),
    placeholderData: keepPreviousData,
  });
  if (data === undefined) return error === null ? <Skeleton height={92} /> : <ErrorNote error={error} />;
  const { valid, words, next, problem } = data.data;
  if (!valid) {
    return (
      <Note tone="bad" title={problem?.message ?? 'This cannot be read'}>
        {problem?.hint}
      </Note>
    );
  }
  return (
    <div aria-live="polite">
      <Text size="sm" fw={500}>
        {words}
      </Text>
      <Text size="sm" c="dimmed">
        The next times:
      </Text>
      <List size="sm">
        {next.map(({ slot, due_at: at }) => (
          <List.Item key={slot}>
            {dueText(at, 'local')}{' '}
            <Text span size="xs" c="dimmed">
              {dueText(at, 'utc')}
            </Text>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
