import { readBindings } from './bindings.ts';
import { CHANGES, changedResult } from './changes.ts';
import type { Account } from './context.ts';
import { type Ddl, readAlterTable, readCreate, readDrop } from './ddl.ts';
import { SnowflakeError, suspendedWarehouse, syntaxError, unsupported } from './errors.ts';
import type { Argument } from './functions.ts';
import { checkGrammar } from './grammar.ts';
import { systemTable } from './information-schema.ts';
import { grantOrRevoke, manageAccount } from './manage.ts';
import { merge } from './merge.ts';
import { checkPrivileges, checkUsage } from './privileges.ts';
import type { Query } from './query.ts';
import { type Result, readResult, STATEMENT_TYPES, statusResult } from './result.ts';
import type { Parameter, Session } from './session.ts';
import { describe, show } from './show.ts';
import { findStage, listStage, readCopy, unload } from './stages.ts';
import { isSymbol, isWord, readTokens, type Token } from './tokens.ts';
import { readPath, type Scope, textLiteral, transpile } from './transpile.ts';

/** A scope whose system tables are named by placeholders until they are made. */
interface Pending {
  readonly scope: Scope;
  /** The SQL with the tables in their places. */
  fill(sql: string): Promise<string>;
}

function pendingScope(account: Account, session: Session, query: Query, binds: readonly string[]): Pending {
  const waiting: { readonly path: string; readonly args: readonly { name: string; sql: string }[] }[] = [];
  return {
    scope: {
      database: session.database,
      schema: session.schema,
      temporary: session.temporary,
      binds,
      context: (name, args) => contextFunction(account, session, query, name, args),
      system(path, args) {
        waiting.push({ path, args: args.map((arg) => ({ name: 'name' in arg ? String(arg.name) : '', sql: arg.sql })) });
        return `"\0${waiting.length - 1}"`;
      },
    },
    async fill(sql) {
      let filled = sql;
      for (const [index, { path, args }] of waiting.entries()) {
        const table = await systemTable(account, session, path, args);
        filled = filled.replaceAll(`"\0${index}"`, () => table);
      }
      return filled;
    },
  };
}

/** What a function says about the session or the account. */
function contextFunction(
  account: Account,
  session: Session,
  query: Query,
  name: string,
  args: readonly Argument[],
): string | null {
  const literal = (value: string | null) => (value === null ? 'CAST(NULL AS VARCHAR)' : textLiteral(value));
  switch (name) {
    case 'CURRENT_DATABASE':
      return literal(session.database);
    case 'CURRENT_SCHEMA':
      return literal(session.schema);
    case 'CURRENT_ROLE':
      return literal(session.role);
    case 'CURRENT_SECONDARY_ROLES':
      return textLiteral('{"roles":"","value":""}');
    case 'CURRENT_WAREHOUSE':
      return literal(session.warehouse);
    case 'CURRENT_USER':
      return literal(account.user);
    case 'CURRENT_ACCOUNT':
    case 'CURRENT_ACCOUNT_NAME':
      return literal(account.name.split('-').at(-1) ?? '');
    case 'CURRENT_ORGANIZATION_NAME':
      return literal(account.name.split('-')[0] ?? '');
    case 'CURRENT_REGION':
      return literal('AWS_US_EAST_1');
    case 'CURRENT_VERSION':
      return literal('9.34.1');
    case 'CURRENT_SESSION':
      return literal(String(session.id));
    case 'CURRENT_TRANSACTION':
      return literal(session.inTransaction ? String(session.id) : null);
    case 'CURRENT_AVAILABLE_ROLES':
      return literal(JSON.stringify(account.grants.roles()));
    case 'IS_ROLE_IN_SESSION': {
      const [role] = args[0]?.tokens ?? [];
      return String(account.grants.withInherited(session.role).has(String(role?.value)));
    }
    case 'LAST_QUERY_ID': {
      const own = account.history().filter((each) => each.session === session && each !== query);
      return literal(own.at(-1)?.queryId ?? null);
    }
    case 'SYSTEM$CANCEL_QUERY': {
      const [id] = args[0]?.tokens ?? [];
      const found = account.history().find(({ queryId }) => queryId === id?.value);
      found?.abort();
      return literal(
        found === undefined ? 'Identified SQL statement is not currently executing.' : `query [${found.queryId}] terminated.`,
      );
    }
    default:
      return null;
  }
}

