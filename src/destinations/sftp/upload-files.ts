import { AquariusError } from '../../errors.ts';
import type { KeptResources, Lent } from '../../lib/kept-resources.ts';
import type { Ctx, FileReceipt, ReadableFile } from '../destination.ts';
import { countConnections } from './count-connections.ts';
import { furtherPartner, type Partner } from './partner.ts';
import type { SftpSettings } from './settings.ts';
import type { RemoteFile, SftpConnection } from './sftp-connection.ts';
import { shareStripes } from './stripes.ts';
import { uploadFile } from './upload.ts';

export interface FilesUpload {
  readonly files: readonly ReadableFile[];
  readonly settings: SftpSettings;
  readonly ctx: Ctx;
  readonly kept: KeptResources;
  /** Has proved that logging in works, before others are tried: refused logins may lock an account. */
  readonly first: SftpConnection;
  /** Gets the further connections, which are the caller's to give back. */
  readonly further: Lent<Partner>[];
  /** What is known to be under the final names. */
  readonly seen: ReadonlyMap<ReadableFile, RemoteFile | null>;
}

/**
 * Uploads files, one after the other on each connection; a connection that has no file left helps with what is large. There are as many as
 * the distance makes worthwhile. The first failure stops them all.
 */
export async function uploadFiles(
  upload: FilesUpload,
): Promise<{ readonly receipts: readonly FileReceipt[]; readonly connections: number }> {
  const { files, settings, ctx, kept, first, further, seen } = upload;
  const failed = new AbortController();
  const signal = AbortSignal.any([ctx.signal, failed.signal]);
  const canStripe = settings.temp !== 'none' && (settings.striping ?? first.software.startsWith('OpenSSH'));
  const stripes = canStripe ? shareStripes(files, signal) : null;
  const receipts = new Map<ReadableFile, FileReceipt>();
  const queue = files.values();
  const works: Promise<void>[] = [];
  let failure: { readonly error: unknown } | undefined;
  let acknowledged = 0;

  const onAcknowledged = (bytes: number) => {
    acknowledged += bytes;
    ctx.onProgress?.(acknowledged);
  };
  const fail = (error: unknown) => {
    failure ??= { error };
    failed.abort(error);
  };

  async function work(sftp: SftpConnection): Promise<void> {
    for (const file of queue) {
      const each = { sftp, file, settings, signal, onAcknowledged, fence: ctx.fence, stripes, seen: seen.get(file) };
      receipts.set(file, await uploadFile(each).finally(() => stripes?.done(file)));
    }
    await stripes?.help(sftp);
  }

  function begin(sftp: SftpConnection): Promise<void> {
    sftp.within(signal);
    const working = work(sftp).catch(fail);
    works.push(working);
    return working;
  }

  const enough = new AbortController();
  const opening = AbortSignal.any([signal, enough.signal]);

  /** A further connection. One that is refused costs speed, not the delivery. */
  async function join(): Promise<boolean> {
    try {
      const lent = await kept.lendAtOnce(furtherPartner(settings, { signal: opening, secrets: ctx.secrets }));
      if (lent === null) return false;
      further.push(lent);
      begin(lent.resource.sftp);
      return true;
    } catch (error) {
      if (opening.aborted) return false;
      if (!(error instanceof AquariusError)) throw error;
      ctx.log.info({ code: error.code }, `${first.server} takes no further connection`);
      return false;
    }
  }

  /** One by itself, and the rest at once when it was let in: a server that counts refusals counts one. */
  async function widen(): Promise<void> {
    // What fails here fails the upload too, which tells it.
    const ask = () => first.stat(settings.folder).catch(() => null);
    const most = await countConnections(settings, files, canStripe, ask);
    if (most > 1 && (await join())) await Promise.all(Array.from({ length: most - 2 }, join));
  }

  const own = begin(first);
  // How far it is shows while the upload begins.
  const widening = widen().catch(fail);
  await own;
  enough.abort();
  await widening;
  await Promise.all(works);
  if (failure !== undefined) throw failure.error;
  return { receipts: files.flatMap((file) => receipts.get(file) ?? []), connections: works.length };
}
