import { ActionIcon, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { AssignedPoiRow } from '../../../../../src/shapes/config/places.ts';
import type { Column } from '../../../components/data-table.tsx';
import type { Selection } from './use-selection.ts';

export function assignedColumns(
  selection: Selection,
  onRemove: (md5s: readonly string[]) => void,
): readonly Column<AssignedPoiRow>[] {
  return [
    {
      id: 'brand',
      header: 'Brand',
      cell: (place) => (
        <Group gap="xs" wrap="nowrap">
          <Checkbox
            aria-label={`Choose ${nameOf(place)}`}
            checked={selection.has(place.SEGMENT_MD5)}
            onChange={(event) => selection.set([place.SEGMENT_MD5], event.currentTarget.checked)}
          />
          <Stack gap={0} miw={0}>
            <Text component="span" size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
              {place.BRAND ?? 'Unknown place'}
            </Text>
            {!place.IS_KNOWN && (
              <Text component="span" size="xs" c="var(--aq-warn)">
                its id is not known: repair it
              </Text>
            )}
            {place.IS_DENIED && (
              <Text component="span" size="xs" c="var(--aq-bad)">
                sensitive category, never delivered: remove it
              </Text>
            )}
          </Stack>
        </Group>
      ),
    },
    { id: 'dma', header: 'Market area', cell: ({ DMA_NAME: dma }) => dma ?? '–' },
    { id: 'zip', header: 'Postal code', cell: ({ ZIP_CODE: zip }) => zip ?? '–' },
    { id: 'category', header: 'Category', wide: true, cell: ({ CATEGORY: category }) => category ?? '–' },
    {
      id: 'id',
      header: 'Id',
      wide: true,
      cell: ({ SEGMENT_UNIQUE_ID: id }) => (
        <Text component="span" size="xs" ff="monospace">
          {id ?? '–'}
        </Text>
      ),
    },
    {
      id: 'actions',
      header: 'Actions',
      align: 'right',
      cell: (place) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Remove ${nameOf(place)}`}
          onClick={() => onRemove([place.SEGMENT_MD5])}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      ),
    },
  ];
}

function nameOf({ BRAND: brand, DMA_NAME: dma, ZIP_CODE: zip, SEGMENT_MD5: md5 }: AssignedPoiRow): string {
  return brand === null ? `place ${md5.slice(0, 8)}` : [brand, dma, zip].filter((part) => part !== null).join(', ');
}
