import { AsyncLocalStorage } from 'node:async_hooks';
import type { App } from '../../app.ts';

/** The application of the server that a command runs in. */

const shared = new AsyncLocalStorage<App>();

/** Null in a process of one command, which opens its own. */
export function sharedApp(): App | null {
  return shared.getStore() ?? null;
}

/** Every command that `work` runs uses `app` and leaves it open. */
export function withSharedApp<T>(app: App, work: () => Promise<T>): Promise<T> {
  return shared.run(app, work);
}
