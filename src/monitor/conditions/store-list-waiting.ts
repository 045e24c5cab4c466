import type { Condition } from '../../ledger/alert.ts';
import type { Facts } from '../facts.ts';
import { asBefore } from './words.ts';

/** Lists of stores that nobody has worked on. While it is not known which wait, what was told stays. */
export function storeListsWaiting({ storeLists, firing }: Pick<Facts, 'storeLists' | 'firing'>): readonly Condition[] {
  if (storeLists === null) return firing.filter(({ kind }) => kind === 'store_list_waiting').map(asBefore);
  return storeLists.map(({ uploadId, agencyId, advertiserId, rows }) => ({
    key: `store_list_waiting:${uploadId}`,
    kind: 'store_list_waiting',
    agencyId,
    message: `A list of stores${rows === null ? '' : ` (${rows} rows)`} was handed in for advertiser ${advertiserId} of agency ${agencyId}. Whoever assigns places must work on it and then say what came of it.`,
    detail: { advertiserId, upload: uploadId, rows },
  }));
}
