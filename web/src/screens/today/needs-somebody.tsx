import { Skeleton, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { alertsQuery } from '../../api/delivery-queries.ts';
import type { Alert } from '../../api/types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Section } from '../../components/section.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useAgency } from '../../shell/use-agency.ts';
import { ALERT_KINDS } from './alert-kinds.ts';
import { alertLook } from './alert-look.ts';
import { AlertSubject } from './alert-subject.tsx';
import classes from './list.module.css';

const SHOWN = 8;

/** The first troubles, the worst first. */
export function NeedsSomebody() {
  const agencyId = useAgency();
  const { data, error, refetch } = useQuery(alertsQuery({ agencyId, state: 'firing' }));
  const rank = ({ kind }: Alert): number => ALERT_KINDS.indexOf(kind);
  const alerts = data?.alerts.toSorted((left, right) => rank(left) - rank(right));
  return (
    <Section
      title="Needs somebody"
      actions={
        <ButtonLink to="/alerts" size="xs">
          All alerts
        </ButtonLink>
      }
    >
      {alerts === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        )
      ) : alerts.length === 0 ? (
        <EmptyState title="All is quiet" icon={<IconCircleCheck size={40} stroke={1.5} color="var(--aq-good)" aria-hidden />}>
          Nothing has failed, nothing is late, and nothing waits for a person.
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {alerts.slice(0, SHOWN).map((alert) => (
            <li key={alert.key} className={classes.row}>
              <div className={classes.words}>
                <AlertSubject alert={alert} />
                <Text size="xs" c="dimmed">
                  since <Instant at={alert.firedAt} as="relative" inTable />
                </Text>
              </div>
              <StateBadge {...alertLook(alert.kind)} />
            </li>
          ))}
        </ul>
      )}
      {alerts !== undefined && alerts.length > SHOWN && (
        <Text size="sm" c="dimmed" mt="xs">
          and {alerts.length - SHOWN} more
        </Text>
      )}
    </Section>
  );
}

function Waiting() {
  return (
    <Stack gap="sm">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} height={34} />
      ))}
    </Stack>
  );
}
