import { Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PoiBrandRow, PoiSegmentRow } from '../../../../../src/shapes/config/places.ts';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Pager } from '../../../components/pager.tsx';
import { counted, countText } from '../../../lib/format.ts';
import type { AdvertiserKey } from '../queries.ts';
import { SEGMENT_PAGE, segmentsQuery } from './place-queries.ts';
import { useSelection } from './use-selection.ts';

/** Places by themselves, or all of a brand. */
export type PlaceChoice = { readonly segment_md5s: string[] } | { readonly brand: string; readonly dma?: string };

interface BrandPlacesProps {
  readonly advertiser: AdvertiserKey;
  readonly brand: PoiBrandRow;
  /** The market area that was searched for. */
  readonly dma: string | undefined;
  readonly isBusy: boolean;
  readonly onAssign: (choice: PlaceChoice) => void;
  readonly onBack: () => void;
}

const ALL = '';

/** The places of a brand, to be chosen one by one or all together. */
export function BrandPlaces({ advertiser, brand, dma: asked, isBusy, onAssign, onBack }: BrandPlacesProps) {
  const [dma, setDma] = useState(asked);
  const [page, setPage] = useState(1);
  const selection = useSelection();
  const { data, error, refetch } = useQuery(segmentsQuery(advertiser, brand.BRAND, dma, page));
  const choosable = (data?.rows ?? [])
    .filter((place) => place.ASSIGNABLE)
    .flatMap(({ SEGMENT_MD5: md5 }) => (md5 === null ? [] : [md5]));
  const isAllChosen = choosable.length > 0 && choosable.every(selection.has);
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="xs">
        <Button variant="subtle" size="xs" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack} data-autofocus>
          Other brands
        </Button>
        <Text fw={600}>{brand.BRAND}</Text>
      </Group>
      <Group gap="xs" align="flex-end">
        <Select
          label="Market area"
          data={[
            { value: ALL, label: `All ${brand.DMA_NAMES.length}` },
            ...brand.DMA_NAMES.map((name) => ({ value: name, label: name })),
          ]}
          value={dma ?? ALL}
          allowDeselect={false}
          searchable
          onChange={(value) => {
            setDma(value === null || value === ALL ? undefined : value);
            setPage(1);
            selection.clear();
          }}
          flex={1}
        />
        <Button
          variant="default"
          loading={isBusy}
          disabled={data === undefined || data.total === 0}
          onClick={() => onAssign({ brand: brand.BRAND, ...(dma === undefined ? {} : { dma }) })}
        >
          Assign all{data === undefined ? '' : ` ${countText(data.total)}`}
        </Button>
      </Group>
      <Group justify="space-between">
        <Checkbox
          label="All of this page"
          checked={isAllChosen}
          indeterminate={!isAllChosen && choosable.some(selection.has)}
          disabled={choosable.length === 0}
          onChange={(event) => selection.set(choosable, event.currentTarget.checked)}
        />
        <Button
          size="xs"
          loading={isBusy}
          disabled={selection.size === 0}
          onClick={() => {
            onAssign({ segment_md5s: [...selection.keys] });
            selection.clear();
          }}
        >
          {selection.size === 0 ? 'Assign chosen' : `Assign ${counted(selection.size, 'place')}`}
        </Button>
      </Group>
      <DataTable
        caption={`Places of ${brand.BRAND}`}
        columns={placeColumns(selection.has, (md5, isOn) => selection.set([md5], isOn))}
        rows={data?.rows}
        rowKey={({ SEGMENT_UNIQUE_ID, SEGMENT_MD5 }) => `${SEGMENT_UNIQUE_ID} ${SEGMENT_MD5}`}
        error={error}
        onRetry={refetch}
        empty={<EmptyState title="No places of it there">Choose another market area.</EmptyState>}
      />
      {data !== undefined && <Pager what="places" total={data.total} size={SEGMENT_PAGE} page={page} onPage={setPage} />}
    </Stack>
  );
}

function placeColumns(
  isChosen: (md5: string) => boolean,
  onChoose: (md5: string, isOn: boolean) => void,
): readonly Column<PoiSegmentRow>[] {
  return [
    {
      id: 'place',
      header: 'Place',
      cell: ({
        SEGMENT_MD5: md5,
        SEGMENT_NAME: name,
        SEGMENT_UNIQUE_ID: id,
        ASSIGNABLE: assignable,
        REASON: reason,
        IS_LIBRARY: isLibrary,
      }) => (
        <Checkbox
          label={name ?? id}
          description={reason ?? (isLibrary ? 'from the brand library' : id)}
          checked={md5 !== null && isChosen(md5)}
          disabled={!assignable || md5 === null}
          onChange={(event) => md5 !== null && onChoose(md5, event.currentTarget.checked)}
        />
      ),
    },
    { id: 'dma', header: 'Market area', cell: ({ DMA_NAME: dma }) => dma ?? '–' },
    { id: 'zip', header: 'Postal code', cell: ({ ZIP_CODE: zip }) => zip ?? '–' },
  ];
}
