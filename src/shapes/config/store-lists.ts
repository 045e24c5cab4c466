import { z } from 'zod';
import { advertiserKey } from './advertiser-config.ts';
import { idParam, limitParam, offsetParam, reasonParam } from './envelope.ts';

/** Lists of stores that people hand in. */

export const STORE_LIST_STATES = ['RECEIVED', 'PROCESSED', 'REJECTED'] as const;
export const STORE_LIST_FORMATS = ['csv', 'tsv', 'xlsx', 'xls'] as const;

export type StoreListFormat = (typeof STORE_LIST_FORMATS)[number];

/** Largest file, in bytes. */
export const STORE_LIST_BYTES = 10 * 1024 * 1024;

const nullableText = (meaning: string) => z.string().nullable().describe(meaning);

export const uploadStoreListBody = z
  .strictObject({
    ...advertiserKey,
    file: z
      .file('must be a file')
      // How the document of the API says so.
      .meta({
        type: 'string',
        format: 'binary',
        description: 'the list: .csv, .tsv, .xlsx or .xls, up to 10 MiB, known by its content',
      }),
    reason: reasonParam,
  })
  .meta({ id: 'UploadStoreList', description: 'A list of stores and whose it is.' });

export const uploadedStoreList = z
  .strictObject({
    upload_id: z.string().describe('the upload'),
    status: z.enum(STORE_LIST_STATES).describe('RECEIVED: it waits for whoever assigns the places'),
    file_name: z.string().describe('the name that the file had'),
    stored_name: z.string().describe('the name under which it is kept'),
    format: z.enum(STORE_LIST_FORMATS).describe('what the file is by its content, whatever its name says'),
    bytes: z.int().min(0).describe('its size'),
    sha256: z.string().describe('its SHA-256'),
    rows: z.int().min(0).nullable().describe('rows below the header; null for a format that is kept unread'),
    header: z.array(z.string()).nullable().describe('names of the columns; null when there is no header or it was not read'),
    sample: z.array(z.array(z.string())).describe('the first rows, 5 at most'),
    audit_id: nullableText('the entry of the audit log'),
  })
  .meta({ id: 'UploadedStoreList', description: 'A list of stores that was taken in.' });

export type UploadedStoreList = z.infer<typeof uploadedStoreList>;

export const storeListsQuery = z.strictObject({
  agency_id: idParam.optional().describe('only of this agency'),
  advertiser_id: idParam.optional().describe('only of this advertiser'),
  status: z.enum(STORE_LIST_STATES).optional().describe('only in this state'),
  limit: limitParam(50, 200),
  offset: offsetParam,
});

export const storeListRow = z
  .strictObject({
    UPLOAD_ID: z.string().describe('the upload'),
    AGENCY_ID: z.string().describe('the agency'),
    ADVERTISER_ID: z.string().describe('the advertiser'),
    FILE_NAME: nullableText('the name that the file had'),
    BYTES: z.int().nullable().describe('its size'),
    SHA256: nullableText('its SHA-256'),
    ROWS_TOTAL: z.int().nullable().describe('rows below the header; null for a format that is kept unread'),
    STATUS: z.enum(STORE_LIST_STATES).describe('where it is on its way'),
    ERROR: nullableText('why it was rejected'),
    UPLOADED_BY: nullableText('who handed it in'),
    UPLOADED_AT: nullableText('when; ISO 8601, UTC'),
  })
  .meta({ id: 'StoreListUpload', description: 'A list of stores that was handed in.' });

export type StoreListRow = z.infer<typeof storeListRow>;

export const storeListFileQuery = z.strictObject({
  agency_id: idParam.describe('the agency'),
  upload_id: idParam.describe('the upload'),
});

export const settleStoreListBody = z
  .strictObject({
    agency_id: idParam.describe('the agency'),
    upload_id: idParam.describe('the upload'),
    status: z.enum(['PROCESSED', 'REJECTED']).describe('what came of it'),
    error: z.string().trim().min(1).max(500).optional().describe('why it was rejected'),
    reason: reasonParam,
  })
  .check(({ value, issues }) => {
    const refuse = (message: string) => issues.push({ code: 'custom', input: value, path: ['error'], message });
    if (value.status === 'REJECTED' && value.error === undefined) refuse('must say why it was rejected');
    if (value.status === 'PROCESSED' && value.error !== undefined) refuse('goes with REJECTED');
  })
  .meta({ id: 'SettleStoreList', description: 'What came of a list of stores.' });

export type SettleStoreListBody = z.output<typeof settleStoreListBody>;

export const settledStoreList = z
  .strictObject({ upload: storeListRow, audit_id: nullableText('the entry of the audit log; null when nothing was changed') })
  .meta({ id: 'SettledStoreList', description: 'The list as it is since.' });
