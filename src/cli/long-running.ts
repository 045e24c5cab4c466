import { type App, openApp, openSettings } from '../app.ts';
import { systemClock } from '../lib/clock.ts';
import { type LogLevel, openLog } from '../lib/log.ts';
import { VERSION } from '../lib/version.ts';
import { withResource } from '../lib/with-resource.ts';
import { openTracing } from '../monitor/tracing.ts';
import { homeOf } from './home.ts';
import { currentIo } from './io.ts';
import type { GlobalOptions } from './session.ts';
import { settingsFileOf } from './settings-file.ts';
import { stopSignals } from './stop-signals.ts';

type Opened = Awaited<ReturnType<typeof openSettings>>;

/**
 * Opens the application, with traces where they are wanted, for a command that runs until it is stopped. What `prepare` makes of the
 * settings is had before anything is opened; `stopping` is aborted when nothing new is to be begun.
 */
export async function runUntilStopped<T>(
  options: GlobalOptions & { readonly logLevel: LogLevel },
  prepare: (opened: Opened) => Promise<T>,
  work: (app: App, prepared: T, stopping: AbortSignal) => Promise<void>,
): Promise<void> {
  const { env } = currentIo();
  const places = { home: homeOf(options.home), file: settingsFileOf(options.config), env };
  const signals = stopSignals();
  try {
    const opened = await openSettings(places);
    signals.allow(opened.settings.worker);
    const prepared = await prepare(opened);
    await withResource(openTracing(env, VERSION), ({ trace }) => {
      const log = openLog(options.logLevel);
      const opening = openApp({ ...places, clock: systemClock, log, mode: 'write', signal: signals.breakOff, trace });
      return withResource(opening, (app) => work(app, prepared, signals.stopping));
    });
  } finally {
    signals.end();
  }
}
