import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CampaignMappingRow } from '../../../../../src/shapes/config/campaigns.ts';
import { Count } from '../../../components/count.tsx';
import type { Column } from '../../../components/data-table.tsx';
import { MappingState } from './mapping-state.tsx';
import { SPECIFICITY_WORDS } from './mapping-words.ts';

/** The columns of the mappings; `actions` is what can be done with one. */
export function mappingColumns(actions: (mapping: CampaignMappingRow) => ReactNode): readonly Column<CampaignMappingRow>[] {
  return [
    { id: 'dsp', header: 'DSP advertiser', cell: (mapping) => <DspAdvertiser mapping={mapping} /> },
    {
      id: 'io',
      header: 'Insertion order',
      cell: ({ INSERTION_ORDER_ID: id, INSERTION_ORDER_NAME_FROM_DSP: name }) => <Key id={id} name={name} />,
    },
    { id: 'li', header: 'Line item', cell: ({ LINE_ITEM_ID: id, LINE_ITEM_NAME_FROM_DSP: name }) => <Key id={id} name={name} /> },
    { id: 'covers', header: 'Covers', wide: true, cell: ({ SPECIFICITY }) => SPECIFICITY_WORDS[SPECIFICITY] },
    { id: 'state', header: 'State', cell: (mapping) => <State mapping={mapping} /> },
    {
      id: 'impressions',
      header: 'Impressions, 14 days',
      align: 'right',
      cell: ({ IMPRESSIONS_14D: impressions }) =>
        impressions === null ? (
          <Text component="span" size="sm" c="dimmed">
            not counted
          </Text>
        ) : (
          <Count value={impressions} />
        ),
    },
    { id: 'actions', header: 'Actions', align: 'right', cell: actions },
  ];
}

function DspAdvertiser({ mapping }: { readonly mapping: CampaignMappingRow }) {
  const { ADVERTISER_NAME_FROM_DSP: name, CAMPAIGN_NAME_MANUAL: given, DSP_ADVERTISER_ID: id } = mapping;
  return (
    <Stack gap={0} miw={0}>
      <Text component="span" size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
        {name ?? given ?? id ?? 'no DSP advertiser'}
      </Text>
      <Text component="span" size="xs" c="dimmed">
        {mapping.PLATFORM_NAME ?? mapping.DSP_PLATFORM_TYPE ?? 'no platform'} · {id ?? 'none'}
        {given !== null && name !== null && ` · ${given}`}
      </Text>
    </Stack>
  );
}

function Key({ id, name }: { readonly id: string | null; readonly name: string | null }) {
  if (id === null) {
    return (
      <Text component="span" size="sm" c="dimmed">
        any
      </Text>
    );
  }
  return (
    <Stack gap={0} miw={0}>
      <Text component="span" size="sm">
        {id}
      </Text>
      {name !== null && (
        <Text component="span" size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
      )}
    </Stack>
  );
}

function State({
  mapping: { STATE: state, CONFLICT_WITH: others, PROBLEMS: problems },
}: {
  readonly mapping: CampaignMappingRow;
}) {
  return (
    <Stack gap={2}>
      <MappingState state={state} />
      {others.length > 0 && (
        <Text component="span" size="xs" c="var(--aq-bad)">
          with {others.map(({ ADVERTISER_ID: id, ADVERTISER_NAME: name }) => (name === null ? id : `${name} (${id})`)).join(', ')}
        </Text>
      )}
      {problems.map(({ code, message, hint }) => (
        <Text key={`${code} ${message}`} component="span" size="xs" c="var(--aq-warn)">
          {message}
          {hint !== null && ` ${hint}`}
        </Text>
      ))}
    </Stack>
  );
}
