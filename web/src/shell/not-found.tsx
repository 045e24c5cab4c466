import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '../components/empty-state.tsx';
import { ButtonLink } from '../components/links.tsx';
import { PageHeader } from '../components/page-header.tsx';

export function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        title="There is no page at this address"
        icon={<IconMapQuestion size={40} stroke={1.5} aria-hidden />}
        action={<ButtonLink to="/">Go to Today</ButtonLink>}
      >
        The link may be old, or not whole.
      </EmptyState>
    </>
  );
}
