import type { Account } from './context.ts';
import { insufficientPrivileges, notFound } from './errors.ts';
import { shownName } from './identifiers.ts';
import type { Session } from './session.ts';
import { closing, isSymbol, isWord, type Token } from './tokens.ts';
import { fullName, readPath } from './transpile.ts';

interface Use {
  readonly privilege: string;
  /** DATABASE\0SCHEMA\0NAME */
  readonly full: string;
}

/** The names that a WITH gives. */
function withNames(tokens: readonly Token[]): ReadonlySet<string> {
  const names = tokens.flatMap((token, at) => {
    const isNamed = isWord(tokens[at + 1], 'AS') && isSymbol(tokens[at + 2], '(');
    return isNamed && (token.kind === 'word' || token.kind === 'name') ? [token.value] : [];
  });
  return new Set(names);
}

/** Which tables a statement reads and writes, and with what right. */
function usesOf(tokens: readonly Token[], session: Session): readonly Use[] {
  const named = withNames(tokens);
  const uses: Use[] = [];
  const verb = tokens[0];
  const add = (at: number, privilege: string): number => {
    const token = tokens[at];
    if (token?.kind !== 'word' && token?.kind !== 'name') return at;
    const { parts, next } = readPath(tokens, at);
    const isKnown = (parts.length === 1 && named.has(parts[0] ?? '')) || parts.at(-2) === 'INFORMATION_SCHEMA';
    if (!isKnown && !isSymbol(tokens[next], '(') && !isWord(token, 'SELECT', 'TABLE', 'LATERAL', 'VALUES'))
      uses.push({ privilege, full: fullName(parts, session) });
    return next;
  };
  tokens.forEach((token, at) => {
    const isTarget = at === 1 || isWord(tokens[at - 1], 'INSERT', 'MERGE', 'OVERWRITE');
    // That of IS DISTINCT FROM names no table.
    const isComparison = isWord(token, 'FROM') && isWord(tokens[at - 1], 'DISTINCT');
    if (isWord(token, 'FROM', 'JOIN', 'USING') && !isComparison && !(isWord(verb, 'DELETE') && at === 1)) {
      let next = add(at + 1, 'SELECT');
      // FROM a, b: aliases between them.
      while (isWord(token, 'FROM', 'USING') && next < tokens.length) {
        if (isSymbol(tokens[next], '(')) next = closing(tokens, next) + 1;
        else if (isWord(tokens[next], 'AS') || tokens[next]?.kind === 'name') next += 1;
        else if (tokens[next]?.kind === 'word' && isSymbol(tokens[next + 1], ',')) next += 1;
        else if (isSymbol(tokens[next], ',')) next = Math.max(add(next + 1, 'SELECT'), next + 1);
        else break;
      }
    } else if (isWord(token, 'INTO') && isTarget) {
      if (isWord(verb, 'MERGE')) {
        if (tokens.some((each, index) => isWord(each, 'THEN') && isWord(tokens[index + 1], 'INSERT'))) add(at + 1, 'INSERT');
        if (tokens.some((each, index) => isWord(each, 'THEN') && isWord(tokens[index + 1], 'UPDATE'))) add(at + 1, 'UPDATE');
        if (tokens.some((each, index) => isWord(each, 'THEN') && isWord(tokens[index + 1], 'DELETE'))) add(at + 1, 'DELETE');
      } else {
        // INSERT INTO t (columns): what looks like a call is none.
        const { parts } = readPath(tokens, at + 1);
        uses.push({ privilege: 'INSERT', full: fullName(parts, session) });
      }
    }
  });
  if (isWord(verb, 'DELETE')) add(2, 'DELETE');
  if (isWord(verb, 'UPDATE')) add(1, 'UPDATE');
  if (isWord(verb, 'TRUNCATE')) add(isWord(tokens[1], 'TABLE') ? 2 : 1, 'TRUNCATE');
  return uses;
}

/** Throws what Snowflake says to a role that may not do what the statement does. */
export function checkPrivileges({ grants }: Account, session: Session, tokens: readonly Token[]): void {
  const { role } = session;
  if (!grants.isRestricted(role)) return;
  for (const { privilege, full } of usesOf(tokens, session)) {
    if (session.temporary.has(full)) continue;
    const [database = '', schema = '', name = ''] = full.split('\0').map(shownName);
    const table = `${database}.${schema}.${name}`;
    const any = `${database}.${schema}.`;
    const hasUsage =
      grants.allows(role, ['USAGE', 'IMPORTED PRIVILEGES'], 'DATABASE', database) &&
      grants.allows(role, ['USAGE'], 'SCHEMA', `${database}.${schema}`);
    const kinds = ['TABLE', 'VIEW'];
    const seen = kinds.some((kind) => grants.sees(role, kind, table) || grants.sees(role, kind, `${any}<${kind}>`));
    if (!hasUsage || !seen) throw notFound('Object', table);
    if (
      !kinds.some(
        (kind) => grants.allows(role, [privilege], kind, table) || grants.allows(role, [privilege], kind, `${any}<${kind}>`),
      )
    )
      throw insufficientPrivileges('table', name);
  }
  tokens.forEach((token, at) => {
    const last = tokens[at + 1];
    if (!isSymbol(token, '.') || !isWord(last, 'NEXTVAL')) return;
    let start = at - 1;
    while (isSymbol(tokens[start - 1], '.')) start -= 2;
    checkUsage({ grants }, session, 'SEQUENCE', readPath(tokens, start).parts.slice(0, -1));
  });
  if (!isWord(tokens[0], 'CREATE')) return;
  const at = tokens.findIndex((token) => isWord(token, 'TABLE', 'VIEW', 'SEQUENCE'));
  if (at === -1 || at > 4) return;
  const kind = String(tokens[at]?.value);
  const { parts } = readPath(tokens, isWord(tokens[at + 1], 'IF') ? at + 4 : at + 1);
  const [database = '', schema = ''] = fullName(parts, session).split('\0').map(shownName);
  if (!grants.sees(role, 'SCHEMA', `${database}.${schema}`)) throw notFound('Schema', `${database}.${schema}`);
  // A temporary table needs the right to use the schema, no more.
  const isTemporary = tokens.slice(0, at).some((token) => isWord(token, 'TEMP', 'TEMPORARY'));
  const enough = isTemporary ? ['USAGE', `CREATE ${kind}`, 'CREATE TEMPORARY TABLE'] : [`CREATE ${kind}`];
  if (!grants.allows(role, enough, 'SCHEMA', `${database}.${schema}`)) throw insufficientPrivileges('schema', schema);
}

/** Throws when the role may not use a thing of a schema. */
export function checkUsage({ grants }: Pick<Account, 'grants'>, session: Session, on: string, parts: readonly string[]): void {
  const [database = '', schema = '', name = ''] = fullName(parts, session).split('\0').map(shownName);
  const names = [`${database}.${schema}.${name}`, `${database}.${schema}.<${on}>`];
  if (!names.some((each) => grants.allows(session.role, ['USAGE'], on, each)))
    throw notFound(on === 'STAGE' ? 'Stage' : 'Sequence', names[0] ?? '');
}
