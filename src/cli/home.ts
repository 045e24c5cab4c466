import { resolve } from 'node:path';
import { currentIo } from './io.ts';

/** The data directory that a command means: `--home`, AQUARIUS_HOME, or `.aquarius` where it was given. Absolute. */
export function homeOf(home: string | undefined): string {
  const { cwd, env } = currentIo();
  return resolve(cwd, home ?? (env.AQUARIUS_HOME || '.aquarius'));
}
