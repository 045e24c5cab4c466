import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { systemClock } from '../../src/lib/clock.ts';
import { openEngine } from './engine.ts';
import { SnowflakeError } from './errors.ts';
import type { Fault } from './faults.ts';
import { Faults } from './faults.ts';
import { Grants } from './grants.ts';
import { answer, readJson, refusal, success } from './http.ts';
import { rowsOf } from './own-rows.ts';
import { Queries } from './queries.ts';
import type { Query } from './query.ts';
import { Session } from './session.ts';
import { type Credentials, checkSignIn, type LoginData, publicKeyOf } from './sign-in.ts';
import type { Stage } from './stages.ts';

/**
 * A Snowflake account for tests: it speaks the protocol of Snowflake's drivers and runs the statements on DuckDB. It refuses what
 * Snowflake refuses as far as that is known here; what it takes, Snowflake may still refuse.
 */
export interface SnowflakeServer extends AsyncDisposable {
  readonly url: string;
  readonly account: string;
  readonly user: string;
  readonly privateKeyPem: string;
  /** The programmatic access token. */
  readonly token: string;
  readonly oauthToken: string;
  readonly password: string;
  readonly database: string;
  readonly role: string;
  readonly warehouse: string;
  /** Every statement that has arrived, in order; a text that was sent again with the same request id is one. */
  readonly statements: readonly SeenStatement[];
  readonly faults: { add(fault: Fault): void };
  /** Roles and what they may do. A role that was never restricted may do everything. */
  readonly grants: Grants;
  /** How many sessions are open. */
  readonly sessions: number;
  /** Runs Snowflake SQL with all rights, for setting up and looking at data. Its statements are not among `statements`. */
  run(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** DuckDB itself, for bulk data; the tables are under the names that Snowflake resolves. */
  readonly connection: DuckDBConnection;
}

export interface SeenStatement {
  readonly sql: string;
  readonly requestId: string;
  readonly queryId: string;
  readonly tag: string | null;
  readonly isAsync: boolean;
  readonly boundValues: number;
}

export interface SnowflakeOptions {
  readonly database?: string;
  readonly schemas?: readonly string[];
  /** External stages by name, fully qualified or of schema PUBLIC. */
  readonly stages?: Readonly<Record<string, Stage>>;
  readonly signal?: AbortSignal;
}

/** A synchronous statement is waited for so long before the client is told to ask again; Snowflake waits 45 seconds. */
const PATIENCE_MS = 400;

export async function startSnowflake(options: SnowflakeOptions = {}): Promise<SnowflakeServer> {
  const database = options.database ?? 'AQUARIUS';
  const role = 'AQUARIUS_ROLE';
  const warehouse = 'AQUARIUS_WH';
  const folder = await mkdtemp(join(tmpdir(), 'snowflake-'));
  const engine = await openEngine(database, options.schemas ?? []);
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const credentials: Credentials = {
    account: 'EXAMPLEORG-EXAMPLE',
    user: 'AQUARIUS_USER',
    publicKey: publicKeyOf(publicKey),
    token: `pat-${randomBytes(18).toString('base64url')}`,
    oauthToken: `oauth-${randomBytes(18).toString('base64url')}`,
    password: `pw-${randomBytes(12).toString('base64url')}`,
  };
  const faults = new Faults();
  const grants = new Grants(role);
  const sessions = new Map<string, Session>();
  const queries = new Queries({
    engine,
    faults,
    grants,
    folder,
    stages: options.stages ?? {},
    warehouses: [warehouse],
    user: credentials.user,
    name: credentials.account,
    now: () => systemClock.now(),
    setPublicKey: (text) => {
      credentials.publicKey = publicKeyOf(text);
    },
  });
  let made = 0;

  async function newSession(place: { role: string; warehouse: string | null; database: string | null; schema: string | null }) {
    made += 1;
    const session = new Session(made, await engine.connect(), place);
    await session.set('TIMEZONE', session.parameter('TIMEZONE'));
    await session.settle();
    return session;
  }

  async function login(request: IncomingMessage, url: URL): Promise<unknown> {
    const body = await readJson(request);
    const data = (body.data ?? {}) as LoginData;
    checkSignIn(data, credentials, systemClock.now());
    const asked = (name: string) => url.searchParams.get(name)?.toUpperCase() ?? null;
    const wanted = asked('roleName') ?? role;
    if (!grants.knows(wanted))
      throw new SnowflakeError(
        '390189',
        '08001',
        `Role '${wanted}' specified in the connect string does not exist or not authorized. Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC.`,
      );
    const place = await engine.place(asked('databaseName'), asked('schemaName'));
    const runs = asked('warehouse') ?? warehouse;
    const session = await newSession({
      role: wanted,
      warehouse: runs === warehouse && grants.allows(wanted, ['USAGE'], 'WAREHOUSE', warehouse) ? runs : null,
      ...place,
    });
    for (const [name, value] of Object.entries(data.SESSION_PARAMETERS ?? {})) await session.set(name, value);
    sessions.set(session.token, session);
    return success({
      token: session.token,
      masterToken: session.masterToken,
      validityInSeconds: 3_600,
      masterValidityInSeconds: 14_400,
      displayUserName: credentials.user,
      serverVersion: '9.34.1',
      firstLogin: false,
      healthCheckInterval: 45,
      sessionId: session.id,
      parameters: session.parameters(),
      sessionInfo: {
        databaseName: session.database,
        schemaName: session.schema,
        warehouseName: session.warehouse,
        roleName: session.role,
      },
    });
  }

  const tokenOf = (request: IncomingMessage): string =>
    /^Snowflake Token="(.*)"$/.exec(request.headers.authorization ?? '')?.[1] ?? '';

  const expired = () => new SnowflakeError('390112', '08001', 'Your session has expired. Please login again.');
  const gone = () =>
    new SnowflakeError('390111', '08001', 'Session no longer exists.  New login required to access the service.');

  function sessionOf(request: IncomingMessage): Session {
    const session = sessions.get(tokenOf(request));
    if (session === undefined) throw new SnowflakeError('390104', '08001', 'Session token is invalid.');
    if (session.state === 'ended') throw gone();
    if (session.state === 'expired') throw expired();
    return session;
  }

  async function renew(request: IncomingMessage): Promise<unknown> {
    const body = await readJson(request);
    const session = [...sessions.values()].find(({ masterToken }) => masterToken === tokenOf(request));
    if (session === undefined) throw new SnowflakeError('390103', '08001', 'Session token not found or invalid.');
    if (session.state === 'ended') throw gone();
    if (session.masterExpired)
      throw new SnowflakeError('390114', '08001', 'Authentication token has expired.  The user must authenticate again.');
    if (sessions.get(String(body.oldSessionToken)) !== session)
      throw new SnowflakeError('390104', '08001', 'Session token is invalid.');
    sessions.delete(session.token);
    session.token = randomBytes(24).toString('base64url');
    session.state = 'live';
    sessions.set(session.token, session);
    return success({
      sessionToken: session.token,
      validityInSecondsST: 3_600,
      masterToken: session.masterToken,
      validityInSecondsMT: 14_400,
      sessionId: session.id,
    });
  }

  async function end(session: Session): Promise<void> {
    session.state = 'ended';
    await session.busy;
    session.close();
  }

  /** What becomes of the session of somebody whose statement has just arrived. */
  function befall(session: Session, sql: string): void {
    const whole = faults.take('expire-token', sql);
    if (whole !== null) session.masterExpired = true;
    if (whole !== null || faults.take('expire-session', sql) !== null) {
      session.state = 'expired';
      throw expired();
    }
    if (faults.take('end-session', sql) !== null) {
      void end(session);
      throw gone();
    }
  }

  const resultUrl = (query: Query) => `/queries/${query.queryId}/result`;

  /** The answer about a query: its result, its refusal, or that it goes on. */
  async function tell(query: Query, wait: number): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([query.done, new Promise((resolve) => (timer = setTimeout(resolve, wait)))]);
    clearTimeout(timer);
    if (query.error !== null) return refusal(query.error, query.queryId);
    if (query.result === null)
      return {
        ...success({ queryId: query.queryId, getResultUrl: resultUrl(query), queryAbortsAfterSecs: 300, progressDesc: null }),
        code: query.request.isAsync ? '333334' : '333333',
        message: query.request.isAsync ? 'Asynchronous execution in progress.' : 'Query execution in progress.',
      };
    return success(queries.describe(query, origin()));
  }

