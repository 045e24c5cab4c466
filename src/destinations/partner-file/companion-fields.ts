/** What templates of companions may hold beside the user's own fields. */

/** In names; `file` and `stem` of a set are those of its first data file. */
export const COMPANION_FIELDS: readonly string[] = [
  'file',
  'stem',
  'setId',
  'agencyId',
  'advertiserId',
  'segmentId',
  'destination',
  'slot',
  'runId',
];

/** In a done marker's content. */
export const CONTENT_FIELDS: readonly string[] = [...COMPANION_FIELDS, 'files', 'rows', 'bytes'];
