import type { Settings } from '../../config/settings.ts';
import { releaseOrphans } from '../../delivery/release-orphans.ts';
import { configError } from '../../errors.ts';
import type { LogLevel } from '../../lib/log.ts';
import { VERSION } from '../../lib/version.ts';
import { startWorker } from '../../schedule/worker.ts';
import { currentIo } from '../io.ts';
import { runUntilStopped } from '../long-running.ts';
import type { GlobalOptions } from '../session.ts';

export async function runWorker(options: GlobalOptions & { readonly logLevel: LogLevel }): Promise<void> {
  await runUntilStopped(
    options,
    async ({ settings }) => requireShared(settings),
    async (app, _prepared, stopping) => {
      const engine = await app.engine();
      await releaseOrphans(engine);
      currentIo().stderr(`Aquarius ${VERSION} works on runs, ${app.settings.worker.parallel} at once.\n`);
      await startWorker(engine, stopping, { keepsNoMembers: true }).done;
    },
  );
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
function requireShared({ controlStore, tables, warehouse }: Settings): void {
  if (controlStore.type !== 'postgres')
    throw configError(
      'worker_control_store',
      'A worker shares the control store with its server, and an SQLite file is not shared.',
      {
        hint: 'Set DATABASE_URL or controlStore.url to a PostgreSQL server for both. On one machine, raise worker.parallel instead.',
      },
    );
  if (warehouse.type === 'snowflake') return;
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
