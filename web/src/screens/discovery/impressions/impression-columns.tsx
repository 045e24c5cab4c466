import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import type { UnmappedImpressionRow } from '../../../../../src/shapes/config/campaigns.ts';
import { Count } from '../../../components/count.tsx';
import type { Column } from '../../../components/data-table.tsx';
import { counted, shareText } from '../../../lib/format.ts';
import { MappingState } from '../../advertisers/campaigns/mapping-state.tsx';
import classes from '../rows.module.css';

export function impressionKey(row: UnmappedImpressionRow): string {
  return `${row.AGENCY_ID} ${row.PLATFORM_TYPE_ID ?? '-'} ${row.DSP_ADVERTISER_ID}`;
}

interface ImpressionActs {
  readonly onMap: (row: UnmappedImpressionRow) => void;
  readonly onExplain: (row: UnmappedImpressionRow) => void;
}

export function impressionColumns({ onMap, onExplain }: ImpressionActs): readonly Column<UnmappedImpressionRow>[] {
  return [
    { id: 'name', header: 'DSP advertiser', cell: (row) => <Name row={row} onExplain={onExplain} /> },
    { id: 'state', header: 'State', cell: (row) => <State row={row} /> },
    { id: 'impressions', header: 'Of nobody', align: 'right', cell: (row) => <Impressions row={row} /> },
    {
      id: 'actions',
      header: 'Actions',
      align: 'right',
      cell: (row) => (
        <Group justify="flex-end">
          <Button size="compact-sm" variant="default" onClick={() => onMap(row)} aria-haspopup="dialog" disabled={!canMap(row)}>
            Map
          </Button>
        </Group>
      ),
    },
  ];
}

/** Rows without a platform or an id cannot be named in a mapping. */
function canMap({ PLATFORM_TYPE_ID: platform, DSP_ADVERTISER_ID: id }: UnmappedImpressionRow): boolean {
  return platform !== null && id !== '';
}

function Name({ row, onExplain }: { readonly row: UnmappedImpressionRow; readonly onExplain: ImpressionActs['onExplain'] }) {
  return (
    <Stack gap={0} miw={0}>
      <UnstyledButton
        data-row={impressionKey(row)}
        className={classes.name}
        onClick={() => onExplain(row)}
        aria-haspopup="dialog"
      >
        {row.DSP_ADVERTISER_NAME ?? (row.DSP_ADVERTISER_ID === '' ? 'Without an id' : row.DSP_ADVERTISER_ID)}
      </UnstyledButton>
      <Text component="span" size="xs" c="dimmed" className={classes.breaks}>
        {row.PLATFORM_NAME ?? 'no readable platform'} · {row.DSP_ADVERTISER_ID === '' ? 'no id' : row.DSP_ADVERTISER_ID} ·{' '}
        {row.AGENCY_NAME ?? 'agency'} {row.AGENCY_ID}
      </Text>
      <Text component="span" size="xs" c="dimmed">
        {row.ACTION_REQUIRED}
      </Text>
    </Stack>
  );
}

function State({
  row: { MAPPING_STATE: state, COVERED_SHARE: share, ADVERTISERS: owners },
}: {
  readonly row: UnmappedImpressionRow;
}) {
  return (
    <Stack gap={2} align="flex-start">
      <MappingState state={state} />
      {share > 0 && (
        <Text component="span" size="xs" c="dimmed" className={classes.whole}>
          {shareText(share)} mapped
        </Text>
      )}
      {owners.slice(0, 2).map(({ ADVERTISER_ID: id, ADVERTISER_NAME: name }) => (
        <Text key={id} component="span" size="xs" c="dimmed" className={classes.breaks}>
          {name ?? `Advertiser ${id}`}
        </Text>
      ))}
      {owners.length > 2 && (
        <Text component="span" size="xs" c="dimmed">
          and {owners.length - 2} more
        </Text>
      )}
    </Stack>
  );
}

function Impressions({ row }: { readonly row: UnmappedImpressionRow }) {
  return (
    <Stack gap={0}>
      <Count value={row.UNASSIGNED_IMPRESSIONS} />
      <Text component="span" size="xs" c="dimmed" className={classes.whole}>
        {counted(row.ACTIVE_DAYS, 'day')}
      </Text>
      {row.LAST_SEEN !== null && (
        <Text component="span" size="xs" c="dimmed" className={classes.whole}>
          last {row.LAST_SEEN}
        </Text>
      )}
    </Stack>
  );
}
