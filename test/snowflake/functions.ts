import { invalidArguments, SnowflakeError, unknownFunction, unsupported } from './errors.ts';
import { MACRO_PREFIX } from './macros.ts';
import { engineFormat } from './time-format.ts';
import type { Token } from './tokens.ts';

/** An argument of a call: its pieces, and how DuckDB is told it. */
export interface Argument {
  readonly tokens: readonly Token[];
  readonly sql: string;
}

interface FunctionSpec {
  readonly least: number;
  readonly most: number;
  emit(args: readonly Argument[]): string;
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The only piece of an argument, when it is a text literal. */
function literal(argument: Argument | undefined): string | null {
  const [token, ...more] = argument?.tokens ?? [];
  return token?.kind === 'text' && more.length === 0 ? token.value : null;
}

const list = (args: readonly Argument[]): string => args.map(({ sql }) => sql).join(', ');

/** The same function under the same or another name. */
const same = (engine: string, least: number, most = least): FunctionSpec => ({
  least,
  most,
  emit: (args) => `${engine}(${list(args)})`,
});
const built = (least: number, most: number, emit: (...sql: string[]) => string): FunctionSpec => ({
  least,
  most,
  emit: (args) => emit(...args.map(({ sql }) => sql)),
});

const anyNull = (sql: readonly string[]): string => sql.map((part) => `(${part}) IS NULL`).join(' OR ');

/** Snowflake's expressions have neither groups that are not captured, nor a look around, nor lazy quantifiers. */
export function checkPattern(argument: Argument | undefined): void {
  const pattern = literal(argument);
  if (pattern === null) return;
  const bad = /\(\?|[*+?}]\?/.exec(pattern.replaceAll(/\\./g, '_'));
  if (bad !== null)
    throw new SnowflakeError(
      '100048',
      '2201B',
      `Invalid regular expression: '${pattern}', no argument for repetition operator: ?`,
    );
}

const options = (argument: Argument | undefined): string => (literal(argument) ?? '').replaceAll(/[ec]/g, '');

const regexpReplace: FunctionSpec = {
  least: 2,
  most: 6,
  emit(args) {
    const [subject, pattern, replacement, position, occurrence, parameters] = args;
    checkPattern(pattern);
    if ((position?.sql ?? '1') !== '1') throw unsupported('REGEXP_REPLACE from a later position');
    const times = occurrence?.sql ?? '0';
    if (times !== '0' && times !== '1') throw unsupported('REGEXP_REPLACE of a later occurrence');
    return `regexp_replace(${subject?.sql}, ${pattern?.sql}, ${replacement?.sql ?? "''"}, ${text(`${times === '0' ? 'g' : ''}${options(parameters)}`)})`;
  },
};

const regexpSubstr: FunctionSpec = {
  least: 2,
  most: 6,
  emit(args) {
    const [subject, pattern, position, occurrence, parameters, group] = args;
    checkPattern(pattern);
    if ((position?.sql ?? '1') !== '1' || (occurrence?.sql ?? '1') !== '1') throw unsupported('REGEXP_SUBSTR of a later match');
    // The first group is given when groups are asked for at all.
    const wanted = group?.sql ?? ((literal(parameters) ?? '').includes('e') ? '1' : '0');
    const flags = text(options(parameters));
    return `CASE WHEN regexp_matches(${subject?.sql}, ${pattern?.sql}, ${flags}) THEN regexp_extract(${subject?.sql}, ${pattern?.sql}, ${wanted}, ${flags}) END`;
  },
};

const regexpLike: FunctionSpec = {
  least: 2,
  most: 3,
  emit(args) {
    const [subject, pattern, parameters] = args;
    checkPattern(pattern);
    return `regexp_full_match(${subject?.sql}, ${pattern?.sql}${parameters === undefined ? '' : `, ${text(options(parameters))}`})`;
  },
};

const toText: FunctionSpec = {
  least: 1,
  most: 2,
  emit([value, format]) {
    if (format === undefined) return `${MACRO_PREFIX}text(${value?.sql})`;
    const given = literal(format);
    if (given === null) throw unsupported('a format that is no literal');
    // Text that is formatted is read as a time first.
    return `strftime(${value?.sql}, ${text(engineFormat(given))})`;
  },
};

function timeOf(name: string, tried: boolean): FunctionSpec {
  const type = name.endsWith('_tz') ? 'TIMESTAMPTZ' : 'TIMESTAMP';
  return {
    least: 1,
    most: 2,
    emit([value, format]) {
      if (format === undefined) return `${MACRO_PREFIX}${name}(${value?.sql})`;
      const given = literal(format);
      if (given !== null) {
        const call = tried ? 'try_strptime' : 'strptime';
        return `CAST(${call}(${tried ? `${MACRO_PREFIX}text_only(${value?.sql})` : value?.sql}, ${text(engineFormat(given))}) AS ${type})`;
      }
      const scale = Number(format.sql);
      if (![0, 3, 6].includes(scale)) throw unsupported('a scale');
      return `CAST(make_timestamp(CAST(${value?.sql} AS BIGINT) * ${10 ** (6 - scale)}) AS ${type})`;
    },
  };
}

const numberOf = (cast: string): FunctionSpec => ({
  least: 1,
  most: 3,
  emit([value, width, scale]) {
    const inner = cast === 'CAST' ? value?.sql : `${MACRO_PREFIX}text_only(${value?.sql})`;
    return `${cast}(${inner} AS DECIMAL(${width?.sql ?? '38'}, ${scale?.sql ?? '0'}))`;
  },
});

const castTo = (type: string, tried = false): FunctionSpec =>
  built(1, 1, (value) => (tried ? `TRY_CAST(${MACRO_PREFIX}text_only(${value}) AS ${type})` : `CAST(${value} AS ${type})`));

/** A part of a time, which Snowflake takes as a word or as a text. */
function partOf(argument: Argument | undefined): string {
  const token = argument?.tokens[0];
  const part = (token?.kind === 'word' || token?.kind === 'text' ? token.value : '').toLowerCase();
  const known = PARTS[part];
  if (known === undefined || argument?.tokens.length !== 1)
    throw new SnowflakeError(
      '001038',
      '22023',
      `SQL compilation error:\n'${part.toUpperCase()}' is not a valid date/time component`,
    );
  return known;
}

const PARTS: Readonly<Record<string, string>> = {
  year: 'year',
  years: 'year',
  y: 'year',
  yy: 'year',
  yyyy: 'year',
  quarter: 'quarter',
  month: 'month',
  months: 'month',
  mm: 'month',
  mon: 'month',
  week: 'week',
  weeks: 'week',
  day: 'day',
  days: 'day',
  d: 'day',
  dd: 'day',
  hour: 'hour',
  hours: 'hour',
  hh: 'hour',
  minute: 'minute',
  minutes: 'minute',
  mi: 'minute',
  second: 'second',
  seconds: 'second',
  s: 'second',
  ss: 'second',
  sec: 'second',
  millisecond: 'millisecond',
  milliseconds: 'millisecond',
  ms: 'millisecond',
  microsecond: 'microsecond',
  microseconds: 'microsecond',
  us: 'microsecond',
  dayofweek: 'dow',
  dow: 'dow',
  weekday: 'dow',
  dayofweekiso: 'isodow',
  dayofyear: 'doy',
  doy: 'doy',
  weekiso: 'week',
  yearofweekiso: 'isoyear',
};

const EPOCHS: Readonly<Record<string, string>> = {
  epoch: '1000000.0',
  epoch_second: '1000000.0',
  epoch_seconds: '1000000.0',
  epoch_millisecond: '1000.0',
  epoch_milliseconds: '1000.0',
  epoch_microsecond: '1.0',
  epoch_microseconds: '1.0',
};

const datePart: FunctionSpec = {
  least: 2,
  most: 2,
  emit([part, value]) {
    const token = part?.tokens[0];
    const unit = EPOCHS[String(token?.value).toLowerCase()];
    // A date, too, has its microseconds.
    if (unit !== undefined) return `CAST(floor(epoch_us(CAST(${value?.sql} AS TIMESTAMP)) / ${unit}) AS BIGINT)`;
    return `CAST(date_part(${text(partOf(part))}, ${value?.sql}) AS BIGINT)`;
  },
};

/** A date stays one when days or more are added to it. */
const isDate = ({ tokens }: Argument): boolean => {
  const last = tokens.at(-1);
  const first = tokens[0];
  if (first?.kind === 'word' && ['CURRENT_DATE', 'TO_DATE', 'TRY_TO_DATE', 'DATE'].includes(first.value)) return true;
  return tokens.some(
    (token, at) => token.kind === 'word' && token.value === 'DATE' && (tokens[at + 1] ?? last)?.kind === 'symbol',
  );
};

const dateAdd: FunctionSpec = {
  least: 3,
  most: 3,
  emit([part, count, value]) {
    const unit = partOf(part);
    const sum = `(${value?.sql} + to_${unit}s(CAST(${count?.sql} AS ${unit.startsWith('mi') || unit === 'hour' || unit === 'second' ? 'BIGINT' : 'INTEGER'})))`;
    const whole = ['day', 'week', 'month', 'quarter', 'year'].includes(unit);
    return whole && value !== undefined && isDate(value) ? `CAST(${sum} AS DATE)` : sum;
  },
};

const dateDiff: FunctionSpec = {
  least: 3,
  most: 3,
  emit: ([part, from, to]) => `date_diff(${text(partOf(part))}, ${from?.sql}, ${to?.sql})`,
};

const dateTrunc: FunctionSpec = {
  least: 2,
  most: 2,
  emit([part, value]) {
    const call = `date_trunc(${text(partOf(part))}, ${value?.sql})`;
    return value !== undefined && isDate(value) ? `CAST(${call} AS DATE)` : call;
  },
};

const field = (part: string): FunctionSpec => built(1, 1, (value) => `CAST(date_part(${text(part)}, ${value}) AS BIGINT)`);

/** Hashes have a sign in Snowflake. */
const signed = (sql: string): string => `CAST(CAST(${sql} AS HUGEINT) - 9223372036854775808 AS BIGINT)`;

const whole = (sql: string): string => `CAST(${sql} AS BIGINT)`;

const convertTimezone: FunctionSpec = {
  least: 2,
  most: 3,
  emit([first, second, third]) {
    // With a source zone the time has none and gets none.
    if (third !== undefined) return `((${third.sql}) AT TIME ZONE ${first?.sql} AT TIME ZONE ${second?.sql})`;
    // A time with a zone is the same instant in any zone. Only UTC can be told apart from that here, by what a cast to NTZ gives.
    if (literal(first) !== 'UTC') return `timezone(${first?.sql}, CAST(${second?.sql} AS TIMESTAMPTZ))`;
    return `timezone('UTC', CAST(${second?.sql} AS TIMESTAMPTZ))`;
  },
};

const hexEncode = built(1, 2, (value, letters) =>
  letters === '0' ? `lower(hex(${MACRO_PREFIX}bytes(${value})))` : `hex(${MACRO_PREFIX}bytes(${value}))`,
);

function sha2([value, bits]: readonly Argument[]): string {
  if (bits !== undefined && bits.sql !== '256') throw unsupported(`SHA2 with ${bits.sql} bits`);
  return `sha256(${value?.sql})`;
}

const decode: FunctionSpec = {
  least: 3,
  most: 255,
  emit(args) {
    const [value, ...rest] = args.map(({ sql }) => sql);
    const branches: string[] = [];
    for (let at = 0; at + 1 < rest.length; at += 2)
      branches.push(`WHEN ${value} IS NOT DISTINCT FROM ${rest[at]} THEN ${rest[at + 1]}`);
    return `CASE ${branches.join(' ')} ELSE ${rest.length % 2 === 1 ? rest.at(-1) : 'NULL'} END`;
  },
};

/** `x -> body` and `(x, y) -> body`. */
function lambda(argument: Argument | undefined): string {
  const [names, ...rest] = (argument?.sql ?? '').split(' -> ');
  if (rest.length !== 1) throw unsupported('a lambda of this form');
  return `lambda ${names?.replaceAll(/[()]/g, '')}: ${rest[0]}`;
}

const FUNCTIONS: Readonly<Record<string, FunctionSpec>> = {
  // Conditions
  COALESCE: same('coalesce', 1, 255),
  NVL: same('coalesce', 2),
  IFNULL: same('coalesce', 2),
  NVL2: built(3, 3, (a, b, c) => `CASE WHEN ${a} IS NOT NULL THEN ${b} ELSE ${c} END`),
  NULLIF: same('nullif', 2),
  IFF: built(3, 3, (a, b, c) => `CASE WHEN ${a} THEN ${b} ELSE ${c} END`),
  DECODE: decode,
  EQUAL_NULL: built(2, 2, (a, b) => `((${a}) IS NOT DISTINCT FROM (${b}))`),
  ZEROIFNULL: built(1, 1, (a) => `coalesce(${a}, 0)`),
  NULLIFZERO: built(1, 1, (a) => `nullif(${a}, 0)`),
  GREATEST: built(1, 255, (...all) => `CASE WHEN ${anyNull(all)} THEN NULL ELSE greatest(${all.join(', ')}) END`),
  LEAST: built(1, 255, (...all) => `CASE WHEN ${anyNull(all)} THEN NULL ELSE least(${all.join(', ')}) END`),
  GREATEST_IGNORE_NULLS: same('greatest', 1, 255),
  LEAST_IGNORE_NULLS: same('least', 1, 255),
  BOOLAND: built(2, 2, (a, b) => `(${a} AND ${b})`),
  BOOLOR: built(2, 2, (a, b) => `(${a} OR ${b})`),
  // Texts
  CONCAT: built(1, 255, (...all) => `(${all.map((part) => `(${part})`).join(' || ')})`),
  CONCAT_WS: built(2, 255, (...all) => `CASE WHEN ${anyNull(all)} THEN NULL ELSE concat_ws(${all.join(', ')}) END`),
  UPPER: same('upper', 1),
  LOWER: same('lower', 1),
  TRIM: same('trim', 1, 2),
  LTRIM: same('ltrim', 1, 2),
  RTRIM: same('rtrim', 1, 2),
  LENGTH: same('length', 1),
  LEN: same('length', 1),
  OCTET_LENGTH: built(1, 1, (a) => `octet_length(${MACRO_PREFIX}bytes(${a}))`),
  SUBSTR: same('substr', 2, 3),
  SUBSTRING: same('substr', 2, 3),
  LEFT: same('left', 2),
  RIGHT: same('right', 2),
  LPAD: built(2, 3, (a, n, p = "' '") => `lpad(${a}, CAST(${n} AS INTEGER), ${p})`),
  RPAD: built(2, 3, (a, n, p = "' '") => `rpad(${a}, CAST(${n} AS INTEGER), ${p})`),
  REPLACE: built(2, 3, (a, b, c = "''") => `replace(${a}, ${b}, ${c})`),
  REPEAT: built(2, 2, (a, n) => `repeat(${a}, CAST(${n} AS BIGINT))`),
  REVERSE: same('reverse', 1),
  CONTAINS: same('contains', 2),
  STARTSWITH: same('starts_with', 2),
  ENDSWITH: same('ends_with', 2),
  POSITION: built(1, 2, (a, b) => (b === undefined ? `position(${a})` : `strpos(${b}, ${a})`)),
  CHARINDEX: built(2, 2, (a, b) => `strpos(${b}, ${a})`),
  TRANSLATE: same('translate', 3),
  ASCII: same('ascii', 1),
  UNICODE: same('unicode', 1),
  CHR: built(1, 1, (a) => `chr(CAST(${a} AS INTEGER))`),
  CHAR: built(1, 1, (a) => `chr(CAST(${a} AS INTEGER))`),
  SPLIT: same('string_split', 2),
  SPLIT_PART: built(3, 3, (a, b, n) => `split_part(${a}, ${b}, CAST(${n} AS INTEGER))`),
  EDITDISTANCE: same('levenshtein', 2),
  REGEXP_LIKE: regexpLike,
  RLIKE: regexpLike,
  REGEXP_REPLACE: regexpReplace,
  REGEXP_SUBSTR: regexpSubstr,
  REGEXP_COUNT: {
    least: 2,
    most: 2,
    emit([subject, pattern]) {
      checkPattern(pattern);
      return `len(regexp_extract_all(${subject?.sql}, ${pattern?.sql}))`;
    },
  },
  REGEXP_INSTR: {
    least: 2,
    most: 2,
    emit([subject, pattern]) {
      checkPattern(pattern);
      return `CASE WHEN regexp_matches(${subject?.sql}, ${pattern?.sql}) THEN strpos(${subject?.sql}, regexp_extract(${subject?.sql}, ${pattern?.sql})) ELSE 0 END`;
    },
  },
  // Hashes and bytes
  HASH: built(1, 255, (...all) => signed(`hash(${all.join(', ')})`)),
  HASH_AGG: built(1, 255, (...all) => signed(`bit_xor(hash(${all.join(', ')}))`)),
  SHA2: { least: 1, most: 2, emit: sha2 },
  SHA2_HEX: { least: 1, most: 2, emit: sha2 },
  SHA1: same('sha1', 1),
  SHA1_HEX: same('sha1', 1),
  MD5: same('md5', 1),
  MD5_HEX: same('md5', 1),
  HEX_ENCODE: hexEncode,
  HEX_DECODE_STRING: built(1, 1, (a) => `decode(unhex(${a}))`),
  HEX_DECODE_BINARY: same('unhex', 1),
  TRY_HEX_DECODE_BINARY: built(1, 1, (a) => `TRY(unhex(${a}))`),
  TRY_HEX_DECODE_STRING: built(1, 1, (a) => `decode(TRY(unhex(${a})))`),
  BASE64_ENCODE: built(1, 1, (a) => `to_base64(${MACRO_PREFIX}bytes(${a}))`),
  BASE64_DECODE_STRING: built(1, 1, (a) => `decode(from_base64(${a}))`),
  BASE64_DECODE_BINARY: same('from_base64', 1),
  TRY_BASE64_DECODE_BINARY: built(1, 1, (a) => `TRY(from_base64(${a}))`),
  TRY_BASE64_DECODE_STRING: built(1, 1, (a) => `TRY(decode(from_base64(${a})))`),
  TO_BINARY: {
    least: 1,
    most: 2,
    emit([value, format]) {
      const given = (literal(format) ?? 'HEX').toUpperCase();
      if (given === 'HEX') return `unhex(${value?.sql})`;
      if (given === 'BASE64') return `from_base64(${value?.sql})`;
      if (given === 'UTF-8' || given === 'UTF8') return `encode(${value?.sql})`;
      throw unsupported(`binary format ${given}`);
    },
  },
  UUID_STRING: built(0, 0, () => 'CAST(uuid() AS VARCHAR)'),
  // Numbers
  ABS: same('abs', 1),
  CEIL: same('ceil', 1),
  FLOOR: same('floor', 1),
  ROUND: built(1, 2, (a, n) => (n === undefined ? `round(${a})` : `round(${a}, CAST(${n} AS INTEGER))`)),
  TRUNC: built(1, 2, (a, n) => (n === undefined ? `trunc(${a})` : `trunc(${a}, CAST(${n} AS INTEGER))`)),
  SQRT: same('sqrt', 1),
  EXP: same('exp', 1),
  LN: same('ln', 1),
  POWER: same('power', 2),
  POW: same('power', 2),
  MOD: built(2, 2, (a, b) => `((${a}) % (${b}))`),
  SIGN: same('sign', 1),
  DIV0: built(2, 2, (a, b) => `CASE WHEN (${b}) = 0 THEN 0 ELSE (${a}) / (${b}) END`),
  BITAND: built(2, 2, (a, b) => `(${whole(a)} & ${whole(b)})`),
  BITOR: built(2, 2, (a, b) => `(${whole(a)} | ${whole(b)})`),
  BITXOR: built(2, 2, (a, b) => `xor(${whole(a)}, ${whole(b)})`),
  BITSHIFTLEFT: built(2, 2, (a, b) => `(${whole(a)} << ${whole(b)})`),
  BITSHIFTRIGHT: built(2, 2, (a, b) => `(${whole(a)} >> ${whole(b)})`),
  RANDOM: built(0, 1, () => signed('hash(random())')),
  SEQ4: built(0, 1, () => '(row_number() OVER () - 1)'),
  SEQ8: built(0, 1, () => '(row_number() OVER () - 1)'),
  // Conversions
  TO_CHAR: toText,
  TO_VARCHAR: toText,
  TO_NUMBER: numberOf('CAST'),
  TO_DECIMAL: numberOf('CAST'),
  TO_NUMERIC: numberOf('CAST'),
  TRY_TO_NUMBER: numberOf('TRY_CAST'),
  TRY_TO_DECIMAL: numberOf('TRY_CAST'),
  TRY_TO_NUMERIC: numberOf('TRY_CAST'),
  TO_DOUBLE: castTo('DOUBLE'),
  TRY_TO_DOUBLE: castTo('DOUBLE', true),
  TO_BOOLEAN: castTo('BOOLEAN'),
  TRY_TO_BOOLEAN: castTo('BOOLEAN', true),
  TO_DATE: castTo('DATE'),
  DATE: castTo('DATE'),
  TRY_TO_DATE: castTo('DATE', true),
  TO_TIMESTAMP: timeOf('to_timestamp_ntz', false),
  TO_TIMESTAMP_NTZ: timeOf('to_timestamp_ntz', false),
  TO_TIMESTAMP_LTZ: timeOf('to_timestamp_tz', false),
  TO_TIMESTAMP_TZ: timeOf('to_timestamp_tz', false),
  TRY_TO_TIMESTAMP: timeOf('try_to_timestamp_ntz', true),
  TRY_TO_TIMESTAMP_NTZ: timeOf('try_to_timestamp_ntz', true),
  TRY_TO_TIMESTAMP_LTZ: timeOf('try_to_timestamp_tz', true),
  TRY_TO_TIMESTAMP_TZ: timeOf('try_to_timestamp_tz', true),
  CONVERT_TIMEZONE: convertTimezone,
  // Times
  CURRENT_TIMESTAMP: built(0, 1, () => 'now()'),
  LOCALTIMESTAMP: built(0, 1, () => 'now()'),
  GETDATE: built(0, 0, () => 'now()'),
  SYSDATE: built(0, 0, () => "timezone('UTC', now())"),
  CURRENT_DATE: built(0, 0, () => 'current_date'),
  DATE_PART: datePart,
  DATE_TRUNC: dateTrunc,
  DATEADD: dateAdd,
  TIMESTAMPADD: dateAdd,
  DATEDIFF: dateDiff,
  TIMESTAMPDIFF: dateDiff,
  DATE_FROM_PARTS: built(3, 3, (y, m, d) => `make_date(CAST(${y} AS INTEGER), CAST(${m} AS INTEGER), CAST(${d} AS INTEGER))`),
  LAST_DAY: same('last_day', 1),
  YEAR: field('year'),
  QUARTER: field('quarter'),
  MONTH: field('month'),
  WEEK: field('week'),
  WEEKISO: field('week'),
  DAY: field('day'),
  DAYOFMONTH: field('day'),
  DAYOFWEEK: field('dow'),
  DAYOFWEEKISO: field('isodow'),
  DAYOFYEAR: field('doy'),
  HOUR: field('hour'),
  MINUTE: field('minute'),
  SECOND: field('second'),
  // Aggregates
  COUNT: {
    least: 1,
    most: 24,
    emit(args) {
      if (args.length === 1) return `count(${args[0]?.sql})`;
      const [first, ...rest] = args.map(({ sql }) => sql);
      const distinct = first?.startsWith('DISTINCT ') === true;
      const all = [distinct ? (first ?? '').slice('DISTINCT '.length) : (first ?? ''), ...rest];
      return `count(${distinct ? 'DISTINCT ' : ''}CASE WHEN ${anyNull(all)} THEN NULL ELSE row(${all.join(', ')}) END)`;
    },
  },
  SUM: same('sum', 1),
  AVG: same('avg', 1),
  MIN: same('min', 1),
  MAX: same('max', 1),
  MEDIAN: same('median', 1),
  ANY_VALUE: same('any_value', 1),
  COUNT_IF: same('count_if', 1),
  APPROX_COUNT_DISTINCT: same('approx_count_distinct', 1),
  STDDEV: same('stddev', 1),
  VARIANCE: same('variance', 1),
  LISTAGG: built(1, 2, (a, b = "''") => `string_agg(${a}, ${b})`),
  ARRAY_AGG: same('list', 1),
  MAX_BY: same('arg_max_null', 2),
  MIN_BY: same('arg_min_null', 2),
  BOOLOR_AGG: built(1, 1, (a) => `bool_or(CAST(${a} AS BOOLEAN))`),
  BOOLAND_AGG: built(1, 1, (a) => `bool_and(CAST(${a} AS BOOLEAN))`),
  BITOR_AGG: built(1, 1, (a) => `bit_or(${whole(a)})`),
  BITAND_AGG: built(1, 1, (a) => `bit_and(${whole(a)})`),
  BITXOR_AGG: built(1, 1, (a) => `bit_xor(${whole(a)})`),
  PERCENTILE_CONT: same('quantile_cont', 1),
  APPROX_PERCENTILE: same('approx_quantile', 2),
  GROUPING: same('grouping', 1, 8),
  // Windows
  ROW_NUMBER: same('row_number', 0),
  RANK: same('rank', 0),
  DENSE_RANK: same('dense_rank', 0),
  PERCENT_RANK: same('percent_rank', 0),
  CUME_DIST: same('cume_dist', 0),
  NTILE: same('ntile', 1),
  LAG: same('lag', 1, 3),
  LEAD: same('lead', 1, 3),
  FIRST_VALUE: same('first_value', 1),
  LAST_VALUE: same('last_value', 1),
  NTH_VALUE: same('nth_value', 2),
  // Semi-structured
  PARSE_JSON: same('json', 1),
  TRY_PARSE_JSON: built(1, 1, (a) => `TRY_CAST(${a} AS JSON)`),
  TO_JSON: built(1, 1, (a) => `CAST(to_json(${a}) AS VARCHAR)`),
  TO_VARIANT: same('to_json', 1),
  OBJECT_CONSTRUCT: same('json_object', 0, 255),
  ARRAY_CONSTRUCT: same('list_value', 0, 255),
  ARRAY_SIZE: built(1, 1, (a) => `len(${a})`),
  ARRAY_CONTAINS: built(2, 2, (a, b) => `list_contains(${b}, ${a})`),
  ARRAY_TO_STRING: same('array_to_string', 2),
  ARRAY_CAT: same('list_concat', 2),
  ARRAY_DISTINCT: same('list_distinct', 1),
  ARRAY_SORT: same('list_sort', 1),
  ARRAY_APPEND: same('list_append', 2),
  ARRAY_SLICE: built(3, 3, (a, b, c) => `list_slice(${a}, CAST(${b} AS BIGINT) + 1, CAST(${c} AS BIGINT))`),
  GET: built(2, 2, (a, b) => `list_extract(${a}, CAST(${b} AS BIGINT) + 1)`),
  TRANSFORM: { least: 2, most: 2, emit: ([array, body]) => `list_transform(${array?.sql}, ${lambda(body)})` },
  FILTER: { least: 2, most: 2, emit: ([array, body]) => `list_filter(${array?.sql}, ${lambda(body)})` },
};

/** The call in DuckDB's words; throws when Snowflake has no such function, or not with so many arguments. */
export function emitCall(name: string, args: readonly Argument[]): string {
  const spec = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (spec === undefined) throw unknownFunction(name);
  if (args.length < spec.least || args.length > spec.most) throw invalidArguments(name);
  return spec.emit(args);
}
