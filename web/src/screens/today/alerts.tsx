import { Paper, SegmentedControl, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { alertsQuery } from '../../api/delivery-queries.ts';
import { useMay } from '../../auth/use-me.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { choiceParam } from '../../lib/search-params.ts';
import { useAgency } from '../../shell/use-agency.ts';
import { alertColumns } from './alert-columns.tsx';
import { ALERT_KINDS, alertKindWords } from './alert-kinds.ts';

const route = getRouteApi('/shell/alerts');

const KINDS = ALERT_KINDS.map((value) => ({ value, label: alertKindWords(value) }));

/** What is wrong, and what was. */
export function Alerts() {
  const { kind, state } = route.useSearch();
  const navigate = route.useNavigate();
  const agencyId = useAgency();
  const mayAct = useMay('operator');
  const alerts = useQuery(alertsQuery({ agencyId, state: state ?? 'firing' }));
  const rows = alerts.data?.alerts.filter((alert) => kind === undefined || alert.kind === kind);
  return (
    <>
      <PageHeader title="Alerts" description="What is wrong now and needs somebody, and what has been." />
      <FilterBar
        isActive={kind !== undefined}
        onClear={() => void navigate({ search: (before) => ({ ...before, kind: undefined }) })}
      >
        <SegmentedControl
          aria-label="Which"
          data={[
            { value: 'firing', label: 'Now' },
            { value: 'resolved', label: 'Over' },
          ]}
          value={state ?? 'firing'}
          onChange={(value) =>
            void navigate({ search: (before) => ({ ...before, state: value === 'resolved' ? 'resolved' : undefined }) })
          }
        />
        <Select
          label="Kind"
          placeholder="Any"
          data={KINDS}
          value={kind ?? null}
          clearable
          w={180}
          onChange={(value) => void navigate({ search: (before) => ({ ...before, kind: choiceParam(value, ALERT_KINDS) }) })}
        />
      </FilterBar>
      <Paper withBorder px="sm" py={4}>
        <DataTable
          caption="Alerts"
          columns={alertColumns({ areOver: state === 'resolved', mayAct })}
          rows={rows}
          rowKey={({ key, firedAt }) => `${key} ${firedAt}`}
          error={alerts.error}
          onRetry={() => alerts.refetch()}
          empty={
            <EmptyState title={state === 'resolved' ? 'Nothing of that kind is over' : 'Nothing is wrong'}>
              {kind === undefined ? 'Alerts come by themselves, and go when their cause does.' : 'Other kinds may have some.'}
            </EmptyState>
          }
        />
      </Paper>
      {alerts.data?.more === true && (
        <Text size="sm" c="dimmed" mt="sm">
          These are the newest 200; there are more.
        </Text>
      )}
    </>
  );
}
