import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { readiness } from '../../../../../src/shapes/api-shapes.ts';
import type { PipelineHealth, SchemaCheckRow } from '../../../../../src/shapes/config/health.ts';
import { get } from '../../../api/client.ts';
import { listOf, oneOf } from '../../../api/config.ts';

export type Readiness = z.infer<typeof readiness>;

const READY_EVERY_MS = 15_000;
/** The feeds are counted over large tables. */
const PIPELINE_STALE_MS = 60_000;
const MOST_FINDINGS = 1000;

/** Whether the server can work; a server that cannot answers with 503, and says why. */
export const readyQuery = queryOptions({
  queryKey: ['ready'],
  queryFn: ({ signal }) => get<Readiness>('/readyz', { signal, alsoStatus: 503 }),
  refetchInterval: READY_EVERY_MS,
});

export function pipelineQuery(agencyId: string | undefined) {
  return queryOptions({
    queryKey: ['config', 'pipeline-health', agencyId],
    queryFn: ({ signal }) => oneOf<PipelineHealth>('pipeline-health', { query: { agency_id: agencyId }, signal }),
    staleTime: PIPELINE_STALE_MS,
    placeholderData: keepPreviousData,
  });
}

export function schemaQuery(severity: SchemaCheckRow['SEVERITY'] | undefined) {
  const query = { severity, limit: MOST_FINDINGS };
  return queryOptions({
    queryKey: ['config', 'schema-check', query],
    queryFn: ({ signal }) => listOf<SchemaCheckRow>('schema-check', { query, signal }),
    placeholderData: keepPreviousData,
  });
}
