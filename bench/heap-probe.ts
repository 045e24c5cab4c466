import { writeFileSync } from 'node:fs';

/**
 * Loaded into a measured process by `--import`: keeps the peak of what JavaScript holds, its heap and the buffers outside of it, and
 * writes it to the file that HEAP_PROBE names when the process ends.
 */
const path = process.env.HEAP_PROBE;
let peak = 0;
const look = (): void => {
  const { heapUsed, external } = process.memoryUsage();
  peak = Math.max(peak, heapUsed + external);
};
setInterval(look, 20).unref();
process.on('exit', () => {
  look();
  if (path !== undefined) writeFileSync(path, String(peak));
});
