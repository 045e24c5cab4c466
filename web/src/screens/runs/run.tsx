import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { runQuery } from '../../api/delivery-queries.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { TextLink } from '../../components/links.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { RunStateBadge } from '../../components/state-badge.tsx';
import { TableSkeleton } from '../../components/table-skeleton.tsx';
import { ConfirmationSection } from './run/confirmation-section.tsx';
import { CountsSection } from './run/counts-section.tsx';
import { FilesSection } from './run/files-section.tsx';
import { ProgressSection } from './run/progress-section.tsx';
import { ReadinessSection } from './run/readiness-section.tsx';
import { ReceiptSection } from './run/receipt-section.tsx';
import { RunActions } from './run/run-actions.tsx';
import { RunFacts } from './run/run-facts.tsx';
import { RunNotes } from './run/run-notes.tsx';
import { StorySection } from './run/story-section.tsx';
import { useRunProgress } from './run/use-run-progress.ts';

const route = getRouteApi('/shell/runs/$id');

/** One run: what it is doing, what came of it, and what a person can do about it. */
export function RunScreen() {
  const { id } = route.useParams();
  const query = useQuery(runQuery(id));
  const run = query.data?.run;
  const isLive = run !== undefined && run.finishedAt === null && run.hold === null;
  const progress = useRunProgress(run?.runId ?? id, isLive);
  if (query.data === undefined || run === undefined) {
    return (
      <>
        <PageHeader title="Run" description={id} />
        {query.isError ? <ErrorState error={query.error} onRetry={() => query.refetch()} /> : <TableSkeleton columns={3} />}
      </>
    );
  }
  const { manifest: _, steps, confirmation } = query.data;
  return (
    <>
      <PageHeader
        title={run.segmentName}
        tabTitle={`${run.segmentName}, ${run.slot}`}
        aside={<RunStateBadge run={run} />}
        description={
          <>
            {run.slot} to{' '}
            <TextLink to="/destinations" underline="always">
              {run.destination}
            </TextLink>
            , run <CopyText value={run.runId} what="the id of the run" />
          </>
        }
        actions={<RunActions run={run} />}
      />
      <Stack gap="md">
        <RunNotes run={run} />
        {isLive && <ProgressSection run={run} progress={progress} />}
        <RunFacts run={run} />
        <CountsSection run={run} />
        <FilesSection run={run} />
        <ReceiptSection run={run} />
        {confirmation !== null && <ConfirmationSection confirmation={confirmation} />}
        <StorySection steps={steps} isLive={isLive} />
        <ReadinessSection run={run} />
        <Text size="sm" c="dimmed">
          All runs of this delivery:{' '}
          <TextLink to="/runs" search={{ delivery: run.deliveryId }} underline="always">
            {run.segmentId} to {run.destination}
          </TextLink>
        </Text>
      </Stack>
    </>
  );
}
