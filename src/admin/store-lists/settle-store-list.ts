import type { StoreListRow } from '../../shapes/config/store-lists.ts';
import type { WriteContext } from '../context.ts';
import { type Changed, makeChange } from '../make-change.ts';
import { storeList } from './store-list.ts';
import { UPLOAD_KEY, UPLOADS } from './upload-store-list.ts';

export interface Settlement {
  readonly agencyId: string;
  readonly uploadId: string;
  readonly status: 'PROCESSED' | 'REJECTED';
  /** Why it was rejected. */
  readonly error: string | null;
}

/** Records what came of a list of stores; it may be corrected later. `config` errors: `store_list_unknown`. */
export async function settleStoreList(
  ctx: WriteContext,
  { agencyId, uploadId, status, error }: Settlement,
): Promise<Changed<StoreListRow>> {
  const { row } = await storeList(ctx, uploadId);
  const change = { action: 'storelist.settle', agencyId, advertiserIds: [row.ADVERTISER_ID] };
  return makeChange(ctx, change, async ({ journal }) => {
    await journal.update(UPLOADS, UPLOAD_KEY, [row.UPLOAD_ID], { STATUS: status, ERROR: error });
    return (await storeList(ctx, uploadId)).row;
  });
}
