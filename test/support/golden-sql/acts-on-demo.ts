import { createHash } from 'node:crypto';
import { forgetRefusals } from '../../../src/audience/member-changes.ts';
import { generateDemo } from '../../../src/cli/demo/generate-demo.ts';
import { resync } from '../../../src/delivery/resync.ts';
import { ident, sql } from '../../../src/lib/sql.ts';
import { withResource } from '../../../src/lib/with-resource.ts';
import { DROP_KEY, dropServer } from '../../standins/drop-server.ts';
import { ttdServer } from '../../standins/ttd-server.ts';
import { recordedPlace } from './recorded-place.ts';
import type { StatementLog } from './statement-log.ts';

const NOW = '2026-02-16T12:00:00.000Z';
const DAY = 86_400_000;
const OWNER = 'adv-1';
const LOG = ident('BASE_TABLES', 'AD_IMPRESSION_LOG_V2');
const OF_A_DAY = sql`CAST("AUCTION_TIMESTAMP" AS DATE) = DATE '2026-02-12'`;
const SUPPRESSION = ident('BASE_TABLES', 'SUPPRESSION');
const MEMBERS = ident('SEGMENT_DATA', 'DELIVERED_MEMBERS');

/** Weeks of deliveries of the demo's advertisers, from prepared exposures, to files and to a partner that is told of changes. */
export async function actOnDemo(log: StatementLog): Promise<void> {
  await using partner = await ttdServer({ tokens: { 'a-token': [OWNER] }, now: () => place.clock.now() });
  await using drop = await dropServer();
  await using place = await recordedPlace(log, {
    now: NOW,
    folders: ['uploads', 'archive'],
    secrets: { TTD_TOKEN: 'a-token', DROP_API_KEY: DROP_KEY },
    settings: `
destinations:
  liveramp-us: { type: folder, path: ../uploads }
  archive: { type: folder, path: ../archive, allowIp: true }
  ttd: { type: ttd-api, mode: advertiser, advertiserId: ${OWNER}, token: env:TTD_TOKEN, url: ${partner.url}, deletionUrl: ${partner.url} }
policy: { minAudience: 1, staleSource: warn }
guards: { maxSizeChange: null }
drop: { url: ${drop.url}, apiKey: env:DROP_API_KEY }
`,
  });
  await place.unseen((session) => generateDemo(session, { rows: 1_200, seed: 11, now: new Date(NOW) }));

  await place.run('doctor', 78);
  await place.run('reach refresh');
  await place.run('reach status');
  await place.run('reach verify --sample 2 --seed x');
  await place.run('plan');
  await place.run('deliver --agency 7002');
  await place.run('deliver --agency 7001', 78);
  await place.run('reach rebuild');

  await place.call('GET', 'unmapped-impressions?agency_id=7001');
  await place.call('GET', 'pipeline-health');

  // What has come since, and what has gone.
  await place.unseen((session) =>
    session.execute(
      sql`INSERT INTO ${LOG} SELECT * REPLACE (${new Date(NOW)} AS INGESTION_TIMESTAMP) FROM ${LOG} WHERE ${OF_A_DAY} LIMIT 7`,
    ),
  );
  await place.run('plan');
  await place.run('reach refresh');
  await place.unseen((session) => session.execute(sql`DELETE FROM ${LOG} WHERE ${OF_A_DAY}`));
  await place.run('reach refresh');

  // A partner that is told of changes, week by week, and then asked for all that it holds.
  const entry = [{ destination: 'ttd', refresh: 'incremental', identifiers: ['IDFA', 'GAID'] }];
  await place.run(`config set 7001 50101 DELIVERY_DESTINATIONS=${JSON.stringify(entry)}`);
  for (const week of [1, 2, 3]) {
    await place.run('deliver --agency 7001 --advertiser 50101');
    place.clock.move(7 * DAY);
    if (week === 1) {
      const some = sql`SELECT 'MAID', IDENTIFIER_VALUE FROM ${MEMBERS} LIMIT 3`;
      await place.unseen((session) =>
        session.execute(sql`INSERT INTO ${SUPPRESSION} (IDENTIFIER_TYPE, IDENTIFIER_VALUE) ${some}`),
      );
    }
  }
  // Nobody looks back for ever any more, and what nobody looks back to goes.
  await place.run('config set 7001 50103 DELIVERY_LOOKBACK_DAYS=60');
  await place.run('reach refresh');

  const engine = await place.app.engine();
  const run = (await place.app.ledger.runs({ limit: 100 })).find(
    ({ delivery, state }) => delivery.destination === 'ttd' && state === 'delivered',
  );
  if (run === undefined) throw new Error('There is no run.');
  await resync(engine, run.delivery, new AbortController().signal);
  // As when a delivery of which the partner has refused somebody is sent again.
  await withResource(engine.warehouse.session(), (session) => forgetRefusals(session, engine.catalogue, run.id));

  // Requests of California's DROP, of which one is about a device that was met.
  const [met] = await place.unseen((session) => session.all(sql`SELECT MIN(IDENTIFIER_VALUE) AS id FROM ${MEMBERS}`));
  const hash = createHash('sha256').update(String(met?.id).replaceAll('-', '')).digest('base64');
  const requests = [{ id: 'A7kP2xQ9Lm4R', hash }];
  drop.offer({ lists: { MAID: requests }, removed: [{ id: 'B7kP2xQ9Lm4R', hash, list: 'MAID' }] });
  await place.run('suppressions sync-drop --dry-run');
  await place.run('suppressions sync-drop');
}
