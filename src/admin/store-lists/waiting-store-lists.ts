import { integer, sql } from '../../lib/sql.ts';
import type { WaitingStoreList } from '../../monitor/facts.ts';
import type { Catalogue } from '../../warehouse/catalogue.ts';
import type { Session } from '../../warehouse/warehouse.ts';
import { readUpload, selectUploads } from './list-store-lists.ts';
import { UPLOADS } from './upload-store-list.ts';

/** People are told of no more at once. */
const MOST = 1_000;

/** Lists of stores that wait for somebody, the oldest first. */
export async function waitingStoreLists(session: Session, catalogue: Catalogue): Promise<readonly WaitingStoreList[]> {
  const table = catalogue.table(UPLOADS);
  if (!table.exists) return [];
  const rows = await session.all(
    sql`${selectUploads({ session, catalogue })} WHERE upper(trim(${table.column('STATUS')})) = 'RECEIVED' ORDER BY ${table.column('UPLOAD_ID')} LIMIT ${integer(MOST)}`,
  );
  return rows.map(readUpload).map(({ UPLOAD_ID, AGENCY_ID, ADVERTISER_ID, ROWS_TOTAL }) => ({
    uploadId: UPLOAD_ID,
    agencyId: AGENCY_ID,
    advertiserId: ADVERTISER_ID,
    rows: ROWS_TOTAL,
  }));
}
