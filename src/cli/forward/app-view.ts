import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, type AppMode, tablesOf } from '../../app.ts';
import { configError } from '../../errors.ts';
import { clockAt } from '../../lib/clock.ts';
import { homeOf } from '../home.ts';
import { currentIo } from '../io.ts';
import { settingsFileOf } from '../settings-file.ts';

/** Options by which a command says what it works on. */
interface Places {
  readonly home?: string;
  readonly config?: string;
}

/**
 * The server's application as one command sees it: with the command's time and signal, and with tables as they are now, since files
 * may have come and gone. Closing it closes nothing. Another data directory or settings file than the server's is a `config` error
 * `server_home` or `server_config`.
 */
export async function appView(app: App, options: Places & { readonly at?: Date }, mode: AppMode): Promise<App> {
  await refuseOtherPlaces(app, options);
  const own = {
    clock: options.at === undefined ? app.clock : clockAt(options.at),
    signal: currentIo().signal,
    catalogue: mode === 'ledger' ? app.catalogue : await tablesOf(app),
  };
  const engine = async () => ({ ...(await app.engine()), ...own });
  return { ...app, ...own, engine, [Symbol.asyncDispose]: async () => {} };
}

/** A command gets what it would get without a server, or is told why not. */
export async function refuseOtherPlaces({ settings }: App, options: Places): Promise<void> {
  const home = homeOf(options.home);
  if (options.home !== undefined && !(await isSame(home, settings.home))) {
    throw configError('server_home', `The server owns ${settings.home}, and the command names ${home}.`, {
      hint: 'Send it to the server of that data directory, or leave --home out.',
    });
  }
  const file = settingsFileOf(options.config) ?? foundFile(settings.home);
  if (file !== undefined && !(await isSame(file, settings.file))) {
    throw configError('server_config', `The server runs with ${settings.file}, and this command would use ${file}.`, {
      hint: `Give --config ${settings.file}, or stop the server and run the command again.`,
    });
  }
}

/** Where settings are found when none are named. */
function foundFile(home: string): string | undefined {
  return [join(currentIo().cwd, 'aquarius.yaml'), join(home, 'aquarius.yaml')].find(existsSync);
}

/** By whatever links it is reached. */
async function isSame(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => realpath(path).catch(() => path)));
  return first === second;
}
