import { Skeleton, Text } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { deliveriesQuery } from '../../api/delivery-queries.ts';
import type { Delivery } from '../../api/types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { Section } from '../../components/section.tsx';
import { durationText } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { useAgency } from '../../shell/use-agency.ts';
import classes from './list.module.css';

const SHOWN = 10;

type Due = Delivery & { readonly nextDueAt: string };

/** The next deliveries, with the time until each. */
export function GoingOut() {
  const agencyId = useAgency();
  const { data, error, refetch } = useQuery(deliveriesQuery({ agencyId }));
  const next = data
    ?.filter((delivery): delivery is Due => delivery.state === 'on' && delivery.nextDueAt !== null)
    .toSorted((left, right) => left.nextDueAt.localeCompare(right.nextDueAt))
    .slice(0, SHOWN);
  return (
    <Section
      title="Going out next"
      actions={
        <ButtonLink to="/deliveries" search={{ state: 'on', sort: 'next' }} size="xs">
          All deliveries
        </ButtonLink>
      }
    >
      {next === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        )
      ) : next.length === 0 ? (
        <EmptyState title="Nothing is planned" icon={<IconCalendarOff size={40} stroke={1.5} aria-hidden />}>
          No delivery is switched on.
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {next.map((delivery) => (
            <DueRow
              key={`${delivery.deliveryId} ${delivery.advertiserId} ${delivery.destination} ${delivery.segmentId}`}
              delivery={delivery}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

/** As high as ten deliveries, which most have. */
function Waiting() {
  return (
    <ul className={classes.list} aria-hidden>
      {Array.from({ length: SHOWN }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move
        <li key={row} className={classes.row}>
          <Skeleton height={40} />
        </li>
      ))}
    </ul>
  );
}

function DueRow({ delivery }: { readonly delivery: Due }) {
  const { advertiserName, advertiserId, agencyId, destination, nextDueAt, nextSlot, segmentId } = delivery;
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <TextLink to="/deliveries" search={{ agency: agencyId, advertiser: advertiserId }} fw={500}>
          {advertiserName ?? `Advertiser ${advertiserId}`}
        </TextLink>
        <Text size="xs" c="dimmed">
          {nextSlot} to {destination}, {segmentId}
        </Text>
      </div>
      <div className={classes.end}>
        <Countdown at={nextDueAt} />
        <Text size="xs" c="dimmed">
          <Instant at={nextDueAt} inTable />
        </Text>
      </div>
    </li>
  );
}

function Countdown({ at }: { readonly at: string }) {
  const now = useNow(1_000);
  const left = Date.parse(at) - now;
  return (
    <span>
      {left <= 0 ? 'due now' : `in ${durationText(Math.max(1_000, Math.floor(left / 1000) * 1000)).replace('.0 s', ' s')}`}
    </span>
  );
}
