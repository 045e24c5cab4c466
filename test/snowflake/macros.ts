/** Where the functions are that DuckDB lacks: no search path leads there. */
export const MACRO_PREFIX = 'memory.main.sf_';

const CAST_REFUSED = `error('001065: SQL compilation error: Function TRY_CAST cannot be used with arguments of this type')`;

/** Places of a second in the text of a time. */
const DIGITS = "coalesce(getvariable('sf_ntz_digits'), 3)";

/** Text of a value as Snowflake casts it: as many places of a second as the session has, no `.0` in floats. */
const TEXT = `CASE typeof(x)
  WHEN 'TIMESTAMP' THEN left(rpad(CAST(x AS VARCHAR) || CASE WHEN contains(CAST(x AS VARCHAR), '.') THEN '' ELSE '.' END, 20 + ${DIGITS}, '0'), 19 + ${DIGITS} + least(${DIGITS}, 1))
  WHEN 'TIMESTAMP WITH TIME ZONE' THEN strftime(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMPTZ), '%Y-%m-%d %H:%M:%S.%g %z')
  WHEN 'DOUBLE' THEN CASE WHEN ends_with(CAST(x AS VARCHAR), '.0') THEN left(CAST(x AS VARCHAR), -2) ELSE CAST(x AS VARCHAR) END
  WHEN 'JSON' THEN CASE WHEN starts_with(CAST(x AS VARCHAR), '"') THEN json_extract_string(CAST(x AS VARCHAR), '$') ELSE CAST(x AS VARCHAR) END
  WHEN 'BLOB' THEN hex(TRY_CAST(CAST(x AS VARCHAR) AS BLOB))
  ELSE CAST(x AS VARCHAR) END`;

/** Microseconds since 1970 of a whole number, which Snowflake takes for seconds, milliseconds, microseconds or nanoseconds by its size. */
const EPOCH = `CASE WHEN abs(n) < 31536000000 THEN n * 1000000 WHEN abs(n) < 31536000000000 THEN n * 1000 WHEN abs(n) < 31536000000000000 THEN n ELSE n // 1000 END`;

const READ_TIME = (type: string, cast: string) =>
  `CASE WHEN regexp_full_match(CAST(x AS VARCHAR), '-?[0-9]{1,18}')
     THEN CAST(make_timestamp(memory.main.sf_epoch_micros(TRY_CAST(CAST(x AS VARCHAR) AS BIGINT)))${type === 'TIMESTAMPTZ' ? " AT TIME ZONE 'UTC'" : ''} AS ${type})
     ELSE ${cast}(regexp_replace(CAST(x AS VARCHAR), ' ([+-][0-9]{2}:?[0-9]{2})$', '\\1') AS ${type}) END`;

const TIME_OF_TEXT = (type: string) =>
  `CASE WHEN typeof(x) IN ('VARCHAR', '"NULL"') THEN ${READ_TIME(type, 'TRY_CAST')} ELSE ${CAST_REFUSED} END`;

const define = (name: string, body: string): string => `CREATE MACRO ${MACRO_PREFIX}${name}${body}`;

/** Statements that make the functions, in an order in which each finds what it needs. */
export const MACROS: readonly string[] = [
  define('text', `(x) AS ${TEXT}`),
  define(
    'text_only',
    `(x) AS CASE WHEN typeof(x) IN ('VARCHAR', '"NULL"', 'JSON') THEN CAST(x AS VARCHAR) ELSE ${CAST_REFUSED} END`,
  ),
  define('epoch_micros', `(n) AS ${EPOCH}`),
  define('try_to_timestamp_ntz', `(x) AS ${TIME_OF_TEXT('TIMESTAMP')}`),
  define('try_to_timestamp_tz', `(x) AS ${TIME_OF_TEXT('TIMESTAMPTZ')}`),
  define('to_timestamp_ntz', `(x) AS ${READ_TIME('TIMESTAMP', 'CAST')}`),
  define('to_timestamp_tz', `(x) AS ${READ_TIME('TIMESTAMPTZ', 'CAST')}`),
  define('bytes', `(x) AS CASE WHEN typeof(x) = 'BLOB' THEN TRY_CAST(x AS BLOB) ELSE encode(CAST(x AS VARCHAR)) END`),
];
