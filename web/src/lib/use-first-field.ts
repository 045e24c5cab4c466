import { type RefObject, useEffect, useRef } from 'react';

/** For the first field of a form that comes by itself: whoever types, types there. */
export function useFirstField(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
