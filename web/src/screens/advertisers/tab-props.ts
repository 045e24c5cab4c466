import type { AdvertiserDetail } from '../../../../src/shapes/config/advertiser-detail.ts';
import type { AdvertiserKey } from './queries.ts';
import type { AdvertiserSearch } from './routes.ts';

/** What every part of an advertiser's page is given. */
export interface TabProps {
  readonly advertiser: AdvertiserKey;
  readonly detail: AdvertiserDetail;
  readonly search: AdvertiserSearch;
  /** Changes what the address says of this part. */
  readonly onSearch: (change: Partial<AdvertiserSearch>) => void;
  /** Opens the editor of the configuration. */
  readonly onEdit: () => void;
}