  const statements: SeenStatement[] = [];

  async function submit(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const body = await readJson(request);
    const session = sessionOf(request);
    const requestId = url.searchParams.get('requestId') ?? randomUUID();
    const sql = String(body.sqlText ?? '');
    const known = queries.byRequest(requestId);
    if (known === undefined) befall(session, sql);
    const query = known ?? queries.start(session, { sql, requestId, body });
    if (known === undefined) {
      const { tag, isAsync, boundValues } = query.request;
      statements.push({ sql, requestId, queryId: query.queryId, tag, isAsync, boundValues });
      if (faults.take('drop-after-submit', sql) !== null) {
        await Promise.race([query.done, new Promise((resolve) => setTimeout(resolve, 20).unref())]);
        response.destroy();
        return;
      }
    }
    answer(response, await tell(query, query.request.isAsync ? 0 : PATIENCE_MS));
  }

  function monitor(id: string): unknown {
    const query = queries.byId(id);
    if (query === undefined) return success({ queries: [] });
    const { request, session, startedAt, endedAt, error } = query;
    return success({
      queries: [
        {
          id,
          status: faultyStatuses.get(id)?.shift() ?? query.status,
          state: query.status,
          sqlText: request.sql,
          queryTag: request.tag ?? '',
          sessionId: session.id,
          startTime: startedAt.getTime(),
          endTime: endedAt?.getTime() ?? 0,
          errorCode: error?.code ?? null,
          errorMessage: error?.message ?? null,
        },
      ],
    });
  }
  const faultyStatuses = queries.statuses;

