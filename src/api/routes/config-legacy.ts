import { importOptions } from '../../admin/legacy/import-options.ts';
import { legacyImport, legacyImportBody, legacyImportShape } from '../../shapes/config/legacy-import.ts';
import { configWrite } from '../config-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';

/** The way from the earlier system. */
export function legacyRoutes(api: Api, deps: ApiDeps): void {
  configWrite(
    api,
    deps,
    {
      path: '/api/config/import-legacy',
      tag: 'Advertisers',
      summary: "Import the earlier system's delivery options",
      description:
        'Turns DELIVERY_OPTION into entries of DELIVERY_DESTINATIONS. Entries are added and never changed, so importing again changes nothing; delivery stays off unless `enable` says otherwise. With `dry_run` it only tells what would come of it.',
      body: legacyImportBody,
      data: legacyImport,
    },
    async (admin, { destinations, enable, dry_run: isDryRun }) => {
      const outcome = await importOptions(admin, { destinations, enable, isDryRun });
      return { data: legacyImportShape(outcome, isDryRun) };
    },
  );
}
