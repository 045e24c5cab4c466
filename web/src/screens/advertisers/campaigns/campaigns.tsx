import { Button, Group, Select } from '@mantine/core';
import { IconHelpCircle, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CampaignMappingRow } from '../../../../../src/shapes/config/campaigns.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Pager } from '../../../components/pager.tsx';
import { SearchField } from '../../../components/search-field.tsx';
import { Section } from '../../../components/section.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { mappingsQuery, PAGE_SIZE } from '../queries.ts';
import type { TabProps } from '../tab-props.ts';
import { Explain, type Keys } from './explain.tsx';
import { MapCampaign } from './map-campaign.tsx';
import { mappingColumns } from './mapping-columns.tsx';
import { type MappingAct, MappingMenu } from './mapping-menu.tsx';
import { MAPPING_STATES, mappingStateWords } from './mapping-state.tsx';
import { mappingKey } from './mapping-words.ts';
import { RemapCampaign } from './remap-campaign.tsx';
import { UnmapCampaign } from './unmap-campaign.tsx';

type Open = { readonly act: 'map' | 'explain' } | { readonly act: MappingAct; readonly mapping: CampaignMappingRow };

const NO_KEYS: Keys = { platform: null, dsp: '', insertionOrder: '', lineItem: '' };

/** The campaign mappings of an advertiser: which impressions are its own. */
export function Campaigns({ advertiser, detail, search, onSearch }: TabProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const { data, error, refetch } = useQuery(mappingsQuery(advertiser, { q: search.q, state: search.state, page: search.page }));
  const name = detail.config.ADVERTISER_NAME ?? `advertiser ${advertiser.advertiserId}`;
  const close = (): void => setOpen(null);
  const isNarrowed = search.q !== undefined || search.state !== undefined;
  const columns = mappingColumns((mapping) => (
    <MappingMenu mapping={mapping} onAct={(act, of) => setOpen({ act, mapping: of })} />
  ));
  const mapping = open !== null && 'mapping' in open ? open.mapping : null;
  return (
    <Section
      title="Campaign mappings"
      description="Impressions whose keys fit one of these are the advertiser's."
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconHelpCircle size={16} aria-hidden />}
            onClick={() => setOpen({ act: 'explain' })}
          >
            Explain an impression
          </Button>
          <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen({ act: 'map' })}>
            Map a campaign
          </Button>
        </>
      }
    >
      <Group gap="xs" mb="sm">
        <SearchField label="Search mappings" placeholder="Name or id" value={search.q} onChange={(q) => onSearch({ q })} />
        <Select
          aria-label="State"
          placeholder="Any state"
          clearable
          data={MAPPING_STATES.map((state) => ({ value: state, label: mappingStateWords(state) }))}
          value={search.state ?? null}
          onChange={(state) => onSearch({ state: state ?? undefined })}
          w={{ base: '100%', xs: 170 }}
        />
      </Group>
      <Warnings of={data?.warnings} />
      <DataTable
        caption="Campaign mappings"
        columns={columns}
        rows={data?.rows}
        rowKey={mappingKey}
        error={error}
        onRetry={refetch}
        empty={
          isNarrowed ? (
            <EmptyState title="No mapping is like that">Search for less.</EmptyState>
          ) : (
            <EmptyState
              title="No campaign is mapped yet"
              action={<Button onClick={() => setOpen({ act: 'map' })}>Map a campaign</Button>}
            >
              {detail.config.IMPRESSION_JOIN_STRATEGY === 'DIRECT_AG'
                ? 'Its strategy takes impressions by agency, so that it needs none.'
                : 'Until one is, no impression counts as its own.'}
            </EmptyState>
          )
        }
      />
      {data !== undefined && (
        <Pager
          what="mappings"
          total={data.total}
          size={PAGE_SIZE}
          page={search.page ?? 1}
          onPage={(page) => onSearch({ page: page === 1 ? undefined : page })}
        />
      )}
      {open?.act === 'map' && <MapCampaign advertiser={advertiser} name={name} onClose={close} />}
      {open?.act === 'explain' && (
        <Explain agencyId={advertiser.agencyId} keys={mapping === null ? NO_KEYS : keysOf(mapping)} onClose={close} />
      )}
      {open?.act === 'remap' && mapping !== null && <RemapCampaign advertiser={advertiser} mapping={mapping} onClose={close} />}
      {open?.act === 'unmap' && mapping !== null && <UnmapCampaign advertiser={advertiser} mapping={mapping} onClose={close} />}
    </Section>
  );
}

function keysOf(mapping: CampaignMappingRow): Keys {
  return {
    platform: mapping.PLATFORM_TYPE_ID ?? mapping.DSP_PLATFORM_TYPE,
    dsp: mapping.DSP_ADVERTISER_ID ?? '',
    insertionOrder: mapping.INSERTION_ORDER_ID ?? '',
    lineItem: mapping.LINE_ITEM_ID ?? '',
  };
}
