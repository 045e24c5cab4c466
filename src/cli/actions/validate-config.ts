import { listConfigs } from '../../config/advertiser-config-store.ts';
import { checkAgainstSettings } from '../../config/check-against-settings.ts';
import { configError, type Problem } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';

/** Checks the settings (by opening them) and every advertiser's row, and reports all problems together. */
export async function validateConfig(options: GlobalOptions): Promise<void> {
  const { file, configs, problems } = await withApp(options, 'read', ({ warehouse, catalogue, settings }) =>
    withResource(warehouse.session(), async (session) => {
      const rows = await listConfigs(session, catalogue);
      const found = rows.flatMap((config) =>
        [...config.problems, ...checkAgainstSettings(config, settings)].map(
          (problem): Problem => ({ ...problem, path: `${config.agencyId} ${config.advertiserId}, ${problem.path}` }),
        ),
      );
      return { file: settings.file, configs: rows.length, problems: found };
    }),
  );
  if (problems.length > 0) {
    throw configError(
      'config_invalid',
      `${problems.length} problem${problems.length === 1 ? '' : 's'} in ${configs} advertisers' rows.`,
      {
        problems,
        hint: 'Correct them with `aquarius config set AGENCY ADVERTISER key=value`.',
      },
    );
  }
  if (options.json === true) printJson({ ok: true, file, advertisers: configs });
  else print(`${file} and ${configs} advertisers' rows are in order.`);
}
