import type { About } from '../warehouse.ts';

/** The tag of a statement, by which Snowflake's history tells what it cost: `aquarius/RUN/STEP`. */
export function queryTag(prefix: string, about: About | null): string {
  return about === null ? prefix : `${prefix}/${about.run ?? '-'}/${about.step}`;
}

/** What such a tag says; null for one of another kind. */
export function readQueryTag(prefix: string, tag: string): { readonly run: string | null; readonly step: string | null } | null {
  if (tag === prefix) return { run: null, step: null };
  if (!tag.startsWith(`${prefix}/`)) return null;
  const [run = '-', step = null] = tag.slice(prefix.length + 1).split('/');
  return { run: run === '-' ? null : run, step };
}
