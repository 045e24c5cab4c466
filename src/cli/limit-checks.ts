import { dirname } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { diskSpace, spareBytes } from '../lib/free-space.ts';
import type { DoctorOutput } from '../shapes/shapes.ts';
import { counted, formatBytes } from './table.ts';

const LOW_BYTES = 5 * 1024 ** 3;
const LOW_SHARE = 0.1;

/** What the program may use of the machine, and whether its disks have room. */
export async function limitChecks({ warehouse, worker, home }: Settings): Promise<DoctorOutput['checks']> {
  const { memoryLimit, threads, maxTempDirectorySize } = warehouse;
  const folder = warehouse.tempDirectory ?? dirname(warehouse.path);
  const spill = maxTempDirectorySize ?? formatBytes(spareBytes(await diskSpace(folder)));
  const limits = [
    `the warehouse may use ${memoryLimit} of memory, ${counted(threads, 'thread')} and ${spill} of disk in ${folder}`,
    `${counted(worker.parallel, 'run')} at once`,
  ].join('; ');
  const disks = [...new Set([home, folder])].map(async (place): Promise<DoctorOutput['checks'][number]> => {
    const { free, total } = await diskSpace(place);
    const isLow = free < LOW_BYTES || free < total * LOW_SHARE;
    return {
      check: 'disk',
      status: isLow ? 'warning' : 'ok',
      message: `${place}: ${formatBytes(free)} of ${formatBytes(total)} are free`,
      hint: isLow ? 'Make room, or move the data directory; runs wait while the disk is full.' : null,
    };
  });
  return [{ check: 'limits', status: 'ok', message: limits, hint: null }, ...(await Promise.all(disks))];
}
