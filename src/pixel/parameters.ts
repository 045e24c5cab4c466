/** The parameters that a pixel sent along, from whatever text they were kept as. */

export interface Parameter {
  /** The last part of its name: of `{"a": {"b": 1}}` it is `b`. */
  readonly name: string;
  readonly value: string;
}

/** More than any tag sends; what is beyond is not looked at. */
const MOST = 500;
const DEEPEST = 6;

/** Reads JSON, or what stands behind the `?` of an address. Text that is neither has none. */
export function readParameters(text: string | null): readonly Parameter[] {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return [];
  const found: Parameter[] = [];
  if (/^[{[]/.test(trimmed)) {
    try {
      collect('', JSON.parse(trimmed), 0, found);
    } catch {
      return [];
    }
    return found;
  }
  if (!trimmed.includes('=')) return [];
  for (const [name, value] of new URLSearchParams(trimmed.replace(/^\?/, ''))) {
    if (found.length === MOST) break;
    found.push({ name, value });
  }
  return found;
}

function collect(name: string, value: unknown, depth: number, found: Parameter[]): void {
  if (found.length >= MOST || depth > DEEPEST) return;
  if (Array.isArray(value)) for (const item of value) collect(name, item, depth + 1, found);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) collect(key, item, depth + 1, found);
  else found.push({ name, value: value === null || value === undefined ? '' : String(value) });
}