/** Runs one statement of a session to its end. */
export async function execute(account: Account, query: Query, body: Readonly<Record<string, unknown>>): Promise<Result> {
  const { session } = query;
  const { sql } = query.request;
  const tokens = withoutEnd(readTokens(sql));
  if (tokens.length === 0) throw new SnowflakeError('000900', '42601', 'SQL compilation error:\nEmpty SQL statement.');
  checkGrammar(sql, tokens);
  if (session.warehouse === null && needsWarehouse(tokens)) throw suspendedWarehouse();
  checkPrivileges(account, session, tokens);
  const rows = readBindings(body.bindings);
  if (rows.length === 1) return executeOnce(account, query, tokens, rows[0] ?? []);
  const counts: number[] = [];
  let last: Result | null = null;
  for (const binds of rows) {
    last = await executeOnce(account, query, tokens, binds);
    counts.push(Number(last.rows[0]?.[0] ?? 0));
  }
  if (last === null) throw syntaxError('<EOF>');
  return { ...last, rows: [[String(counts.reduce((sum, count) => sum + count, 0))]] };
}

/** What reads or changes rows of tables is run by a warehouse; the rest is done by Snowflake itself. */
function needsWarehouse(tokens: readonly Token[]): boolean {
  if (isWord(tokens[0], 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY')) return true;
  if (!isWord(tokens[0], 'SELECT', 'WITH', 'CREATE')) return false;
  const isQuery = tokens.some((token) => isWord(token, 'FROM'));
  return isQuery && !tokens.some((token) => isWord(token, 'INFORMATION_SCHEMA'));
}

function withoutEnd(tokens: readonly Token[]): readonly Token[] {
  const kept = isSymbol(tokens.at(-1), ';') ? tokens.slice(0, -1) : tokens;
  const more = kept.filter((token) => isSymbol(token, ';')).length;
  if (more > 0)
    throw new SnowflakeError(
      '000008',
      '0A000',
      `Actual statement count ${more + 1} did not match the desired statement count 1.`,
    );
  return kept;
}

async function executeOnce(account: Account, query: Query, tokens: readonly Token[], binds: readonly string[]): Promise<Result> {
  const { session } = query;
  const pending = pendingScope(account, session, query, binds);
  const { scope } = pending;
  const emit = async () => pending.fill(transpile(tokens, scope));
  const verb = tokens[0]?.kind === 'word' ? tokens[0].value : '(';
  switch (verb) {
    case 'SELECT':
    case 'WITH':
    case 'VALUES':
    case '(':
      // Not streamed: DuckDB takes a failure in a late row for the end of a stream.
      return readResult(await session.connection.run(await emit()), account.folder, query.queryId);
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
      return change(session, verb, tokens, await emit());
    case 'MERGE':
      return merge(session.connection, tokens, { scope, fill: pending.fill });
    case 'TRUNCATE': {
      await commit(session);
      const name = transpile(tokens.slice(isWord(tokens[1], 'TABLE') ? 2 : 1), scope);
      await session.connection.run(`DELETE FROM ${name}`);
      return statusResult('Statement executed successfully.');
    }
    case 'BEGIN':
    case 'START':
      if (!session.inTransaction) await session.connection.run('BEGIN TRANSACTION');
      session.inTransaction = true;
      return statusResult('Statement executed successfully.', STATEMENT_TYPES.transaction);
    case 'COMMIT':
      await commit(session);
      return statusResult('Statement executed successfully.', STATEMENT_TYPES.transaction);
    case 'ROLLBACK':
      if (session.inTransaction) {
        session.inTransaction = false;
        await session.connection.run('ROLLBACK');
      }
      return statusResult('Statement executed successfully.', STATEMENT_TYPES.transaction);
    case 'USE':
      return use(account, session, tokens);
    case 'SHOW':
      return show(account, session, tokens);
    case 'DESC':
    case 'DESCRIBE':
      return describe(account, session, tokens);
    case 'COPY': {
      const copy = readCopy(tokens, scope);
      const stage = findStage(account.stages, copy.stage, session);
      checkUsage(
        account,
        session,
        'STAGE',
        copy.stage.split('.').map((part) => part.replace(/^"(.*)"$/, '$1')),
      );
      return unload(session.connection, { ...copy, select: await pending.fill(copy.select) }, stage, query.queryId);
    }
    case 'LIST':
    case 'LS': {
      const written = String(tokens[1]?.value).replace(/^@/, '');
      const [name = '', ...path] = written.split('/');
      return listStage(findStage(account.stages, name, session), path.join('/'));
    }
    case 'ALTER':
      if (isWord(tokens[1], 'SESSION')) return alterSession(session, tokens);
      await commit(session);
      if (isWord(tokens[1], 'TABLE')) return runDdl(session, readAlterTable(tokens, scope));
      return manageAccount(account, tokens) ?? refuse(tokens);
    case 'CREATE':
      await commit(session);
      if (isWord(tokens[1], 'DATABASE')) {
        const name = String(tokens.at(-1)?.value);
        await account.engine.createDatabase(name);
        return statusResult(`Database ${name} successfully created.`);
      }
      return manageAccount(account, tokens) ?? runDdl(session, await filled(readCreate(tokens, scope), pending));
    case 'DROP':
      await commit(session);
      return manageAccount(account, tokens) ?? runDdl(session, readDrop(tokens, scope));
    case 'COMMENT':
      await commit(session);
      return statusResult('Statement executed successfully.');
    case 'GRANT':
    case 'REVOKE':
      await commit(session);
      return grantOrRevoke(account, session, tokens);
    default:
      return refuse(tokens);
  }
}

function refuse(tokens: readonly Token[]): never {
  throw unsupported(
    tokens
      .slice(0, 2)
      .map(({ value }) => String(value))
      .join(' '),
  );
}

async function filled(ddl: Ddl, pending: Pending): Promise<Ddl> {
  return { ...ddl, sql: await Promise.all(ddl.sql.map((sql) => pending.fill(sql))) };
}

/** Ends an open transaction, as DDL does as well. */
async function commit(session: Session): Promise<void> {
  if (!session.inTransaction) return;
  session.inTransaction = false;
  await session.connection.run('COMMIT');
}

async function runDdl(session: Session, ddl: Ddl): Promise<Result> {
  for (const sql of ddl.sql) await session.connection.run(sql);
  if (ddl.makesTemporary !== undefined) session.temporary.set(...ddl.makesTemporary);
  if (ddl.drops !== undefined) session.temporary.delete(ddl.drops);
  return statusResult(ddl.status);
}

async function change(session: Session, verb: keyof typeof CHANGES, tokens: readonly Token[], sql: string): Promise<Result> {
  const { type, labels } = CHANGES[verb];
  if (verb === 'INSERT' && isWord(tokens[1], 'OVERWRITE')) throw unsupported('INSERT OVERWRITE');
  const { rowsChanged } = await session.connection.run(sql);
  return changedResult(
    labels,
    labels.map((_, index) => (index === 0 ? rowsChanged : 0)),
    type,
  );
}

async function use(account: Account, session: Session, tokens: readonly Token[]): Promise<Result> {
  const kind =
    isWord(tokens[1], 'ROLE', 'WAREHOUSE', 'DATABASE', 'SCHEMA') && tokens.length > 2 ? String(tokens[1]?.value) : 'SCHEMA';
  const { parts } = readPath(tokens, isWord(tokens[1], kind) && tokens.length > 2 ? 2 : 1);
  const name = parts.at(-1) ?? '';
  const missing = () =>
    new SnowflakeError('002043', '02000', 'SQL compilation error:\nObject does not exist, or operation cannot be performed.');
  if (kind === 'ROLE') {
    if (!account.grants.knows(name)) throw missing();
    session.role = name;
  } else if (kind === 'WAREHOUSE') {
    if (!account.warehouses.includes(name) || !account.grants.allows(session.role, ['USAGE'], 'WAREHOUSE', name)) throw missing();
    session.warehouse = name;
  } else if (kind === 'DATABASE') {
    if (!(await account.engine.databases()).includes(name)) throw missing();
    session.database = name;
    session.schema = 'PUBLIC';
  } else {
    const database = parts.length > 1 ? (parts[0] ?? '') : (session.database ?? '');
    if (!(await account.engine.schemas(database)).includes(name)) throw missing();
    session.database = database;
    session.schema = name;
  }
  await session.settle();
  return statusResult('Statement executed successfully.', STATEMENT_TYPES.session);
}

async function alterSession(session: Session, tokens: readonly Token[]): Promise<Result> {
  const done = statusResult('Statement executed successfully.', STATEMENT_TYPES.session);
  if (isWord(tokens[2], 'UNSET')) {
    for (const token of tokens.slice(3)) if (token.kind === 'word') await session.unset(token.value);
    return done;
  }
  if (!isWord(tokens[2], 'SET')) throw syntaxError(String(tokens[2]?.value));
  for (let at = 3; at < tokens.length; at += isSymbol(tokens[at + 3], ',') ? 4 : 3) {
    const value = tokens[at + 2];
    if (!isSymbol(tokens[at + 1], '=') || value === undefined) throw syntaxError(String(tokens[at + 1]?.value));
    await session.set(String(tokens[at]?.value), parameterOf(value));
  }
  return done;
}

function parameterOf(token: Token): Parameter {
  if (token.kind === 'number') return Number(token.value);
  if (isWord(token, 'TRUE', 'FALSE')) return token.value === 'TRUE';
  if (token.kind !== 'text') throw syntaxError(String(token.value));
  return /^(?:true|false)$/i.test(token.value) ? token.value.toLowerCase() === 'true' : token.value;
}
