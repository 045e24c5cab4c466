import { suppressionFingerprint } from '../audience/suppression.ts';
import type { ReadableSet, Receipt } from '../destinations/destination.ts';
import type { Manifest } from '../format/manifest.ts';
import { withResource } from '../lib/with-resource.ts';
import type { Engine, RunProgress } from './engine.ts';
import type { NamedDestination } from './named-destination.ts';

/** Whether a staged set may still be sent: all of it is in the stage, and no suppression is newer than it. */
export async function isSendable(engine: Engine, prefix: string, manifest: Manifest, signal: AbortSignal): Promise<boolean> {
  const now = await withResource(engine.warehouse.session(), (session) =>
    suppressionFingerprint(session, engine.catalogue, manifest.agencyId, signal),
  );
  if (now !== manifest.suppression) return false;
  for (const file of manifest.files) {
    const staged = await engine.stage.stat(`${prefix}/${file.name}`, signal);
    if (staged === null || staged.bytes !== file.bytes || staged.sha256 !== file.sha256) return false;
  }
  return true;
}

/** Hands a staged set to its destination. The bytes come from the stage, never from the warehouse again. */
export async function send(
  engine: Engine,
  destination: NamedDestination,
  prefix: string,
  manifest: Manifest,
  progress: RunProgress,
  signal: AbortSignal,
): Promise<Receipt> {
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const set: ReadableSet = {
    manifest,
    files: manifest.files.map((file) => ({
      ...file,
      open: (own) =>
        engine.stage.open(`${prefix}/${file.name}`, { signal: own === undefined ? signal : AbortSignal.any([own, signal]) }),
    })),
  };
  progress.step('sending');
  const receipt = await destination.deliver(set, {
    signal,
    log: engine.log,
    clock: engine.clock,
    secrets: engine.secrets,
    onProgress: (bytes) => progress.amount(bytes, total, 'bytes'),
  });
  if (receipt.accepted + receipt.rejected !== manifest.rows) {
    throw new Error(
      `The receipt of ${destination.name} does not add up: ${receipt.accepted} + ${receipt.rejected} of ${manifest.rows} rows.`,
    );
  }
  return receipt;
}
