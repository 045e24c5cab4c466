import { openApp, openSettings } from '../../app.ts';
import type { Settings } from '../../config/settings.ts';
import { releaseOrphans } from '../../delivery/release-orphans.ts';
import { configError } from '../../errors.ts';
import { systemClock } from '../../lib/clock.ts';
import { type LogLevel, openLog } from '../../lib/log.ts';
import { VERSION } from '../../lib/version.ts';
import { withResource } from '../../lib/with-resource.ts';
import { openTracing } from '../../monitor/tracing.ts';
import { startWorker } from '../../schedule/worker.ts';
import { homeOf } from '../home.ts';
import { currentIo } from '../io.ts';
import type { GlobalOptions } from '../session.ts';
import { settingsFileOf } from '../settings-file.ts';
import { stopSignals } from '../stop-signals.ts';

export async function runWorker(options: GlobalOptions & { readonly logLevel: LogLevel }): Promise<void> {
  const io = currentIo();
  const places = { home: homeOf(options.home), file: settingsFileOf(options.config), env: io.env };
  const signals = stopSignals();
  try {
    const { settings } = await openSettings(places);
    requireShared(settings);
    signals.allow(settings.worker);
    await withResource(openTracing(io.env, VERSION), async ({ trace }) => {
      const opening = openApp({
        ...places,
        clock: systemClock,
        log: openLog(options.logLevel),
        mode: 'write',
        signal: signals.breakOff,
        trace,
      });
      await withResource(opening, async (app) => {
        const engine = await app.engine();
        await releaseOrphans(engine);
        io.stderr(`Aquarius ${VERSION} works on runs, ${settings.worker.parallel} at once.\n`);
        await startWorker(engine, signals.stopping).done;
      });
    });
  } finally {
    signals.end();
  }
}

/** A worker sees what its server sees, or it would cut other audiences from another log, or none. */
function requireShared({ controlStore, tables }: Settings): void {
  if (controlStore.type !== 'postgres')
    throw configError(
      'worker_control_store',
      'A worker shares the control store with its server, and an SQLite file is not shared.',
      {
        hint: 'Set DATABASE_URL or controlStore.url to a PostgreSQL server for both. On one machine, raise worker.parallel instead.',
      },
    );
  const config = tables.REF_ADVERTISER_CONFIG;
  if (config === undefined || !('files' in config) || config.files === undefined)
    throw configError(
      'worker_warehouse',
      'A worker shares the warehouse with its server, and an embedded database is its server’s alone.',
      {
        hint: 'Place the tables in files that both can read (tables: in aquarius.yaml), REF_ADVERTISER_CONFIG among them; or raise worker.parallel of the server.',
      },
    );
}
