import type { Run } from '../../../api/types.ts';
import { useMay } from '../../../auth/use-me.ts';
import { CopyText } from '../../../components/copy-text.tsx';
import { Bytes, Count } from '../../../components/count.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/section.tsx';
import { DownloadButton } from './download-button.tsx';

type StagedFile = Run['files'][number];

const COLUMNS: readonly Column<StagedFile>[] = [
  { id: 'name', header: 'File', cell: ({ name }) => name },
  { id: 'rows', header: 'Rows', align: 'right', cell: ({ rows }) => <Count value={rows} /> },
  { id: 'bytes', header: 'Size', align: 'right', cell: ({ bytes }) => <Bytes value={bytes} /> },
  {
    id: 'sha256',
    header: 'SHA-256',
    cell: ({ sha256 }) => <CopyText value={sha256} what="the SHA-256" shown={`${sha256.slice(0, 12)}…`} />,
  },
];

/** The staged set. Files hold identifiers of people: only administrators may have them. */
export function FilesSection({ run }: { readonly run: Run }) {
  const mayDownload = useMay('admin');
  const { files, runId } = run;
  if (files.length === 0) return null;
  const download: Column<StagedFile> = {
    id: 'download',
    header: 'Download',
    align: 'right',
    cell: ({ name }) => (
      <DownloadButton
        path={`/api/delivery/runs/${runId}/files/${encodeURIComponent(name)}`}
        name={name}
        label={`Download ${name}`}
      />
    ),
  };
  return (
    <Section title="Files" description="As they were staged: the same bytes that the partner was sent.">
      <DataTable
        caption="Files of this run"
        columns={mayDownload ? [...COLUMNS, download] : COLUMNS}
        rows={files}
        rowKey={({ name }) => name}
        empty={null}
      />
    </Section>
  );
}
