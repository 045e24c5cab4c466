import type { Destination } from './destination.ts';
import { folder } from './folder/folder.ts';
import { liverampS3 } from './liveramp-s3/liveramp-s3.ts';
import { liverampSftp } from './liveramp-sftp/liveramp-sftp.ts';
import { metaCustomAudience } from './meta-custom-audience/meta-custom-audience.ts';
import { partnerFile } from './partner-file/partner-file.ts';
import { ttdApi } from './ttd-api/ttd-api.ts';
import { xandrSegments } from './xandr-segments/xandr-segments.ts';

/** Every adapter that aquarius.yaml can name by its `type`. */
export const DESTINATIONS: readonly Destination[] = [
  liverampSftp,
  liverampS3,
  folder,
  metaCustomAudience,
  partnerFile,
  ttdApi,
  xandrSegments,
];
