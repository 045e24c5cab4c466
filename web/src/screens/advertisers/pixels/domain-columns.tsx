import { ActionIcon, Menu, Stack, Text } from '@mantine/core';
import { IconArrowsExchange, IconDots, IconMapPin, IconTrash } from '@tabler/icons-react';
import type { MappedUrl } from '../../../../../src/shapes/config/domains.ts';
import { Count } from '../../../components/count.tsx';
import type { Column } from '../../../components/data-table.tsx';
import { Instant } from '../../../components/instant.tsx';
import { wordsOf } from '../../../lib/format.ts';

export type DomainAct = 'locator' | 'reassign' | 'remove';

export function domainColumns(onAct: (act: DomainAct, domain: MappedUrl) => void): readonly Column<MappedUrl>[] {
  return [
    { id: 'host', header: 'Domain', cell: (domain) => <Domain domain={domain} /> },
    {
      id: 'events',
      header: 'Events, 7 days',
      align: 'right',
      cell: ({ events_7d: events }) =>
        events === null ? (
          <Text component="span" size="sm" c="dimmed">
            not counted
          </Text>
        ) : (
          <Count value={events} />
        ),
    },
    { id: 'locator', header: 'Store locator', cell: ({ is_poi: isPoi }) => (isPoi ? 'Yes' : 'No') },
    {
      id: 'platform',
      header: 'Platform',
      wide: true,
      cell: ({ platform }) => (platform === null ? 'detected' : wordsOf(platform)),
    },
    { id: 'created', header: 'Added', wide: true, cell: ({ created_at: at }) => <Instant at={at} inTable /> },
    { id: 'actions', header: 'Actions', align: 'right', cell: (domain) => <Actions domain={domain} onAct={onAct} /> },
  ];
}

function Domain({ domain: { host, url, problems } }: { readonly domain: MappedUrl }) {
  return (
    <Stack gap={0} miw={0}>
      <Text component="span" size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
        {host ?? url}
      </Text>
      {host !== null && host !== url && (
        <Text component="span" size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          stored as {url}
        </Text>
      )}
      {problems.map(({ code, message }) => (
        <Text key={code} component="span" size="xs" c="var(--aq-warn)">
          {message}
        </Text>
      ))}
    </Stack>
  );
}

interface ActionsProps {
  readonly domain: MappedUrl;
  readonly onAct: (act: DomainAct, domain: MappedUrl) => void;
}

function Actions({ domain, onAct }: ActionsProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${domain.host ?? domain.url}`}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {domain.host !== null && (
          <>
            <Menu.Item leftSection={<IconMapPin size={16} aria-hidden />} onClick={() => onAct('locator', domain)}>
              {domain.is_poi ? 'It is no store locator' : 'It is a store locator'}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowsExchange size={16} aria-hidden />} onClick={() => onAct('reassign', domain)}>
              Give to another advertiser
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onAct('remove', domain)}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