  function chunk(request: IncomingMessage, response: ServerResponse, id: string, index: number): void {
    const query = queries.byId(id);
    const found = query?.result?.chunks[index];
    // What protects the files in S3 must come with the request, as the answer said.
    if (
      query === undefined ||
      found === undefined ||
      request.headers['x-amz-server-side-encryption-customer-key'] !== queries.chunkKey
    ) {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<Error><Code>AccessDenied</Code></Error>');
      return;
    }
    response.writeHead(200, {
      'content-type': 'binary/octet-stream',
      'content-encoding': 'gzip',
      'content-length': found.bytes,
    });
    const breaks = queries.breakAt(query);
    if (breaks !== null && breaks < found.firstRow + found.rows) {
      // A part arrives, and the rest never does.
      createReadStream(found.path, { end: Math.floor(found.bytes / 2) })
        .on('close', () => setTimeout(() => response.destroy(), 5))
        .pipe(response, { end: false });
      return;
    }
    createReadStream(found.path).pipe(response);
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://snowflake');
    const path = url.pathname;
    const [, , id = '', last = ''] = path.split('/');
    if (path === '/session/v1/login-request') return answer(response, await login(request, url));
    if (path === '/session/token-request') return answer(response, await renew(request));
    if (path.startsWith('/chunks/')) return chunk(request, response, id, Number(last));
    if (path === '/telemetry/send') {
      await readJson(request);
      return answer(response, success('Log Received'));
    }
    if (path === '/queries/v1/query-request') return submit(request, response, url);
    const session = sessionOf(request);
    if (path === '/session/heartbeat') return answer(response, success(null));
    if (path === '/session' && url.searchParams.get('delete') === 'true') {
      sessions.delete(session.token);
      await end(session);
      return answer(response, success(null));
    }
    if (path === '/queries/v1/abort-request') {
      const { requestId } = await readJson(request);
      queries.byRequest(String(requestId))?.abort();
      return answer(response, success(null));
    }
    if (path.startsWith('/queries/') && last === 'abort-request') {
      queries.byId(id)?.abort();
      return answer(response, success(null));
    }
    if (path.startsWith('/queries/') && last === 'result') {
      const query = queries.byId(id);
      if (query === undefined) throw new SnowflakeError('000709', '02000', `Statement ${id} not found`);
      return answer(response, await tell(query, PATIENCE_MS));
    }
    if (path.startsWith('/monitoring/queries/')) return answer(response, monitor(last));
    response.writeHead(404).end();
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else answer(response, refusal(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = () => `http://127.0.0.1:${address.port}`;
  const owner = await newSession({ role: grants.owner, warehouse, ...(await engine.place(database, 'PUBLIC')) });
  await owner.set('TIMEZONE', 'UTC');

  async function close(): Promise<void> {
    server.closeAllConnections();
    if (server.listening) {
      server.close();
      await once(server, 'close');
    }
    await queries.stop();
    for (const session of [owner, ...sessions.values()]) if (session.state !== 'ended') session.close();
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
  options.signal?.addEventListener('abort', () => void close(), { once: true });

  return {
    url: origin(),
    account: credentials.account,
    user: credentials.user,
    privateKeyPem: privateKey,
    token: credentials.token,
    oauthToken: credentials.oauthToken,
    password: credentials.password,
    database,
    role,
    warehouse,
    statements,
    faults,
    grants,
    get sessions() {
      return [...sessions.values()].filter(({ state }) => state !== 'ended').length;
    },
    async run(sql) {
      const query = queries.start(owner, { sql, requestId: randomUUID(), body: {} });
      await query.done;
      if (query.error !== null) throw query.error;
      return query.result === null ? [] : rowsOf(query.result);
    },
    connection: engine.connection,
    [Symbol.asyncDispose]: close,
  };
}
