import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBResult,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBUUIDValue,
  type DuckDBValue,
  HUGEINT,
  SQLNULL,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import type { SqlValue } from '../../lib/sql.ts';
import type { Row } from '../warehouse.ts';

const BIGINT_MAX = 2n ** 63n - 1n;
const BIGINT_MIN = -(2n ** 63n);
/** The largest distance from 1970 that a JavaScript date holds; later and infinite times are cut to it. */
const DATE_LIMIT_MS = 8_640_000_000_000_000n;

/** A value and its type as DuckDB binds them. Whole numbers are BIGINT whatever their size, so that a type never depends on data. */
export function bindable(value: SqlValue): [DuckDBValue, DuckDBType] {
  if (value === null) return [null, SQLNULL];
  if (typeof value === 'string') return [value, VARCHAR];
  if (typeof value === 'boolean') return [value, BOOLEAN];
  if (typeof value === 'bigint') return [value, value >= BIGINT_MIN && value <= BIGINT_MAX ? BIGINT : HUGEINT];
  if (typeof value === 'number') return Number.isSafeInteger(value) ? [BigInt(value), BIGINT] : [value, DOUBLE];
  if (Number.isNaN(value.getTime())) throw new Error('An invalid date was given to a statement.');
  return [new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n), TIMESTAMP];
}

function dateOf(units: bigint, perMillisecond: bigint): Date {
  let ms = units / perMillisecond;
  if (units < 0n && ms * perMillisecond !== units) ms -= 1n;
  const within = ms > DATE_LIMIT_MS ? DATE_LIMIT_MS : ms < -DATE_LIMIT_MS ? -DATE_LIMIT_MS : ms;
  return new Date(Number(within));
}

function plain(value: DuckDBValue, column: string): SqlValue {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return dateOf(value.micros, 1000n);
  if (value instanceof DuckDBDateValue) return dateOf(BigInt(value.days) * 86_400_000n, 1n);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBUUIDValue) return value.toString();
  if (value instanceof DuckDBTimestampMillisecondsValue) return dateOf(value.millis, 1n);
  if (value instanceof DuckDBTimestampSecondsValue) return dateOf(value.seconds * 1000n, 1n);
  if (value instanceof DuckDBTimestampNanosecondsValue) return dateOf(value.nanos, 1_000_000n);
  throw new Error(`Column ${column} has a type without a plain value; cast it in the statement.`);
}

/** The rows of a finished result, a vector of about two thousand at a time. */
export async function* batches(result: DuckDBResult): AsyncIterable<readonly Row[]> {
  const names = result.columnNames();
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const rows: Record<string, SqlValue>[] = Array.from({ length: chunk.rowCount }, () => ({}));
    names.forEach((name, index) => {
      const vector = chunk.getColumnVector(index);
      rows.forEach((row, at) => {
        row[name] = plain(vector.getItem(at) as DuckDBValue, name);
      });
    });
    yield rows;
  }
}
