import type { Machine } from '../lib/machine.ts';

/** What the settings leave open is taken from the machine. */

const MIB = 1024 ** 2;
/** What the program takes besides the engine. */
const REST_BYTES = 400 * MIB;
/** Less than this, and every statement would spill. */
const LEAST_ENGINE_BYTES = 256 * MIB;
/** More at once would only wait for each other in the engine. */
const MOST_RUNS = 8;

/** Memory of the warehouse's engine, as `warehouse.memoryLimit` has it. */
export function defaultMemoryLimit({ memoryBytes }: Machine): string {
  const share = Math.min(memoryBytes * 0.6, memoryBytes - REST_BYTES);
  return `${Math.floor(Math.max(share, LEAST_ENGINE_BYTES) / MIB)}MiB`;
}

/** Runs that one process works on at once: one waits for the network while another is cut. */
export function defaultParallelRuns({ processors }: Machine): number {
  return Math.min(Math.max(processors, 2), MOST_RUNS);
}
