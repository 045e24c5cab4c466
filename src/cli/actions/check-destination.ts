import { checkCtx } from '../check-ctx.ts';
import { currentIo } from '../io.ts';
import { knownDestination } from '../known-destination.ts';
import { type GlobalOptions, logOf, print, printJson, readSettings } from '../session.ts';

/** Longest time for a check, as `doctor` has it. */
const CHECK_MS = 30_000;

/** Does for one destination what `doctor` does for all; what is wrong is thrown, with its exit code. */
export async function checkOneDestination(name: string, options: GlobalOptions): Promise<void> {
  const { settings, secrets } = await readSettings(options);
  const destination = knownDestination(settings, name);
  const signal = AbortSignal.any([currentIo().signal, AbortSignal.timeout(CHECK_MS)]);
  await destination.check(checkCtx({ log: logOf(options), secrets, signal }));
  if (options.json === true) printJson({ destination: name, type: destination.type, ok: true });
  else print(`${name} (${destination.type}) is ready to take a delivery.`);
}
