import type { Destination } from './destination.ts';
import { folder } from './folder/folder.ts';
import { liverampSftp } from './liveramp-sftp/liveramp-sftp.ts';

/** Every adapter that aquarius.yaml can name by its `type`. */
export const DESTINATIONS: readonly Destination[] = [liverampSftp, folder];
