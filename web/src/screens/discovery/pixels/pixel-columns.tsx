import { ActionIcon, Button, Checkbox, Group, Menu, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconDots, IconEye, IconEyeOff } from '@tabler/icons-react';
import type { UnmappedPixelRow } from '../../../../../src/shapes/config/domains.ts';
import { Count } from '../../../components/count.tsx';
import type { Column } from '../../../components/data-table.tsx';
import { Instant } from '../../../components/instant.tsx';
import { counted, shareText } from '../../../lib/format.ts';
import { PLATFORM_NAMES } from '../choices.ts';
import classes from '../rows.module.css';

export function pixelKey({ AGENCY_ID: agency, BASE_DOMAIN: domain }: UnmappedPixelRow): string {
  return `${agency} ${domain}`;
}

interface PixelActs {
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (key: string) => void;
  readonly onPreview: (row: UnmappedPixelRow) => void;
  readonly onAssign: (row: UnmappedPixelRow) => void;
  readonly onIgnore: (row: UnmappedPixelRow) => void;
}

export function pixelColumns(acts: PixelActs): readonly Column<UnmappedPixelRow>[] {
  return [
    { id: 'domain', header: 'Domain', cell: (row) => <Domain row={row} acts={acts} /> },
    { id: 'events', header: 'Events', align: 'right', cell: (row) => <Events row={row} /> },
    { id: 'actions', header: 'Actions', align: 'right', cell: (row) => <Actions row={row} acts={acts} /> },
  ];
}

function Domain({ row, acts: { selected, onSelect, onPreview } }: { readonly row: UnmappedPixelRow; readonly acts: PixelActs }) {
  const { BASE_DOMAIN: domain, HOSTS: hosts, HOST_COUNT: hostCount } = row;
  const key = pixelKey(row);
  const others = hosts.filter((host) => host !== domain);
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Checkbox mt={3} size="xs" aria-label={`Select ${domain}`} checked={selected.has(key)} onChange={() => onSelect(key)} />
      <Stack gap={0} miw={0}>
        <UnstyledButton data-row={key} className={classes.name} onClick={() => onPreview(row)} aria-haspopup="dialog">
          {domain}
        </UnstyledButton>
        <Text component="span" size="xs" c="dimmed">
          Agency {row.AGENCY_ID} · {PLATFORM_NAMES[row.DETECTED_PLATFORM]}
          {row.RULE_ID === 'override' ? ', chosen' : row.CONFIDENCE > 0 ? `, ${shareText(row.CONFIDENCE)} sure` : ''}
        </Text>
        {others.length > 0 && (
          <Text component="span" size="xs" c="dimmed" className={classes.breaks}>
            {others.slice(0, 2).join(', ')}
            {hostCount > 3 && ` +${hostCount - 3}`}
          </Text>
        )}
        {row.STATE === 'PARTIAL' && (
          <Text component="span" size="xs" c="var(--aq-warn)">
            Other hosts of it belong to {row.MAPPED_TO.map((id) => `advertiser ${id}`).join(', ')}
          </Text>
        )}
        {row.NOTE !== null && (
          <Text component="span" size="xs" c="dimmed" className={classes.breaks}>
            {row.NOTE}
          </Text>
        )}
      </Stack>
    </Group>
  );
}

/** Numbers of the events: what came of them, and from how many addresses. Null was not counted. */
function Events({ row }: { readonly row: UnmappedPixelRow }) {
  const facts = [
    row.UNIQUE_IPS === null ? 'addresses not counted' : counted(row.UNIQUE_IPS, 'address', 'addresses'),
    row.PURCHASES > 0 ? counted(row.PURCHASES, 'purchase') : null,
    row.REVENUE === null ? null : `revenue ${row.REVENUE}`,
    row.LEADS > 0 ? counted(row.LEADS, 'lead') : null,
  ].filter((fact) => fact !== null);
  return (
    <Stack gap={0}>
      <Count value={row.EVENT_COUNT} />
      {facts.map((fact) => (
        <Text key={fact} component="span" size="xs" c="dimmed" className={classes.whole}>
          {fact}
        </Text>
      ))}
      <Text component="span" size="xs" c="dimmed" className={classes.whole}>
        last <Instant at={row.LAST_SEEN} as="relative" inTable />
      </Text>
    </Stack>
  );
}

function Actions({ row, acts: { onPreview, onAssign, onIgnore } }: { readonly row: UnmappedPixelRow; readonly acts: PixelActs }) {
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button size="compact-sm" variant="default" onClick={() => onAssign(row)} aria-haspopup="dialog">
        Assign
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for ${row.BASE_DOMAIN}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconEye size={16} aria-hidden />} onClick={() => onPreview(row)}>
            Preview
          </Menu.Item>
          <Menu.Item leftSection={<IconEyeOff size={16} aria-hidden />} onClick={() => onIgnore(row)}>
            {row.IS_IGNORED ? 'Look at it again' : 'Ignore'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
