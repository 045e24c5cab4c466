import { configError } from '../../errors.ts';
import { sql } from '../../lib/sql.ts';
import type { StoreListRow } from '../../shapes/config/store-lists.ts';
import { type AdminContext, inScope } from '../context.ts';
import { readUpload, selectUploads } from './list-store-lists.ts';
import { UPLOADS } from './upload-store-list.ts';

export interface KeptStoreList {
  readonly row: StoreListRow;
  /** Where the file is kept in the stage. */
  readonly storageKey: string;
}

/** A list of stores of an agency that may be seen, or a `config` error `store_list_unknown`. */
export async function storeList(ctx: AdminContext, uploadId: string): Promise<KeptStoreList> {
  const table = ctx.catalogue.table(UPLOADS);
  const [found] = table.exists
    ? await ctx.session.all(
        sql`${selectUploads(ctx)} WHERE ${inScope(ctx, table)} AND ${table.column('UPLOAD_ID')} = ${uploadId}`,
      )
    : [];
  if (found !== undefined) return { row: readUpload(found), storageKey: String(found.storage_key ?? '') };
  throw configError('store_list_unknown', `There is no list of stores ${uploadId}.`, {
    hint: 'GET /api/config/store-list-uploads lists them.',
  });
}
