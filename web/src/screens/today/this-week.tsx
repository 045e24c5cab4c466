import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RunHistory } from '../../../../src/shapes/history-shapes.ts';
import { runHistoryQuery } from '../../api/delivery-queries.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { TextLink } from '../../components/links.tsx';
import { Section } from '../../components/section.tsx';
import { counted, countText, shareText } from '../../lib/format.ts';
import { useAgency } from '../../shell/use-agency.ts';
import classes from './tile.module.css';

/** Height of the figures, so that nothing jumps when they come. */
const FIGURES_PX = 77;

const DAY_MS = 24 * 3_600_000;

/** What was delivered in the last seven days, beside the seven before. */
export function ThisWeek() {
  const agencyId = useAgency();
  const { data, error, refetch } = useQuery(runHistoryQuery({ agencyId, days: 14 }));
  return (
    <Section title="Delivered" description="Runs by the day on which they were planned, in UTC.">
      {data === undefined ? (
        error === null ? (
          <Skeleton height={FIGURES_PX} />
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        )
      ) : (
        <Figures history={data} />
      )}
    </Section>
  );
}

function Figures({ history }: { readonly history: RunHistory }) {
  const start = Date.parse(history.since);
  const dayOf = (index: number): string => new Date(start + index * DAY_MS).toISOString().slice(0, 10);
  const [before, now] = [sums(history, dayOf(0), dayOf(6)), sums(history, dayOf(7), dayOf(13))];
  const change = before.rows === 0 ? null : now.rows / before.rows - 1;
  return (
    <div className={classes.figures}>
      <div>
        <Text size="sm">Last 7 days</Text>
        <div className={classes.figure}>{countText(now.rows)} rows</div>
        <TextLink to="/runs" search={{ state: 'delivered', from: dayOf(7), to: dayOf(13) }}>
          in {counted(now.runs, 'delivered run')}
        </TextLink>
      </div>
      <div>
        <Text size="sm">The 7 days before</Text>
        <div className={classes.figure}>{countText(before.rows)} rows</div>
        <TextLink to="/runs" search={{ state: 'delivered', from: dayOf(0), to: dayOf(6) }}>
          in {counted(before.runs, 'delivered run')}
        </TextLink>
      </div>
      {change !== null && (
        <div>
          <Text size="sm">Change</Text>
          <div className={classes.figure}>
            {change > 0 ? '+' : ''}
            {shareText(change)}
          </div>
        </div>
      )}
    </div>
  );
}

function sums({ days }: RunHistory, first: string, last: string): { readonly runs: number; readonly rows: number } {
  const own = days.filter(({ day, state }) => state === 'delivered' && day >= first && day <= last);
  return { runs: own.reduce((sum, { runs }) => sum + runs, 0), rows: own.reduce((sum, { rows }) => sum + rows, 0) };
}
