import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as nap } from 'node:timers/promises';
import { BUILD_CACHE } from '../../src/serve/web/source-hash.ts';
import { askForMore, countsOf, type GroupProcess, startGroup, until } from './kill-process.ts';
import type { Chance } from './kill-random.ts';
import type { Moment } from './kill-switch.ts';
import type { KillWorld } from './kill-world.ts';

/** A server that is started, killed, and started again, while there is always something to do. */

/** Where a server is killed. */
export type Death =
  /** At no special moment: so long after its start, or after it began to answer. */
  | { readonly at: 'any'; readonly ms: number; readonly since: 'start' | 'answer' }
  /** Around the n-th piece that goes to the partner, or the n-th request to the stage. */
  | { readonly at: 'partner' | 'stage'; readonly nth: number; readonly moment: Moment }
  /** Around the n-th call of a name within the server. */
  | { readonly at: 'call'; readonly name: string; readonly nth: number; readonly moment: 'before' | 'after' };

/** Of the calls that a name has in a server's life, the ones that are chosen from. */
const MOST_CALLS = 3;

/** Deaths of every sort in turn; every call comes around, before and after, once there are enough of them. */
export function* deaths(chance: Chance, calls: ReadonlyMap<string, number>): Generator<Death, never> {
  const ANY_MS = 2_000;
  const points = [...calls].flatMap(([name, count]) =>
    (['before', 'after'] as const).map((moment) => ({ name, moment, most: Math.min(count, MOST_CALLS) })),
  );
  for (;;) {
    for (const [index, { most, ...point }] of chance.shuffled(points).entries()) {
      yield { at: 'call', nth: 1 + chance.below(most), ...point };
      const nth = 1 + chance.below(60);
      if (index % 2 === 0) yield { at: 'partner', nth, moment: chance.pick(['before', 'half', 'after']) };
      else if (index % 4 === 1) yield { at: 'stage', nth: 1 + chance.below(20), moment: chance.pick(['before', 'after']) };
      else yield { at: 'any', ms: chance.below(ANY_MS), since: chance.pick(['start', 'answer']) };
    }
  }
}

/** Where its data directory is. */
const homeOf = ({ project }: KillWorld): string => project.path('.aquarius');

export function startServer(world: KillWorld): GroupProcess {
  const args = ['serve', '--home', homeOf(world), '--config', world.settings, '--port', '0', '--log-level', 'warn'];
  return startGroup(`${process.cwd()}/bin/aquarius`, args, { cwd: world.project.folder, env: world.project.env });
}

function startWatched(world: KillWorld, ...args: readonly string[]): GroupProcess {
  const file = `${process.cwd()}/test/support/kill-server-child.ts`;
  return startGroup(process.execPath, [file, homeOf(world), world.settings, namesFile(world), ...args], {
    cwd: world.project.folder,
    // Where bin/aquarius keeps what is compiled: it is the same program.
    env: { ...world.project.env, NODE_COMPILE_CACHE: BUILD_CACHE },
  });
}

const namesFile = ({ project }: KillWorld): string => project.path('calls.txt');

/** Runs that wait at least; below that more are asked for. */
const ENOUGH = 6;
/** A death that has not come after so many deliveries does not come at all: then the server is killed where it is. */
const PATIENCE = 12;
/** Deliveries in which everything that a server calls has been called. */
const A_FEW = 12;

/** What has been promised to whoever asked. */
export interface Promises {
  readonly runIds: Set<string>;
}

/** Keeps a server at work until it is gone, or has delivered more than enough. */
async function keepBusy(world: KillWorld, server: GroupProcess, promises: Promises, patience = PATIENCE): Promise<void> {
  const home = homeOf(world);
  let first: number | null = null;
  while (!server.isGone()) {
    const counts = await countsOf(home, server);
    if (counts !== null) {
      first ??= counts.delivered;
      if (counts.delivered - first >= patience) return;
      if (counts.unfinished < ENOUGH) {
        for (const id of (await askForMore(home, server, randomUUID())) ?? []) promises.runIds.add(id);
      }
    }
    await nap(50);
  }
}

/** Lives through one death. Gives whether it came where it was meant to. */
export async function die(world: KillWorld, death: Death, promises: Promises): Promise<boolean> {
  const server = death.at === 'call' ? startWatched(world, death.name, death.moment, String(death.nth)) : startServer(world);
  const trap = death.at === 'partner' ? world.partnerTrap : death.at === 'stage' ? world.stageTrap : null;
  if (death.at === 'partner' || death.at === 'stage') trap?.arm(death.nth, death.moment, server.kill);
  if (death.at === 'any') void killLater(world, server, death);
  await keepBusy(world, server, promises);
  trap?.disarm();
  const came = server.isGone();
  server.kill();
  const signal = await server.gone;
  if (signal !== 'SIGKILL') throw new Error(`The server ended by itself instead of ${JSON.stringify(death)}:\n${server.said()}`);
  return came;
}

async function killLater(world: KillWorld, server: GroupProcess, { ms, since }: Death & { at: 'any' }): Promise<void> {
  if (since === 'answer') await until(async () => server.isGone() || (await countsOf(homeOf(world), server)));
  await nap(ms);
  server.kill();
}

/** What a server calls in its life, and how often, found by watching one deliver a few. */
export async function callsOf(world: KillWorld, promises: Promises): Promise<ReadonlyMap<string, number>> {
  const server = startWatched(world);
  await keepBusy(world, server, promises, A_FEW);
  const ended = server.isGone();
  server.kill();
  await server.gone;
  if (ended || !existsSync(namesFile(world))) throw new Error(`The watched server did not live: ${server.said()}`);
  const counts = new Map<string, number>();
  for (const name of readFileSync(namesFile(world), 'utf8').trim().split('\n').sort())
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Lets a server work until nothing is left to do, and stop. */
export async function finish(world: KillWorld): Promise<void> {
  const server = startServer(world);
  await until(async () => {
    if (server.isGone()) throw new Error(`The server ended by itself:\n${server.said()}`);
    const counts = await countsOf(homeOf(world), server);
    return counts !== null && counts.unfinished + counts.outbox === 0 ? counts : null;
  });
  server.stop();
  const signal = await server.gone;
  if (signal !== null) throw new Error(`The server was ended by ${signal}:\n${server.said()}`);
}
