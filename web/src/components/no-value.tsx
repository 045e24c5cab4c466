import { VisuallyHidden } from '@mantine/core';

/** A dash in the place of what is not known, or is not. */
export function NoValue() {
  return (
    <>
      <span aria-hidden>–</span>
      <VisuallyHidden>none</VisuallyHidden>
    </>
  );
}
