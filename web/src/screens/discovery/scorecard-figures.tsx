import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Figure, Scorecard } from '../../../../src/shapes/config/lists.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { Instant } from '../../components/instant.tsx';
import { countText } from '../../lib/format.ts';
import { scorecardQuery } from './queries.ts';
import classes from './scorecard.module.css';

interface Place {
  readonly name: Exclude<keyof Scorecard, 'LAST_CONFIG_UPDATE'>;
  readonly label: string;
  readonly to: '/advertisers' | '/discovery' | '/discovery/conflicts';
  readonly search: Readonly<Record<string, string>>;
  /** It is work to be done: above 0 it stands out. */
  readonly isWork?: boolean;
}

const PLACES: readonly Place[] = [
  { name: 'UNMAPPED_DOMAINS', label: 'Unmapped domains', to: '/discovery', search: {}, isWork: true },
  {
    name: 'UNMAPPED_IMPRESSIONS',
    label: 'Unmapped DSP advertisers',
    to: '/discovery',
    search: { panel: 'impressions' },
    isWork: true,
  },
  { name: 'CONFLICTS', label: 'Conflicts', to: '/discovery/conflicts', search: {}, isWork: true },
  { name: 'ACTIVE_CONFIGS', label: 'Active advertisers', to: '/advertisers', search: { status: 'ACTIVE' } },
  { name: 'DELIVERY_CONFIGURED', label: 'Delivered', to: '/advertisers', search: { has: 'delivery', status: 'ACTIVE' } },
  { name: 'IMPRESSION_CONFIGURED', label: 'With campaigns', to: '/advertisers', search: { has: 'campaigns', status: 'ACTIVE' } },
  { name: 'WEB_VISIT_CONFIGURED', label: 'With web pixels', to: '/advertisers', search: { has: 'domains', status: 'ACTIVE' } },
  { name: 'STORE_VISIT_CONFIGURED', label: 'With places', to: '/advertisers', search: { has: 'places', status: 'ACTIVE' } },
];

/** How far the set-up has come; each figure leads to the list that it counts. */
export function ScorecardFigures({ agencyId }: { readonly agencyId: string | undefined }) {
  const { data, error } = useQuery(scorecardQuery(agencyId));
  if (data === undefined) return error === null ? <Waiting /> : <ErrorNote error={error} />;
  const { data: card } = data;
  return (
    <section aria-label="Scorecard" className={classes.card}>
      <ul className={classes.tiles}>
        {PLACES.map((place) => (
          <li key={place.name}>
            <Tile place={place} figure={card[place.name]} />
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed" mt={6}>
        {card.LAST_CONFIG_UPDATE === null ? (
          'Nothing was configured here yet.'
        ) : (
          <>
            Last change of a configuration: <Instant at={card.LAST_CONFIG_UPDATE} as="both" />
          </>
        )}
      </Text>
    </section>
  );
}

function Tile({ place: { label, to, search, isWork = false }, figure }: { readonly place: Place; readonly figure: Figure }) {
  const { value, percent, note } = figure;
  const tone = isWork && value !== null && value > 0 ? 'work' : 'plain';
  return (
    <Link to={to as '/discovery'} search={search} className={classes.tile} data-tone={tone} title={note ?? undefined}>
      <span className={classes.value}>{value === null ? 'not counted' : countText(value)}</span>
      <span className={classes.label}>
        {label}
        {percent !== null && ` · ${Math.round(percent)}%`}
      </span>
    </Link>
  );
}

function Waiting() {
  return (
    <div className={classes.card} aria-hidden>
      <div className={classes.tiles}>
        {PLACES.map(({ name }) => (
          <Skeleton key={name} height={70} />
        ))}
      </div>
      <Skeleton height={12} w={260} mt={10} />
    </div>
  );
}
