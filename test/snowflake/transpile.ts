import { notFound, SnowflakeError, syntaxError, unsupported } from './errors.ts';
import { type Argument, checkPattern, emitCall } from './functions.ts';
import { quoteName } from './identifiers.ts';
import { MACRO_PREFIX } from './macros.ts';
import { closing, isSymbol, isWord, splitAtCommas, type Token } from './tokens.ts';
import { readType } from './types.ts';

/** What the names and markers of a statement stand for. */
export interface Scope {
  readonly database: string | null;
  readonly schema: string | null;
  /** Temporary tables by full name, as DuckDB knows them. */
  readonly temporary: ReadonlyMap<string, string>;
  /** Bound values as DuckDB's literals. */
  readonly binds: readonly string[];
  /** A function of the session or of the account, such as CURRENT_ROLE, as a literal; null when it is no such function. */
  context(name: string, args: readonly Argument[]): string | null;
  /** Has a table made of what Snowflake tells about itself, and gives its name. */
  system(name: string, args: readonly Argument[]): string;
}

/** Words before a bracket that is no list of arguments. */
const NO_CALL = new Set(
  'ALL AND ANY AS BY CASE CLUSTER DISTINCT ELSE EXCEPT EXCLUDE EXISTS FROM GROUP HAVING IGNORE ILIKE IN INSERT INTERSECT INTO IS JOIN KEY LATERAL LIKE LIMIT MINUS NOT NULL OFFSET ON OR ORDER OVER PARTITION QUALIFY RECURSIVE RENAME RESPECT SELECT SET SOME TABLE THEN UNION UNIQUE UPDATE USING VALUES WHEN WHERE WITH WITHIN BETWEEN ROWS RANGE SETS ROLLUP CUBE'.split(
    ' ',
  ),
);

/** Words that Snowflake does not take for a name without quotes. */
const RESERVED = new Set(
  'ACCOUNT ALL ALTER AND ANY AS BETWEEN BY CASE CAST CHECK COLUMN CONNECT CONNECTION CONSTRAINT CREATE CROSS CURRENT DATABASE DELETE DISTINCT DROP ELSE EXISTS FALSE FOLLOWING FOR FROM FULL GRANT GROUP GSCLUSTER HAVING ILIKE IN INCREMENT INNER INSERT INTERSECT INTO IS ISSUE JOIN LATERAL LEFT LIKE LOCALTIME LOCALTIMESTAMP MINUS NATURAL NOT NULL OF ON OR ORDER ORGANIZATION QUALIFY REGEXP REVOKE RIGHT RLIKE ROW ROWS SAMPLE SCHEMA SELECT SET SOME START TABLE TABLESAMPLE THEN TO TRIGGER TRUE TRY_CAST UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHENEVER WHERE WITH'.split(
    ' ',
  ),
);

/** Functions of windows that mean nothing without an order. */
const ORDERED = new Set([
  'ROW_NUMBER',
  'RANK',
  'DENSE_RANK',
  'PERCENT_RANK',
  'CUME_DIST',
  'NTILE',
  'LAG',
  'LEAD',
  'FIRST_VALUE',
  'LAST_VALUE',
  'NTH_VALUE',
]);
/** Those that look at the whole partition in Snowflake unless they are told otherwise. */
const WHOLE_PARTITION = new Set(['FIRST_VALUE', 'LAST_VALUE', 'NTH_VALUE']);

const MOST_IN_LIST = 16_384;
const MOST_VALUES = 200_000;

/** Words that DuckDB keeps for itself and Snowflake does not. */
const QUOTED = new Set(
  'ANALYSE ANALYZE ASYMMETRIC AT DEFERRABLE DO INITIALLY LAMBDA ONLY PLACING RETURNING SHOW SUMMARIZE SYMMETRIC VARIADIC USER'.split(
    ' ',
  ),
);

/** Calls without brackets. */
const BARE_CALLS = new Set(['CURRENT_TIMESTAMP', 'CURRENT_DATE', 'LOCALTIMESTAMP', 'CURRENT_USER', 'CURRENT_ROLE']);

