import { Dialect, transpile } from '@polyglot-sql/sdk';
import { syntaxError } from './errors.ts';
import { isWord, type Token } from './tokens.ts';

/** Parsing takes about a second for each megabyte, and long texts are lists of values. */
const MOST_PARSED = 50_000;
/** The product's deepest statements are nested deeper than what the parser's build for WebAssembly takes unless it is told. */
const DEPTH = { complexityGuard: { maxParserDepth: 96 } };
const known = new Set<string>();

/** Throws when the text is not Snowflake's SQL by the grammar of a parser that knows many dialects. */
export function checkGrammar(sql: string, tokens: readonly Token[]): void {
  // What it does not know all of: the account's things, and what is asked about them.
  if (isWord(tokens[0], 'DESC', 'DESCRIBE', 'SHOW', 'LIST', 'LS', 'GRANT', 'REVOKE', 'ALTER', 'COMMENT')) return;
  if (sql.length > MOST_PARSED || known.has(sql)) return;
  const { success, error } = transpile(sql, Dialect.Snowflake, Dialect.Snowflake, DEPTH);
  if (!success) throw syntaxError(error ?? sql.slice(0, 40));
  known.add(sql);
}
