import type { Member } from '../members/read-members.ts';
import type { FailedLine } from './answer.ts';

/** How members are said to one endpoint. Bodies are ASCII, so that their characters are their bytes. */
export interface Route {
  readonly url: string;
  /** A member as it stands in the body. */
  text(member: Member): string;
  /** The whole body for members in their texts; valid without any. */
  body(texts: readonly string[]): string;
  /** Bytes of a body beside its texts: for itself, and for each of them at most. */
  readonly bytes: { readonly body: number; readonly member: number };
  /** Places of the members that a refusal is about, among the `sent` of the call; none where it does not say. */
  placesOf(line: FailedLine, sent: readonly Member[]): readonly number[];
  /** The same with one member in each item; absent where it is so already. */
  readonly single?: Route;
}

/** JSON of a text, without characters beyond ASCII. */
export function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The opening of a body: its root properties but for the items; absent ones are left out. */
export function bodyHead(root: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(root).flatMap(([name, value]) => (value === undefined ? [] : [`"${name}":${asciiJson(value)}`]));
  return `{${[...given, '"Items":['].join(',')}`;
}

export const BODY_END = ']}';
