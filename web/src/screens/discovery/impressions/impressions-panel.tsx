import { Button, Select } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { UnmappedImpressionRow } from '../../../../../src/shapes/config/campaigns.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Pager } from '../../../components/pager.tsx';
import { Section } from '../../../components/section.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { counted } from '../../../lib/format.ts';
import { Explain } from '../../advertisers/campaigns/explain.tsx';
import { mappingStateWords } from '../../advertisers/campaigns/mapping-state.tsx';
import { IMPRESSION_DAYS, IMPRESSION_STATES } from '../choices.ts';
import { PanelFilters } from '../panel-filters.tsx';
import { IMPRESSION_DEFAULTS, impressionsQuery, PAGE_SIZE } from '../queries.ts';
import type { DiscoverySearch } from '../routes.ts';
import { useRowKeys } from '../use-row-keys.ts';
import { useUndoLast } from '../use-undo-last.ts';
import { impressionColumns, impressionKey } from './impression-columns.tsx';
import { MapDspAdvertiser } from './map-dsp-advertiser.tsx';

interface ImpressionsPanelProps {
  readonly search: DiscoverySearch;
  readonly agencyId: string | undefined;
  readonly onChange: (change: Partial<DiscoverySearch>) => void;
}

type Open = { readonly act: 'map' | 'explain'; readonly row: UnmappedImpressionRow };

/** Advertisers of ad platforms whose impressions belong to nobody, or only in part. */
export function ImpressionsPanel({ search, agencyId, onChange }: ImpressionsPanelProps) {
  const { data, error, refetch } = useQuery(impressionsQuery(search, agencyId));
  const [open, setOpen] = useState<Open | null>(null);
  const { remember, undo } = useUndoLast();
  const rows = data?.rows;
  const map = (row: UnmappedImpressionRow): void => setOpen({ act: 'map', row });
  const { ref, onKeyDown, leave } = useRowKeys(
    {
      a(key) {
        const row = rows?.find((one) => impressionKey(one) === key);
        if (row !== undefined) map(row);
      },
      u: undo,
    },
    rows,
  );
  const columns = impressionColumns({ onMap: map, onExplain: (row) => setOpen({ act: 'explain', row }) });
  const narrowed = search.iq !== undefined || search.istate !== undefined || search.imin !== undefined;
  const close = (): void => setOpen(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are a second way to the buttons that rows have
    <div ref={ref} onKeyDown={onKeyDown}>
      <Section
        title="Unmapped impressions"
        description={data === undefined ? 'DSP advertisers without an advertiser' : counted(data.total, 'DSP advertiser')}
      >
        <PanelFilters
          label="Search DSP advertisers"
          q={search.iq}
          days={search.idays ?? IMPRESSION_DEFAULTS.days}
          choices={IMPRESSION_DAYS}
          min={search.imin ?? IMPRESSION_DEFAULTS.min}
          minLabel="Fewest impressions"
          onChange={(change) =>
            onChange({
              ipage: undefined,
              ...('q' in change ? { iq: change.q } : {}),
              ...('days' in change ? { idays: change.days } : {}),
              ...('min' in change ? { imin: change.min } : {}),
            })
          }
        >
          <Select
            aria-label="State"
            placeholder="Any state"
            clearable
            data={IMPRESSION_STATES.map((value) => ({ value, label: mappingStateWords(value) }))}
            value={search.istate ?? null}
            onChange={(value) => onChange({ ipage: undefined, istate: IMPRESSION_STATES.find((one) => one === value) })}
            w={150}
          />
        </PanelFilters>
        <Warnings of={data?.warnings} />
        <DataTable
          caption="DSP advertisers with impressions of nobody"
          columns={columns}
          rows={rows}
          rowKey={impressionKey}
          error={error}
          onRetry={refetch}
          empty={
            <EmptyState
              title={narrowed ? 'No DSP advertiser is like that' : 'All impressions have their advertiser'}
              icon={<IconCircleCheck size={40} stroke={1.5} aria-hidden />}
              action={
                narrowed && (
                  <Button
                    variant="default"
                    onClick={() => onChange({ iq: undefined, istate: undefined, imin: undefined, ipage: undefined })}
                  >
                    Show all
                  </Button>
                )
              }
            >
              A DSP advertiser appears here once it has enough impressions that no mapping gives to an advertiser.
            </EmptyState>
          }
        />
        {data !== undefined && (
          <Pager
            what="DSP advertisers"
            total={data.total}
            size={PAGE_SIZE}
            page={search.ipage ?? 1}
            onPage={(page) => onChange({ ipage: page === 1 ? undefined : page })}
          />
        )}
      </Section>
      {open?.act === 'map' && (
        <MapDspAdvertiser
          row={open.row}
          onDone={(answer, body) => {
            leave(impressionKey(open.row));
            remember(body.agency_id, answer.audit_id);
            close();
          }}
          onClose={close}
        />
      )}
      {open?.act === 'explain' && (
        <Explain
          agencyId={open.row.AGENCY_ID}
          keys={{
            platform: open.row.PLATFORM_TYPE_ID,
            dsp: open.row.DSP_ADVERTISER_ID,
            insertionOrder: '',
            lineItem: '',
          }}
          onClose={close}
        />
      )}
    </div>
  );
}
