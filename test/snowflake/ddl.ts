import { SnowflakeError, syntaxError, unsupported } from './errors.ts';
import { quoteName } from './identifiers.ts';
import { closing, isSymbol, isWord, splitAtCommas, type Token } from './tokens.ts';
import { fullName, readPath, type Scope, transpile } from './transpile.ts';
import { readType } from './types.ts';

/** A CREATE, ALTER or DROP in DuckDB's words, and what is to be remembered of it. */
export interface Ddl {
  readonly sql: readonly string[];
  readonly status: string;
  /** The full name of a temporary table that is made, and how DuckDB knows it. */
  readonly makesTemporary?: readonly [string, string];
  /** The full name of a table that is dropped. */
  readonly drops?: string;
  /** What must not be there before: the full name of a table. */
  readonly makes?: string;
}

/** A list of columns of a CREATE TABLE. Keys are not enforced, so they are left out. */
function columnList(tokens: readonly Token[], scope: Scope): string {
  const columns = splitAtCommas(tokens).flatMap((part) => {
    if (isWord(part[0], 'PRIMARY', 'UNIQUE', 'FOREIGN', 'CONSTRAINT')) return [];
    return [columnDefinition(part, scope)];
  });
  return columns.join(', ');
}

function columnDefinition(tokens: readonly Token[], scope: Scope): string {
  const [name] = tokens;
  if (name?.kind !== 'word' && name?.kind !== 'name') throw syntaxError(String(name?.value));
  const { engine, next } = readType(tokens, 1);
  const rest: string[] = [];
  for (let at = next; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (isWord(token, 'NOT') && isWord(tokens[at + 1], 'NULL')) {
      rest.push('NOT NULL');
      at += 1;
    } else if (isWord(token, 'PRIMARY')) at += 1;
    else if (isWord(token, 'UNIQUE', 'NULL')) continue;
    else if (isWord(token, 'COMMENT', 'COLLATE')) at += 1;
    else if (isWord(token, 'DEFAULT')) {
      const end = tokens.findIndex((later, index) => index > at && isWord(later, 'NOT', 'COMMENT', 'PRIMARY', 'UNIQUE'));
      const value = tokens.slice(at + 1, end === -1 ? tokens.length : end);
      rest.push(`DEFAULT ${transpile(value, scope)}`);
      at += value.length;
    } else throw syntaxError(String(token?.value));
  }
  return `${quoteName(name.value)} ${engine} ${rest.join(' ')}`;
}

function nameAt(tokens: readonly Token[], at: number, scope: Scope): { full: string; sql: string; shown: string; next: number } {
  const { parts, next } = readPath(tokens, at);
  if (parts.length < 3 && scope.database === null)
    throw new SnowflakeError(
      '090105',
      '22000',
      "Cannot perform CREATE TABLE. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.",
    );
  const full = fullName(parts, scope);
  return { full, sql: full.split('\0').map(quoteName).join('.'), shown: parts.at(-1) ?? '', next };
}

/** IF [NOT] EXISTS at a place, and where it ends. */
function ifExists(tokens: readonly Token[], at: number): { text: string; next: number } {
  if (!isWord(tokens[at], 'IF')) return { text: '', next: at };
  const not = isWord(tokens[at + 1], 'NOT');
  return { text: not ? 'IF NOT EXISTS ' : 'IF EXISTS ', next: at + (not ? 3 : 2) };
}

/** Properties of a table that say how Snowflake keeps it. */
function skipProperties(tokens: readonly Token[], from: number): number {
  let at = from;
  for (;;) {
    if (isWord(tokens[at], 'CLUSTER') && isWord(tokens[at + 1], 'BY')) at = closing(tokens, at + 2) + 1;
    else if (isWord(tokens[at], 'COMMENT', 'DATA_RETENTION_TIME_IN_DAYS', 'CHANGE_TRACKING') && isSymbol(tokens[at + 1], '='))
      at += 3;
    else return at;
  }
}

