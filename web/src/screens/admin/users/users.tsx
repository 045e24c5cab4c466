import { Paper, Select } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../../../auth/use-me.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { FilterBar } from '../../../components/filter-bar.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { SearchField } from '../../../components/search-field.tsx';
import { choiceParam } from '../../../lib/search-params.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { AdministratorsOnly } from '../administrators-only.tsx';
import { USER_STATES } from '../choices.ts';
import type { UsersSearch } from '../routes.ts';
import { useIsAdministrator } from '../use-administrator.ts';
import { InviteUser } from './invite-user.tsx';
import { userColumns } from './user-columns.tsx';
import { userState, userStateWords } from './user-state.tsx';
import { usersQuery } from './users-query.ts';

const route = getRouteApi('/shell/admin/users');

/** Who may sign in. */
export function Users() {
  const { mode } = useMe();
  const mayInvite = useIsAdministrator() && mode === 'users';
  return (
    <>
      <PageHeader
        title="Users"
        description="Who may sign in, what they may do, and whose data they see."
        {...(mayInvite ? { actions: <InviteUser /> } : {})}
      />
      <AdminTabs />
      <AdministratorsOnly what="users">
        <UserTable />
      </AdministratorsOnly>
    </>
  );
}

function UserTable() {
  const { q, state, sort } = route.useSearch();
  const navigate = route.useNavigate();
  const { email } = useMe();
  const { data, error, refetch } = useQuery(usersQuery);
  const words = q?.toLowerCase() ?? '';
  const rows = data?.filter(
    (user) =>
      (state === undefined || userState(user) === state) &&
      (user.name.toLowerCase().includes(words) || user.email.includes(words)),
  );
  const narrow = (change: UsersSearch, replace = false): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace });
  return (
    <>
      <FilterBar isActive={q !== undefined || state !== undefined} onClear={() => narrow({ q: undefined, state: undefined })}>
        <SearchField label="Search users" value={q} onChange={(value) => narrow({ q: value }, true)} />
        <Select
          aria-label="State"
          placeholder="Any state"
          clearable
          w={150}
          data={USER_STATES.map((value) => ({ value, label: userStateWords(value) }))}
          value={state ?? null}
          onChange={(value) => narrow({ state: choiceParam(value, USER_STATES) })}
        />
      </FilterBar>
      <Paper withBorder px="sm" py={4}>
        <DataTable
          caption="Users"
          columns={userColumns(email)}
          rows={rows}
          rowKey={({ id }) => id}
          error={error}
          onRetry={refetch}
          sort={sort}
          onSort={(to) => narrow({ sort: to }, true)}
          empty={
            data?.length === 0 ? (
              <EmptyState title="There are no users yet" icon={<IconUsers size={40} stroke={1.5} aria-hidden />}>
                Invite the first one: they set a password by a link.
              </EmptyState>
            ) : (
              <EmptyState title="No user is like that">Take a filter away to see more.</EmptyState>
            )
          }
        />
      </Paper>
    </>
  );
}
