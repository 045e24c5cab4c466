import { hostname } from 'node:os';
import type { Engine } from './engine.ts';

/** Gives back the runs that a process of this machine held when it died, so that nobody waits for their leases to run out. */
export async function releaseOrphans({ ledger, owner }: Engine): Promise<void> {
  for (const run of await ledger.unfinished()) {
    if (run.leaseOwner !== null && run.leaseOwner !== owner && isDead(run.leaseOwner)) await ledger.release(run.id, run.attempts);
  }
}

/** The name of an owner of runs; `isDead` reads it. */
export function ownerName(random: string): string {
  return `${hostname()}:${process.pid}:${random}`;
}

/** Whether an owner is a process of this machine that is gone. One of another machine may be alive. */
export function isDead(owner: string): boolean {
  const [random, pid, ...host] = owner.split(':').reverse();
  if (random === undefined || pid === undefined || host.reverse().join(':') !== hostname()) return false;
  // Another owner under our own process number was an earlier process: numbers come again, in containers at once.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
