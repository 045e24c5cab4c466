import { checkLayout } from '../check-layout.ts';
import type { Layout } from '../layout.ts';

const WORDS = { IDFA: 'IDFA', GAID: 'GAID', MAID: 'MAID', IP: 'IP', RAMPID: 'RAMPID', UID2: 'UID2', UUID2: 'UUID2' } as const;

/** Rows of one file: small enough that a part that fails is soon read again. */
const MAX_ROWS = 5_000_000;
const MAX_BYTES = 2_000_000_000;
const MAX_ROW_CHARACTERS = 10_000;
const MAX_NAME_CHARACTERS = 250;

/**
 * What is staged for partners that take members through an API: canonical identifiers with their types and times, which the adapter
 * reads back and says in the partner's words.
 */
export function membersLayout(): Layout {
  return checkLayout({
    name: 'members',
    columns: [
      { header: 'ID_TYPE', value: { kind: 'identifierType', words: WORDS } },
      { header: 'ID', value: { kind: 'identifier' } },
      { header: 'LAST_SEEN', value: { kind: 'lastSeen', format: 'unix-seconds' } },
    ],
    delimiter: ',',
    quoting: 'minimal',
    header: true,
    idCase: {},
    typeWords: WORDS,
    filePer: 'segment',
    extension: '.csv',
    compression: 'gzip',
    finalNewline: true,
    nameTemplate: '{agencyId}_{advertiserId}_{segmentId}_{date}_{runId}_{part}',
    limits: {
      maxRows: MAX_ROWS,
      maxBytes: MAX_BYTES,
      minRows: 1,
      maxRowCharacters: MAX_ROW_CHARACTERS,
      maxNameCharacters: MAX_NAME_CHARACTERS,
    },
  });
}
