import { raw, type Sql, sql } from '../../lib/sql.ts';
import type { ColumnType } from '../table-spec.ts';
import { type TypeFamily, typeFamily } from '../type-family.ts';

/** How a column of a data file becomes a column of the catalogue. Nothing here throws, whatever the file holds. */
interface Conversion {
  /** The converted value; null when there is none or when it cannot be read. */
  readonly value: Sql;
  /** True where the file has no value; a null that is not blank could not be read. Absent where everything can be read. */
  readonly blank?: Sql;
}

/** Beyond these a floating number has lost digits of a whole one. */
const EXACT = { FLOAT: 2 ** 24, DOUBLE: 2 ** 53 } as const;

const trimmed = (text: Sql): Sql => sql`trim(${text})`;
const blankText = (text: Sql): Sql => sql`coalesce(lower(${trimmed(text)}) IN ('', 'null'), true)`;

/** A scalar of JSON as text; objects and arrays give null. `42.0` is the number 42. */
function jsonText(column: Sql): Sql {
  const scalar = sql`(${column} ->> '$')`;
  return sql`CASE json_type(${column})
    WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL WHEN 'VARCHAR' THEN ${scalar}
    ELSE CASE WHEN NOT contains(lower(${scalar}), 'e') OR json_type(${column}) = 'BOOLEAN'
      THEN regexp_replace(${scalar}, '\\.0+$', '') END END`;
}

function toText(column: Sql, type: string): Conversion {
  const asText = sql`CAST(${column} AS VARCHAR)`;
  switch (typeFamily(type)) {
    case 'decimal': {
      const whole = sql`CAST(CAST(trunc(${column}) AS HUGEINT) AS VARCHAR)`;
      return { value: sql`CASE WHEN ${column} = trunc(${column}) THEN ${whole} ELSE ${asText} END` };
    }
    case 'float': {
      const limit = EXACT[type.toUpperCase() === 'FLOAT' ? 'FLOAT' : 'DOUBLE'];
      return {
        value: sql`CASE WHEN abs(${column}) > ${limit} OR isnan(${column}) THEN NULL
          WHEN ${column} = trunc(${column}) THEN CAST(CAST(${column} AS BIGINT) AS VARCHAR) ELSE ${asText} END`,
        blank: sql`(${column} IS NULL OR isnan(${column}))`,
      };
    }
    case 'json':
      return { value: jsonText(column), blank: sql`coalesce(json_type(${column}) = 'NULL', true)` };
    case 'nested':
    case 'other':
      return { value: sql`CAST(NULL AS VARCHAR)`, blank: sql`${column} IS NULL` };
    default:
      return { value: asText };
  }
}

/** Instants and days are read from text only when it begins with a digit, which keeps out DuckDB's words such as `epoch`. */
function instant(text: Sql): Sql {
  return sql`CASE WHEN ${trimmed(text)}[1] BETWEEN '0' AND '9' THEN CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP) END`;
}

function fromText(text: Sql, target: Exclude<ColumnType, 'text' | 'json' | 'device' | 'code'>): Conversion {
  const blank = blankText(text);
  const word = sql`lower(${trimmed(text)})`;
  switch (target) {
    case 'integer': {
      const isInteger = sql`regexp_full_match(${trimmed(text)}, '[+-]?[0-9]+(\\.0*)?')`;
      return { value: sql`CASE WHEN ${isInteger} THEN TRY_CAST(${trimmed(text)} AS BIGINT) END`, blank };
    }
    case 'number': {
      const isNumber = sql`regexp_full_match(${trimmed(text)}, '[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?')`;
      return { value: sql`CASE WHEN ${isNumber} THEN TRY_CAST(${trimmed(text)} AS DOUBLE) END`, blank };
    }
    case 'boolean':
      return {
        value: sql`CASE WHEN ${word} IN ('true', '1', 'y') THEN true WHEN ${word} IN ('false', '0', 'n') THEN false END`,
        blank,
      };
    case 'date':
      return { value: sql`CAST(${instant(text)} AS DATE)`, blank };
    case 'timestamp':
      return { value: instant(text), blank };
  }
}

function toJson(column: Sql, type: string): Conversion {
  const asJson = (text: Sql): Sql => sql`CASE WHEN json_valid(${text}) THEN CAST(${text} AS JSON) END`;
  switch (typeFamily(type)) {
    case 'text':
      return { value: asJson(column), blank: blankText(column) };
    case 'nested':
      return { value: sql`to_json(${column})` };
    case 'json': {
      // A string that holds JSON is that JSON: exports write a JSON column so.
      const inner = sql`(${column} ->> '$')`;
      return {
        value: sql`CASE json_type(${column}) WHEN 'NULL' THEN NULL WHEN 'VARCHAR' THEN ${asJson(inner)} ELSE ${column} END`,
        blank: sql`coalesce(json_type(${column}) = 'NULL' OR ${blankText(inner)}, true)`,
      };
    }
    default:
      return { value: sql`CAST(NULL AS JSON)`, blank: sql`${column} IS NULL` };
  }
}

/** Families whose values the target takes as they are. */
const DIRECT: Readonly<Record<Exclude<ColumnType, 'text' | 'json' | 'device' | 'code'>, readonly TypeFamily[]>> = {
  integer: [],
  number: ['integer', 'decimal'],
  boolean: ['boolean'],
  date: ['date', 'timestamp'],
  timestamp: ['date', 'timestamp'],
};

const ENGINE_TYPES = { integer: 'BIGINT', number: 'DOUBLE', boolean: 'BOOLEAN', date: 'DATE', timestamp: 'TIMESTAMP' } as const;

function castTo(value: Sql, target: keyof typeof ENGINE_TYPES): Sql {
  return sql`TRY_CAST(${value} AS ${raw(ENGINE_TYPES[target])})`;
}

function fromNumber(column: Sql, family: TypeFamily, target: keyof typeof ENGINE_TYPES): Conversion {
  const blank = family === 'float' ? sql`(${column} IS NULL OR isnan(${column}))` : sql`${column} IS NULL`;
  const whole = family === 'integer' ? sql`true` : sql`${column} = trunc(${column})`;
  switch (target) {
    case 'integer':
      return { value: sql`CASE WHEN ${whole} THEN ${castTo(column, target)} END`, blank };
    case 'number':
      return { value: sql`CASE WHEN isfinite(${castTo(column, target)}) THEN ${castTo(column, target)} END`, blank };
    case 'boolean':
      return { value: sql`CASE ${column} WHEN 1 THEN true WHEN 0 THEN false END`, blank };
    default:
      return { value: castTo(sql`NULL`, target), blank };
  }
}

/** Reads a column of a DuckDB type as one of the catalogue. Numbers are never taken for times: nobody can tell their unit. */
export function convert(column: Sql, type: string, target: ColumnType): Conversion {
  // The last two only our own tables have, and none of them is read from files.
  if (target === 'text' || target === 'device' || target === 'code') return toText(column, type);
  if (target === 'json') return toJson(column, type);
  const family = typeFamily(type);
  if (DIRECT[target].includes(family)) return { value: castTo(column, target) };
  switch (family) {
    case 'text':
      return fromText(sql`CAST(${column} AS VARCHAR)`, target);
    case 'json': {
      const blank = sql`coalesce(json_type(${column}) = 'NULL' OR ${blankText(sql`(${column} ->> '$')`)}, true)`;
      return { value: fromText(jsonText(column), target).value, blank };
    }
    case 'integer':
    case 'decimal':
    case 'float':
      return fromNumber(column, family, target);
    default:
      return { value: castTo(sql`NULL`, target), blank: sql`${column} IS NULL` };
  }
}
