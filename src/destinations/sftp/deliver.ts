import { posix } from 'node:path';
import { type KeptResources, keepResources, type Lent } from '../../lib/kept-resources.ts';
import { withResource } from '../../lib/with-resource.ts';
import type { Ctx, ReadableFile, ReadableSet, Receipt } from '../destination.ts';
import { type Partner, wantedPartner } from './partner.ts';
import type { SftpSettings } from './settings.ts';
import type { RemoteFile } from './sftp-connection.ts';
import { sweepUnfinished } from './sweep.ts';
import { uploadFiles } from './upload-files.ts';

/** Uploads a staged set. Its connections are kept for the next delivery, but not after a failure. */
export async function deliverOverSftp(set: ReadableSet, settings: SftpSettings, ctx: Ctx): Promise<Receipt> {
  if (ctx.kept !== undefined) return deliver(set, settings, ctx, ctx.kept);
  return withResource(Promise.resolve(keepResources(0)), (own) => deliver(set, settings, ctx, own));
}

async function deliver(set: ReadableSet, settings: SftpSettings, ctx: Ctx, kept: KeptResources): Promise<Receipt> {
  const started = performance.now();
  const { files } = set;
  const seen = new Map<ReadableFile, RemoteFile | null>();
  const path = posix.join(settings.folder, files[0]?.name ?? '');
  const wanted = wantedPartner(settings, ctx, path, (present) => {
    if (files[0] !== undefined) seen.set(files[0], present);
  });
  const first = await kept.lend(wanted, ctx.signal);
  const further: Lent<Partner>[] = [];
  let isDelivered = false;
  try {
    const { sftp, looks } = first.resource;
    const { receipts, connections } = await uploadFiles({ files, settings, ctx, kept, first: sftp, further, seen });
    sftp.within(ctx.signal);
    const names = files.map(({ name }) => name);
    // What a worker left that gave up a moment ago no earlier look has seen.
    if (set.isResumed) looks.clear();
    const unfinishedRemoved = await sweepUnfinished(sftp, settings, names, ctx.clock.now(), looks);
    isDelivered = true;
    return {
      accepted: set.manifest.rows,
      rejected: 0,
      reasons: {},
      reference: `sftp://${sftp.server}/${settings.folder.replace(/^\/+/, '')}`,
      files: receipts,
      details: {
        server: sftp.software,
        hostKey: `${sftp.hostKey.type} ${sftp.hostKey.fingerprint}`,
        connections,
        seconds: Math.round(performance.now() - started) / 1000,
        unfinishedRemoved,
      },
    };
  } finally {
    await Promise.all([first, ...further].map((lent) => (isDelivered ? lent.keep() : lent.drop())));
  }
}