/** Pairs of words that DuckDB takes and Snowflake does not. */
const REFUSED_PAIRS: readonly (readonly [string, string])[] = [
  ['DISTINCT', 'ON'],
  ['ON', 'CONFLICT'],
  ['SEMI', 'JOIN'],
  ['ANTI', 'JOIN'],
  ['POSITIONAL', 'JOIN'],
  ['INSERT', 'OR'],
  ['AS', 'MATERIALIZED'],
  ['NOT', 'MATERIALIZED'],
  ['USING', 'SAMPLE'],
  ['BY', 'NAME'],
  ['MATCHED', 'BY'],
];

export const textLiteral = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A bracket that holds nothing but names, as the columns of an alias do. */
function holdsNames(tokens: readonly Token[], open: number, close: number): boolean {
  return tokens.slice(open + 1, close).every((token) => token.kind === 'name' || token.kind === 'word' || isSymbol(token, ','));
}

/** The full name of an object as the session resolves it: DATABASE.SCHEMA.NAME. */
export function fullName(parts: readonly string[], { database, schema }: Pick<Scope, 'database' | 'schema'>): string {
  return [database ?? '', schema ?? 'PUBLIC']
    .slice(0, Math.max(0, 3 - parts.length))
    .concat(parts)
    .join('\0');
}

/** A name of several parts that begins at a place. */
export function readPath(tokens: readonly Token[], at: number): { parts: string[]; next: number } {
  const parts: string[] = [];
  let next = at;
  for (;;) {
    const token = tokens[next];
    if (token?.kind !== 'word' && token?.kind !== 'name') throw syntaxError(String(token?.value ?? '<EOF>'));
    parts.push(token.value);
    next += 1;
    const after = tokens[next + 1];
    if (!isSymbol(tokens[next], '.') || (after?.kind !== 'word' && after?.kind !== 'name')) return { parts, next };
    next += 1;
  }
}

/** DuckDB's SQL for a query or a part of one. Throws where Snowflake would refuse it. */
export function transpile(tokens: readonly Token[], scope: Scope): string {
  return new Transpiler(scope).emit(tokens);
}

class Transpiler {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  emit(tokens: readonly Token[]): string {
    const parts: string[] = [];
    for (let at = 0; at < tokens.length; ) {
      const { sql, next } = this.#piece(tokens, at);
      parts.push(sql);
      at = next;
    }
    return parts.join(' ');
  }

