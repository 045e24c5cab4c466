import { dirname } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { diskSpace, spareBytes } from '../lib/free-space.ts';
import type { DoctorOutput } from '../shapes/shapes.ts';
import { counted, formatBytes } from './table.ts';

const LOW_BYTES = 5 * 1024 ** 3;
const LOW_SHARE = 0.1;

/** What the program may use of the machine, and whether its disks have room. */
export async function limitChecks({ warehouse, worker, home }: Settings): Promise<DoctorOutput['checks']> {
  const spillFolder = warehouse.type === 'duckdb' ? (warehouse.tempDirectory ?? dirname(warehouse.path)) : null;
  const limits = [await warehouseLimits(warehouse, spillFolder), `${counted(worker.parallel, 'run')} at once`].join('; ');
  const disks = [...new Set([home, spillFolder ?? home])].map(async (place): Promise<DoctorOutput['checks'][number]> => {
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

async function warehouseLimits(warehouse: Settings['warehouse'], spillFolder: string | null): Promise<string> {
  if (warehouse.type === 'snowflake' || spillFolder === null) return 'the warehouse computes elsewhere';
  const { memoryLimit, threads, maxTempDirectorySize } = warehouse;
  const spill = maxTempDirectorySize ?? formatBytes(spareBytes(await diskSpace(spillFolder)));
  return `the warehouse may use ${memoryLimit} of memory, ${counted(threads, 'thread')} and ${spill} of disk in ${spillFolder}`;
}
