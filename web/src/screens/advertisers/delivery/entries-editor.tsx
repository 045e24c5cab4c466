import { Button, Menu, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { destinationSchemasQuery } from '../queries.ts';
import { type KeyedEntry, keyed } from './draft.ts';
import { EntryForm } from './entry-form.tsx';

interface EntriesEditorProps {
  readonly entries: readonly KeyedEntry[];
  readonly onChange: (entries: readonly KeyedEntry[]) => void;
}

/** Where an advertiser is delivered. */
export function EntriesEditor({ entries, onChange }: EntriesEditorProps) {
  const { data, error, refetch } = useQuery(destinationSchemasQuery);
  if (data === undefined)
    return error === null ? <TableSkeleton columns={2} rows={3} /> : <ErrorState error={error} onRetry={refetch} />;
  const add = (name: string): void => {
    // A segment can be had once at each destination: a second one needs an id of its own.
    const same = entries.filter(({ entry }) => entry.destination === name).length;
    onChange([...entries, keyed({ destination: name, ...(same > 0 ? { segmentId: `segment-${same + 1}` } : {}) })]);
  };
  return (
    <Stack gap="sm">
      {entries.length === 0 && <EmptyState title="No destination yet">Add one to have audiences delivered.</EmptyState>}
      {entries.map(({ key, entry }, index) => (
        <EntryForm
          key={key}
          entry={entry}
          schema={data.rows.find(({ DESTINATION: name }) => name === entry.destination)}
          onChange={(changed) => onChange(entries.with(index, { key, entry: changed }))}
          onRemove={() => onChange(entries.filter((other) => other.key !== key))}
        />
      ))}
      <div>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} disabled={data.rows.length === 0}>
              Add a destination
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {data.rows.map(({ DESTINATION: name, TYPE: type }) => (
              <Menu.Item key={name} onClick={() => add(name)}>
                {name} ({type})
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </Stack>
  );
}
