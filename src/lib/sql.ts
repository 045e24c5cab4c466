/**
 * SQL text with bound values. `sql` fragments nest; every interpolated value becomes a bind parameter, every name goes
 * through `ident`. There is no way to put a value into the text by accident: `raw` takes only the constants of our own code.
 */

/** A value that every warehouse can bind. Times are instants in UTC. */
export type SqlValue = string | number | bigint | boolean | Date | null;

interface Bound {
  readonly value: SqlValue;
}

/** A piece of SQL: text chunks and bound values in order. */
export interface Sql {
  readonly chunks: readonly (string | Bound)[];
}

function isSql(value: Sql | SqlValue): value is Sql {
  return typeof value === 'object' && value !== null && 'chunks' in value;
}

/** Builds a fragment from a template; nested fragments are spliced, anything else is bound. */
export function sql(text: TemplateStringsArray, ...values: readonly (Sql | SqlValue)[]): Sql {
  const chunks: (string | Bound)[] = [];
  text.forEach((piece, index) => {
    chunks.push(piece);
    const value = values[index];
    if (value === undefined) return;
    if (isSql(value)) chunks.push(...value.chunks);
    else chunks.push({ value });
  });
  return { chunks };
}

/** A quoted name, schema first: `ident('BASE_TABLES', 'STORE_VISITS')`. */
export function ident(...names: readonly string[]): Sql {
  return { chunks: [names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.')] };
}

/** Constant SQL text of our own; never pass anything that came from outside. */
export function raw(text: string): Sql {
  return { chunks: [text] };
}

/** A whole number as text, for places where an engine takes no bound value: behind LIMIT and OFFSET. */
export function integer(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no whole number.`);
  return { chunks: [String(value)] };
}

/** Joins fragments, by default with a comma. */
export function join(fragments: readonly Sql[], separator = ', '): Sql {
  return { chunks: fragments.flatMap((fragment, index) => (index === 0 ? fragment.chunks : [separator, ...fragment.chunks])) };
}

/** Writes the marker of the n-th value, counted from 1. It may depend on the value's type, and on whether there is one, never on what it is. */
export type Placeholder = (n: number, value: SqlValue) => string;

/** Text and values ready for a driver. */
export function compile(fragment: Sql, placeholder: Placeholder): { text: string; values: SqlValue[] } {
  const values: SqlValue[] = [];
  let text = '';
  for (const chunk of fragment.chunks) {
    if (typeof chunk === 'string') text += chunk;
    else text += placeholder(values.push(chunk.value), chunk.value);
  }
  return { text, values };
}
