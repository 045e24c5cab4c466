import type { GlobalOptions } from '../session.ts';
import { makeReach } from './refresh-reach.ts';

/** Asks nothing: all that is thrown away is made again, and audiences are cut from the logs themselves meanwhile. */
export async function rebuildReach(options: GlobalOptions): Promise<void> {
  await makeReach(options, true);
}
