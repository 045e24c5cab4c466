import { configError } from '../../errors.ts';
import { ident, type Sql } from '../../lib/sql.ts';

/** Names as people write them in settings and as Snowflake shows them. */

const PLAIN = /^[A-Za-z_][A-Za-z0-9_$]*$/;
const PART = /"((?:[^"]|"")*)"|([^."]+)/gy;

/** The name that Snowflake understands by a text: without quotes it is upper case, within them as it is. */
export function exactName(text: string): string {
  const [only] = splitName(text);
  return PLAIN.test(text) ? text.toUpperCase() : text.startsWith('"') && only !== undefined ? only : text;
}

/** The parts of a name with dots, such as `DB."my schema".T`; none when it cannot be read. */
export function splitName(text: string): readonly string[] {
  const parts: string[] = [];
  PART.lastIndex = 0;
  for (;;) {
    const found = PART.exec(text);
    if (found === null) return [];
    const [, quoted, plain = ''] = found;
    parts.push(quoted === undefined ? (PLAIN.test(plain) ? plain.toUpperCase() : plain) : quoted.replaceAll('""', '"'));
    if (PART.lastIndex === text.length) return parts;
    if (text[PART.lastIndex] !== '.') return [];
    PART.lastIndex += 1;
  }
}

/** A name with its parts quoted, for statements. */
export function quotedName(parts: readonly string[]): Sql {
  return ident(...parts);
}

/** The three parts of `@DATABASE.SCHEMA.STAGE`, with what is left out taken from where the session is; else `config` error `stage_name_invalid`. */
export function stageParts(name: string, database: string, schema: string): readonly [string, string, string] {
  const [first, second, third, ...more] = splitName(name.startsWith('@') ? name.slice(1) : name);
  if (first !== undefined && more.length === 0) {
    if (third !== undefined && second !== undefined) return [first, second, third];
    if (second !== undefined) return [exactName(database), first, second];
    return [exactName(database), exactName(schema), first];
  }
  throw configError('stage_name_invalid', `${name} is no name of a stage.`, { hint: 'Write it as @DATABASE.SCHEMA.STAGE.' });
}
