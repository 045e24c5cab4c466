import { Text } from '@mantine/core';
import type { Delivery } from '../../api/types.ts';
import type { Column } from '../../components/data-table.tsx';
import { Instant } from '../../components/instant.tsx';
import { TextLink } from '../../components/links.tsx';
import { NoValue } from '../../components/no-value.tsx';
import { DeliveryStateBadge, RunStateBadge } from '../../components/state-badge.tsx';
import { counted, wordsOf } from '../../lib/format.ts';
import { DeliveryActions } from './delivery-actions.tsx';
import classes from './delivery-columns.module.css';

const COLUMNS: readonly Column<Delivery>[] = [
  {
    id: 'advertiser',
    header: 'Advertiser',
    sortBy: ({ advertiserName, advertiserId }) => advertiserName ?? advertiserId,
    cell: ({ deliveryId, advertiserName, advertiserId, agencyId }) => {
      const name = advertiserName ?? `Advertiser ${advertiserId}`;
      return (
        <>
          {deliveryId === null ? (
            <Text size="sm" fw={500}>
              {name}
            </Text>
          ) : (
            <TextLink to="/runs" search={{ delivery: deliveryId }} fw={500}>
              {name}
            </TextLink>
          )}
          <Text size="xs" c="dimmed">
            {advertiserId}, agency {agencyId}
          </Text>
        </>
      );
    },
  },
  {
    id: 'state',
    header: 'State',
    sortBy: ({ state }) => state,
    cell: ({ state, reason, detail, failures, paused }) => (
      <>
        <DeliveryStateBadge state={state} />
        {state !== 'on' && (
          <Text size="xs" c="dimmed" maw={280} miw={150} className={classes.any}>
            {paused === null
              ? (detail ?? wordsOf(reason ?? ''))
              : `by ${paused.by}${paused.reason === null ? '' : `: ${paused.reason}`}`}
          </Text>
        )}
        {failures > 0 && (
          <Text size="xs" c="var(--aq-bad)">
            {counted(failures, 'failure')} since the last success
          </Text>
        )}
      </>
    ),
  },
  {
    id: 'destination',
    header: 'Destination',
    sortBy: ({ destination }) => destination,
    cell: ({ destination, segmentId }) => (
      <>
        {destination ?? <NoValue />}
        {segmentId !== null && (
          <Text size="xs" c="dimmed">
            {segmentId}
          </Text>
        )}
      </>
    ),
  },
  {
    id: 'next',
    header: 'Next',
    sortBy: ({ nextDueAt, state }) => (state === 'on' ? nextDueAt : null),
    cell: ({ nextDueAt, state, cadence }) => (
      <>
        {state === 'on' ? <Instant at={nextDueAt} as="relative" inTable /> : <NoValue />}
        <Text size="xs" c="dimmed">
          {cadence}
        </Text>
      </>
    ),
  },
  {
    id: 'last',
    header: 'Last run',
    sortBy: ({ lastRun }) => lastRun?.plannedAt ?? null,
    cell: ({ lastRun }) =>
      lastRun === null ? (
        <NoValue />
      ) : (
        <TextLink to="/runs/$id" params={{ id: lastRun.runId }}>
          <RunStateBadge run={lastRun} />
          <Text component="span" size="xs" display="block">
            {lastRun.slot}
          </Text>
        </TextLink>
      ),
  },
  {
    id: 'delivered',
    header: 'Last delivered',
    wide: true,
    sortBy: ({ lastDeliveredAt }) => lastDeliveredAt,
    cell: ({ lastDeliveredAt }) => <Instant at={lastDeliveredAt} as="relative" inTable />,
  },
];

/** What the list of deliveries shows; with what can be done for who may. */
export function deliveryColumns(mayAct: boolean): readonly Column<Delivery>[] {
  if (!mayAct) return COLUMNS;
  return [
    ...COLUMNS,
    { id: 'actions', header: 'Actions', align: 'right', cell: (delivery) => <DeliveryActions delivery={delivery} /> },
  ];
}
