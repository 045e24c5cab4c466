import { List, Text } from '@mantine/core';
import { wordsOf } from '../../../lib/format.ts';
import type { Param } from './changes.ts';
import { entryChanges, entryName } from './entry-diff.ts';

type Entries = readonly Readonly<Record<string, unknown>>[];

/** A value of the configuration as people read it. */
export function ValueText({ param, value }: { readonly param: Param; readonly value: unknown }) {
  if (param === 'delivery_destinations') return <Destinations entries={(value ?? []) as Entries} />;
  const words = textOf(param, value);
  return (
    <Text span size="sm" c={words === null ? 'dimmed' : undefined} style={{ overflowWrap: 'anywhere' }}>
      {words ?? 'nothing'}
    </Text>
  );
}

function textOf(param: Param, value: unknown): string | null {
  if (param === 'delivery_lookback_days' && value === null) return 'never expires';
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ');
  return String(value);
}

function Destinations({ entries }: { readonly entries: Entries }) {
  if (entries.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        none
      </Text>
    );
  }
  return (
    <List size="sm">
      {entries.map((entry) => (
        <List.Item key={entryName(entry)}>{entryName(entry)}</List.Item>
      ))}
    </List>
  );
}

/** How two lists of destinations differ. */
export function DestinationChanges({ before, after }: { readonly before: Entries; readonly after: Entries }) {
  const changes = entryChanges(before, after);
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Only their order.
      </Text>
    );
  }
  return (
    <List size="sm" spacing={4}>
      {changes.map(({ kind, name, fields }) => (
        <List.Item key={`${kind} ${name}`}>
          <strong>{wordsOf(kind)}</strong> {name}
          {fields.length > 0 && (
            <List size="sm" withPadding>
              {fields.map(({ field, before: old, after: now }) => (
                <List.Item key={field}>
                  {field}: {kind === 'changed' && `${old ?? 'nothing'} → `}
                  {now ?? 'nothing'}
                </List.Item>
              ))}
            </List>
          )}
        </List.Item>
      ))}
    </List>
  );
}
