import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { alertsQuery, deliveriesQuery, destinationsQuery } from '../../api/delivery-queries.ts';
import type { Alert } from '../../api/types.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { useAgency } from '../../shell/use-agency.ts';
import classes from './tile.module.css';
import { Tile } from './tile.tsx';

/** How much of each trouble there is; each leads to the list of it. */
export function AttentionTiles() {
  const agencyId = useAgency();
  const alerts = useQuery(alertsQuery({ agencyId, state: 'firing' }));
  const deliveries = useQuery(deliveriesQuery({ agencyId }));
  const destinations = useQuery(destinationsQuery);
  if (alerts.data === undefined || deliveries.data === undefined || destinations.data === undefined) {
    const error = alerts.error ?? deliveries.error ?? destinations.error;
    return error === null ? <Waiting /> : <ErrorNote error={error} />;
  }
  const more = alerts.data.more ? '+' : '';
  const of = (...kinds: readonly Alert['kind'][]): number => alerts.data.alerts.filter(({ kind }) => kinds.includes(kind)).length;
  const inState = (state: string): number => deliveries.data.filter((delivery) => delivery.state === state).length;
  const down = destinations.data.filter(({ breaker }) => breaker !== 'closed').length;
  return (
    <ul className={classes.tiles} aria-label="What needs somebody">
      <Tile label="Failed" count={of('run_failed')} more={more} tone="bad" to="/alerts" search={{ kind: 'run_failed' }} />
      <Tile label="Late" count={of('run_late')} more={more} tone="warn" to="/alerts" search={{ kind: 'run_late' }} />
      <Tile
        label="Need approval"
        count={of('run_waiting', 'size_deviation')}
        more={more}
        tone="warn"
        to="/runs"
        search={{ state: 'held' }}
      />
      <Tile label="Blocked" count={inState('blocked')} tone="bad" to="/deliveries" search={{ state: 'blocked' }} />
      <Tile label="Paused" count={inState('paused')} tone="warn" to="/deliveries" search={{ state: 'paused' }} />
      <Tile label="Destinations down" count={down} tone="bad" to="/destinations" search={{}} />
    </ul>
  );
}

function Waiting() {
  return (
    <ul className={classes.tiles} aria-hidden>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <li key={key}>
          <Skeleton height={84} />
        </li>
      ))}
    </ul>
  );
}
