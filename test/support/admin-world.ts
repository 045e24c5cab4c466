import { makeNameIndex } from '../../src/admin/advertisers/name-index.ts';
import type { AdminContext, AgencyScope, WriteContext } from '../../src/admin/context.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { makeApi } from '../../src/api/make-api.ts';
import type { Principal } from '../../src/api/principal.ts';
import type { App } from '../../src/app.ts';
import { VERSION } from '../../src/lib/version.ts';
import { makeMetrics } from '../../src/monitor/metrics.ts';
import { apiDeps } from '../../src/serve/api-deps.ts';
import type { Role } from '../../src/users/role.ts';
import { loadFiles } from '../../src/warehouse/load/load-files.ts';
import type { Session } from '../../src/warehouse/warehouse.ts';
import type { Answer } from './api-server.ts';
import { openByHand } from './hand-app.ts';
import { type HandClock, handClock } from './hand-clock.ts';
import { makeProject, type Project } from './project.ts';

/** What `admin/` and the endpoints of /api/config work on: an embedded warehouse, with the API in front of it. */
export interface AdminWorld extends AsyncDisposable {
  readonly project: Project;
  readonly app: App;
  /** What the API works with. */
  readonly deps: ApiDeps;
  readonly clock: HandClock;
  /** A session of its own, beside those of requests. */
  readonly session: Session;
  /** Puts rows into tables of the catalogue. */
  load(tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>): Promise<void>;
  /** For calls of `admin/` itself: somebody who sees these agencies and may change what is theirs. */
  context(scope?: AgencyScope): Promise<WriteContext>;
  /** Calls the API as somebody; by default as an admin of all agencies. */
  call(method: string, path: string, body?: unknown, as?: Caller): Promise<Answer>;
  /** The answer as it comes, for bodies that are no text. */
  open(path: string, as?: Caller): Promise<Response>;
}

export interface Caller {
  readonly role?: Role;
  readonly agencies?: AdminContext['scope'];
  readonly headers?: Readonly<Record<string, string>>;
}

const SETTINGS = `
destinations:
  archive: { type: folder, path: ./out }
`;

/** What time it is in a world unless another is said. */
export const ADMIN_NOW = '2026-02-16T12:00:00.000Z';

interface AdminWorldOptions {
  readonly settings?: string;
  readonly now?: string;
  /** Puts something into the project before it is opened. */
  readonly prepare?: (project: Project) => void;
}

export async function adminWorld(options: AdminWorldOptions = {}): Promise<AdminWorld> {
  const project = makeProject(options.settings ?? SETTINGS);
  options.prepare?.(project);
  const clock = handClock(options.now ?? ADMIN_NOW);
  const app = await openByHand(project, clock);
  const engine = await app.engine();
  const session = await app.warehouse.session();
  const names = makeNameIndex();
  const deps = apiDeps(
    { app, engine, metrics: makeMetrics({ ledger: app.ledger, clock, version: VERSION }) },
    { token: 'unused', version: VERSION, wake: () => {}, runCommand: async () => 0 },
  );
  let caller: Caller = {};
  const principal = (): Principal => ({
    kind: 'user',
    userId: 'ana',
    name: 'ana@example.com',
    role: caller.role ?? 'admin',
    agencyIds: caller.agencies ?? 'all',
  });
  const api = makeApi(deps, principal);
  return {
    ...{ project, app, deps, clock, session },
    async load(tables) {
      for (const [table, rows] of Object.entries(tables)) {
        const path = project.writeRows(`seed/${table.toLowerCase()}.jsonl`, rows);
        await loadFiles(session, { table, patterns: [path], clock });
      }
    },
    async context(scope = 'all') {
      const { catalogue, ledger, settings, warehouse } = app;
      return {
        ...{ session, catalogue, ledger, settings, clock, names, scope },
        signal: new AbortController().signal,
        actor: { name: 'ana@example.com', role: 'admin', reason: null },
        requestId: 'request-1',
        turn: warehouse,
      };
    },
    async call(method, path, body, as = {}) {
      caller = as;
      const response = await api.request(
        path,
        {
          method,
          headers: {
            host: 'localhost',
            // As a page of the site: who has signed in may write only from there.
            origin: 'http://localhost',
            authorization: 'Bearer unused',
            ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
            ...as.headers,
          },
          ...(body === undefined
            ? {}
            : { body: typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body) }),
        },
        { loopback: true, closing: new AbortController().signal },
      );
      const text = await response.text();
      const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
    },
    async open(path, as = {}) {
      caller = as;
      return api.request(
        path,
        { headers: { host: 'localhost', authorization: 'Bearer unused', ...as.headers } },
        { loopback: true, closing: new AbortController().signal },
      );
    },
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
      project[Symbol.dispose]();
    },
  };
}
