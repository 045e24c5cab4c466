import { SnowflakeError, syntaxError } from './errors.ts';

/** A piece of Snowflake SQL. Blanks and comments are none. */
export type Token =
  /** An unquoted word, in capitals as Snowflake resolves it. */
  | { readonly kind: 'word'; readonly value: string }
  /** A quoted name, without its quotes. */
  | { readonly kind: 'name'; readonly value: string }
  /** A text literal, with its escapes undone. */
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: string }
  /** A bound value, counted from 1. */
  | { readonly kind: 'bind'; readonly value: number }
  /** A stage, without quotes. */
  | { readonly kind: 'stage'; readonly value: string }
  | { readonly kind: 'symbol'; readonly value: string };

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' };

const BLANK = /\s+|--[^\n]*|\/\*[\s\S]*?\*\//y;
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /"(?:[^"]|"")*"/y;
const DOLLARS = /\$\$[\s\S]*?\$\$/y;
const STAGE = /@[~%\w."$-]*(?:\/[^\s()',;]*)?/y;
const BIND = /:\d+/y;
/** What Snowflake has of operators; anything else is no SQL of its. */
const SYMBOL = /::|<=|>=|<>|!=|\|\||=>|->|[-+*/%=<>(),.;?:[\]{}]/y;

/** Which patterns may match at a place, by its first character: trying all of them takes far longer. */
function patternsFor(char: string): readonly RegExp[] {
  if (char >= '0' && char <= '9') return [NUMBER];
  if (/\s/.test(char)) return [BLANK];
  switch (char) {
    case '-':
    case '/':
      return [BLANK, SYMBOL];
    case '.':
      return [NUMBER, SYMBOL];
    case '"':
      return [NAME];
    case '$':
      return [DOLLARS];
    case '@':
      return [STAGE];
    case ':':
      return [BIND, SYMBOL];
    default:
      return [SYMBOL, WORD];
  }
}

function tokenOf(pattern: RegExp, text: string, binds: number): Token | null {
  switch (pattern) {
    case BLANK:
      return null;
    case WORD:
      return { kind: 'word', value: text.toUpperCase() };
    case NUMBER:
      return { kind: 'number', value: text };
    case NAME:
      return { kind: 'name', value: text.slice(1, -1).replaceAll('""', '"') };
    case DOLLARS:
      return { kind: 'text', value: text.slice(2, -2) };
    case STAGE:
      return { kind: 'stage', value: text };
    case BIND:
      return { kind: 'bind', value: Number(text.slice(1)) };
    default:
      return text === '?' ? { kind: 'bind', value: binds + 1 } : { kind: 'symbol', value: text };
  }
}

/** Reads '...' from its opening quote: doubled quotes are one, and a backslash escapes as in Snowflake: '\d' is the letter d alone. */
function readText(sql: string, start: number): { value: string; end: number } {
  let value = '';
  for (let at = start + 1; at < sql.length; at += 1) {
    const char = sql.charAt(at);
    if (char === "'") {
      if (sql.charAt(at + 1) !== "'") return { value, end: at + 1 };
      value += "'";
      at += 1;
    } else if (char === '\\') {
      at += 1;
      const escaped = sql.charAt(at);
      const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(sql.slice(at, at + 5));
      if (code !== null) {
        value += String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? '', 16));
        at += code[0].length - 1;
      } else value += ESCAPES[escaped] ?? escaped;
    } else value += char;
  }
  throw new SnowflakeError('001003', '42000', 'SQL compilation error:\nparse error line 1 at position 0 near <EOF>.');
}

/** The pieces of a text in Snowflake's SQL. */
export function readTokens(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let binds = 0;
  let at = 0;
  while (at < sql.length) {
    if (sql.charAt(at) === "'") {
      const { value, end } = readText(sql, at);
      tokens.push({ kind: 'text', value });
      at = end;
      continue;
    }
    if (sql.startsWith('//', at)) throw syntaxError('//');
    const found = patternsFor(sql.charAt(at)).find((pattern) => {
      pattern.lastIndex = at;
      return pattern.test(sql);
    });
    if (found === undefined) throw syntaxError(sql.charAt(at));
    const token = tokenOf(found, sql.slice(at, found.lastIndex), binds);
    at = found.lastIndex;
    if (token === null) continue;
    if (token.kind === 'bind') binds += 1;
    tokens.push(token);
  }
  return tokens;
}

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.value);

export const isSymbol = (token: Token | undefined, value: string): boolean => token?.kind === 'symbol' && token.value === value;

/** Where the bracket that opens at `open` closes. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind !== 'symbol') continue;
    if ('([{'.includes(token.value)) depth += 1;
    else if (')]}'.includes(token.value)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw syntaxError('<EOF>');
}

/** The pieces between commas, those within brackets left together. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  if (tokens.length === 0) return [];
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol' && '([{'.includes(token.value)) depth += 1;
    if (token.kind === 'symbol' && ')]}'.includes(token.value)) depth -= 1;
    if (depth === 0 && isSymbol(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
