import type { ApiDeps } from '../api/deps.ts';
import { listen } from '../api/listen.ts';
import { makeApi } from '../api/make-api.ts';
import type { App } from '../app.ts';
import { releaseOrphans } from '../delivery/release-orphans.ts';
import { VERSION } from '../lib/version.ts';
import { makeMetrics } from '../monitor/metrics.ts';
import { repeat } from '../schedule/task.ts';
import { startWorker } from '../schedule/worker.ts';
import type { SignInSettings } from '../users/sign-in-settings.ts';
import type { Users } from '../users/users.ts';
import { apiDeps } from './api-deps.ts';
import { backgroundTasks } from './background.ts';
import { observeRuns } from './observe-runs.ts';
import { buildCaches, startPages } from './web/pages.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  /** How people sign in; left out or null where the token is all there is. */
  readonly signIn?: SignInSettings | null;
  /** Aborted when the server is to stop: nothing new is taken, and what is under way may end. */
  readonly stopping: AbortSignal;
  readonly runCommand: ApiDeps['runCommand'];
  /** Called when the pages must be built first, which takes a while; without it there are no pages. */
  readonly onBuildingPages?: () => void;
  /** Called once it listens, before anything is worked on. */
  readonly onListening: (url: string) => Promise<void>;
}

/** How long requests may go on when the server stops, in milliseconds. */
const REQUEST_GRACE_MS = 5_000;

/**
 * API, scheduler and worker in one process. Resolves when it has stopped. The application's own signal breaks off what is under way;
 * it is then handed over.
 */
export async function serve(app: App, options: ServeOptions): Promise<void> {
  const { stopping } = options;
  const engine = await app.engine();
  const metrics = makeMetrics({ ledger: app.ledger, clock: app.clock, version: VERSION });
  await releaseOrphans(engine);

  let ring: () => void = () => {};
  const wake = (): void => ring();
  const ending = new AbortController();
  const pages =
    options.onBuildingPages === undefined
      ? null
      : startPages({
          caches: buildCaches(app.settings.home),
          log: app.log,
          signal: ending.signal,
          onBuilding: options.onBuildingPages,
        });
  const deps = apiDeps({ app, engine, metrics }, { ...options, version: VERSION, wake });
  const users = options.signIn ? await openSignIn(app, options.signIn) : null;
  const api = makeApi({
    ...deps,
    ...(users === null ? {} : { users }),
    ...(pages === null ? {} : { pages: pages.answer }),
  });
  try {
    const listening = await listen(api, { host: options.host, port: options.port, signal: stopping, log: app.log });
    try {
      await options.onListening(listening.url);
      const worker = startWorker(engine, stopping, { onWorked: observeRuns(app.ledger, metrics, app.log) });
      ring = worker.wake;
      const tasks = backgroundTasks(engine, wake).map((task) => repeat(engine, task, stopping));
      await Promise.all([...tasks, worker.done]);
    } finally {
      await listening.close(REQUEST_GRACE_MS);
    }
  } finally {
    ending.abort();
    await pages?.ready;
  }
}

/** The library is loaded only where people sign in. */
async function openSignIn({ ledger, log }: App, settings: SignInSettings): Promise<Users> {
  const { openUsers } = await import('../users/open-users.ts');
  return openUsers({ store: ledger.store, settings, log });
}
