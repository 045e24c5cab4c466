import type { Logger } from 'pino';
import { type App, type AppMode, openApp, openSettings } from '../app.ts';
import type { Settings } from '../config/settings.ts';
import type { Secrets } from '../destinations/destination.ts';
import { clockAt, systemClock } from '../lib/clock.ts';
import { type LogLevel, openLog } from '../lib/log.ts';
import { withResource } from '../lib/with-resource.ts';
import { appView, refuseOtherPlaces } from './forward/app-view.ts';
import { sharedApp } from './forward/shared-app.ts';
import { homeOf } from './home.ts';
import { currentIo, processIo } from './io.ts';
import { settingsFileOf } from './settings-file.ts';

/** Options that every command has. */
export interface GlobalOptions {
  readonly home?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly logLevel?: LogLevel;
  readonly at?: Date;
}

/**
 * Opens the application for one command and closes it, whatever happens. Inside a server the command has the server's, whatever the
 * mode, and it stays open.
 */
export async function withApp<T>(options: GlobalOptions, mode: AppMode, work: (app: App) => Promise<T>): Promise<T> {
  const shared = sharedApp();
  if (shared !== null) return work(await appView(shared, options, mode));
  const { env, signal } = currentIo();
  const opening = openApp({
    home: homeOf(options.home),
    file: settingsFileOf(options.config),
    env,
    clock: options.at === undefined ? systemClock : clockAt(options.at),
    log: logOf(options),
    mode,
    signal,
  });
  return withResource(opening, work);
}

/** The log of the running command: inside a server the server's, at its level. */
export function logOf({ logLevel }: GlobalOptions): Logger {
  return sharedApp()?.log ?? openLog(logLevel ?? 'warn');
}

/** Reads the settings as they are in their file now, which inside a server may be newer than what it runs with; opens nothing. */
export async function readSettings(options: GlobalOptions): Promise<{ settings: Settings; secrets: Secrets }> {
  const shared = sharedApp();
  if (shared === null) {
    return openSettings({ home: homeOf(options.home), file: settingsFileOf(options.config), env: currentIo().env });
  }
  await refuseOtherPlaces(shared, options);
  const { home, file } = shared.settings;
  // Secrets are the server's: a caller's environment is not sent.
  return openSettings({ home, file, env: processIo.env });
}

/** Prints a JSON document on stdout. */
export function printJson(value: unknown): void {
  currentIo().stdout(`${JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? item.toString() : item), 2)}\n`);
}

/** Prints lines on stdout. */
export function print(text: string): void {
  currentIo().stdout(`${text}\n`);
}
