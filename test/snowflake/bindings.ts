import { SnowflakeError } from './errors.ts';
import { textLiteral } from './transpile.ts';

interface Binding {
  readonly type: string;
  readonly value: string | null | readonly (string | null)[];
}

function literal(type: string, value: string | null): string {
  if (value === null) return 'NULL';
  switch (type) {
    case 'FIXED':
      if (!/^-?\d+$/.test(value)) throw new SnowflakeError('100038', '22018', `Numeric value '${value}' is not recognized`);
      return value;
    case 'REAL':
      return `CAST(${textLiteral(value)} AS DOUBLE)`;
    case 'BOOLEAN':
      return value.toUpperCase() === 'TRUE' ? 'TRUE' : 'FALSE';
    case 'TEXT':
      return textLiteral(value);
    case 'VARIANT':
      return `CAST(${textLiteral(value)} AS JSON)`;
    default:
      throw new SnowflakeError('002002', '22000', `Bind type ${type} is not known.`);
  }
}

/** The bound values as DuckDB's literals: one list, or one for each row when arrays were bound. */
export function readBindings(body: unknown): readonly (readonly string[])[] {
  const bindings = Object.entries((body ?? {}) as Readonly<Record<string, Binding>>)
    .toSorted(([left], [right]) => Number(left) - Number(right))
    .map(([, binding]) => binding);
  const rows = Math.max(1, ...bindings.map(({ value }) => (Array.isArray(value) ? value.length : 1)));
  return Array.from({ length: rows }, (_, row) =>
    bindings.map(({ type, value }) => literal(type, Array.isArray(value) ? (value[row] ?? null) : (value as string | null))),
  );
}
