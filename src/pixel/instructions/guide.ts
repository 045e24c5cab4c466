import type { PixelTag } from './tag.ts';

/** How the tag gets into a site of one platform. */
export interface Guide {
  /** In a sentence. */
  readonly place: string;
  readonly steps: readonly Step[];
  /** What the tag can read there. No platform lets it read the id of a mobile device. */
  readonly reads: readonly string[];
  readonly notes: readonly string[];
}

export interface Step {
  readonly text: string;
  readonly code: Code | null;
}

export interface Code {
  readonly language: 'html' | 'javascript' | 'php' | 'text';
  /** What to call it, where it is a file. */
  readonly file: string | null;
  readonly text: string;
}

export type MakeGuide = (tag: PixelTag) => Guide;

export const step = (text: string, code: Code | null = null): Step => ({ text, code });

export const code = (language: Code['language'], text: string, file: string | null = null): Code => ({ language, file, text });

/** What every page tells. */
export const READS_PAGE = "the page's address, the page before, and the visitor's address on the network";
