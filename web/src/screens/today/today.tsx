import { SimpleGrid, Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { PageHeader } from '../../components/page-header.tsx';
import { AttentionTiles } from './attention-tiles.tsx';
import { ChartSkeleton } from './chart-skeleton.tsx';
import { GoingOut } from './going-out.tsx';
import { NeedsSomebody } from './needs-somebody.tsx';
import { ThisWeek } from './this-week.tsx';

const Sizes = lazy(async () => ({ default: (await import('./sizes.tsx')).Sizes }));

/** What needs a person now, what goes out next, and how it has been going. */
export function Today() {
  return (
    <>
      <PageHeader title="Today" description="What needs somebody, what goes out next, and how it has been going." />
      <Stack gap="md">
        <AttentionTiles />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Stack gap="md">
            {/* As high before its figures come as after; what needs somebody may be long. */}
            <ThisWeek />
            <NeedsSomebody />
          </Stack>
          <GoingOut />
        </SimpleGrid>
        <Suspense fallback={<ChartSkeleton />}>
          <Sizes />
        </Suspense>
      </Stack>
    </>
  );
}
