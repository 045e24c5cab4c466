import { List, Paper, SegmentedControl } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { MappingConflictRow } from '../../../../src/shapes/config/campaigns.ts';
import { Count } from '../../components/count.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Pager } from '../../components/pager.tsx';
import { Warnings } from '../../components/warnings.tsx';
import { counted, wordsOf } from '../../lib/format.ts';
import { useAgency } from '../../shell/use-agency.ts';
import { CONFLICT_KINDS } from './choices.ts';
import { conflictsQuery, PAGE_SIZE } from './queries.ts';
import type { ConflictsSearch } from './routes.ts';
import classes from './rows.module.css';

/** Where an advertiser's page mends a conflict of the kind. */
const TABS = { campaign: 'campaigns', domain: 'pixels', place: 'places' } as const;

const COLUMNS: readonly Column<MappingConflictRow>[] = [
  {
    id: 'key',
    header: 'What',
    cell: ({ KEY: key, HINT: hint, AGENCY_ID: agency, AGENCY_NAME: name }) => (
      <div className={classes.breaks}>
        {key}
        <div className={classes.hint}>
          {name ?? 'Agency'} {agency} · {hint}
        </div>
      </div>
    ),
  },
  { id: 'kind', header: 'Kind', cell: ({ KIND: kind }) => wordsOf(kind) },
  { id: 'who', header: 'Who has it', cell: (row) => <Holders row={row} /> },
  {
    id: 'affected',
    header: 'Go to nobody',
    align: 'right',
    cell: ({ AFFECTED: affected, UNIT: unit }) =>
      affected === null ? (
        'not counted'
      ) : (
        <>
          <Count value={affected} /> {unit}
        </>
      ),
  },
];

function Holders({ row: { ADVERTISERS: holders, AGENCY_ID: agencyId, KIND: kind } }: { readonly row: MappingConflictRow }) {
  return (
    <List size="sm" listStyleType="none">
      {holders.map(({ ADVERTISER_ID: advertiserId, ADVERTISER_NAME: name }) => (
        <List.Item key={advertiserId}>
          <TextLink to="/advertisers/$agencyId/$advertiserId" params={{ agencyId, advertiserId }} search={{ tab: TABS[kind] }}>
            {name ?? `Advertiser ${advertiserId}`}
          </TextLink>
        </List.Item>
      ))}
    </List>
  );
}

/** What is assigned in two ways that cannot both be true: until somebody decides, it counts for nobody. */
export function Conflicts() {
  const search: ConflictsSearch = useSearch({ from: '/shell/discovery/conflicts' });
  const agencyId = useAgency();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(conflictsQuery(search, agencyId));
  const change = (changed: Partial<ConflictsSearch>): void =>
    void navigate({ to: '.', search: (before) => ({ ...before, page: undefined, ...changed }) });
  return (
    <>
      <PageHeader
        title="Conflicts"
        description={data === undefined ? 'What several advertisers claim alike' : counted(data.total, 'conflict')}
        actions={<ButtonLink to="/discovery">Discovery</ButtonLink>}
      />
      <SegmentedControl
        aria-label="Kind"
        mb="md"
        data={[{ value: 'all', label: 'All' }, ...CONFLICT_KINDS.map((kind) => ({ value: kind, label: `${wordsOf(kind)}s` }))]}
        value={search.kind ?? 'all'}
        onChange={(value) => change({ kind: CONFLICT_KINDS.find((kind) => kind === value) })}
      />
      <Warnings of={data?.warnings} />
      <Paper withBorder px="sm" py={4}>
        <DataTable
          caption="Conflicts"
          columns={COLUMNS}
          rows={data?.rows}
          rowKey={({ KIND, AGENCY_ID, KEY }) => `${KIND} ${AGENCY_ID} ${KEY}`}
          error={error}
          onRetry={refetch}
          empty={
            <EmptyState title="There are no conflicts" icon={<IconCircleCheck size={40} stroke={1.5} aria-hidden />}>
              No two advertisers claim the same campaign or domain.
            </EmptyState>
          }
        />
      </Paper>
      {data !== undefined && (
        <Pager
          what="conflicts"
          total={data.total}
          size={PAGE_SIZE}
          page={search.page ?? 1}
          onPage={(page) => change({ page: page === 1 ? undefined : page })}
        />
      )}
    </>
  );
}
