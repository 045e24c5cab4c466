import type { DestinationSchemaRow } from '../../../../../src/shapes/config/config-fields.ts';

/** The fields of an entry as a destination's JSON Schema has them. */

export interface EntrySchemaField {
  readonly name: string;
  readonly meaning: string;
  readonly kind: 'choice' | 'flag' | 'number' | 'text' | 'types' | 'texts' | 'days-or-never';
  /** The words of a choice, or of a list of types. */
  readonly words: readonly string[];
  readonly otherwise: unknown;
  readonly least: number | undefined;
  readonly most: number | undefined;
}

type Schema = Readonly<Record<string, unknown>>;

/** What most people set, in this order; the rest stands behind a button. */
const MAIN = ['audience', 'identifiers', 'refresh', 'mode', 'segmentId', 'segmentName'];
/** What the form has a place of its own for. */
const ELSEWHERE = ['destination', 'enabled'];

export function fieldsOf(row: DestinationSchemaRow | undefined): {
  readonly main: readonly EntrySchemaField[];
  readonly more: readonly EntrySchemaField[];
} {
  const properties = (row?.SCHEMA.properties ?? {}) as Readonly<Record<string, Schema>>;
  const all = Object.entries(properties)
    .filter(([name]) => !ELSEWHERE.includes(name))
    .map(([name, schema]) => fieldOf(name, schema));
  const main = MAIN.flatMap((name) => all.filter((field) => field.name === name));
  return { main, more: all.filter((field) => !MAIN.includes(field.name)) };
}

function fieldOf(name: string, schema: Schema): EntrySchemaField {
  const options = (schema.anyOf ?? []) as readonly Schema[];
  const isNullable = options.some(({ type }) => type === 'null');
  const shape: Schema = isNullable ? { ...options.find(({ type }) => type !== 'null'), ...schema } : schema;
  const bounds = isNullable ? (options.find(({ type }) => type !== 'null') ?? {}) : schema;
  const items = (shape.items ?? {}) as Schema;
  const words = ((shape.enum ?? items.enum ?? []) as readonly unknown[]).map(String);
  const type = isNullable ? bounds.type : shape.type;
  return {
    name,
    meaning: String(schema.description ?? ''),
    kind:
      type === 'array'
        ? words.length > 0
          ? 'types'
          : 'texts'
        : words.length > 0
          ? 'choice'
          : type === 'boolean'
            ? 'flag'
            : type === 'integer' || type === 'number'
              ? isNullable
                ? 'days-or-never'
                : 'number'
              : 'text',
    words,
    otherwise: schema.default,
    least: numberOf(bounds.minimum),
    most: numberOf(bounds.maximum),
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}
