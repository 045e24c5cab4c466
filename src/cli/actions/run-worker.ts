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

/** Every table that decides what a delivery is and who is in it. */
const READ_BY_DELIVERIES = [
  'REF_ADVERTISER_CONFIG',
  'REF_AGENCY_ADVERTISER',
  'PIXEL_CAMPAIGN_MAPPING_V2',
  'ADVERTISER_DOMAIN_MAPPING',
  'AD_IMPRESSION_LOG_V2',
  'LIVERAMP_IMPRESSION_LOG',
  'WEBPIXEL_EVENTS',
  'STORE_VISITS',
  'IP_HOUSEHOLD_LOOKUP',
  'MAID_HOUSEHOLD_LOOKUP',
  'SUPPRESSION',
];

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
  const own = READ_BY_DELIVERIES.filter((name) => {
    const placement = tables[name];
    return placement === undefined || !('files' in placement) || placement.files === undefined;
  });
  if (own.length > 0)
    throw configError(
      'worker_warehouse',
      'A worker shares the warehouse with its server, and an embedded database is its server’s alone.',
      {
        hint: `Place these tables in files that both can read (tables: in aquarius.yaml; a file with a header alone will do for one that is not used): ${own.join(', ')}. Or raise worker.parallel of the server instead.`,
      },
    );
}
