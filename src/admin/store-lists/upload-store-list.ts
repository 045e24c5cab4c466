import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configError } from '../../errors.ts';
import { makeRunId, RUN_ID_RANDOM_BYTES } from '../../ledger/run-id.ts';
import { STORE_LIST_BYTES, type UploadedStoreList } from '../../shapes/config/store-lists.ts';
import type { Stage } from '../../stage/stage.ts';
import { requireAdvertiser } from '../advertisers/require-advertiser.ts';
import type { WriteContext } from '../context.ts';
import { makeChange } from '../make-change.ts';
import { readStoreList } from './read-store-list.ts';
import { keyPart, shownName, storedName } from './stored-name.ts';

export const UPLOADS = 'STORE_LIST_UPLOAD';
export const UPLOAD_KEY = ['UPLOAD_ID'];

export interface StoreListUpload {
  readonly agencyId: string;
  readonly advertiserId: string;
  /** As whoever sent it named it. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Takes in a list of stores: kept first, then recorded, so that none is lost; people are told by whatever looks at what waits. `config` errors:
 * `advertiser_unknown`, `body_too_large`, `store_list_unreadable`, `store_list_empty`; those of the stage besides.
 */
export async function uploadStoreList(
  ctx: WriteContext,
  stage: Pick<Stage, 'put'>,
  { agencyId, advertiserId, name, bytes }: StoreListUpload,
): Promise<UploadedStoreList> {
  await requireAdvertiser(ctx, agencyId, advertiserId);
  // A table that is missing is told before anything is kept.
  void ctx.catalogue.table(UPLOADS).ref;
  if (bytes.length > STORE_LIST_BYTES) {
    throw configError('body_too_large', 'The file is larger than 10 MiB.', {
      hint: 'Split the list, or leave out columns that are not needed.',
    });
  }
  const list = readStoreList(bytes);
  const uploadId = makeRunId(ctx.clock.now(), randomBytes(RUN_ID_RANDOM_BYTES));
  const fileName = shownName(name);
  const kept = storedName(fileName, list.format);
  const key = ['store-lists', keyPart(agencyId), keyPart(advertiserId), uploadId, kept].join('/');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await keep(ctx, stage, { key, bytes, sha256 });
  const { auditId } = await makeChange(
    ctx,
    { action: 'storelist.upload', agencyId, advertiserIds: [advertiserId] },
    async ({ journal }) =>
      journal.insert(UPLOADS, UPLOAD_KEY, [
        {
          UPLOAD_ID: uploadId,
          AGENCY_ID: agencyId,
          ADVERTISER_ID: advertiserId,
          FILE_NAME: fileName,
          STORAGE_KEY: key,
          BYTES: bytes.length,
          SHA256: sha256,
          ROWS_TOTAL: list.rows,
          STATUS: 'RECEIVED',
          UPLOADED_BY: ctx.actor.name,
          UPLOADED_AT: ctx.clock.now(),
        },
      ]),
  );
  return {
    upload_id: uploadId,
    status: 'RECEIVED',
    file_name: fileName,
    stored_name: kept,
    format: list.format,
    bytes: bytes.length,
    sha256,
    rows: list.rows,
    header: list.header === null ? null : [...list.header],
    sample: list.sample.map((cells) => [...cells]),
    audit_id: auditId,
  };
}

/** The stage takes files, not bytes. */
async function keep(
  { settings, signal }: WriteContext,
  stage: Pick<Stage, 'put'>,
  { key, bytes, sha256 }: { readonly key: string; readonly bytes: Buffer; readonly sha256: string },
): Promise<void> {
  const work = join(settings.home, 'work');
  await mkdir(work, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(work, 'store-list-'));
  try {
    const path = join(folder, 'list');
    await writeFile(path, bytes, { mode: 0o600 });
    await stage.put({ key, path, bytes: bytes.length, sha256, signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
