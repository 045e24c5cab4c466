import { aquarius } from './child.ts';
import { withHome, writeSettings } from './home.ts';

/** Brings reach of a warehouse up to date as of a time; false when this version of the program keeps none. */
export function prepareReach(warehouse: string, at: string): Promise<boolean> {
  return withHome(async (home) => {
    await writeSettings(home, { warehouse, folders: ['bench', 'bench-2', 'bench-3'] });
    return (await refreshReach(home, at)) !== null;
  });
}

/** Seconds of `aquarius reach refresh`, or null when there is no such command. */
export async function refreshReach(home: string, at: string): Promise<number | null> {
  const { stdout } = await aquarius(home, ['help', 'reach'], { accept: [0, 64] });
  if (!stdout.includes('refresh')) return null;
  const help = await aquarius(home, ['reach', 'refresh', '--help']);
  const when = help.stdout.includes('--at') ? ['--at', at] : [];
  return (await aquarius(home, ['reach', 'refresh', ...when, '--json'])).seconds;
}
