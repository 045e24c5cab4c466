import { withResource } from '../../lib/with-resource.ts';
import type { Ctx, FileReceipt, ReadableFile, ReadableSet, Receipt } from '../destination.ts';
import type { SftpSettings } from './settings.ts';
import { openSftp, type SftpConnection } from './sftp-connection.ts';
import { sweepUnfinished } from './sweep.ts';
import { uploadFile } from './upload.ts';

/** Uploads a staged set, one file after the other on each connection. The first failure stops them all. */
export async function deliverOverSftp(set: ReadableSet, settings: SftpSettings, ctx: Ctx): Promise<Receipt> {
  const started = performance.now();
  const failed = new AbortController();
  const signal = AbortSignal.any([ctx.signal, failed.signal]);
  const { files } = set;
  const receipts = new Map<ReadableFile, FileReceipt>();
  const queue = files.values();
  let acknowledged = 0;
  const onAcknowledged = (bytes: number) => {
    acknowledged += bytes;
    ctx.onProgress?.(acknowledged);
  };

  async function uploadNext(sftp: SftpConnection): Promise<void> {
    for (const file of queue)
      receipts.set(file, await uploadFile({ sftp, file, settings, signal, onAcknowledged, fence: ctx.fence }));
  }

  const connect = (): Promise<SftpConnection> => openSftp(settings, { signal, secrets: ctx.secrets });

  // The first connection proves that logging in works before others are tried: refused logins may lock an account.
  return withResource(connect(), async (first) => {
    const further = Math.max(0, Math.min(settings.connections, files.length) - 1);
    const uploads = [uploadNext(first), ...Array.from({ length: further }, () => withResource(connect(), uploadNext))];
    let failure: { readonly error: unknown } | undefined;
    for (const upload of uploads) {
      upload.catch((error: unknown) => {
        failure ??= { error };
        failed.abort(error);
      });
    }
    await Promise.allSettled(uploads);
    if (failure !== undefined) throw failure.error;

    const swept = await sweepUnfinished(
      first,
      settings,
      files.map(({ name }) => name),
      ctx.clock.now(),
    );
    return {
      accepted: set.manifest.rows,
      rejected: 0,
      reasons: {},
      reference: `sftp://${first.server}/${settings.folder.replace(/^\/+/, '')}`,
      files: files.flatMap((file) => receipts.get(file) ?? []),
      details: {
        server: first.software,
        hostKey: `${first.hostKey.type} ${first.hostKey.fingerprint}`,
        connections: uploads.length,
        seconds: Math.round(performance.now() - started) / 1000,
        unfinishedRemoved: swept,
      },
    };
  });
}
