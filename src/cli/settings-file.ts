import { resolve } from 'node:path';
import { currentIo } from './io.ts';

/** The settings file that a command names, by `--config` or AQUARIUS_CONFIG; absolute. Undefined when it names none. */
export function settingsFileOf(config: string | undefined): string | undefined {
  const { cwd, env } = currentIo();
  const named = config ?? (env.AQUARIUS_CONFIG || undefined);
  return named === undefined ? undefined : resolve(cwd, named);
}
