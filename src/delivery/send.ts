import { noteMembers } from '../audience/member-changes.ts';
import type { Identifier, ReadableSet, Receipt } from '../destinations/destination.ts';
import { AquariusError } from '../errors.ts';
import type { Manifest } from '../format/manifest.ts';
import type { BreakerPolicy } from '../ledger/destination-state.ts';
import type { Engine } from './engine.ts';
import type { Heartbeat } from './heartbeat.ts';
import { cutOf } from './held-by-partner.ts';
import type { NamedDestination } from './named-destination.ts';
import { hasSameSuppression } from './same-suppression.ts';
import { withSession } from './with-session.ts';

/** Whether a staged set may still be sent: all of it is in the stage, and no suppression is newer than it. */
export async function isSendable(engine: Engine, prefix: string, manifest: Manifest, signal: AbortSignal): Promise<boolean> {
  if (!(await hasSameSuppression(engine, manifest.agencyId, manifest.suppression, signal))) return false;
  for (const file of manifest.files) {
    const staged = await engine.stage.stat(`${prefix}/${file.name}`, signal);
    if (staged === null || staged.bytes !== file.bytes || staged.sha256 !== file.sha256) return false;
  }
  return true;
}

/** A staged set in the stage. */
export interface StagedSet {
  readonly prefix: string;
  readonly manifest: Manifest;
  /** Whether an earlier attempt staged it, and may have begun to send it. */
  readonly isResumed: boolean;
}

/**
 * Hands a staged set to its destination. The bytes come from the stage, never from the warehouse again. How it went is told to the
 * destination's breaker, unless it was the stage or this side that failed.
 */
export async function send(
  engine: Engine,
  destination: NamedDestination,
  { prefix, manifest, isResumed }: StagedSet,
  { signal, progress, fence }: Heartbeat,
): Promise<Receipt> {
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const failures = new Set<unknown>();
  const set: ReadableSet = {
    manifest,
    isResumed,
    files: manifest.files.map((file) => ({
      ...file,
      open: (each) =>
        ours(
          failures,
          engine.stage.open(`${prefix}/${file.name}`, { signal: each === undefined ? signal : AbortSignal.any([each, signal]) }),
        ),
    })),
  };
  progress.step('sending');
  const policy = breakerPolicy(engine.settings);
  try {
    const receipt = await destination.deliver(set, {
      signal,
      log: engine.log,
      clock: engine.clock,
      secrets: engine.secrets,
      kept: engine.kept,
      sleep: (ms) => engine.sleep(ms, signal),
      onRejected: (members) => ours(failures, rememberRejected(engine, prefix, manifest, members)),
      fence: () => ours(failures, fence()),
      onProgress: (bytes) => progress.amount(bytes, total, 'bytes'),
    });
    await engine.ledger.recordDestination(destination.name, { ok: true }, policy);
    if (receipt.accepted + receipt.rejected !== manifest.rows) {
      throw new Error(
        `The receipt of ${destination.name} does not add up: ${receipt.accepted} + ${receipt.rejected} of ${manifest.rows} rows.`,
      );
    }
    return receipt;
  } catch (error) {
    if (isDestinations(error) && !signal.aborted && !failures.has(error)) {
      const { code, message } = error;
      await engine.ledger.recordDestination(destination.name, { ok: false, code, message }, policy);
    }
    throw error;
  }
}

/** A member that the partner has refused is not held by it. */
async function rememberRejected(
  engine: Engine,
  prefix: string,
  manifest: Manifest,
  members: readonly Identifier[],
): Promise<void> {
  if (manifest.changes === undefined || members.length === 0) return;
  await withSession(
    engine,
    (session) => noteMembers(session, engine.catalogue, cutOf(prefix, manifest), 'rejected', members),
    'log',
  );
}

/** Keeps what failed on our side while the destination was at work. */
async function ours<T>(failures: Set<unknown>, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    failures.add(error);
    throw error;
  }
}

/**
 * A partner that says no to the data, or when to come back, is well; one that cannot be reached, or does not let us in, is not.
 */
function isDestinations(error: unknown): error is AquariusError {
  return error instanceof AquariusError && error.kind !== 'rejected' && error.retryAfterMs === undefined;
}

function breakerPolicy({ worker: { breaker } }: Engine['settings']): BreakerPolicy {
  return {
    failures: breaker.failures,
    coolDownMs: breaker.coolDownSeconds * 1000,
    maxCoolDownMs: breaker.maxCoolDownSeconds * 1000,
  };
}
