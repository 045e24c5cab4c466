import { Paper, SegmentedControl } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../../../auth/use-me.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { choiceParam } from '../../../lib/search-params.ts';
import { useNow } from '../../../lib/use-now.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { AdministratorsOnly } from '../administrators-only.tsx';
import { KEY_STATES } from '../choices.ts';
import type { KeysSearch } from '../routes.ts';
import { useIsAdministrator } from '../use-administrator.ts';
import { KEY_COLUMNS } from './key-columns.tsx';
import { keyState, keyStateWords } from './key-state.tsx';
import { keysQuery } from './keys-query.ts';
import { MakeKey } from './make-key.tsx';

const route = getRouteApi('/shell/admin/keys');
const ALL = 'all';
const EVERY_MS = 60_000;

/** Keys of programs. */
export function Keys() {
  const { mode } = useMe();
  const mayMake = useIsAdministrator() && mode === 'users';
  return (
    <>
      <PageHeader
        title="API keys"
        description="For programs. A key may never do more than whoever made it may at the time."
        {...(mayMake ? { actions: <MakeKey /> } : {})}
      />
      <AdminTabs />
      <AdministratorsOnly what="keys">
        <KeyTable />
      </AdministratorsOnly>
    </>
  );
}

function KeyTable() {
  const { state, sort } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(keysQuery);
  const now = useNow(EVERY_MS);
  const rows = data?.filter((key) => state === undefined || keyState(key, now) === state);
  const narrow = (change: KeysSearch): void => void navigate({ search: (before) => ({ ...before, ...change }) });
  return (
    <>
      <SegmentedControl
        aria-label="State"
        mb="md"
        data={[{ value: ALL, label: 'All' }, ...KEY_STATES.map((value) => ({ value, label: keyStateWords(value) }))]}
        value={state ?? ALL}
        onChange={(value) => narrow({ state: choiceParam(value, KEY_STATES) })}
      />
      <Paper withBorder px="sm" py={4}>
        <DataTable
          caption="API keys"
          columns={KEY_COLUMNS}
          rows={rows}
          rowKey={({ id }) => id}
          error={error}
          onRetry={refetch}
          sort={sort}
          onSort={(to) => narrow({ sort: to })}
          empty={
            data?.length === 0 ? (
              <EmptyState title="There are no keys yet" icon={<IconKey size={40} stroke={1.5} aria-hidden />}>
                A program that calls the API needs one of its own, so that it can be told apart and revoked.
              </EmptyState>
            ) : (
              <EmptyState title="No key is like that">Choose another state to see more.</EmptyState>
            )
          }
        />
      </Paper>
    </>
  );
}
