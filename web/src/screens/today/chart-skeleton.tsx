import { Skeleton } from '@mantine/core';

/** As high as the chart with its card, so that nothing jumps when that comes. */
export function ChartSkeleton() {
  return <Skeleton height={410} />;
}
