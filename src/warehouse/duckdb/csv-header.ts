import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { rejectedError } from '../../errors.ts';

/** A header longer than this is none. */
const LONGEST_HEADER = 1_048_576;

/** The fields of the first record of `text`, or null when the record is not complete in it. */
function firstRecord(text: string, delimiter: string, isAll: boolean): string[] | null {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[++at];
      else quoted = false;
    } else if (character === '"' && field.trim() === '') {
      quoted = true;
      field = '';
    } else if (character === delimiter) {
      fields.push(field);
      field = '';
    } else if (character === '\n' || character === '\r') {
      return [...fields, field];
    } else field += character;
  }
  return isAll && !quoted ? [...fields, field] : null;
}

async function readHeader(source: AsyncIterable<Buffer>, delimiter: string): Promise<readonly string[]> {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  for await (const bytes of source) {
    text += decoder.decode(bytes, { stream: true });
    const header = firstRecord(text, delimiter, false);
    if (header !== null) return header;
    if (text.length > LONGEST_HEADER) return [];
  }
  return firstRecord(text, delimiter, true) ?? [];
}

/** The column names of a delimited file, maybe gzipped, in its order and case. */
export async function readCsvHeader(path: string, delimiter: string): Promise<readonly string[]> {
  const file = createReadStream(path);
  const source = path.toLowerCase().endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => source.destroy(error));
  try {
    const names = (await readHeader(source, delimiter)).map((name) => name.trim());
    if (names.some((name) => name !== '')) return names;
    throw rejectedError('unreadable_file', `${path} cannot be read: it has no header line.`, {
      hint: 'The first line must name the columns.',
    });
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
    throw rejectedError('unreadable_file', `${path} cannot be read: it is not gzip, or cut short.`, {
      hint: 'Get the file again.',
    });
  } finally {
    file.destroy();
    source.destroy();
  }
}