export function readCreate(tokens: readonly Token[], scope: Scope): Ddl {
  let at = 1;
  const replace = isWord(tokens[at], 'OR') && isWord(tokens[at + 1], 'REPLACE');
  if (replace) at += 2;
  let kind: 'TEMPORARY' | 'TRANSIENT' | '' = '';
  while (isWord(tokens[at], 'LOCAL', 'GLOBAL', 'TEMP', 'TEMPORARY', 'VOLATILE', 'TRANSIENT')) {
    kind = isWord(tokens[at], 'TRANSIENT') ? 'TRANSIENT' : 'TEMPORARY';
    at += 1;
  }
  const what = tokens[at];
  at += 1;
  const condition = ifExists(tokens, at);
  at = condition.next;
  const or = replace ? 'OR REPLACE ' : '';
  if (isWord(what, 'TABLE')) return createTable(tokens, at, scope, { or, condition: condition.text, kind });
  if (isWord(what, 'SCHEMA')) {
    const { parts } = readPath(tokens, at);
    const database = parts.length > 1 ? (parts[0] ?? '') : (scope.database ?? '');
    const name = parts.at(-1) ?? '';
    return {
      sql: [`CREATE SCHEMA ${or}${condition.text}${quoteName(database)}.${quoteName(name)}`],
      status: `Schema ${name} successfully created.`,
    };
  }
  if (isWord(what, 'VIEW')) {
    const { sql, shown, next } = nameAt(tokens, at, scope);
    const columns = isSymbol(tokens[next], '(') ? tokens.slice(next, closing(tokens, next) + 1) : [];
    const as = next + columns.length;
    if (!isWord(tokens[as], 'AS')) throw syntaxError(String(tokens[as]?.value));
    const list = columns.length === 0 ? '' : ` (${transpile(columns.slice(1, -1), scope)})`;
    return {
      sql: [`CREATE ${or}VIEW ${condition.text}${sql}${list} AS ${transpile(tokens.slice(as + 1), scope)}`],
      status: `View ${shown} successfully created.`,
    };
  }
  if (isWord(what, 'SEQUENCE')) {
    const { sql, shown, next } = nameAt(tokens, at, scope);
    const rest = tokens.slice(next).filter((token) => !isSymbol(token, '=') && !isWord(token, 'WITH', 'ORDER', 'NOORDER', 'BY'));
    return {
      sql: [`CREATE ${or}SEQUENCE ${condition.text}${sql} ${rest.map(({ value }) => String(value)).join(' ')}`],
      status: `Sequence ${shown} successfully created.`,
    };
  }
  throw unsupported(`CREATE ${what?.value}`);
}

function createTable(
  tokens: readonly Token[],
  at: number,
  scope: Scope,
  { or, condition, kind }: { or: string; condition: string; kind: string },
): Ddl {
  const { full, sql, shown, next } = nameAt(tokens, at, scope);
  let after = skipProperties(tokens, next);
  const temporary = `temp.main."${full
    .replaceAll('\0', '/')
    .replaceAll('"', '""')
    .replaceAll(/\p{Ll}+/gu, (small) => `‹${small.toUpperCase()}›`)}"`;
  const name = kind === 'TEMPORARY' ? temporary : sql;
  const head = `CREATE ${or}${kind === 'TEMPORARY' ? 'TEMPORARY ' : ''}TABLE ${condition}${name}`;
  const remember = kind === 'TEMPORARY' ? { makesTemporary: [full, temporary] as const } : { makes: full };
  const status = `Table ${shown} successfully created.`;
  let columns: string | null = null;
  if (isSymbol(tokens[after], '(')) {
    const close = closing(tokens, after);
    columns = columnList(tokens.slice(after + 1, close), scope);
    after = skipProperties(tokens, close + 1);
  }
  if (isWord(tokens[after], 'LIKE')) {
    const source = transpile(tokens.slice(after + 1), scope);
    return { sql: [`${head} AS FROM ${source} LIMIT 0`], status, ...remember };
  }
  if (isWord(tokens[after], 'CLONE')) {
    const source = transpile(tokens.slice(after + 1), scope);
    return { sql: [`${head} AS FROM ${source}`], status, ...remember };
  }
  if (isWord(tokens[after], 'AS')) {
    const select = transpile(tokens.slice(after + 1), scope);
    // With types for its columns a CREATE TABLE AS is two statements in DuckDB.
    return columns === null
      ? { sql: [`${head} AS ${select}`], status, ...remember }
      : { sql: [`${head} (${columns})`, `INSERT INTO ${name} ${select}`], status, ...remember };
  }
  if (columns === null || after !== tokens.length) throw syntaxError(String(tokens[after]?.value ?? '<EOF>'));
  return { sql: [`${head} (${columns})`], status, ...remember };
}

