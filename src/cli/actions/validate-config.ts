import { listConfigs } from '../../config/advertiser-config-store.ts';
import { checkAgainstSettings } from '../../config/check-against-settings.ts';
import { configError, type Problem } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import { type GlobalOptions, print, printJson, readSettings, withApp } from '../session.ts';
import { counted, formatCount } from '../table.ts';

/** Checks the settings (by reading them) and every advertiser's row, and reports all problems together. */
export async function validateConfig(options: GlobalOptions): Promise<void> {
  const { settings } = await readSettings(options);
  const { file, configs, problems } = await withApp(options, 'read', ({ warehouse, catalogue }) =>
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
      `${counted(problems.length, 'problem')} in ${counted(configs, "advertiser's row", "advertisers' rows")}.`,
      {
        problems,
        hint: 'Correct them with `aquarius config set AGENCY ADVERTISER key=value`.',
      },
    );
  }
  if (options.json === true) printJson({ ok: true, file, advertisers: configs });
  else
    print(
      configs === 1
        ? `${file} and one advertiser's row are in order.`
        : `${file} and ${formatCount(configs)} advertisers' rows are in order.`,
    );
}
