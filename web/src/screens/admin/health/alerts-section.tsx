import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { alertsQuery } from '../../../api/delivery-queries.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ButtonLink } from '../../../components/links.tsx';
import { Section } from '../../../components/section.tsx';
import { alertColumns } from '../../today/alert-columns.tsx';

const COLUMNS = alertColumns({ areOver: false, mayAct: true });

/** What fires now, to be taken on. */
export function AlertsSection({ agencyId }: { readonly agencyId: string | undefined }) {
  const { data, error, refetch } = useQuery(alertsQuery({ agencyId, state: 'firing' }));
  return (
    <Section
      title="Alerts"
      description="What is wrong with deliveries now."
      actions={
        <ButtonLink to="/alerts" size="xs">
          All alerts
        </ButtonLink>
      }
    >
      <DataTable
        caption="Alerts"
        columns={COLUMNS}
        rows={data?.alerts}
        rowKey={({ key, firedAt }) => `${key} ${firedAt}`}
        error={error}
        onRetry={refetch}
        empty={
          <EmptyState title="Nothing is wrong" icon={<IconCircleCheck size={40} stroke={1.5} aria-hidden />}>
            Alerts come by themselves, and go when their cause does.
          </EmptyState>
        }
      />
    </Section>
  );
}
