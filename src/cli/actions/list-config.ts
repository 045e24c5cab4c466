import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { listConfigs } from '../../config/advertiser-config-store.ts';
import { withNames } from '../../delivery/advertiser-names.ts';
import { withResource } from '../../lib/with-resource.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { counted, renderTable } from '../table.ts';

export async function listConfig(options: GlobalOptions & { readonly agency?: string }): Promise<void> {
  const configs = await withApp(options, 'read', ({ warehouse, catalogue }) =>
    withResource(warehouse.session(), async (session) =>
      withNames(session, catalogue, await listConfigs(session, catalogue, { agencyId: options.agency })),
    ),
  );
  if (options.json === true) {
    printJson({ advertisers: configs.map(configShape) });
    return;
  }
  if (configs.length === 0) {
    print(
      'No advertiser is configured. `aquarius config set AGENCY ADVERTISER key=value` or `aquarius config import FILE` begins.',
    );
    return;
  }
  print(
    renderTable(configs, [
      { title: 'AGENCY', value: ({ agencyId }) => agencyId },
      { title: 'ADVERTISER', value: ({ advertiserId }) => advertiserId },
      { title: 'NAME', value: ({ displayName }) => displayName ?? '' },
      { title: 'STATUS', value: ({ status }) => status },
      { title: 'DELIVERY', value: ({ deliveryEnabled }) => (deliveryEnabled ? 'on' : 'off') },
      { title: 'SOURCE', value: ({ exposureSource, joinStrategy }) => `${exposureSource} ${joinStrategy}` },
      { title: 'CADENCE', value: ({ cadence }) => cadence },
      {
        title: 'LOOKBACK',
        value: ({ lookbackDays }) => (lookbackDays === null ? 'never expires' : counted(lookbackDays, 'day')),
      },
      { title: 'DESTINATIONS', value: ({ destinations }) => destinations.map(({ destination }) => destination).join(', ') },
      { title: 'PROBLEMS', value: ({ problems }) => (problems.length === 0 ? '' : String(problems.length)) },
    ]),
  );
}

/** One advertiser's configuration as JSON: canonical values and what is wrong with the row. */
export function configShape(config: AdvertiserConfig) {
  const { row: _row, ...shape } = config;
  return shape;
}
