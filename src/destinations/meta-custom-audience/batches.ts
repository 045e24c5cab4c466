import { hash } from 'node:crypto';
import { rejectedError } from '../../errors.ts';
import type { IdentifierType } from '../../identity/identifier-type.ts';
import type { ReadableFile } from '../destination.ts';
import { readMembers } from '../members/read-members.ts';
import { OTHER_ADVICE } from './codes.ts';
import { META_TYPES, type MetaSettings } from './settings.ts';

/** Members as they stand in a body. */
export interface Batch {
  readonly values: readonly string[];
  /** The rows of `data`, as JSON without the brackets around them. */
  readonly rows: string;
}

/** Where in an upload a batch stands. `sessionId` has up to 19 digits, which no JavaScript number can hold. */
export interface Place {
  readonly sessionId: string;
  /** From 1. */
  readonly sequence: number;
  readonly isLast: boolean;
  readonly total: number;
}

/** How members and bodies are written with some settings. Bodies are put together as text: `JSON.stringify` would take most of a core. */
export interface BodyFormat {
  /** What a body is without its members; it tells one format from another. */
  readonly head: string;
  batch(values: readonly string[]): Batch;
  body(batch: Batch, place: Place): string;
}

export function bodyFormat(settings: MetaSettings): BodyFormat {
  const { hashing, dataSource, limitedDataUse, limitedDataUseCountry: country, limitedDataUseState: state } = settings;
  const flags = [
    ...(limitedDataUse === 'all' ? [['DATA_PROCESSING_OPTIONS', '["LDU"]']] : []),
    ...(country === undefined ? [] : [['DATA_PROCESSING_OPTIONS_COUNTRY', String(country)]]),
    ...(state === undefined ? [] : [['DATA_PROCESSING_OPTIONS_STATE', String(state)]]),
  ];
  const columns = flags.map(([column]) => column);
  // One key alone is a flat list; with columns beside it each member is a row.
  const [open, close] = flags.length === 0 ? ['"', '"'] : ['["', `",${flags.map(([, value]) => value).join(',')}]`];
  const schema = flags.length === 0 ? 'MADID' : ['MADID', ...columns];
  const source = dataSource === undefined ? {} : { data_source: { type: dataSource.type, sub_type: dataSource.subType } };
  const consent = settings.customerConsent === undefined ? '' : `"customer_consent":${settings.customerConsent},`;
  const payload = JSON.stringify({ schema, is_raw: hashing === 'none', ...source }).slice(0, -1);
  const head = `{${consent}"payload":${payload},"data":[`;
  return {
    head,
    batch(values) {
      const said = hashing === 'none' ? values : values.map((value) => hash('sha256', value));
      return { values, rows: `${open}${said.join(`${close},${open}`)}${close}` };
    },
    body: ({ rows }, { sessionId, sequence, isLast, total }) =>
      `${head}${rows}]},"session":{"session_id":${sessionId},"batch_seq":${sequence},"last_batch_flag":${isLast},"estimated_num_total":${total}}}`,
  };
}

/** The members of files in batches of `size`; while one is with Meta the next one is being read and written. */
export function batchesOf(
  files: readonly ReadableFile[],
  size: number,
  format: BodyFormat,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  return readAhead(written(files, size, format, signal));
}

async function* written(
  files: readonly ReadableFile[],
  size: number,
  format: BodyFormat,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  for await (const members of readMembers(files, size, signal))
    yield format.batch(members.map(({ type, value }) => (TYPES.has(type) ? value.toLowerCase() : refuse(type))));
}

const TYPES: ReadonlySet<IdentifierType> = new Set(META_TYPES);

function refuse(type: IdentifierType): never {
  throw rejectedError('meta_identifier', `The staged set has identifiers of type ${type}, which must not go to Meta.`, {
    hint: OTHER_ADVICE.meta_identifier,
  });
}

/** Asks for the next item before it gives one away. */
async function* readAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    let next = source.next();
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      next = source.next();
      // Its failure is told when its turn comes.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await source.return(undefined);
  }
}