  #piece(tokens: readonly Token[], at: number): { sql: string; next: number } {
    const token = tokens[at];
    switch (token?.kind) {
      case 'text':
        if (isWord(tokens[at - 1], 'FROM', 'JOIN')) throw syntaxError(`'${token.value}'`);
        return { sql: textLiteral(token.value), next: at + 1 };
      case 'number':
        return { sql: token.value, next: at + 1 };
      case 'bind': {
        const bound = this.#scope.binds[token.value - 1];
        if (bound === undefined)
          throw new SnowflakeError(
            '002049',
            '42601',
            `SQL compilation error: error line 1 at position 0\nBind variable ? not set.`,
          );
        return { sql: bound, next: at + 1 };
      }
      case 'stage':
        throw unsupported('a query of a stage');
      case 'name':
        return this.#path(tokens, at);
      case 'symbol':
        return this.#symbol(tokens, at);
      case 'word':
        return this.#word(tokens, at);
      default:
        throw syntaxError('<EOF>');
    }
  }

  #symbol(tokens: readonly Token[], at: number): { sql: string; next: number } {
    const token = tokens[at];
    if (isSymbol(token, '::')) {
      const { engine, next } = readType(tokens, at + 1);
      return { sql: `::${engine}`, next };
    }
    if (isSymbol(token, '(')) {
      const end = closing(tokens, at);
      const inner = tokens.slice(at + 1, end);
      this.#checkLists(tokens, at, inner);
      return { sql: `(${this.emit(inner)})`, next: end + 1 };
    }
    const before = tokens[at - 1];
    const isSubscript = before?.kind === 'name' || before?.kind === 'word' || isSymbol(before, ')') || isSymbol(before, ']');
    if (isSymbol(token, '[') && isSubscript && tokens[at + 1]?.kind !== 'text') {
      // Counted from 0 in Snowflake, from 1 in DuckDB.
      const end = closing(tokens, at);
      return { sql: `[1 + (${this.emit(tokens.slice(at + 1, end))})]`, next: end + 1 };
    }
    return { sql: String(token?.value), next: at + 1 };
  }

  #checkLists(tokens: readonly Token[], at: number, inner: readonly Token[]): void {
    if (!isWord(tokens[at - 1], 'IN')) return;
    const values = splitAtCommas(inner).length;
    if (values > MOST_IN_LIST)
      throw new SnowflakeError(
        '001795',
        '42601',
        `SQL compilation error: error line 1 at position 0\nmaximum number of expressions in a list exceeded, expected at most 16,384, got ${values}`,
      );
  }

  #word(tokens: readonly Token[], at: number): { sql: string; next: number } {
    const token = tokens[at];
    const word = String(token?.value);
    const next = tokens[at + 1];
    const before = tokens[at - 1];
    for (const [first, second] of REFUSED_PAIRS) if (word === second && isWord(before, first)) throw syntaxError(word);
    if (isWord(before, 'AS') && RESERVED.has(word) && !['SELECT', 'WITH', 'VALUES'].includes(word)) throw syntaxError(word);
    if (word === 'MINUS') return { sql: 'EXCEPT', next: at + 1 };
    if (word === 'RLIKE' || word === 'REGEXP') {
      if (!isSymbol(next, '(') || before?.kind !== 'symbol') {
        checkPattern({ tokens: next === undefined ? [] : [next], sql: '' });
        return { sql: 'SIMILAR TO', next: at + 1 };
      }
    }
    if (word === 'INTERVAL' && next?.kind !== 'text') throw syntaxError(String(next?.value));
    if (word === 'VALUES') this.#checkValues(tokens, at);
    if (word === 'IGNORE' && isWord(next, 'NULLS')) throw unsupported('IGNORE NULLS outside of brackets');
    if (['DATE', 'TIME', 'TIMESTAMP'].includes(word) && next?.kind === 'text')
      return { sql: `${word} ${textLiteral(next.value)}`, next: at + 2 };
    if ((word === 'TABLE' || word === 'LATERAL') && !isWord(before, 'CREATE', 'TEMPORARY', 'TRANSIENT')) {
      const from = this.#tableFunction(tokens, at);
      if (from !== null) return from;
    }
    if (isSymbol(next, '(') && !NO_CALL.has(word) && !isSymbol(before, '.') && this.#isCall(tokens, at))
      return this.#call(tokens, at);
    if (BARE_CALLS.has(word) && !isSymbol(next, '.') && !isSymbol(before, '.') && !isWord(before, 'AS'))
      return { sql: this.#scope.context(word, []) ?? emitCall(word, []), next: at + 1 };
    if (isSymbol(next, '.') || QUOTED.has(word)) return this.#path(tokens, at);
    if (this.#scope.temporary.has(fullName([word], this.#scope))) return this.#path(tokens, at);
    return { sql: word, next: at + 1 };
  }

  #checkValues(tokens: readonly Token[], at: number): void {
    let rows = 0;
    for (let next = at + 1; isSymbol(tokens[next], '('); next = closing(tokens, next) + 2) rows += 1;
    if (rows > MOST_VALUES)
      throw new SnowflakeError(
        '001795',
        '42601',
        `SQL compilation error: error line 1 at position 0\nmaximum number of expressions in a list exceeded, expected at most 200,000, got ${rows}`,
      );
  }

  /** Whether the word before a bracket is called, and not a table's name, an alias or the name of a WITH. */
  #isCall(tokens: readonly Token[], at: number): boolean {
    const before = tokens[at - 1];
    if (isWord(before, 'INTO', 'TABLE', 'EXISTS', 'WITH', 'RECURSIVE', 'UPDATE', 'AS')) return false;
    const close = closing(tokens, at + 1);
    if (isWord(tokens[close + 1], 'AS') && isSymbol(tokens[close + 2], '(') && isSymbol(before, ',')) return false;
    const afterOperand =
      before?.kind === 'name' ||
      isSymbol(before, ')') ||
      (before?.kind === 'word' &&
        !RESERVED.has(before.value) &&
        !NO_CALL.has(before.value) &&
        !['END', 'ASC', 'DESC', 'ESCAPE', 'DISTINCT', 'RETURN', 'NULLS'].includes(before.value));
    return !(afterOperand && holdsNames(tokens, at + 1, close));
  }

  #call(tokens: readonly Token[], at: number): { sql: string; next: number } {
    const name = String(tokens[at]?.value);
    const close = closing(tokens, at + 1);
    const inner = tokens.slice(at + 2, close);
    let next = close + 1;
    if (name === 'CAST' || name === 'TRY_CAST') return { sql: this.#cast(name, inner), next };
    if (name === 'EXTRACT') {
      const from = inner.findIndex((token) => isWord(token, 'FROM'));
      const parts = [inner.slice(0, from), inner.slice(from + 1)];
      return {
        sql: emitCall(
          'DATE_PART',
          parts.map((part) => this.#argument(part)),
        ),
        next,
      };
    }
    const args = splitAtCommas(inner).map((part) => this.#argument(part));
    const own = this.#scope.context(name, args);
    let sql = own ?? emitCall(name, args);
    if (isWord(tokens[next], 'WITHIN') && isWord(tokens[next + 1], 'GROUP') && isSymbol(tokens[next + 2], '(')) {
      // DuckDB takes the order of a list within the call.
      const end = closing(tokens, next + 2);
      const order = this.emit(tokens.slice(next + 3, end));
      sql = name === 'PERCENTILE_CONT' ? `${sql} WITHIN GROUP (${order})` : `${sql.slice(0, -1)} ${order})`;
      next = end + 1;
    }
    if (isWord(tokens[next], 'FILTER') && isSymbol(tokens[next + 1], '(')) throw syntaxError('(');
    if (isWord(tokens[next], 'IGNORE', 'RESPECT') && isWord(tokens[next + 1], 'NULLS')) {
      sql = `${sql.slice(0, -1)} ${isWord(tokens[next], 'IGNORE') ? 'IGNORE' : 'RESPECT'} NULLS)`;
      next += 2;
    }
    if (!isWord(tokens[next], 'OVER')) {
      if (ORDERED.has(name))
        throw new SnowflakeError('002303', '42601', `SQL compilation error:\nFunction [${name}] must have an OVER clause`);
      return { sql, next };
    }
    return this.#window(tokens, next, name, sql);
  }

  #window(tokens: readonly Token[], at: number, name: string, call: string): { sql: string; next: number } {
    const end = closing(tokens, at + 1);
    const inner = tokens.slice(at + 2, end);
    if (ORDERED.has(name) && !inner.some((token, index) => isWord(token, 'ORDER') && isWord(inner[index + 1], 'BY')))
      throw new SnowflakeError(
        '002303',
        '42601',
        `SQL compilation error:\nWindow function type [${name}] requires ORDER BY in window specification`,
      );
    const framed = inner.some((token) => isWord(token, 'ROWS', 'RANGE'));
    const frame = WHOLE_PARTITION.has(name) && !framed ? ' ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING' : '';
    return { sql: `${call} OVER (${this.emit(inner)}${frame})`, next: end + 1 };
  }

  #argument(tokens: readonly Token[]): Argument {
    return { tokens, sql: this.emit(tokens) };
  }

  #cast(name: string, inner: readonly Token[]): string {
    let depth = 0;
    const as = inner.findIndex((token) => {
      if (token.kind === 'symbol' && '([{'.includes(token.value)) depth += 1;
      if (token.kind === 'symbol' && ')]}'.includes(token.value)) depth -= 1;
      return depth === 0 && isWord(token, 'AS');
    });
    if (as === -1) throw syntaxError(')');
    const value = this.emit(inner.slice(0, as));
    const { engine, next } = readType(inner, as + 1);
    if (next !== inner.length) throw syntaxError(String(inner[next]?.value));
    if (name === 'TRY_CAST') {
      if (engine === 'TIMESTAMP') return `${MACRO_PREFIX}try_to_timestamp_ntz(${value})`;
      if (engine === 'TIMESTAMPTZ') return `${MACRO_PREFIX}try_to_timestamp_tz(${value})`;
      return `TRY_CAST(${MACRO_PREFIX}text_only(${value}) AS ${engine})`;
    }
    return engine === 'VARCHAR' ? `${MACRO_PREFIX}text(${value})` : `CAST(${value} AS ${engine})`;
  }

  /** TABLE(f(...)), LATERAL f(...): rows that a function gives. */
  #tableFunction(tokens: readonly Token[], at: number): { sql: string; next: number } | null {
    const inBrackets = isWord(tokens[at], 'TABLE') && isSymbol(tokens[at + 1], '(');
    const start = inBrackets ? at + 2 : at + 1;
    const token = tokens[start];
    if (token?.kind !== 'word' && token?.kind !== 'name') return null;
    const { parts, next: open } = readPath(tokens, start);
    if (!isSymbol(tokens[open], '(')) return null;
    const close = closing(tokens, open);
    const name = parts.at(-1) ?? '';
    const args = splitAtCommas(tokens.slice(open + 1, close)).map((part) => {
      const named = isSymbol(part[1], '=>');
      return { name: named ? String(part[0]?.value) : '', ...this.#argument(named ? part.slice(2) : part) };
    });
    const next = inBrackets ? closing(tokens, at + 1) + 1 : close + 1;
    const [first, second] = args;
    switch (name) {
      case 'FLATTEN':
        return {
          sql: `LATERAL (SELECT unnest(${first?.sql}) AS VALUE, generate_subscripts(${first?.sql}, 1) - 1 AS INDEX)`,
          next,
        };
      case 'SPLIT_TO_TABLE':
        return {
          sql: `LATERAL (SELECT unnest(string_split(${first?.sql}, ${second?.sql})) AS VALUE, generate_subscripts(string_split(${first?.sql}, ${second?.sql}), 1) AS INDEX)`,
          next,
        };
      case 'GENERATOR':
        return {
          sql: `(SELECT 1 AS "GENERATED" FROM range(CAST(${args.find((arg) => arg.name === 'ROWCOUNT')?.sql ?? '0'} AS BIGINT)))`,
          next,
        };
      default:
        return { sql: this.#scope.system(parts.join('.'), args), next };
    }
  }

  #path(tokens: readonly Token[], at: number): { sql: string; next: number } {
    const { parts, next } = readPath(tokens, at);
    if (parts.at(-1) === 'NEXTVAL' && parts.length > 1) {
      const name = fullName(parts.slice(0, -1), this.#scope).split('\0').map(quoteName).join('.');
      return { sql: `nextval(${textLiteral(name)})`, next };
    }
    const schema = parts.at(-2);
    if (schema === 'INFORMATION_SCHEMA') return { sql: this.#scope.system(parts.join('.'), []), next };
    const temporary = this.#scope.temporary.get(fullName(parts, this.#scope));
    if (temporary !== undefined) return { sql: temporary, next };
    const first = parts[0] ?? '';
    if (parts.length > 3 && tokens[at]?.kind === 'word' && first === 'SNOWFLAKE') throw notFound('Database', first);
    return { sql: parts.map(quoteName).join('.'), next };
  }
}
