import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { rejectionsQuery } from '../../../api/delivery-queries.ts';
import type { RejectionList, Run } from '../../../api/types.ts';
import { CopyText } from '../../../components/copy-text.tsx';
import { Bytes, Count } from '../../../components/count.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Facts } from '../../../components/facts.tsx';
import { NoValue } from '../../../components/no-value.tsx';
import { Section } from '../../../components/section.tsx';
import { wordsOf } from '../../../lib/format.ts';
import { DownloadButton } from './download-button.tsx';

type Receipt = NonNullable<Run['receipt']>;

const FILE_COLUMNS: readonly Column<Receipt['files'][number]>[] = [
  { id: 'remote', header: 'At the partner', cell: ({ remote }) => remote },
  { id: 'bytes', header: 'Size', align: 'right', cell: ({ bytes }) => <Bytes value={bytes} /> },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ outcome }) => (outcome === 'already' ? 'Was there already, not sent again' : 'Sent'),
  },
];

const REJECTION_COLUMNS: readonly Column<RejectionList['rejections'][number]>[] = [
  { id: 'reason', header: 'Reason', cell: ({ reason }) => reason },
  { id: 'rows', header: 'Rows', align: 'right', cell: ({ rows }) => <Count value={rows} /> },
  { id: 'advice', header: 'What to do', cell: ({ advice }) => advice ?? <NoValue /> },
];

/** What the partner said. */
export function ReceiptSection({ run }: { readonly run: Run }) {
  if (run.receipt === null) return null;
  const { accepted, rejected, reference, files, details } = run.receipt;
  const written =
    accepted + rejected === run.rows ? 'Adds up to the rows in the files' : 'Does not add up to the rows in the files';
  return (
    <Section title="Receipt" description="What the partner took and what it refused.">
      <Stack gap="md">
        <Facts
          facts={[
            { name: 'Accepted', value: <Count value={accepted} /> },
            { name: 'Refused', value: <Count value={rejected} /> },
            { name: 'Together', value: written },
            ...(reference === ''
              ? []
              : [{ name: 'Reference', value: <CopyText value={reference} what="the reference" />, wide: true }]),
            ...Object.entries(details).map(([name, value]) => ({ name: wordsOf(name), value: String(value) })),
          ]}
        />
        {files.length > 0 && (
          <DataTable
            caption="Files at the partner"
            columns={FILE_COLUMNS}
            rows={files}
            rowKey={({ remote }) => remote}
            empty={null}
          />
        )}
        {rejected > 0 && <Rejections runId={run.runId} />}
      </Stack>
    </Section>
  );
}

function Rejections({ runId }: { readonly runId: string }) {
  const rejections = useQuery(rejectionsQuery(runId));
  return (
    <div>
      <DataTable
        caption="Reasons for refused rows"
        columns={REJECTION_COLUMNS}
        rows={rejections.data?.rejections}
        rowKey={({ reason }) => reason}
        error={rejections.error}
        onRetry={() => rejections.refetch()}
        empty={<Text size="sm">The partner gave no reasons.</Text>}
      />
      <DownloadButton
        path={`/api/delivery/runs/${runId}/rejections.csv`}
        name={`rejections-${runId}.csv`}
        label="The reasons as CSV"
        words="CSV"
      />
    </div>
  );
}
