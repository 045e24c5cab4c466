import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { rejectedError, transientError } from '../../errors.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../../identity/identifier-type.ts';
import type { Identifier, ReadableFile } from '../destination.ts';

/** One member of a staged set. */
export interface Member extends Identifier {
  /** Seconds since 1970, UTC. */
  readonly lastSeen: number;
}

const HEADER = 'ID_TYPE,ID,LAST_SEEN';
const TYPES: ReadonlySet<string> = new Set(IDENTIFIER_TYPES);

/**
 * Reads the members of files staged in the layout `members`, in batches of `size` and a last smaller one, file after file. Memory does
 * not grow with the files. A file with other than its manifest's rows is a `transient` error `staged_short`; a line that cannot be read
 * a `rejected` error `staged_malformed`.
 */
export async function* readMembers(
  files: readonly ReadableFile[],
  size: number,
  signal: AbortSignal,
): AsyncGenerator<readonly Member[]> {
  let batch: Member[] = [];
  for (const file of files) {
    let rows = 0;
    for await (const lines of linesOf(file, signal)) {
      for (const line of lines) {
        batch.push(memberOf(line, file.name));
        rows += 1;
        if (batch.length === size) {
          yield batch;
          batch = [];
        }
      }
    }
    if (rows !== file.rows)
      throw transientError('staged_short', `${file.name} has ${rows} rows in the stage, and ${file.rows} in its manifest.`, {
        hint: 'It is read again. If it stays so, the stage was changed by somebody else.',
      });
  }
  if (batch.length > 0) yield batch;
}

/** The data lines of a file, some thousand at a time. */
async function* linesOf(file: ReadableFile, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  const source = await file.open(signal);
  const text = createGunzip();
  // A failure of the source ends the reading below; nothing else is to be done about it here.
  pipeline(source, text, () => {});
  let rest = '';
  let isFirst = true;
  for await (const chunk of text) {
    const lines = (rest + (chunk as Buffer).toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    if (isFirst && lines.length > 0) {
      if (lines.shift() !== HEADER) throw malformed(file.name);
      isFirst = false;
    }
    yield lines;
  }
  if (rest !== '' || isFirst) throw malformed(file.name);
}

function memberOf(line: string, file: string): Member {
  const first = line.indexOf(',');
  const last = line.lastIndexOf(',');
  const type = line.slice(0, first);
  const lastSeen = Number(line.slice(last + 1));
  if (first < 1 || last <= first || !TYPES.has(type) || !Number.isSafeInteger(lastSeen)) throw malformed(file);
  return { type: type as IdentifierType, value: line.slice(first + 1, last), lastSeen };
}

/** Without the line: it would be an identifier. */
function malformed(file: string): Error {
  return rejectedError('staged_malformed', `${file} in the stage is not what was written.`, {
    hint: 'Cut the delivery anew with `aquarius deliver --force`, and find out who else writes into the stage.',
  });
}
