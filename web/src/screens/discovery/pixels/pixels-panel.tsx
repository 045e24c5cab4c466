import { Button, Checkbox, Group, Select } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { DomainSettingAnswer, ignoreDomainBody, UnmappedPixelRow } from '../../../../../src/shapes/config/domains.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Pager } from '../../../components/pager.tsx';
import { Section } from '../../../components/section.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { counted } from '../../../lib/format.ts';
import { useChange } from '../../../lib/use-change.ts';
import { PIXEL_DAYS, PLATFORM_NAMES, PLATFORMS } from '../choices.ts';
import { PanelFilters } from '../panel-filters.tsx';
import { PAGE_SIZE, PIXEL_DEFAULTS, pixelsQuery } from '../queries.ts';
import type { DiscoverySearch } from '../routes.ts';
import { useRowKeys } from '../use-row-keys.ts';
import { useUndoLast } from '../use-undo-last.ts';
import { AssignDomains } from './assign-domains.tsx';
import { pixelColumns, pixelKey } from './pixel-columns.tsx';
import { PixelPreviewDrawer } from './preview-drawer.tsx';

interface PixelsPanelProps {
  readonly search: DiscoverySearch;
  readonly agencyId: string | undefined;
  readonly onChange: (change: Partial<DiscoverySearch>) => void;
}

type Open = { readonly act: 'preview' | 'assign'; readonly rows: readonly UnmappedPixelRow[] };

/** Domains that pixels report and that belong to no advertiser. */
export function PixelsPanel({ search, agencyId, onChange }: PixelsPanelProps) {
  const { data, error, refetch } = useQuery(pixelsQuery(search, agencyId));
  const [open, setOpen] = useState<Open | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { remember, undo } = useUndoLast();
  const rows = data?.rows;
  const rowOf = (key: string | null): UnmappedPixelRow | undefined => rows?.find((row) => pixelKey(row) === key);
  const chosen = rows?.filter((row) => selected.has(pixelKey(row))) ?? [];
  const isIgnored = search.ignored === 'yes';

  const done = ({ audit_id: auditId }: { readonly audit_id: string | null }, body: { readonly agency_id: string }): void =>
    remember(body.agency_id, auditId);
  const ignore = useChange<z.input<typeof ignoreDomainBody>, DomainSettingAnswer>('ignore-domain', {
    say: ({ domain }) => `${domain} is ignored.`,
    onDone: done,
  });
  const unignore = useChange<z.input<typeof ignoreDomainBody>, DomainSettingAnswer>('unignore-domain', {
    say: ({ domain }) => `${domain} is looked at again.`,
    onDone: done,
  });
  const toggle = (key: string): void => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    setSelected(next);
  };
  const withRow = (act: (row: UnmappedPixelRow) => void) => (key: string | null) => {
    const row = rowOf(key);
    if (row !== undefined) act(row);
  };
  const setIgnored = (row: UnmappedPixelRow): void => {
    leave(pixelKey(row));
    (row.IS_IGNORED ? unignore : ignore).mutate({ agency_id: row.AGENCY_ID, domain: row.BASE_DOMAIN });
  };
  const assign = (row: UnmappedPixelRow): void => setOpen({ act: 'assign', rows: [row] });
  const { ref, onKeyDown, leave } = useRowKeys(
    {
      a: withRow((row) => (chosen.length > 0 ? setOpen({ act: 'assign', rows: chosen }) : assign(row))),
      i: withRow(setIgnored),
      x: withRow((row) => toggle(pixelKey(row))),
      u: undo,
    },
    rows,
  );
  const columns = pixelColumns({
    selected,
    onSelect: toggle,
    onPreview: (row) => setOpen({ act: 'preview', rows: [row] }),
    onAssign: assign,
    onIgnore: setIgnored,
  });
  const narrowed = search.pq !== undefined || search.platform !== undefined || search.pmin !== undefined;
  const close = (): void => setOpen(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are a second way to the buttons that rows have
    <div ref={ref} onKeyDown={onKeyDown}>
      <Section
        title={isIgnored ? 'Ignored domains' : 'Unmapped web pixels'}
        description={data === undefined ? 'Domains without an advertiser' : counted(data.total, 'domain')}
        actions={
          chosen.length > 0 && (
            <Button size="xs" onClick={() => setOpen({ act: 'assign', rows: chosen })}>
              Assign {counted(chosen.length, 'domain')}
            </Button>
          )
        }
      >
        <PanelFilters
          label="Search domains"
          q={search.pq}
          days={search.pdays ?? PIXEL_DEFAULTS.days}
          choices={PIXEL_DAYS}
          min={search.pmin ?? PIXEL_DEFAULTS.min}
          minLabel="Fewest events"
          onChange={(change) =>
            onChange({
              ppage: undefined,
              ...('q' in change ? { pq: change.q } : {}),
              ...('days' in change ? { pdays: change.days } : {}),
              ...('min' in change ? { pmin: change.min } : {}),
            })
          }
        >
          <Select
            aria-label="Platform"
            placeholder="Any platform"
            clearable
            data={PLATFORMS.map((value) => ({ value, label: PLATFORM_NAMES[value] }))}
            value={search.platform ?? null}
            onChange={(value) => onChange({ ppage: undefined, platform: PLATFORMS.find((one) => one === value) })}
            w={150}
          />
          <Checkbox
            label="Ignored"
            checked={isIgnored}
            onChange={(event) => onChange({ ppage: undefined, ignored: event.currentTarget.checked ? 'yes' : undefined })}
            mb={8}
          />
        </PanelFilters>
        <Warnings of={data?.warnings} />
        <DataTable
          caption={isIgnored ? 'Ignored domains' : 'Domains without an advertiser'}
          columns={columns}
          rows={rows}
          rowKey={pixelKey}
          error={error}
          onRetry={refetch}
          empty={
            <EmptyState
              title={isIgnored ? 'No domain is ignored' : narrowed ? 'No domain is like that' : 'Every domain has its advertiser'}
              icon={<IconCircleCheck size={40} stroke={1.5} aria-hidden />}
              action={
                narrowed && (
                  <Button
                    variant="default"
                    onClick={() => onChange({ pq: undefined, platform: undefined, pmin: undefined, ppage: undefined })}
                  >
                    Show all
                  </Button>
                )
              }
            >
              {isIgnored
                ? 'What is ignored in the list of unmapped domains stands here, to be taken back.'
                : 'A domain appears here once pixels report enough events of it and nobody has it.'}
            </EmptyState>
          }
        />
        {data !== undefined && (
          <Group>
            <Pager
              what="domains"
              total={data.total}
              size={PAGE_SIZE}
              page={search.ppage ?? 1}
              onPage={(page) => onChange({ ppage: page === 1 ? undefined : page })}
            />
          </Group>
        )}
      </Section>
      {open?.act === 'preview' && open.rows[0] !== undefined && (
        <PixelPreviewDrawer
          row={open.rows[0]}
          days={search.pdays ?? PIXEL_DEFAULTS.days}
          onAssign={() => setOpen({ act: 'assign', rows: open.rows })}
          onClose={close}
        />
      )}
      {open?.act === 'assign' && (
        <AssignDomains
          rows={open.rows}
          onDone={(answer, body) => {
            for (const row of open.rows) leave(pixelKey(row));
            setSelected(new Set());
            done(answer, body);
            close();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}
