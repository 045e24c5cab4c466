import { SnowflakeError, syntaxError } from './errors.ts';
import { closing, isSymbol, isWord, type Token } from './tokens.ts';

const WHOLE = 'DECIMAL(38, 0)';

/** Snowflake's types and what holds their values in DuckDB; a TIMESTAMP_TZ keeps its instant, not its offset. */
const TYPES: Readonly<Record<string, string>> = {
  VARCHAR: 'VARCHAR',
  STRING: 'VARCHAR',
  TEXT: 'VARCHAR',
  CHAR: 'VARCHAR',
  CHARACTER: 'VARCHAR',
  NVARCHAR: 'VARCHAR',
  NUMBER: WHOLE,
  NUMERIC: WHOLE,
  DECIMAL: WHOLE,
  INT: WHOLE,
  INTEGER: WHOLE,
  BIGINT: WHOLE,
  SMALLINT: WHOLE,
  TINYINT: WHOLE,
  BYTEINT: WHOLE,
  FLOAT: 'DOUBLE',
  FLOAT4: 'DOUBLE',
  FLOAT8: 'DOUBLE',
  DOUBLE: 'DOUBLE',
  REAL: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  TIME: 'TIME',
  DATETIME: 'TIMESTAMP',
  TIMESTAMP: 'TIMESTAMP',
  TIMESTAMP_NTZ: 'TIMESTAMP',
  TIMESTAMP_LTZ: 'TIMESTAMPTZ',
  TIMESTAMP_TZ: 'TIMESTAMPTZ',
  VARIANT: 'JSON',
  OBJECT: 'JSON',
  ARRAY: 'JSON',
  BINARY: 'BLOB',
  VARBINARY: 'BLOB',
};

export interface ReadType {
  /** The type in DuckDB. */
  readonly engine: string;
  /** Its first word in Snowflake. */
  readonly name: string;
  /** Where the next piece is. */
  readonly next: number;
}

/** Reads the type that begins at a place; throws for what is no type of Snowflake's. */
export function readType(tokens: readonly Token[], at: number): ReadType {
  const token = tokens[at];
  if (token?.kind !== 'word') throw syntaxError(String(token?.value ?? '<EOF>'));
  const engine = TYPES[token.value];
  if (engine === undefined)
    throw new SnowflakeError('002040', '42601', `SQL compilation error:\nUnsupported data type '${token.value}'.`);
  let next = at + 1;
  if (token.value === 'DOUBLE' && isWord(tokens[next], 'PRECISION')) next += 1;
  if (!isSymbol(tokens[next], '(')) return { engine, name: token.value, next };
  const end = closing(tokens, next);
  const sizes = tokens.slice(next + 1, end).flatMap((size) => (size.kind === 'number' ? [Number(size.value)] : []));
  const [width = 38, scale = 0] = sizes;
  const isDecimal = ['NUMBER', 'NUMERIC', 'DECIMAL'].includes(token.value);
  if (isDecimal && (width < 1 || width > 38 || scale > 37))
    throw new SnowflakeError('001003', '42000', 'SQL compilation error:\ninvalid precision or scale.');
  return { engine: isDecimal ? `DECIMAL(${width}, ${scale})` : engine, name: token.value, next: end + 1 };
}

/** How INFORMATION_SCHEMA and DESCRIBE name a type of DuckDB's. */
export function typeName(engine: string): string {
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(engine);
  if (decimal !== null) return 'NUMBER';
  if (/INT$/.test(engine)) return 'NUMBER';
  if (engine === 'DOUBLE' || engine === 'FLOAT') return 'FLOAT';
  if (engine === 'TIMESTAMP') return 'TIMESTAMP_NTZ';
  if (engine === 'TIMESTAMP WITH TIME ZONE') return 'TIMESTAMP_TZ';
  if (engine === 'JSON') return 'VARIANT';
  if (engine === 'BLOB') return 'BINARY';
  if (engine.endsWith('[]')) return 'ARRAY';
  return ['BOOLEAN', 'DATE', 'TIME'].includes(engine) ? engine : 'TEXT';
}
