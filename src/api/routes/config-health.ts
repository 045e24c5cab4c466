import { pipelineHealth as pipelineHealthOf } from '../../admin/health/pipeline-health.ts';
import { schemaCheck } from '../../admin/health/schema-check.ts';
import {
  acknowledgeAlertAnswer,
  acknowledgeAlertBody,
  pipelineHealth,
  pipelineHealthQuery,
  schemaCheckQuery,
  schemaCheckRow,
} from '../../shapes/config/health.ts';
import { configList, configOne, configWrite, refuseScoped } from '../config-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';

/** How the warehouse, its feeds and the agencies are. */
export function configHealthRoutes(api: Api, deps: ApiDeps): void {
  configList(
    api,
    deps,
    {
      path: '/api/config/schema-check',
      tag: 'Configuration',
      summary: 'How the warehouse differs from what the program knows',
      description:
        'Missing tables and columns with the statement that adds them, columns of another type, columns that are not used, and tables that the program writes and may not.',
      query: schemaCheckQuery,
      row: schemaCheckRow,
    },
    async (admin, query) => {
      refuseScoped(admin);
      return schemaCheck(admin, query);
    },
  );

  configOne(
    api,
    deps,
    {
      path: '/api/config/pipeline-health',
      tag: 'Configuration',
      summary: 'How the feeds and the agencies are',
      description:
        'Feeds are judged by one table of ages, up to now: rows of the future make none fresh. What could not be looked at is UNKNOWN or NOT_CHECKED, never healthy, and what was last known of it is told.',
      query: pipelineHealthQuery,
      data: pipelineHealth,
    },
    async (admin) => ({ data: await pipelineHealthOf(admin, deps.listDeliveries) }),
  );

  configWrite(
    api,
    deps,
    {
      path: '/api/config/acknowledge-alert',
      tag: 'Configuration',
      summary: 'Take an alert on',
      description: 'Everybody sees who is at it, until the alert is over. One that fires again is nobody’s.',
      body: acknowledgeAlertBody,
      data: acknowledgeAlertAnswer,
    },
    async ({ ledger, scope, actor }, { key, note }) => {
      const taken = await ledger.acknowledgeAlert(key, { name: actor.name, via: 'api', reason: note }, scope);
      return {
        data: { KEY: taken.key, ACKNOWLEDGED_AT: taken.at, ACKNOWLEDGED_BY: taken.by, NOTE: taken.note },
      };
    },
  );
}
