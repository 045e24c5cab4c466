import { Readable } from 'node:stream';
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { listStoreLists } from '../../admin/store-lists/list-store-lists.ts';
import { settleStoreList } from '../../admin/store-lists/settle-store-list.ts';
import { storeList } from '../../admin/store-lists/store-list.ts';
import { uploadStoreList } from '../../admin/store-lists/upload-store-list.ts';
import {
  settledStoreList,
  settleStoreListBody,
  storeListFileQuery,
  storeListRow,
  storeListsQuery,
  uploadedStoreList,
  uploadStoreListBody,
} from '../../shapes/config/store-lists.ts';
import { configList, configWrite, withAdmin } from '../config-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Api } from '../env.ts';

const fileRoute = createRoute({
  method: 'get',
  path: '/api/config/store-list-file',
  tags: ['Places'],
  summary: 'The file of a list of stores',
  request: { query: storeListFileQuery },
  responses: {
    200: {
      description: 'The file as it was handed in.',
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary', description: 'the bytes' }) } },
    },
  },
});

/** Lists of stores that people hand in. */
export function storeListRoutes(api: Api, deps: ApiDeps): void {
  const at = (name: string) => ({ path: `/api/config/${name}`, tag: 'Places' });
  configWrite(
    api,
    deps,
    {
      ...at('upload-storelist'),
      summary: 'Hands in a list of stores',
      description:
        'A form with the file. The list is kept and recorded, and whoever is told of alerts is told that it waits; it assigns nothing by itself.',
      body: uploadStoreListBody,
      data: uploadedStoreList,
      isForm: true,
    },
    async (admin, { agency_id: agencyId, advertiser_id: advertiserId, file }) => {
      const bytes = Buffer.from(await file.arrayBuffer());
      const data = await uploadStoreList(admin, deps.stage, { agencyId, advertiserId, name: file.name, bytes });
      return { data, warnings: warningsOf(data.rows, data.header) };
    },
  );
  configList(
    api,
    deps,
    { ...at('store-list-uploads'), summary: 'Lists of stores, newest first', query: storeListsQuery, row: storeListRow },
    (admin, { advertiser_id: advertiserId, ...filter }) => listStoreLists(admin, { advertiserId, ...filter }),
  );
  configWrite(
    api,
    deps,
    {
      ...at('settle-storelist'),
      summary: 'Says what came of a list of stores',
      body: settleStoreListBody,
      data: settledStoreList,
    },
    async (admin, { agency_id: agencyId, upload_id: uploadId, status, error = null }) => {
      const { result, auditId } = await settleStoreList(admin, { agencyId, uploadId, status, error });
      return { data: { upload: result, audit_id: auditId } };
    },
  );
  api.openapi(fileRoute, async (c) => {
    const query = c.req.valid('query');
    const { row, storageKey } = await withAdmin(c, deps, query, (admin) => storeList(admin, query.upload_id));
    const bytes = await deps.stage.open(storageKey, { signal: AbortSignal.any([c.req.raw.signal, c.env.closing]) });
    // Its name in the stage is one that no header reads as anything else.
    const name = storageKey.split('/').at(-1) ?? 'store-list';
    return c.body(Readable.toWeb(bytes) as ReadableStream, 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${name}"`,
      ...(row.BYTES === null ? {} : { 'Content-Length': String(row.BYTES) }),
    });
  });
}

function warningsOf(rows: number | null, header: readonly string[] | null): readonly string[] {
  if (rows === null) return ['The workbook was kept as it is: its rows were not read.'];
  return header === null ? ['The list has no header that could be told: what its columns are is to be guessed.'] : [];
}
