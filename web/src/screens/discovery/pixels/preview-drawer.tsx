import { Button, Drawer, Group, List, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  DomainSettingAnswer,
  overridePlatformBody,
  PixelPreview,
  UnmappedPixelRow,
} from '../../../../../src/shapes/config/domains.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { Facts } from '../../../components/facts.tsx';
import { Instant } from '../../../components/instant.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { counted, countText, shareText, wordsOf } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';
import { useFocusBack } from '../../../lib/use-focus-back.ts';
import { PLATFORM_NAMES, PLATFORMS } from '../choices.ts';
import { previewQuery } from '../queries.ts';
import classes from '../rows.module.css';

interface PreviewDrawerProps {
  readonly row: UnmappedPixelRow;
  readonly days: number;
  readonly onAssign: () => void;
  readonly onClose: () => void;
}

/** What pixels report of a domain: enough to know whose it is. */
export function PixelPreviewDrawer({ row, days, onAssign, onClose }: PreviewDrawerProps) {
  useFocusBack();
  const { AGENCY_ID: agencyId, BASE_DOMAIN: domain } = row;
  const { data, error, refetch } = useQuery(previewQuery({ agencyId, domain, days }));
  return (
    <Drawer opened onClose={onClose} position="right" size="xl" title={domain} closeButtonProps={{ 'aria-label': 'Close' }}>
      {data === undefined ? (
        error === null ? (
          <TableSkeleton columns={3} rows={8} />
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        )
      ) : (
        <Stack gap="lg">
          <Warnings of={data.warnings} />
          <Figures preview={data.data} />
          <Detection preview={data.data} />
          <EventTypes preview={data.data} />
          <Hosts preview={data.data} />
          <Samples preview={data.data} />
        </Stack>
      )}
      <Group justify="flex-end" mt="lg">
        <Button onClick={onAssign}>Assign</Button>
      </Group>
    </Drawer>
  );
}

function Figures({ preview }: { readonly preview: PixelPreview }) {
  const { total_events: events, unique_ips: ips, revenue, effective_days: effective, days } = preview;
  return (
    <Facts
      facts={[
        {
          name:
            effective < days
              ? `Events in ${counted(Math.ceil(effective), 'day')}, all that are kept`
              : `Events in ${counted(days, 'day')}`,
          value: countText(events),
        },
        { name: 'Different addresses', value: ips === null ? 'not counted' : countText(ips) },
        { name: 'Revenue of purchases', value: revenue ?? 'none that can be read' },
        { name: 'First seen', value: <Instant at={preview.first_seen} /> },
        { name: 'Last seen', value: <Instant at={preview.last_seen} /> },
        ...(preview.note === null ? [] : [{ name: 'Note', value: preview.note, wide: true }]),
      ]}
    />
  );
}

type OverrideBody = z.input<typeof overridePlatformBody>;

/** What the site runs on, by what evidence, and the choice of a person over it. */
function Detection({ preview: { agency_id: agencyId, base_domain: domain, detection } }: { readonly preview: PixelPreview }) {
  const override = useChange<OverrideBody, DomainSettingAnswer>('override-platform', {
    say: ({ domain: of, platform_override: chosen }) =>
      chosen === null ? `The platform of ${of} is detected again.` : `${of} runs on ${PLATFORM_NAMES[chosen]}.`,
  });
  return (
    <section>
      <Title order={3} mb={4}>
        Runs on {PLATFORM_NAMES[detection.platform]}
      </Title>
      <Text size="sm" mb="xs">
        {detection.override !== null
          ? 'Somebody chose so.'
          : detection.evidence === null
            ? `Nothing in ${counted(detection.sampled, 'event')} points to a platform.`
            : `${detection.evidence} (rule ${detection.rule}, ${shareText(detection.confidence)} sure; seen ${counted(detection.hits, 'time')} among ${counted(detection.sampled, 'event')}).`}
      </Text>
      <Select
        label="Platform"
        description="Yours wins over what is detected."
        placeholder="Detected"
        clearable
        clearButtonProps={{ 'aria-label': 'Detect it again' }}
        disabled={override.isPending}
        data={PLATFORMS.map((value) => ({ value, label: PLATFORM_NAMES[value] }))}
        value={detection.override}
        onChange={(value) =>
          override.mutate({ agency_id: agencyId, domain, platform: PLATFORMS.find((one) => one === value) ?? null })
        }
        maw={320}
      />
    </section>
  );
}

function EventTypes({ preview: { event_types: types } }: { readonly preview: PixelPreview }) {
  return (
    <section>
      <Title order={3} mb={4}>
        Events by type
      </Title>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Type</Table.Th>
            <Table.Th scope="col">Counts as</Table.Th>
            <Table.Th scope="col" ta="right">
              Events
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Addresses
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {types.map(({ event_type: type, meaning, count, unique_ips: ips }) => (
            <Table.Tr key={type}>
              <Table.Td className={classes.breaks}>{type === '' ? 'none' : type}</Table.Td>
              <Table.Td>{wordsOf(meaning)}</Table.Td>
              <Table.Td ta="right">{countText(count)}</Table.Td>
              <Table.Td ta="right">{ips === null ? 'not counted' : countText(ips)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

const SHOWN_HOSTS = 12;

function Hosts({ preview: { hosts, host_count: all } }: { readonly preview: PixelPreview }) {
  return (
    <section>
      <Title order={3} mb={4}>
        {counted(all, 'host')}
      </Title>
      <List size="sm">
        {hosts.slice(0, SHOWN_HOSTS).map(({ host, events, state, advertiser_ids: owners }) => (
          <List.Item key={host} className={classes.breaks}>
            {host}: {counted(events, 'event')}
            {state === 'MAPPED' && `, of advertiser ${owners.join(', ')}`}
            {state === 'CONFLICT' && `, claimed by advertisers ${owners.join(' and ')}, so of nobody`}
          </List.Item>
        ))}
        {all > SHOWN_HOSTS && <List.Item>and {countText(all - SHOWN_HOSTS)} more</List.Item>}
      </List>
    </section>
  );
}

function Samples({ preview: { samples } }: { readonly preview: PixelPreview }) {
  return (
    <section>
      <Title order={3} mb={4}>
        Newest events
      </Title>
      <Stack gap="sm">
        {samples.map((sample, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events have no name of their own, and the list comes as a whole
          <div key={index}>
            <Text size="sm" className={classes.breaks}>
              <Instant at={sample.at} seconds inTable /> · {wordsOf(sample.meaning)} · {sample.page_url}
            </Text>
            <Text size="xs" c="dimmed" className={classes.breaks}>
              {[
                sample.ip === null ? null : `from ${sample.ip}`,
                sample.referrer === null ? null : `came from ${sample.referrer}`,
                sample.value === null ? null : `value ${sample.value}`,
                ...sample.parameters.map(({ name, value }) => `${name}=${value}`),
              ]
                .filter((fact) => fact !== null)
                .join(' · ')}
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  );
}
