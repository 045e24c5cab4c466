import type { DuckDBConnection } from '@duckdb/node-api';
import { CHANGES, changedResult } from './changes.ts';
import { SnowflakeError, syntaxError } from './errors.ts';
import { type Result, STATEMENT_TYPES } from './result.ts';
import { isSymbol, isWord, type Token } from './tokens.ts';
import { type Scope, transpile } from './transpile.ts';

interface Scoped {
  readonly scope: Scope;
  /** Puts tables of the system in their places. */
  fill(sql: string): Promise<string>;
}

/** Where a word first stands outside of all brackets. */
function topLevel(tokens: readonly Token[], word: string): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (token.kind === 'symbol' && '([{'.includes(token.value)) depth += 1;
    if (token.kind === 'symbol' && ')]}'.includes(token.value)) depth -= 1;
    return depth === 0 && isWord(token, word);
  });
}

/** Snowflake refuses to choose between several rows that would change the same one; DuckDB takes any of them. */
async function refuseAmbiguous(connection: DuckDBConnection, tokens: readonly Token[], { scope, fill }: Scoped): Promise<void> {
  const using = topLevel(tokens, 'USING');
  const when = topLevel(tokens, 'WHEN');
  if (using === -1 || when === -1) throw syntaxError('<EOF>');
  const changesAll = tokens.some(
    (token, at) =>
      isWord(token, 'MATCHED') &&
      !isWord(tokens[at - 1], 'NOT') &&
      isWord(tokens[at + 1], 'THEN') &&
      isWord(tokens[at + 2], 'UPDATE', 'DELETE'),
  );
  if (!changesAll) return;
  const target = tokens.slice(2, using).filter((token) => !isWord(token, 'AS'));
  const hasAlias = target.length > 1 && !isSymbol(target.at(-2), '.');
  const table = transpile(target, scope);
  const alias = hasAlias ? transpile(target.slice(-1), scope) : (/"(?:[^"]|"")*"$|\w+$/.exec(table)?.[0] ?? '');
  const source = transpile(tokens.slice(using + 1, when), scope);
  const check = await fill(
    `SELECT 1 FROM (SELECT ${alias}.rowid AS matched FROM ${table} JOIN ${source}) GROUP BY matched HAVING count(*) > 1 LIMIT 1`,
  );
  const found = await connection.runAndReadAll(check);
  if (found.currentRowCount > 0) throw new SnowflakeError('100090', '42P18', 'Duplicate row detected during DML action');
}

/** Runs a MERGE, which says how many rows each of its branches has changed. */
export async function merge(connection: DuckDBConnection, tokens: readonly Token[], scoped: Scoped): Promise<Result> {
  await refuseAmbiguous(connection, tokens, scoped);
  const sql = await scoped.fill(transpile(tokens, scoped.scope));
  const result = await connection.run(`${sql} RETURNING merge_action`);
  const counts = { INSERT: 0, UPDATE: 0, DELETE: 0 };
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    for (const [action] of chunk.getRows())
      if (action === 'INSERT' || action === 'UPDATE' || action === 'DELETE') counts[action] += 1;
  }
  const branches = (['INSERT', 'UPDATE', 'DELETE'] as const).filter((each) =>
    tokens.some((token, at) => isWord(token, each) && isWord(tokens[at - 1], 'THEN')),
  );
  return changedResult(
    branches.map((each) => CHANGES[each].labels[0]),
    branches.map((each) => counts[each]),
    STATEMENT_TYPES.merge,
  );
}
