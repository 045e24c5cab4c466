import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AdvertiserDetail } from '../../../../../src/shapes/config/advertiser-detail.ts';
import { Count } from '../../../components/count.tsx';
import { Instant } from '../../../components/instant.tsx';
import { TextLink } from '../../../components/links.tsx';
import { counted } from '../../../lib/format.ts';
import { AdvertiserDeliveryBadge } from '../config-badges.tsx';
import type { AdvertiserKey } from '../queries.ts';
import { TAB_LABELS, type Tab } from '../tabs.ts';

const PROCESSING = {
  ACTIVE: 'Impressions within the attribution window',
  PAUSED: 'No impression for longer than the attribution window: upstream has paused it until there are new ones',
  UNKNOWN: 'The warehouse does not say when the newest was',
} as const;

/** The figures of an advertiser, each leading to what it counts. */
export function Figures({ advertiser, detail }: { readonly advertiser: AdvertiserKey; readonly detail: AdvertiserDetail }) {
  const { campaigns, domains, pois, poi_summary: places, impressions, delivery, config } = detail;
  const [next] = delivery.next;
  return (
    <SimpleGrid cols={{ base: 2, md: 3 }} spacing="sm">
      <Figure
        advertiser={advertiser}
        tab="campaigns"
        value={<Count value={campaigns.total} />}
        about={counted(campaigns.total, 'mapping').replace(/^[\d,]+ /, '')}
      />
      <Figure
        advertiser={advertiser}
        tab="pixels"
        value={<Count value={domains.total} />}
        about={domains.total === 1 ? 'domain' : 'domains'}
      />
      <Figure
        advertiser={advertiser}
        tab="places"
        value={<Count value={pois.total} />}
        about={
          pois.total === 0
            ? 'places'
            : `places of ${counted(places.unique_brands, 'brand')} in ${counted(places.unique_dmas, 'market area')}`
        }
      />
      <Figure
        label="Impressions, 14 days"
        value={impressions.total_14d === null ? <NotCounted /> : <Count value={impressions.total_14d} />}
        about={
          impressions.last_seen === null ? (
            'none seen'
          ) : (
            <>
              newest <Instant at={impressions.last_seen} as="relative" inTable />
            </>
          )
        }
      />
      <Figure
        advertiser={advertiser}
        tab="delivery"
        value={<AdvertiserDeliveryBadge state={delivery.state} />}
        about={
          <>
            {delivery.cadence_words ?? delivery.cadence}
            {next !== undefined && delivery.enabled && (
              <>
                , next <Instant at={next} as="relative" inTable />
              </>
            )}
          </>
        }
      />
      <Figure
        label="Processing"
        value={
          config.PROCESSING_STATE === 'UNKNOWN'
            ? 'Not known'
            : config.PROCESSING_STATE === 'ACTIVE'
              ? 'Active'
              : 'Paused upstream'
        }
        about={PROCESSING[config.PROCESSING_STATE]}
      />
    </SimpleGrid>
  );
}

function NotCounted() {
  return (
    <Text span inherit c="dimmed">
      not counted
    </Text>
  );
}

type FigureProps = { readonly value: ReactNode; readonly about: ReactNode } & (
  | { readonly label: string; readonly tab?: undefined; readonly advertiser?: undefined }
  | { readonly tab: Tab; readonly advertiser: AdvertiserKey; readonly label?: undefined }
);

function Figure({ value, about, label, tab, advertiser }: FigureProps) {
  return (
    <Paper withBorder p="sm">
      <Text size="sm" c="dimmed" component="div">
        {tab === undefined ? (
          label
        ) : (
          <TextLink to="/advertisers/$agencyId/$advertiserId" params={advertiser} search={{ tab }}>
            {TAB_LABELS[tab]}
          </TextLink>
        )}
      </Text>
      <Text component="div" size="lg" fw={600}>
        {value}
      </Text>
      <Text component="div" size="sm" c="dimmed">
        {about}
      </Text>
    </Paper>
  );
}
