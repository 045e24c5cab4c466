import { Button, Collapse, Group, Paper, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconTrash } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { DestinationSchemaRow } from '../../../../../src/shapes/config/config-fields.ts';
import { Note } from '../../../components/note.tsx';
import { counted, countText } from '../../../lib/format.ts';
import type { Entry } from './draft.ts';
import { EntryField } from './entry-field.tsx';
import { fieldsOf } from './entry-schema.ts';
import { TestDestination } from './test-destination.tsx';

interface EntryFormProps {
  readonly entry: Entry;
  /** What the destination takes; undefined when aquarius.yaml has none of its name. */
  readonly schema: DestinationSchemaRow | undefined;
  readonly onChange: (entry: Entry) => void;
  readonly onRemove: () => void;
}

/** One destination of an advertiser: who is sent there, and how. Its fields are those that the destination allows. */
export function EntryForm({ entry, schema, onChange, onRemove }: EntryFormProps) {
  const [isOpen, setOpen] = useState(false);
  const moreId = useId();
  const name = String(entry.destination);
  const { main, more } = fieldsOf(schema);
  const set = (field: string, value: unknown): void => {
    const { [field]: _, ...others } = entry;
    onChange(value === undefined ? others : { ...others, [field]: value });
  };
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Paper withBorder p="sm" component="fieldset" m={0} miw={0}>
      <Group justify="space-between" gap="xs" mb="sm">
        <div>
          <Title order={3}>{name}</Title>
          <Text size="xs" c="dimmed">
            {schema === undefined ? 'unknown' : aboutText(schema)}
          </Text>
        </div>
        <Group gap="xs">
          <Switch
            label="On"
            aria-label={`Deliver to ${name}`}
            checked={entry.enabled !== false}
            onChange={(event) => set('enabled', event.currentTarget.checked)}
          />
          {schema !== undefined && <TestDestination name={name} />}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={onRemove}
            aria-label={`Remove ${name}`}
          >
            Remove
          </Button>
        </Group>
      </Group>
      {schema === undefined ? (
        <Note tone="bad" title="aquarius.yaml has no destination of this name">
          Remove it, or have the destination put into aquarius.yaml.
        </Note>
      ) : (
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {main.map((field) => (
              <EntryField key={field.name} field={field} value={entry[field.name]} onChange={(value) => set(field.name, value)} />
            ))}
          </SimpleGrid>
          <div>
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              leftSection={<Chevron size={14} aria-hidden />}
              onClick={() => setOpen(!isOpen)}
              aria-expanded={isOpen}
              aria-controls={moreId}
            >
              More settings
            </Button>
            <Collapse expanded={isOpen} id={moreId}>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" pt="sm">
                {more.map((field) => (
                  <EntryField
                    key={field.name}
                    field={field}
                    value={entry[field.name]}
                    onChange={(value) => set(field.name, value)}
                  />
                ))}
              </SimpleGrid>
            </Collapse>
          </div>
        </Stack>
      )}
    </Paper>
  );
}

function aboutText({ TYPE: type, MIN_IDS: least, ALLOW_IP: ip, TTL_DAYS: kept }: DestinationSchemaRow): string {
  return [
    type,
    `at least ${countText(least)} identifiers`,
    ip ? 'addresses allowed' : 'no addresses',
    kept === null ? 'keeps members for good' : `keeps members ${counted(kept, 'day')}`,
  ].join(' · ');
}
