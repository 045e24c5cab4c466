import { Text } from '@mantine/core';
import type { AdvertiserDetail } from '../../../../../src/shapes/config/advertiser-detail.ts';
import { Count } from '../../../components/count.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Section } from '../../../components/section.tsx';

type Keys = AdvertiserDetail['four_key_sample'][number];

const any = (
  <Text component="span" size="sm" c="dimmed">
    any or none
  </Text>
);

const COLUMNS: readonly Column<Keys>[] = [
  { id: 'platform', header: 'Platform type', cell: (keys) => keys.PLATFORM_TYPE_ID ?? 'none' },
  { id: 'dsp', header: 'DSP advertiser', cell: (keys) => keys.DSP_ADVERTISER_ID },
  { id: 'io', header: 'Insertion order', cell: (keys) => keys.INSERTION_ORDER_ID ?? any },
  { id: 'li', header: 'Line item', cell: (keys) => keys.LINE_ITEM_ID ?? any },
  { id: 'impressions', header: 'Impressions, 30 days', align: 'right', cell: (keys) => <Count value={keys.IMPRESSIONS} /> },
  { id: 'seen', header: 'Newest day', align: 'right', cell: (keys) => keys.LAST_SEEN ?? '–' },
];

/** What the four keys of its impressions look like in the data. */
export function FourKeys({ detail: { four_key_sample: sample } }: { readonly detail: AdvertiserDetail }) {
  return (
    <Section title="Four keys in the data" description="The most frequent of its impressions in the last 30 days.">
      <DataTable
        caption="Four keys of its impressions"
        columns={COLUMNS}
        rows={sample}
        rowKey={({ PLATFORM_TYPE_ID, DSP_ADVERTISER_ID, INSERTION_ORDER_ID, LINE_ITEM_ID }) =>
          [PLATFORM_TYPE_ID, DSP_ADVERTISER_ID, INSERTION_ORDER_ID, LINE_ITEM_ID].join(' ')
        }
        empty={
          <EmptyState title="No impressions of its own in the last 30 days">
            They appear once campaigns are mapped and the log has them.
          </EmptyState>
        }
      />
    </Section>
  );
}
