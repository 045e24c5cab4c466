import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withResource } from '../../src/lib/with-resource.ts';
import { openDuckDB } from '../../src/warehouse/duckdb/duckdb.ts';
import type { Row } from '../../src/warehouse/warehouse.ts';
import { detailsIn } from './kill-checks.ts';
import { type GroupProcess, startGroup, until } from './kill-process.ts';
import type { KillWorld } from './kill-world.ts';

/** A server or a worker with a data directory of its own, that can be killed and started again. */
export interface Member {
  readonly name: string;
  readonly home: string;
  process(): GroupProcess;
  /** Kills it, and starts it again once it is gone. */
  again(): Promise<void>;
  /** Starts one that is gone. */
  restart(): void;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

export function startMember(world: KillWorld, kind: 'serve' | 'worker', no: number): Member {
  const name = `${kind}-${no}`;
  const home = world.project.path(`homes/${name}`);
  mkdirSync(home, { recursive: true });
  const args = ['--home', home, '--config', world.settings, '--log-level', 'warn', ...(kind === 'serve' ? ['--port', '0'] : [])];
  const start = (): GroupProcess =>
    startGroup(`${process.cwd()}/bin/aquarius`, [kind, ...args], { cwd: world.project.folder, env: world.project.env });
  let current = start();
  return {
    name,
    home,
    process: () => current,
    async again() {
      current.kill();
      const signal = await current.gone;
      // By itself, it may have gone for a warehouse in use alone.
      if (signal !== 'SIGKILL' && !isLockedOut(current)) throw new Error(`${name} ended by itself:\n${current.said()}`);
      current = start();
    },
    restart() {
      current = start();
    },
    async stop() {
      current.stop();
      const signal = await current.gone;
      // One that was killed a moment ago and is only starting does not listen yet; that the others do is what other tests are for.
      if (signal !== null && signal !== 'SIGTERM') throw new Error(`${name} was ended by ${signal}:\n${current.said()}`);
    },
  };
}

/** A person's command had its warehouse. */
const isLockedOut = (process: GroupProcess): boolean => process.said().includes('[warehouse_locked]');

/**
 * Looks until something is found, as long as everybody lives. One that found its warehouse in use by a person's command is started
 * again, as a service manager does.
 */
export function untilAlive<T>(members: readonly Member[], look: () => Promise<T | null>): Promise<T> {
  return until(() => {
    for (const member of members) {
      if (!member.process().isGone()) continue;
      if (!isLockedOut(member.process())) throw new Error(`${member.name} ended by itself:\n${member.process().said()}`);
      member.restart();
    }
    return look();
  });
}

/** SEGMENT_DELIVERY_DETAILS of the warehouse in a data directory; null when there is no warehouse. */
export async function detailsAt(home: string): Promise<readonly Row[] | null> {
  const path = join(home, 'warehouse.duckdb');
  if (!existsSync(path)) return null;
  return withResource(openDuckDB({ path, readOnly: true }), detailsIn);
}

/** Rows as a CSV file; null is an empty field. */
export function csv(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const field = (value: unknown): string => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`);
  return [names.join(','), ...rows.map((row) => names.map((name) => field(row[name])).join(',')), ''].join('\n');
}
