import { Button } from '@mantine/core';
import { IconEye, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deliveriesQuery } from '../../../api/delivery-queries.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Section } from '../../../components/section.tsx';
import { deliveryColumns } from '../../runs/delivery-columns.tsx';
import type { AdvertiserKey } from '../queries.ts';
import { DryRun } from './dry-run.tsx';
import { RunAll } from './run-all.tsx';

interface StandingProps {
  readonly advertiser: AdvertiserKey;
  readonly name: string;
}

const COLUMNS = deliveryColumns(true).filter(({ id }) => id !== 'advertiser');
/** The destination names the row where all rows are of one advertiser. */
const ORDERED = [...COLUMNS.filter(({ id }) => id === 'destination'), ...COLUMNS.filter(({ id }) => id !== 'destination')];

/** What is delivered as it is saved: how each is doing, and what can be done with it. */
export function Standing({ advertiser, name }: StandingProps) {
  const { agencyId, advertiserId } = advertiser;
  const [open, setOpen] = useState<'run' | 'dry-run' | null>(null);
  const { data, error, refetch } = useQuery(deliveriesQuery({ agencyId, advertiserId }));
  const isOn = data?.some(({ state }) => state === 'on' || state === 'blocked') ?? false;
  return (
    <Section
      title="Deliveries"
      description="As it is saved."
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconEye size={14} aria-hidden />}
            onClick={() => setOpen('dry-run')}
            aria-haspopup="dialog"
          >
            Dry run
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconSend size={14} aria-hidden />}
            onClick={() => setOpen('run')}
            disabled={!isOn}
            aria-haspopup="dialog"
          >
            Run now
          </Button>
        </>
      }
    >
      <DataTable
        caption="Deliveries"
        columns={ORDERED}
        rows={data}
        rowKey={({ deliveryId, destination, segmentId }) => deliveryId ?? [destination, segmentId].join(' ')}
        error={error}
        onRetry={refetch}
        empty={<EmptyState title="Nothing is delivered yet">Switch delivery on below, and give it a destination.</EmptyState>}
      />
      {open === 'run' && <RunAll advertiser={advertiser} name={name} onClose={() => setOpen(null)} />}
      {open === 'dry-run' && <DryRun advertiser={advertiser} name={name} onClose={() => setOpen(null)} />}
    </Section>
  );
}
