import { raw, type Sql } from '../../lib/sql.ts';

/** Our own constant as a literal, in which a backslash stands for itself. */
export function literal(constant: string): Sql {
  return raw(`'${constant.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
}

/** Escapes that RE2 knows and a POSIX expression does not: within brackets a backslash may stand for itself there. */
const CONTROLS: Readonly<Record<string, string>> = { '\\t': '\t', '\\n': '\n', '\\v': '\v', '\\f': '\f', '\\r': '\r' };

/** A pattern of ours as a literal. Snowflake's patterns have no groups that do not capture, no looking around and no lazy repetition. */
export function patternLiteral(pattern: string): Sql {
  if (/\(\?|[*+?}]\?/.test(pattern)) throw new Error(`Not every warehouse knows all of the pattern ${pattern}.`);
  return literal(pattern.replaceAll(/\\\\|\\[tnvfr]/g, (sequence) => CONTROLS[sequence] ?? sequence));
}
