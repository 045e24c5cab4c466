import { Group, Stack, Text } from '@mantine/core';
import type { HubRow } from '../../../../../src/shapes/config/advertisers.ts';
import { Count } from '../../../components/count.tsx';
import type { Column } from '../../../components/data-table.tsx';
import { Instant } from '../../../components/instant.tsx';
import { TextLink } from '../../../components/links.tsx';
import { counted, shortCountText } from '../../../lib/format.ts';
import { AdvertiserDeliveryBadge, ConfigStatusBadge } from '../config-badges.tsx';
import { SetupDots } from './setup-dots.tsx';

/** Their ids are what the server sorts by. */
export const HUB_COLUMNS: readonly Column<HubRow>[] = [
  {
    id: 'name',
    header: 'Advertiser',
    sortBy: ({ ADVERTISER_NAME: name, ADVERTISER_ID: id }) => name ?? id,
    cell: (row) => <Name row={row} />,
  },
  { id: 'score', header: 'Set-up', sortBy: ({ SETUP_SCORE: score }) => score, cell: (row) => <SetupDots row={row} /> },
  { id: 'assigned', header: 'Assigned', wide: true, cell: (row) => <Assigned row={row} /> },
  {
    id: 'impressions',
    header: 'Impressions, 14 d',
    align: 'right',
    sortBy: ({ TOTAL_IMPRESSIONS_14D: impressions }) => impressions,
    cell: (row) => <Impressions row={row} />,
  },
  { id: 'delivery', header: 'Delivery', cell: ({ DELIVERY_STATE: state }) => <AdvertiserDeliveryBadge state={state} /> },
];

function Name({ row }: { readonly row: HubRow }) {
  const { AGENCY_ID: agencyId, AGENCY_NAME: agency, ADVERTISER_ID: advertiserId, CONFIG_STATUS: status } = row;
  return (
    <Stack gap={0} miw={{ base: 0, lg: 190 }}>
      <Group gap="xs">
        <TextLink
          to="/advertisers/$agencyId/$advertiserId"
          params={{ agencyId, advertiserId }}
          fw={500}
          style={{ overflowWrap: 'anywhere' }}
        >
          {row.ADVERTISER_NAME ?? `Advertiser ${advertiserId}`}
        </TextLink>
        {status !== 'ACTIVE' && <ConfigStatusBadge status={status} />}
      </Group>
      <Text component="span" size="xs" c="dimmed">
        {agency ?? 'Agency'} {agencyId} · {advertiserId}
      </Text>
      {row.DOMAINS.length > 0 && (
        <Text component="span" size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {row.DOMAINS.join(', ')}
          {row.DOMAIN_COUNT > row.DOMAINS.length && ` +${row.DOMAIN_COUNT - row.DOMAINS.length}`}
        </Text>
      )}
    </Stack>
  );
}

/** Null was not counted, which is not the same as none. */
function Impressions({ row: { TOTAL_IMPRESSIONS_14D: value, LAST_IMPRESSION: newest } }: { readonly row: HubRow }) {
  return (
    <>
      {value === null ? (
        <Text component="span" size="sm" c="dimmed">
          not counted
        </Text>
      ) : (
        <Count value={value} />
      )}
      {newest !== null && (
        <Text size="xs" c="dimmed">
          <Instant at={newest} as="relative" inTable />
        </Text>
      )}
    </>
  );
}

function Assigned({ row }: { readonly row: HubRow }) {
  const facts = [
    row.CAMPAIGN_COUNT > 0 ? counted(row.CAMPAIGN_COUNT, 'campaign') : null,
    row.DOMAIN_COUNT > 0 ? counted(row.DOMAIN_COUNT, 'domain') : null,
    row.POI_COUNT > 0 ? `${shortCountText(row.POI_COUNT)} ${row.POI_COUNT === 1 ? 'place' : 'places'}` : null,
  ].filter((fact) => fact !== null);
  if (facts.length === 0) {
    return (
      <Text component="span" size="sm" c="dimmed">
        nothing yet
      </Text>
    );
  }
  return facts.map((fact) => (
    <Text key={fact} size="sm" style={{ whiteSpace: 'nowrap' }}>
      {fact}
    </Text>
  ));
}
