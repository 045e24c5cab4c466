import { Chip, Group, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { zoneName } from '../../../lib/due-text.ts';
import { type Cron, type CronKind, cronText, readCron } from './cron.ts';

const KINDS: readonly { readonly value: CronKind; readonly label: string }[] = [
  { value: 'daily', label: 'Every day' },
  { value: 'weekly', label: 'On days of the week' },
  { value: 'monthly', label: 'On a day of the month' },
  { value: 'own', label: 'By a cron line' },
];

const WEEKDAYS = [
  [1, 'Mon'],
  [2, 'Tue'],
  [3, 'Wed'],
  [4, 'Thu'],
  [5, 'Fri'],
  [6, 'Sat'],
  [0, 'Sun'],
] as const;

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

interface CronFieldsProps {
  readonly value: string;
  readonly onChange: (cadence: string) => void;
}

/** Days, a time and a zone; or the five fields of cron for what these cannot say. */
export function CronFields({ value, onChange }: CronFieldsProps) {
  const cron = readCron(value, zoneName());
  const set = (change: Partial<Cron>): void => onChange(cronText({ ...cron, ...change }));
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label="When"
          data={[...KINDS]}
          value={cron.kind}
          allowDeselect={false}
          onChange={(kind) =>
            kind !== null && set({ kind: kind as CronKind, ...(kind === 'own' ? { fields: fieldsOf(value) } : {}) })
          }
        />
        <Select
          label="Time zone"
          description={undefined}
          data={ZONES.includes(cron.zone) ? ZONES : [cron.zone, ...ZONES]}
          value={cron.zone}
          allowDeselect={false}
          searchable
          limit={100}
          onChange={(zone) => zone !== null && set({ zone })}
        />
      </SimpleGrid>
      {cron.kind === 'weekly' && (
        <div>
          <Text size="sm" fw={500} mb={4} id="weekdays">
            Days
          </Text>
          <Chip.Group
            multiple
            value={cron.weekdays.map(String)}
            onChange={(days) => days.length > 0 && set({ weekdays: days.map(Number) })}
          >
            <Group gap={6} role="group" aria-labelledby="weekdays">
              {WEEKDAYS.map(([day, name]) => (
                <Chip key={day} value={String(day)} variant="outline" size="xs">
                  {name}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </div>
      )}
      {cron.kind === 'monthly' && (
        <NumberInput
          label="Day of the month"
          description={cron.monthDay > 28 ? 'Months that are shorter are passed over.' : undefined}
          min={1}
          max={31}
          allowDecimal={false}
          value={cron.monthDay}
          onChange={(day) => typeof day === 'number' && day >= 1 && day <= 31 && set({ monthDay: day })}
        />
      )}
      {cron.kind === 'own' ? (
        <TextInput
          label="Cron line"
          description="Minute, hour, day of the month, month, day of the week: 0 6 * * 1 is each Monday at six."
          ff="monospace"
          value={cron.fields}
          onChange={(event) => set({ fields: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          label="Time"
          type="time"
          value={cron.time}
          onChange={(event) => event.currentTarget.value !== '' && set({ time: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}

function fieldsOf(cadence: string): string {
  return /^CRON (.+) TZ=\S+$/i.exec(cadence)?.[1] ?? '0 6 * * 1';
}
