import { VisuallyHidden } from '@mantine/core';
import { useAnnouncement } from '../lib/announce.ts';

/** Says what `announce` is told. It stands in the page once. */
export function LiveRegion() {
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {useAnnouncement()}
    </VisuallyHidden>
  );
}
