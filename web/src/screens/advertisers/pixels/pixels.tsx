import { Button, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { configureDomainAnswer, configureDomainBody, MappedUrl } from '../../../../../src/shapes/config/domains.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Pager } from '../../../components/pager.tsx';
import { SearchField } from '../../../components/search-field.tsx';
import { Section } from '../../../components/section.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { useChange } from '../../../lib/use-change.ts';
import { keyOf, mappedUrlsQuery, PAGE_SIZE } from '../queries.ts';
import type { TabProps } from '../tab-props.ts';
import { type DomainAct, domainColumns } from './domain-columns.tsx';
import { AddDomain, ReassignDomain, RemoveDomain } from './domain-dialogs.tsx';
import { Instructions } from './instructions.tsx';

type Open = { readonly act: 'add' } | { readonly act: 'reassign' | 'remove'; readonly domain: MappedUrl };

/** The domains whose pixel events are the advertiser's, and how its site gets the pixel. */
export function Pixels({ advertiser, search, onSearch }: TabProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const { data, error, refetch } = useQuery(mappedUrlsQuery(advertiser, { q: search.q, page: search.page }));
  const mark = useChange<z.input<typeof configureDomainBody>, z.infer<typeof configureDomainAnswer>>('configure-domain', {
    say: ({ host, is_poi: isPoi }) => `${host} is ${isPoi ? 'a' : 'no'} store locator.`,
  });
  const act = (what: DomainAct, domain: MappedUrl): void => {
    if (what === 'locator') mark.mutate({ ...keyOf(advertiser), url: domain.url, is_poi: !domain.is_poi });
    else setOpen({ act: what, domain });
  };
  const close = (): void => setOpen(null);
  return (
    <Stack gap="md">
      <Section
        title="Domains"
        description="Events of these sites are the advertiser's."
        actions={
          <Button
            size="xs"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setOpen({ act: 'add' })}
            aria-haspopup="dialog"
          >
            Add a domain
          </Button>
        }
      >
        <Group mb="sm">
          <SearchField label="Search domains" placeholder="Part of a domain" value={search.q} onChange={(q) => onSearch({ q })} />
        </Group>
        <Warnings of={data?.warnings} />
        <ErrorNote error={mark.error} />
        <DataTable
          caption="Domains"
          columns={domainColumns(act)}
          rows={data?.rows}
          rowKey={({ url }) => url}
          error={error}
          onRetry={refetch}
          empty={
            search.q === undefined ? (
              <EmptyState
                title="No domain is its own yet"
                action={<Button onClick={() => setOpen({ act: 'add' })}>Add a domain</Button>}
              >
                Add the site, then put the pixel into it as told below.
              </EmptyState>
            ) : (
              <EmptyState title="No domain is like that">Search for less.</EmptyState>
            )
          }
        />
        {data !== undefined && (
          <Pager
            what="domains"
            total={data.total}
            size={PAGE_SIZE}
            page={search.page ?? 1}
            onPage={(page) => onSearch({ page: page === 1 ? undefined : page })}
          />
        )}
      </Section>
      <Instructions advertiser={advertiser} />
      {open?.act === 'add' && <AddDomain advertiser={advertiser} onClose={close} />}
      {open?.act === 'reassign' && <ReassignDomain advertiser={advertiser} domain={open.domain} onClose={close} />}
      {open?.act === 'remove' && <RemoveDomain advertiser={advertiser} domain={open.domain} onClose={close} />}
    </Stack>
  );
}
