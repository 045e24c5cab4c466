import { useSearch } from '@tanstack/react-router';

/** The agency that the screens are narrowed to; undefined for all that one may see. Ask the API for it as `agencyId`. */
export function useAgency(): string | undefined {
  return useSearch({ strict: false, select: ({ agency }) => agency });
}
