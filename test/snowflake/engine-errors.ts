import { SnowflakeError } from './errors.ts';
import { decodeNames } from './identifiers.ts';

const CASES: readonly (readonly [RegExp, (match: RegExpExecArray) => SnowflakeError])[] = [
  // Errors that the functions of ours raise.
  [/(?:Invalid Input Error: )?(\d{6}): ([^\n]*)/, ([, code = '', message = '']) => new SnowflakeError(code, '22023', message)],
  [
    /(?:Table|View|Sequence) with name "?([^\s"!]+)"? does not exist/,
    ([, name]) =>
      new SnowflakeError('002003', '42S02', `SQL compilation error:\nObject '${name}' does not exist or not authorized.`),
  ],
  [
    /(?:Schema|Catalog) (?:with name )?"?([^\s"!]+)"? does not exist/,
    ([, name]) =>
      new SnowflakeError('002003', '02000', `SQL compilation error:\nSchema '${name}' does not exist or not authorized.`),
  ],
  [
    /(?:Table|View|Sequence|Schema) with name "?([^\s"!]+)"? already exists/,
    ([, name]) => new SnowflakeError('002002', '42710', `SQL compilation error:\nObject '${name}' already exists.`),
  ],
  [
    /Referenced (?:column|table) "([^"]+)" not found|(?:does not have|no) (?:a )?column (?:named|with name) "?([^\s"!]+)"?|column "?([^\s"]+)"? does not exist/i,
    ([, first, second, third]) =>
      new SnowflakeError(
        '000904',
        '42000',
        `SQL compilation error: error line 1 at position 0\ninvalid identifier '${first ?? second ?? third}'`,
      ),
  ],
  [
    /Ambiguous reference to column name "([^"]+)"/,
    ([, name]) =>
      new SnowflakeError('000904', '42702', `SQL compilation error: error line 1 at position 0\nambiguous column name '${name}'`),
  ],
  [
    /column "([^"]+)" must appear in the GROUP BY clause/,
    ([, name]) => new SnowflakeError('000979', '42601', `SQL compilation error:\n[${name}] is not a valid group by expression`),
  ],
  [
    /NOT NULL constraint failed: (\S+)/,
    ([, name]) => new SnowflakeError('100072', '22000', `NULL result in a non-nullable column ${name}`),
  ],
  [
    /Transaction conflict|TransactionContext Error|Conflict on/,
    () =>
      new SnowflakeError(
        '000625',
        '57014',
        'Statement has locked table in another transaction and this lock has not yet been released.',
      ),
  ],
  [/INTERRUPT Error/, () => new SnowflakeError('000604', '57014', 'SQL execution canceled')],
  [
    /Conversion Error: ([^\n]*)/,
    ([, what = '']) => new SnowflakeError('100038', '22018', `Value '${/'([^']*)'/.exec(what)?.[1] ?? ''}' is not recognized`),
  ],
  [
    /(?:Scalar|Aggregate|Table|Macro) Function with name "?([^\s"!]+)"? does not exist/,
    ([, name]) => new SnowflakeError('002140', '42601', `SQL compilation error:\nUnknown function ${name}`),
  ],
  [
    /Cannot compare values of type|No function matches|Cannot mix values of type|Could not convert|Unimplemented type for cast/,
    () =>
      new SnowflakeError(
        '001044',
        '42P13',
        'SQL compilation error: error line 1 at position 0\nInvalid argument types for function',
      ),
  ],
  [/Parser Error: ([^\n]*)/, ([, what]) => new SnowflakeError('001003', '42000', `SQL compilation error:\n${what}`)],
];

/** DuckDB's failure in Snowflake's words. */
export function readEngineError(error: unknown): SnowflakeError {
  if (error instanceof SnowflakeError) return error;
  const message = decodeNames(error instanceof Error ? error.message : String(error));
  for (const [pattern, make] of CASES) {
    const match = pattern.exec(message);
    if (match !== null) return make(match);
  }
  return new SnowflakeError('000603', 'XX000', `SQL execution internal error:\n${message}`);
}
