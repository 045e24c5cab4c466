import { getConfig } from '../../config/advertiser-config-store.ts';
import { withNames } from '../../delivery/advertiser-names.ts';
import { configError } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import { configText } from '../config-text.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { configShape } from './list-config.ts';

export async function showConfig(agencyId: string, advertiserId: string, options: GlobalOptions): Promise<void> {
  const config = await withApp(options, 'read', ({ warehouse, catalogue }) =>
    withResource(warehouse.session(), async (session) => {
      const found = await getConfig(session, catalogue, { agencyId, advertiserId });
      return found === null ? null : ((await withNames(session, catalogue, [found]))[0] ?? found);
    }),
  );
  if (config === null) {
    throw configError('advertiser_unknown', `Advertiser ${advertiserId} of agency ${agencyId} is not configured.`, {
      hint: '`aquarius config list` shows who is; `aquarius config set` makes a row.',
    });
  }
  if (options.json === true) printJson(configShape(config));
  else print(configText(config));
}
