import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import { SnowflakeError } from './errors.ts';
import { decodeNames } from './identifiers.ts';

/** A column of a result as Snowflake describes it. */
export interface WireColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly scale: number | null;
  readonly precision: number | null;
  readonly length: number | null;
  readonly byteLength: number | null;
  readonly database: string;
  readonly schema: string;
  readonly table: string;
  readonly collation: null;
}

/** A row of a result: texts, whatever the types. */
export type WireRow = readonly (string | null)[];

/** How a type is described, and how its values are written. */
export interface WireType {
  readonly type: string;
  readonly scale?: number;
  readonly precision?: number;
  readonly length?: number;
  write(value: DuckDBValue): string;
}

/** Seconds since 1970 with nine places, from microseconds. */
function seconds(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  return `${micros < 0n ? '-' : ''}${size / 1_000_000n}.${String(size % 1_000_000n).padStart(6, '0')}000`;
}

function real(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return String(value);
}

/** A value within a VARIANT. */
function plain(value: DuckDBValue): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBDecimalValue) return Number(value.toString());
  if (typeof value === 'object' && 'items' in value && Array.isArray(value.items)) return value.items.map(plain);
  if (typeof value === 'object' && 'entries' in value && typeof value.entries === 'object' && !Array.isArray(value.entries))
    return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [decodeNames(key), plain(item)]));
  return String(value);
}

const TEXT: WireType = { type: 'text', length: 16_777_216, write: (value) => String(value) };
const whole = (precision: number): WireType => ({ type: 'fixed', scale: 0, precision, write: String });
const REAL: WireType = { type: 'real', write: (value) => real(Number(value)) };

/** What Snowflake makes of a type of DuckDB's. */
export function wireType(type: DuckDBType): WireType {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return { type: 'boolean', write: (value) => (value === true ? '1' : '0') };
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
      return whole(9);
    case DuckDBTypeId.BIGINT:
      return whole(19);
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
      return whole(38);
    case DuckDBTypeId.DECIMAL: {
      const { width, scale } = type as unknown as { width: number; scale: number };
      return { type: 'fixed', scale, precision: width, write: (value) => String(value) };
    }
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return REAL;
    case DuckDBTypeId.DATE:
      return { type: 'date', write: (value) => String(value instanceof DuckDBDateValue ? value.days : value) };
    case DuckDBTypeId.TIME:
      return { type: 'time', scale: 9, write: (value) => seconds(value instanceof DuckDBTimeValue ? value.micros : 0n) };
    case DuckDBTypeId.TIMESTAMP:
      return {
        type: 'timestamp_ntz',
        scale: 9,
        write: (value) => seconds(value instanceof DuckDBTimestampValue ? value.micros : 0n),
      };
    case DuckDBTypeId.TIMESTAMP_TZ:
      return {
        type: 'timestamp_tz',
        scale: 9,
        write: (value) => `${seconds(value instanceof DuckDBTimestampTZValue ? value.micros : 0n)} 1440`,
      };
    case DuckDBTypeId.INTERVAL:
      // What is left of one time that is taken from another, which Snowflake does not do.
      throw new SnowflakeError('001044', '42P13', "SQL compilation error:\nInvalid argument types for function '-'");
    case DuckDBTypeId.BLOB:
      return {
        type: 'binary',
        length: 8_388_608,
        write: (value) => (value instanceof DuckDBBlobValue ? Buffer.from(value.bytes).toString('hex').toUpperCase() : ''),
      };
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return { type: 'array', write: (value) => JSON.stringify(plain(value)) };
    case DuckDBTypeId.STRUCT:
    case DuckDBTypeId.MAP:
      return { type: 'object', write: (value) => JSON.stringify(plain(value)) };
    default:
      return type.alias === 'JSON' ? { type: 'variant', write: (value) => String(value) } : TEXT;
  }
}

export function wireColumn(name: string, { type, scale, precision, length }: WireType): WireColumn {
  return {
    name,
    type,
    nullable: true,
    scale: scale ?? null,
    precision: precision ?? null,
    length: length ?? null,
    byteLength: length ?? null,
    database: '',
    schema: '',
    table: '',
    collation: null,
  };
}

/** A column of text, for answers that no query gave. */
export const textColumn = (name: string): WireColumn => wireColumn(name, TEXT);
/** A column of whole numbers, for answers that no query gave. */
export const numberColumn = (name: string): WireColumn => wireColumn(name, whole(19));
