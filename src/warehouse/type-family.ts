/** What kind of type an engine's type name is, as far as reading a column depends on it. */
export type TypeFamily =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'json'
  | 'nested'
  | 'other';

const FAMILIES: readonly (readonly [RegExp, TypeFamily])[] = [
  [/\[\d*\]$|^(STRUCT|MAP|LIST|UNION|OBJECT|ARRAY)\b/, 'nested'],
  [/^(VARCHAR|TEXT|CHAR|STRING|ENUM|UUID)/, 'text'],
  [/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?\b/, 'integer'],
  [/^(DECIMAL|NUMERIC|NUMBER)\b/, 'decimal'],
  [/^(FLOAT|DOUBLE|REAL)/, 'float'],
  [/^BOOL/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^(TIMESTAMP|DATETIME)/, 'timestamp'],
  [/^(JSON|VARIANT)$/, 'json'],
];

/** The family of a type as DuckDB's or Snowflake's information schema names it. */
export function typeFamily(type: string): TypeFamily {
  const name = type.toUpperCase();
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}
