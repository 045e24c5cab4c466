import { Anchor, Button, FileInput, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { StoreListRow, UploadedStoreList } from '../../../../../src/shapes/config/store-lists.ts';
import { queryText } from '../../../api/client.ts';
import { change } from '../../../api/config.ts';
import { download } from '../../../api/download.ts';
import { Bytes, Count } from '../../../components/count.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Instant } from '../../../components/instant.tsx';
import { Section } from '../../../components/section.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { refreshConfig, showDone } from '../../../components/undo-notice.tsx';
import { bytesText, counted } from '../../../lib/format.ts';
import { type AdvertiserKey, keyOf } from '../queries.ts';
import { storeListsQuery } from './place-queries.ts';
import { SettleStoreList } from './settle-store-list.tsx';
import { STORE_LIST_TYPES } from './store-list-types.ts';

const STATES: Readonly<Record<StoreListRow['STATUS'], Parameters<typeof StateBadge>[0]>> = {
  RECEIVED: { words: 'Waits', tone: 'wait', icon: IconClock },
  PROCESSED: { words: 'Done', tone: 'good', icon: IconCircleCheck },
  REJECTED: { words: 'Rejected', tone: 'bad', icon: IconCircleX },
};

/** Lists of stores that were handed in, and where they are on their way. */
export function StoreLists({ advertiser }: { readonly advertiser: AdvertiserKey }) {
  const { data, error, refetch } = useQuery(storeListsQuery(advertiser));
  const [settled, setSettled] = useState<StoreListRow | null>(null);
  return (
    <Section title="Store lists" description="A list of the client's stores; somebody makes places of it.">
      <Stack gap="md">
        <Upload advertiser={advertiser} />
        <DataTable
          caption="Store lists"
          columns={columns(advertiser, setSettled)}
          rows={data?.rows}
          rowKey={({ UPLOAD_ID }) => UPLOAD_ID}
          error={error}
          onRetry={refetch}
          empty={<EmptyState title="No list was handed in">Hand in a file with one store in each row.</EmptyState>}
        />
      </Stack>
      {settled !== null && <SettleStoreList list={settled} onClose={() => setSettled(null)} />}
    </Section>
  );
}

function columns(advertiser: AdvertiserKey, onSettle: (list: StoreListRow) => void): readonly Column<StoreListRow>[] {
  return [
    {
      id: 'file',
      header: 'File',
      cell: ({ UPLOAD_ID: id, FILE_NAME: name }) => (
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="left"
          style={{ overflowWrap: 'anywhere' }}
          onClick={() =>
            void download(
              `/api/config/store-list-file${queryText({ agency_id: advertiser.agencyId, upload_id: id })}`,
              name ?? 'stores',
            )
          }
        >
          {name ?? id}
        </Anchor>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ STATUS: status, ERROR: why }) => (
        <>
          <StateBadge {...STATES[status]} />
          {why !== null && (
            <Text size="xs" c="var(--aq-bad)">
              {why}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'rows',
      header: 'Rows',
      align: 'right',
      cell: ({ ROWS_TOTAL: rows }) => (rows === null ? 'not read' : <Count value={rows} />),
    },
    {
      id: 'bytes',
      header: 'Size',
      align: 'right',
      wide: true,
      cell: ({ BYTES: bytes }) => (bytes === null ? '–' : <Bytes value={bytes} />),
    },
    { id: 'by', header: 'By', wide: true, cell: ({ UPLOADED_BY: by }) => by ?? '–' },
    { id: 'at', header: 'When', cell: ({ UPLOADED_AT: at }) => <Instant at={at} as="relative" inTable /> },
    {
      id: 'actions',
      header: 'Actions',
      align: 'right',
      cell: (list) =>
        list.STATUS === 'RECEIVED' ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => onSettle(list)}
            aria-label={`Settle ${list.FILE_NAME ?? list.UPLOAD_ID}`}
          >
            Settle
          </Button>
        ) : (
          '–'
        ),
    },
  ];
}

function Upload({ advertiser }: { readonly advertiser: AdvertiserKey }) {
  const [file, setFile] = useState<File | null>(null);
  const client = useQueryClient();
  const upload = useMutation({
    mutationFn: (chosen: File) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(keyOf(advertiser))) form.append(name, value);
      form.append('file', chosen);
      return change<UploadedStoreList>('upload-storelist', form);
    },
    onSuccess: async ({ data, warnings }) => {
      const rows = data.rows === null ? 'kept as it is' : counted(data.rows, 'row');
      showDone({
        client,
        message: `${data.file_name} is handed in: ${rows}.`,
        agencyId: advertiser.agencyId,
        auditId: null,
        warnings,
      });
      setFile(null);
      await refreshConfig(client);
    },
  });
  const isTooLarge = file !== null && file.size > STORE_LIST_TYPES.bytes;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file !== null) upload.mutate(file);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs">
        <FileInput
          label="Hand in a list"
          description={`CSV, TSV or Excel, at most ${bytesText(STORE_LIST_TYPES.bytes)}.`}
          placeholder="Choose a file"
          accept={STORE_LIST_TYPES.accept}
          leftSection={<IconUpload size={16} aria-hidden />}
          value={file}
          clearable
          clearButtonProps={{ 'aria-label': 'Choose none' }}
          onChange={(chosen) => {
            setFile(chosen);
            upload.reset();
          }}
          error={isTooLarge ? 'This file is too large.' : undefined}
          flex="1 1 16rem"
        />
        <Button type="submit" variant="default" loading={upload.isPending} disabled={file === null || isTooLarge}>
          Hand in
        </Button>
      </Group>
      <ErrorNote error={upload.error} />
    </form>
  );
}
