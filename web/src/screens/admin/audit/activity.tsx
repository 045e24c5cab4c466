import { Button, Center, Select } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EntryCard } from '../../../components/audit/entry-card.tsx';
import { EntryList } from '../../../components/audit/entry-list.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { FilterBar } from '../../../components/filter-bar.tsx';
import { FilterText } from '../../../components/filter-text.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { wordsOf } from '../../../lib/format.ts';
import { choiceParam } from '../../../lib/search-params.ts';
import { useAgency } from '../../../shell/use-agency.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { SUBJECTS } from '../choices.ts';
import type { ActivitySearch } from '../routes.ts';
import { ActivityChanges } from './activity-changes.tsx';
import { activityQuery } from './activity-query.ts';
import { ActivitySubject } from './activity-subject.tsx';
import { activityWords, VIA_WORDS } from './activity-words.ts';

const route = getRouteApi('/shell/admin/activity');
const KINDS = SUBJECTS.map((value) => ({ value, label: wordsOf(value) }));

/** Who steered which runs and deliveries, and who did what with users, keys and alerts. */
export function Activity() {
  const { kind, subject } = route.useSearch();
  const navigate = route.useNavigate();
  const agencyId = useAgency();
  const activity = useInfiniteQuery(activityQuery({ agencyId, subjectKind: kind, subjectId: subject }));
  const entries = activity.data?.pages.flatMap((page) => page.entries);
  const narrow = (change: ActivitySearch): void => void navigate({ search: (before) => ({ ...before, ...change }) });
  const isActive = kind !== undefined || subject !== undefined;
  return (
    <>
      <PageHeader
        title="Activity"
        description="Who did what with runs, deliveries, users, keys and alerts. What was configured stands under Changes."
      />
      <AdminTabs />
      <FilterBar isActive={isActive} onClear={() => narrow({ kind: undefined, subject: undefined })}>
        <Select
          label="Done to"
          placeholder="Anything"
          data={KINDS}
          value={kind ?? null}
          clearable
          w={170}
          onChange={(value) => narrow({ kind: choiceParam(value, SUBJECTS) })}
        />
        <FilterText label="Its id" value={subject} onChange={(value) => narrow({ subject: value })} width={260} />
      </FilterBar>
      {entries === undefined &&
        (activity.error === null ? (
          <TableSkeleton columns={1} />
        ) : (
          <ErrorState error={activity.error} onRetry={() => activity.refetch()} />
        ))}
      {entries?.length === 0 && (
        <EmptyState
          title={isActive ? 'Nothing is like that' : 'Nobody has done anything yet'}
          icon={<IconHistory size={40} stroke={1.5} aria-hidden />}
        >
          {isActive ? 'Take a filter away to see more.' : 'What people do from now on is kept here.'}
        </EmptyState>
      )}
      {entries !== undefined && entries.length > 0 && (
        <EntryList label="Activity">
          {entries.map((entry) => (
            <EntryCard
              key={entry.id}
              title={activityWords(entry.action)}
              who={`${entry.actor} (${VIA_WORDS[entry.via]})`}
              at={entry.at}
              about={<ActivitySubject entry={entry} />}
              reason={entry.reason}
            >
              <ActivityChanges entry={entry} />
            </EntryCard>
          ))}
        </EntryList>
      )}
      {activity.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={activity.isFetchingNextPage} onClick={() => void activity.fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
    </>
  );
}
