import { TableSkeleton } from '../components/table-skeleton.tsx';

/** In the place of a screen that is still being loaded. */
export function ScreenWaiting() {
  return <TableSkeleton columns={4} />;
}
