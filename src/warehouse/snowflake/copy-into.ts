import { raw, type Sql, sql } from '../../lib/sql.ts';
import type { Exporter, QueryOptions, Row } from '../warehouse.ts';
import { literal } from './literal.ts';

/** The largest file that Snowflake writes. */
const MAX_FILE_BYTES = 5_368_709_120;

const PLAIN = /^[A-Z_][A-Z0-9_$]*$/;

/** Every option that changes bytes is said: the defaults escape backslashes, write `\N` for a null and quote an empty text. */
const AS_IT_IS = [
  'TYPE = CSV',
  String.raw`RECORD_DELIMITER = '\n'`,
  'FIELD_DELIMITER = NONE',
  'ESCAPE = NONE',
  'ESCAPE_UNENCLOSED_FIELD = NONE',
  'FIELD_OPTIONALLY_ENCLOSED_BY = NONE',
  'NULL_IF = ()',
  'EMPTY_FIELD_AS_NULL = FALSE',
];

/** One file with the name that it is given, and a row for each file that was written. */
const ONE_FILE = `SINGLE = TRUE OVERWRITE = FALSE HEADER = FALSE MAX_FILE_SIZE = ${MAX_FILE_BYTES} DETAILED_OUTPUT = TRUE`;

/** Writes files through COPY INTO to an external stage, given by the parts of its name. `run` runs a statement and streams its rows. */
export function copyInto(
  stage: readonly string[],
  run: (statement: Sql, options?: QueryOptions) => AsyncIterable<readonly Row[]>,
): Exporter {
  const name = stage.map((part) => (PLAIN.test(part) ? part : `"${part.replaceAll('"', '""')}"`)).join('.');
  return {
    maxBytes: MAX_FILE_BYTES,
    async write(lines, { key, compression }, options) {
      const format = [...AS_IT_IS, `COMPRESSION = ${compression === 'gzip' ? 'GZIP' : 'NONE'}`].join(' ');
      const statement = sql`COPY INTO ${literal(`@${name}/${key}`)} FROM (${lines})
        FILE_FORMAT = (${raw(format)}) ${raw(ONE_FILE)}`;
      let rows = 0;
      for await (const batch of run(statement, options)) for (const row of batch) rows += Number(row.row_count);
      return { rows };
    },
  };
}
