import { REFERENCE_HINT } from './secrets.ts';

/** Finds secrets that were written into the settings themselves. */

const SECRET_NAME = /(pass(word|phrase|wd)|secret|token|(private|api|access|secret|signing)key|accesskeyid)$/;
const REFERENCE = /^(env|file):./;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY/;
const URL_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;

export interface InlineSecret {
  readonly keys: readonly PropertyKey[];
  readonly message: string;
  readonly hint: string;
}

/** Every setting that looks like a secret's value. References are left alone; settings that only name something are too. */
export function inlineSecrets(input: unknown): InlineSecret[] {
  const found: InlineSecret[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown, keys: readonly PropertyKey[]): void => {
    if (typeof value === 'object' && value !== null) {
      // Aliases can make a circle.
      if (seen.has(value)) return;
      seen.add(value);
      for (const [key, child] of Object.entries(value)) visit(child, [...keys, Array.isArray(value) ? Number(key) : key]);
    } else if (isInline(String(keys.at(-1) ?? ''), value)) {
      found.push({ keys, message: 'holds a secret; this file is no place for one', hint: REFERENCE_HINT });
    }
  };
  visit(input, []);
  return found;
}

function isInline(name: string, value: unknown): boolean {
  if (typeof value === 'number') return SECRET_NAME.test(folded(name));
  if (typeof value !== 'string' || value === '' || REFERENCE.test(value)) return false;
  return SECRET_NAME.test(folded(name)) || PRIVATE_KEY.test(value) || URL_PASSWORD.test(value);
}

const folded = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');
