import { useInfiniteQuery } from '@tanstack/react-query';
import { runsQuery } from '../../../api/delivery-queries.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ButtonLink } from '../../../components/links.tsx';
import { Section } from '../../../components/section.tsx';
import { RUN_COLUMNS } from '../../runs/run-columns.tsx';
import type { AdvertiserKey } from '../queries.ts';

const SHOWN = 10;

/** The newest runs of the advertiser, with why those that delivered nothing did not. */
export function PastRuns({ advertiser }: { readonly advertiser: AdvertiserKey }) {
  const { agencyId, advertiserId } = advertiser;
  const { data, error, refetch } = useInfiniteQuery(runsQuery({ agencyId, advertiserId }));
  return (
    <Section
      title="Runs"
      description={`The newest ${SHOWN}.`}
      actions={
        <ButtonLink size="xs" to="/runs" search={{ agency: agencyId, advertiser: advertiserId }}>
          All runs
        </ButtonLink>
      }
    >
      <DataTable
        caption="Runs"
        columns={RUN_COLUMNS}
        rows={data?.pages.flatMap(({ runs }) => runs).slice(0, SHOWN)}
        rowKey={({ runId }) => runId}
        error={error}
        onRetry={refetch}
        empty={<EmptyState title="It has not run yet">The first run comes with its next slot.</EmptyState>}
      />
    </Section>
  );
}
