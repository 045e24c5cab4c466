import { integer, required, type TableSpec, text, timestamp } from '../table-spec.ts';

export const loadedFiles: TableSpec = {
  schema: 'AQUARIUS',
  name: 'LOADED_FILES',
  meaning: 'Files loaded by `aquarius load`, so that each is loaded once.',
  grain: 'reference',
  key: ['TABLE_NAME', 'SHA256'],
  unique: true,
  internal: true,
  columns: [
    text('TABLE_NAME', 'Table of the catalogue.', required),
    text('PATH', 'Absolute path when it was loaded.', required),
    integer('BYTES', 'Size.', required),
    timestamp('MODIFIED_AT', 'Time of its last change.', required),
    text('SHA256', 'SHA-256 of its content; a copy under another name is the same file.', required),
    integer('ROW_COUNT', 'Rows loaded.', required),
    timestamp('LOADED_AT', 'When it was loaded.', required),
  ],
};
