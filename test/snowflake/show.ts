import type { Account } from './context.ts';
import { notFound, syntaxError, unsupported } from './errors.ts';
import { encodeName, shownName } from './identifiers.ts';
import { type Result, smallResult } from './result.ts';
import type { Session } from './session.ts';
import { findStage } from './stages.ts';
import { isWord, type Token } from './tokens.ts';
import { readPath, textLiteral } from './transpile.ts';
import { textColumn } from './wire.ts';

function texts(names: readonly string[], rows: readonly (readonly (string | null)[])[]): Result {
  return smallResult(names.map(textColumn), rows);
}

const CREATED = '2026-01-01T00:00:00.000Z';

const GRANT_COLUMNS = [
  'created_on',
  'privilege',
  'granted_on',
  'name',
  'granted_to',
  'grantee_name',
  'grant_option',
  'granted_by',
];

function showGrants({ grants, user }: Account, session: Session, tokens: readonly Token[]): Result {
  const to = tokens.findIndex((token) => isWord(token, 'TO', 'ON', 'OF'));
  if (isWord(tokens[to], 'TO') && isWord(tokens[to + 1], 'ROLE')) {
    const role = readPath(tokens, to + 2).parts.at(-1) ?? '';
    if (!grants.knows(role)) throw notFound('Role', role);
    const rows = grants
      .of(role)
      .map(({ privilege, on, name }) => [CREATED, privilege, on, name, 'ROLE', role, 'false', grants.owner]);
    return texts(GRANT_COLUMNS, rows);
  }
  if (to === -1 || (isWord(tokens[to], 'TO') && isWord(tokens[to + 1], 'USER')))
    return texts(
      ['created_on', 'role', 'granted_to', 'grantee_name', 'granted_by'],
      grants.roles().map((role) => [CREATED, role, 'USER', user, grants.owner]),
    );
  if (!isWord(tokens[to], 'ON')) throw unsupported('SHOW GRANTS of this kind');
  const kind = String(tokens[to + 1]?.value);
  const name = readPath(tokens, to + 2)
    .parts.map(shownName)
    .join('.');
  const full = kind === 'TABLE' && name.split('.').length === 2 ? `${session.database}.${name}` : name;
  const rows = grants.roles().flatMap((role) =>
    grants
      .of(role)
      .filter((grant) => grant.on === kind && grant.name === full)
      .map((grant) => [CREATED, grant.privilege, kind, full, 'ROLE', role, 'false', grants.owner]),
  );
  return texts(GRANT_COLUMNS, rows);
}

/** The pattern of LIKE '...', which minds no case. */
function likeOf(tokens: readonly Token[]): (name: string) => boolean {
  const at = tokens.findIndex((token) => isWord(token, 'LIKE'));
  const pattern = tokens[at + 1];
  if (at === -1 || pattern?.kind !== 'text') return () => true;
  const expression = new RegExp(
    `^${pattern.value
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    'i',
  );
  return (name) => expression.test(name);
}

/** Runs a SHOW. */
export async function show(account: Account, session: Session, tokens: readonly Token[]): Promise<Result> {
  const at = isWord(tokens[1], 'TERSE') ? 2 : 1;
  const like = likeOf(tokens);
  const inAt = tokens.findIndex((token) => isWord(token, 'IN'));
  const inParts =
    inAt === -1 ? [] : readPath(tokens, isWord(tokens[inAt + 1], 'SCHEMA', 'DATABASE', 'TABLE') ? inAt + 2 : inAt + 1).parts;
  switch (tokens[at]?.value) {
    case 'GRANTS':
      return showGrants(account, session, tokens);
    case 'ROLES':
      return texts(
        ['created_on', 'name', 'is_default', 'is_current', 'is_inherited'],
        account.grants
          .roles()
          .filter(like)
          .map((role) => [CREATED, role, 'N', role === session.role ? 'Y' : 'N', 'N']),
      );
    case 'WAREHOUSES':
      return texts(
        ['name', 'state', 'type', 'size', 'auto_suspend', 'is_current'],
        account.warehouses
          .filter(like)
          .map((name) => [name, 'STARTED', 'STANDARD', 'X-Small', '60', name === session.warehouse ? 'Y' : 'N']),
      );
    case 'DATABASES':
      return texts(
        ['created_on', 'name'],
        (await account.engine.databases()).filter(like).map((name) => [CREATED, name]),
      );
    case 'SCHEMAS': {
      const database = inParts[0] ?? session.database ?? '';
      const names = [...(await account.engine.schemas(database)), 'INFORMATION_SCHEMA'];
      return texts(
        ['created_on', 'name', 'database_name'],
        names.filter(like).map((name) => [CREATED, name, database]),
      );
    }
    case 'STAGES':
      return texts(
        ['created_on', 'name', 'url', 'storage_integration'],
        Object.entries(account.stages).map(([name, stage]) => [
          CREATED,
          name.split('.').at(-1) ?? '',
          stage.url,
          stage.integration ?? null,
        ]),
      );
    case 'PARAMETERS':
      return texts(
        ['key', 'value', 'default', 'level'],
        session
          .parameters()
          .filter(({ name }) => like(name))
          .map(({ name, value }) => [name, String(value), '', 'SESSION']),
      );
    default:
      throw unsupported(`SHOW ${tokens[at]?.value}`);
  }
}

/** Runs a DESC STAGE or a DESC TABLE. */
export async function describe(account: Account, session: Session, tokens: readonly Token[]): Promise<Result> {
  const kind = tokens[1];
  if (isWord(kind, 'STAGE')) {
    const { parts } = readPath(tokens, 2);
    const stage = findStage(account.stages, parts.map((part) => `"${part}"`).join('.'), session);
    return texts(
      ['parent_property', 'property', 'property_type', 'property_value', 'property_default'],
      [
        ['STAGE_FILE_FORMAT', 'TYPE', 'String', 'CSV', 'CSV'],
        ['STAGE_LOCATION', 'URL', 'String', JSON.stringify([stage.url]), ''],
        ['STAGE_INTEGRATION', 'STORAGE_INTEGRATION', 'String', stage.integration ?? '', ''],
      ],
    );
  }
  if (!isWord(kind, 'TABLE', 'VIEW')) throw syntaxError(String(kind?.value));
  const { parts } = readPath(tokens, 2);
  const [name = '', schema = session.schema ?? 'PUBLIC', database = session.database ?? ''] = parts.toReversed();
  const rows = await account.engine.connection.runAndReadAll(
    `SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE database_name = ${textLiteral(encodeName(database))} AND schema_name = ${textLiteral(encodeName(schema))} AND table_name = ${textLiteral(encodeName(name))} ORDER BY column_index`,
  );
  const found = rows.getRowsJS();
  if (found.length === 0) throw notFound('Object', parts.join('.'));
  return texts(
    ['name', 'type', 'kind', 'null?'],
    found.map(([column, type, nullable]) => [String(column), String(type), 'COLUMN', nullable === true ? 'Y' : 'N']),
  );
}
