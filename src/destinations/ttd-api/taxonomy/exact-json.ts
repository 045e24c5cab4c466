/** JSON whose numbers are money: they are read and written as the text that they are, and never become floats. */

interface ExactJson {
  /** Node has had it since version 21. */
  rawJSON(text: string): unknown;
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown;
}

// The compiler's library does not know these yet.
const json = JSON as unknown as ExactJson;

/** Decimal text as a number in a body; the text must be a JSON number. */
export function exactNumber(text: string): unknown {
  return json.rawJSON(text);
}

/** Reads JSON with every number as its own text; undefined when it is no JSON. */
export function parseExact(text: string): unknown {
  try {
    return json.parse(text, (_key, value, { source }) => (typeof value === 'number' ? source : value));
  } catch {
    return undefined;
  }
}
