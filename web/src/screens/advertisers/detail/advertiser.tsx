import { Button, Skeleton, Stack, Tabs } from '@mantine/core';
import { IconEdit } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import { isApiError } from '../../../api/api-error.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { TableSkeleton } from '../../../components/table-skeleton.tsx';
import { Warnings } from '../../../components/warnings.tsx';
import { ConfigStatusBadge } from '../config-badges.tsx';
import { Overview } from '../overview/overview.tsx';
import { detailQuery } from '../queries.ts';
import type { TabProps } from '../tab-props.ts';
import { TAB_LABELS, TABS, type Tab } from '../tabs.ts';
import classes from './advertiser.module.css';

const PARTS: Readonly<Record<Tab, ComponentType<TabProps>>> = {
  overview: Overview,
  delivery: lazy(async () => ({ default: (await import('../delivery/delivery.tsx')).DeliveryTab })),
  campaigns: lazy(async () => ({ default: (await import('../campaigns/campaigns.tsx')).Campaigns })),
  pixels: lazy(async () => ({ default: (await import('../pixels/pixels.tsx')).Pixels })),
  places: lazy(async () => ({ default: (await import('../places/places.tsx')).Places })),
  history: lazy(async () => ({ default: (await import('../history/history.tsx')).History })),
  health: lazy(async () => ({ default: (await import('../health/health.tsx')).Health })),
};

const EditConfig = lazy(async () => ({ default: (await import('../edit/edit-config.tsx')).EditConfig }));

const route = getRouteApi('/shell/advertisers/$agencyId/$advertiserId');

/** Everything about one advertiser, in parts. */
export function Advertiser() {
  const advertiser = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isEditing, setEditing] = useState(false);
  const { data, error, refetch } = useQuery(detailQuery(advertiser));
  const tab = search.tab ?? 'overview';
  if (data === undefined) {
    if (error === null) return <Waiting advertiserId={advertiser.advertiserId} />;
    const isUnknown = isApiError(error) && error.status === 404;
    return (
      <>
        <PageHeader title={`Advertiser ${advertiser.advertiserId}`} />
        <ErrorState error={error} {...(isUnknown ? {} : { onRetry: refetch })} />
      </>
    );
  }
  const { config } = data.data;
  const Part = PARTS[tab];
  return (
    <>
      <PageHeader
        title={config.ADVERTISER_NAME ?? `Advertiser ${config.ADVERTISER_ID}`}
        description={`${config.AGENCY_NAME ?? 'Agency'} ${config.AGENCY_ID} · advertiser ${config.ADVERTISER_ID}`}
        aside={<ConfigStatusBadge status={config.CONFIG_STATUS} />}
        actions={
          <Button
            variant="default"
            leftSection={<IconEdit size={16} aria-hidden />}
            onClick={() => setEditing(true)}
            aria-haspopup="dialog"
          >
            Edit
          </Button>
        }
      />
      {tab === 'overview' && <Warnings of={data.warnings} />}
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) =>
          void navigate({ search: ({ agency }) => ({ agency, tab: value === 'overview' ? undefined : (value as Tab) }) })
        }
      >
        <Tabs.List mb="md" className={classes.tabs} aria-label="Parts of the advertiser">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {TAB_LABELS[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((name) => (
          <Tabs.Panel key={name} value={name} tabIndex={-1}>
            {name === tab && (
              <Suspense fallback={<TableSkeleton columns={4} />}>
                <Part
                  advertiser={advertiser}
                  detail={data.data}
                  search={search}
                  onSearch={(change) =>
                    void navigate({ search: (before) => ({ ...before, page: undefined, ...change }), replace: 'q' in change })
                  }
                  onEdit={() => setEditing(true)}
                />
              </Suspense>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
      {isEditing && (
        <Suspense fallback={null}>
          <EditConfig advertiser={advertiser} config={config} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </>
  );
}

/** As high as what comes. */
function Waiting({ advertiserId }: { readonly advertiserId: string }) {
  return (
    <>
      <PageHeader title={`Advertiser ${advertiserId}`} />
      <Stack gap="md">
        <Skeleton height={36} />
        <TableSkeleton columns={3} />
      </Stack>
    </>
  );
}
