import { mkdirSync } from 'node:fs';
import { makeApi } from '../../../src/api/make-api.ts';
import { type App, tablesOf } from '../../../src/app.ts';
import { runForwarded } from '../../../src/cli/forward/run-command.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { VERSION } from '../../../src/lib/version.ts';
import { withResource } from '../../../src/lib/with-resource.ts';
import { makeMetrics } from '../../../src/monitor/metrics.ts';
import { apiDeps } from '../../../src/serve/api-deps.ts';
import { loadFiles } from '../../../src/warehouse/load/load-files.ts';
import type { Session } from '../../../src/warehouse/warehouse.ts';
import { openByHand } from '../hand-app.ts';
import { type HandClock, handClock } from '../hand-clock.ts';
import { makeProject, type Project } from '../project.ts';
import { recording, type StatementLog } from './statement-log.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** A data directory whose warehouse notes what it is asked, with the command line and the API in front of it. */
export interface RecordedPlace extends AsyncDisposable {
  readonly project: Project;
  readonly app: App;
  readonly clock: HandClock;
  /** Puts rows in, unseen by the record. */
  load(tables: Readonly<Record<string, Rows>>): Promise<void>;
  /** Works on the warehouse itself, unseen by the record. */
  unseen<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Runs a command and gives what it prints; fails unless it ends well, or with the exit code that is named. */
  run(line: string, exit?: number): Promise<string>;
  /** Asks an endpoint as an admin of all agencies, or of some; fails unless it is answered with 200. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies are whatever the endpoint says.
  call(method: 'GET' | 'POST', path: string, body?: unknown, agencies?: readonly string[]): Promise<any>;
}

export async function recordedPlace(
  log: StatementLog,
  options: {
    readonly settings: string;
    /** Secrets by their names in the environment. */
    readonly secrets?: Readonly<Record<string, string>>;
    /** Folders that partners have made. */
    readonly folders?: readonly string[];
    readonly now: string;
  },
): Promise<RecordedPlace> {
  const project = makeProject(options.settings);
  const secrets = Object.entries(options.secrets ?? {}).map(([name, value]) => `${name}=${value}\n`);
  project.write('.env', secrets.join(''));
  for (const folder of options.folders ?? []) mkdirSync(project.path(folder));
  const clock = handClock(options.now);
  const opened = await openByHand(project, clock);
  const warehouse = recording(opened.warehouse, log);
  const engine: App['engine'] = async () => ({
    ...(await opened.engine()),
    warehouse,
    tablesNow: () => tablesOf({ warehouse, settings: opened.settings }),
    sleep: async () => {},
  });
  const app: App = { ...opened, warehouse, engine };
  const deps = apiDeps(
    { app, engine: await engine(), metrics: makeMetrics({ ledger: app.ledger, clock, version: VERSION }) },
    { token: 'unused', version: VERSION, wake: () => {}, runCommand: async () => 0 },
  );
  let agencies: readonly string[] | undefined;
  const api = makeApi(deps, () => ({
    kind: 'user',
    userId: 'ana',
    name: 'ana@example.com',
    role: 'admin',
    agencyIds: agencies ?? 'all',
  }));
  const signal = new AbortController().signal;
  let loads = 0;
  const unseen: RecordedPlace['unseen'] = (work) => withResource(opened.warehouse.session(), work);
  return {
    ...{ project, app, clock, unseen },
    load: (tables) =>
      unseen(async (session) => {
        for (const [table, rows] of Object.entries(tables)) {
          loads += 1;
          const path = project.writeRows(`seed/${loads}.jsonl`, rows);
          await loadFiles(session, { table, patterns: [path], clock });
        }
      }),
    async run(line, exit = 0) {
      const [told, errors]: [string[], string[]] = [[], []];
      const out = { out: (text: string) => void told.push(text), err: (text: string) => void errors.push(text), signal };
      const request = { args: line.split(' '), cwd: project.folder, isTTY: false, columns: 100, actor: 'ana', env: {} };
      const ended = await runForwarded(app, request, out, runCli);
      if (ended !== exit) throw new Error(`aquarius ${line} ended with ${ended}:\n${told.join('')}\n${errors.join('')}`);
      return told.join('');
    },
    async call(method, path, body, of) {
      agencies = of;
      const headers = { host: 'localhost', origin: 'http://localhost', authorization: 'Bearer unused' };
      const isForm = body instanceof FormData;
      const response = await api.request(
        path.startsWith('/') ? path : `/api/config/${path}`,
        {
          method,
          headers: { ...headers, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
        },
        { loopback: true, closing: signal },
      );
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
      return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
    },
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      project[Symbol.dispose]();
    },
  };
}
