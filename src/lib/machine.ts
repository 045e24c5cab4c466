import { availableParallelism, totalmem } from 'node:os';

/** What this process may use of the machine. */
export interface Machine {
  readonly memoryBytes: number;
  /** Processors that it may run on. */
  readonly processors: number;
}

/** The machine as its container, service or affinity leaves it to this process. */
export function thisMachine(): Machine {
  // Without a limit it is 0, or a number beyond any machine.
  const limit = process.constrainedMemory();
  return { memoryBytes: Math.min(totalmem(), limit > 0 ? limit : totalmem()), processors: availableParallelism() };
}
