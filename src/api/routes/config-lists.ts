import { listAgencies } from '../../admin/lists/agencies.ts';
import { listConfigFields } from '../../admin/lists/config-fields.ts';
import { listDestinationSchemas } from '../../admin/lists/destination-schemas.ts';
import { previewCadence } from '../../admin/lists/preview-cadence.ts';
import { listReportTypes } from '../../admin/lists/report-types.ts';
import { scorecard as readScorecard } from '../../admin/lists/scorecard.ts';
import {
  cadencePreview,
  cadencePreviewQuery,
  configFieldRow,
  configFieldsQuery,
  destinationSchemaRow,
  destinationSchemasQuery,
} from '../../shapes/config/config-fields.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import {
  agenciesQuery,
  agencyRow,
  reportTypeRow,
  reportTypesQuery,
  scorecard,
  scorecardQuery,
} from '../../shapes/config/lists.ts';
import { configList, configOne } from '../config-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';

/** Lists to choose from, and figures over all advertisers. */
export function configListRoutes(api: Api, deps: ApiDeps): void {
  const at = (name: string) => ({ path: `/api/config/${name}`, tag: 'Configuration' });
  configList(
    api,
    deps,
    {
      ...at('agencies'),
      summary: 'Agencies',
      description: 'Each once, under one name: all that any table knows, also those that only have pixels.',
      query: agenciesQuery,
      row: agencyRow,
    },
    listAgencies,
  );
  configList(
    api,
    deps,
    { ...at('report-types'), summary: 'Kinds of reports that are in use', query: reportTypesQuery, row: reportTypeRow },
    listReportTypes,
  );
  configOne(
    api,
    deps,
    {
      ...at('scorecard'),
      summary: 'How far the set-up has come',
      description: 'Each figure with the list that it counts. What could not be counted is null, with the reason.',
      query: scorecardQuery,
      data: scorecard,
    },
    (admin, { agency_id: agencyId }) => readScorecard(admin, agencyId),
  );
  configList(
    api,
    deps,
    {
      ...at('config-fields'),
      summary: 'The fields of a configuration, explained',
      query: configFieldsQuery,
      row: configFieldRow,
    },
    async (admin, query) => pageOf(listConfigFields(admin), query),
  );
  configList(
    api,
    deps,
    {
      ...at('destination-schemas'),
      summary: 'What an advertiser may ask of each destination',
      description: 'For each destination of aquarius.yaml the JSON Schema of an entry of DELIVERY_DESTINATIONS.',
      query: destinationSchemasQuery,
      row: destinationSchemaRow,
    },
    async ({ settings }, query) => pageOf(listDestinationSchemas(settings), query),
  );
  configOne(
    api,
    deps,
    {
      ...at('cadence-preview'),
      summary: 'A cadence in words, and its next times',
      description: 'One that cannot be read is no failure: the answer says what is wrong with it.',
      query: cadencePreviewQuery,
      data: cadencePreview,
    },
    async (admin, query) => ({ data: previewCadence(admin, query) }),
  );
}

function pageOf<Row>(all: readonly Row[], { limit, offset }: { readonly limit: number; readonly offset: number }): Listed<Row> {
  return { rows: all.slice(offset, offset + limit), total: all.length };
}
