import type { StoreListFormat } from '../../shapes/config/store-lists.ts';

const LONGEST_BASE = 100;
const LONGEST_SHOWN = 255;

/** The name of a file as people see it: without a path, and without what no name should hold. */
export function shownName(given: string): string {
  const name = (given.split(/[/\\]/).at(-1) ?? '').replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
  return name === '' ? 'store-list' : name.slice(0, LONGEST_SHOWN);
}

/** A name that every stage and every file system takes, with the ending that the content has. */
export function storedName(shown: string, format: StoreListFormat): string {
  const base = shown
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, LONGEST_BASE);
  return `${base === '' ? 'store-list' : base}.${format}`;
}

/** An id as a part of a key in the stage: different ids are different parts. */
export function keyPart(id: string): string {
  return encodeURIComponent(id).replaceAll('.', '%2E');
}
