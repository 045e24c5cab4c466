import type { Account } from './context.ts';
import { syntaxError } from './errors.ts';
import { shownName } from './identifiers.ts';
import { type Result, statusResult } from './result.ts';
import type { Session } from './session.ts';
import { isSymbol, isWord, splitAtCommas, type Token } from './tokens.ts';
import { readPath } from './transpile.ts';

/** GRANT and REVOKE: privileges on things, and roles to roles and users. */
export async function grantOrRevoke(account: Account, session: Session, tokens: readonly Token[]): Promise<Result> {
  const { grants } = account;
  const verb = isWord(tokens[0], 'GRANT') ? 'grant' : 'revoke';
  const to = tokens.findLastIndex((token) => isWord(token, 'TO', 'FROM'));
  if (to === -1) throw syntaxError('<EOF>');
  const done = statusResult('Statement executed successfully.');
  if (isWord(tokens[1], 'ROLE') && !tokens.slice(0, to).some((token) => isWord(token, 'ON'))) {
    const granted = readPath(tokens, 2).parts[0] ?? '';
    if (isWord(tokens[to + 1], 'ROLE')) grants[verb](readPath(tokens, to + 2).parts[0] ?? '', 'USAGE', 'ROLE', granted);
    return done;
  }
  const on = tokens.findIndex((token) => isWord(token, 'ON'));
  const role = readPath(tokens, isWord(tokens[to + 1], 'ROLE') ? to + 2 : to + 1).parts[0] ?? '';
  const privileges = splitAtCommas(tokens.slice(1, on)).map((part) => part.map(({ value }) => String(value)).join(' '));
  const full = (parts: readonly string[], depth: number) =>
    [session.database ?? '', session.schema ?? 'PUBLIC', '']
      .slice(0, depth - parts.length)
      .concat(parts)
      .map(shownName)
      .join('.');
  if (isWord(tokens[on + 1], 'ALL', 'FUTURE') && isWord(tokens[on + 2], 'TABLES', 'VIEWS', 'SEQUENCES', 'SCHEMAS')) {
    const kind = String(tokens[on + 2]?.value).slice(0, -1);
    const { parts } = readPath(tokens, on + 5);
    const inSchema = isWord(tokens[on + 4], 'SCHEMA');
    const where = full(parts, inSchema ? 2 : 1);
    for (const name of await namesIn(account, kind, where, isWord(tokens[on + 1], 'FUTURE')))
      for (const privilege of privileges) grants[verb](role, privilege, kind, name);
    return done;
  }
  const words: string[] = [];
  let at = on + 1;
  // The kind of a thing has one word or two, such as STORAGE INTEGRATION.
  while (tokens[at]?.kind === 'word' && !isSymbol(tokens[at + 1], '.') && at < to - 1) {
    words.push(String(tokens[at]?.value));
    at += 1;
  }
  const kind = words.at(-1) ?? '';
  const depth = { DATABASE: 1, WAREHOUSE: 1, INTEGRATION: 1, ROLE: 1, SCHEMA: 2 }[kind] ?? 3;
  const name = full(readPath(tokens, at).parts, depth);
  for (const privilege of privileges) grants[verb](role, privilege, kind, name);
  return done;
}

async function namesIn({ engine }: Account, kind: string, where: string, future: boolean): Promise<readonly string[]> {
  if (future) return [`${where}.<${kind}>`];
  const source = {
    TABLE: ['duckdb_tables()', 'table_name'],
    VIEW: ['duckdb_views()', 'view_name'],
    SEQUENCE: ['duckdb_sequences()', 'sequence_name'],
  }[kind];
  if (source === undefined) return [];
  const rows = await engine.connection.runAndReadAll(
    `SELECT database_name || '.' || schema_name || '.' || ${source[1]} FROM ${source[0]} WHERE schema_name <> 'main'`,
  );
  return rows
    .getRowsJS()
    .map(([name]) => String(name))
    .filter((name) => name.startsWith(`${where}.`));
}

/** What an account has besides tables: it is taken as said, and only roles and the user's key have effects. */
export function manageAccount(account: Account, tokens: readonly Token[]): Result | null {
  const what = tokens.findIndex((token) => isWord(token, 'ROLE', 'USER', 'WAREHOUSE', 'STAGE', 'INTEGRATION', 'MONITOR'));
  if (what < 1 || what > 5) return null;
  const kind = tokens[what]?.value;
  if (kind === 'ROLE' && isWord(tokens[0], 'CREATE')) {
    const role = readPath(tokens, isWord(tokens[what + 1], 'IF') ? what + 4 : what + 1).parts[0] ?? '';
    if (!account.grants.knows(role)) account.grants.restrict(role);
  }
  const key = tokens.findIndex((token) => isWord(token, 'RSA_PUBLIC_KEY'));
  const value = tokens[key + 2];
  if (kind === 'USER' && key !== -1 && value?.kind === 'text') account.setPublicKey(value.value);
  return statusResult('Statement executed successfully.');
}
