import type { NewLink } from './links.ts';

/** The page at which a link is used, on the site of the pages. */
export function linkUrl(origin: string, { token }: NewLink): string {
  return `${origin}/welcome#${token}`;
}
