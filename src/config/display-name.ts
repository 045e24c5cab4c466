import { decodedName } from '../lib/decoded-name.ts';
import { isNoId } from './values.ts';

/** A name of the warehouse as people read it: decoded, and without the CRM code before it. Null when there is none. */
export function displayName(raw: string | null): string | null {
  const name = raw === null ? '' : withoutCode(decodedName(raw));
  return isNoId(name) ? null : name;
}

/** The CRM code that some names begin with is a word with a digit, then ` - `. */
function withoutCode(name: string): string {
  const [, code, rest] = /^(\S+) - (.+)$/.exec(name) ?? [];
  return rest !== undefined && code !== undefined && /\d/.test(code) ? rest : name;
}