export function readDrop(tokens: readonly Token[], scope: Scope): Ddl {
  const what = String(tokens[1]?.value);
  const condition = ifExists(tokens, 2);
  if (what === 'SCHEMA' || what === 'DATABASE') {
    const { parts } = readPath(tokens, condition.next);
    const name = parts.at(-1) ?? '';
    const sql =
      what === 'DATABASE'
        ? `DETACH DATABASE ${condition.text}${quoteName(name)}`
        : `DROP SCHEMA ${condition.text}${quoteName(parts.length > 1 ? (parts[0] ?? '') : (scope.database ?? ''))}.${quoteName(name)} CASCADE`;
    return { sql: [sql], status: `${name} successfully dropped.` };
  }
  if (!['TABLE', 'VIEW', 'SEQUENCE'].includes(what)) throw unsupported(`DROP ${what}`);
  const { full, sql, shown } = nameAt(tokens, condition.next, scope);
  const temporary = scope.temporary.get(full);
  return {
    sql: [`DROP ${what} ${condition.text}${temporary ?? sql}`],
    status: `${shown} successfully dropped.`,
    drops: full,
  };
}

export function readAlterTable(tokens: readonly Token[], scope: Scope): Ddl {
  const condition = ifExists(tokens, 2);
  const { full, sql: plain, next } = nameAt(tokens, condition.next, scope);
  const name = scope.temporary.get(full) ?? plain;
  const status = 'Statement executed successfully.';
  const [verb, object] = [String(tokens[next]?.value), tokens[next + 1]];
  const table = `ALTER TABLE ${condition.text}${name}`;
  if (verb === 'ADD' && isWord(object, 'COLUMN')) {
    const inner = ifExists(tokens, next + 2);
    const definitions = splitAtCommas(tokens.slice(inner.next)).map((part) => columnDefinition(part, scope));
    return { sql: definitions.map((definition) => `${table} ADD COLUMN ${inner.text}${definition}`), status };
  }
  if (verb === 'DROP' && isWord(object, 'COLUMN')) {
    const inner = ifExists(tokens, next + 2);
    const { parts } = readPath(tokens, inner.next);
    return { sql: [`${table} DROP COLUMN ${inner.text}${parts.map(quoteName).join('.')}`], status };
  }
  if (verb === 'RENAME' && isWord(object, 'TO')) {
    const { parts } = readPath(tokens, next + 2);
    return { sql: [`${table} RENAME TO ${quoteName(parts.at(-1) ?? '')}`], status };
  }
  if (verb === 'RENAME' && isWord(object, 'COLUMN')) {
    const [from, , to] = tokens.slice(next + 2);
    return { sql: [`${table} RENAME COLUMN ${quoteName(String(from?.value))} TO ${quoteName(String(to?.value))}`], status };
  }
  if (verb === 'CLUSTER' || (verb === 'SUSPEND' && isWord(object, 'RECLUSTER')) || (verb === 'SET' && isWord(object, 'COMMENT')))
    return { sql: [], status };
  throw unsupported(`ALTER TABLE ${verb}`);
}
