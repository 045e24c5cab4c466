import { configError } from '../errors.ts';
import { refuseLongRow } from './row-length.ts';

const LF = 10;

/** Rows and their bytes, LF included. */
interface RowTotal {
  rows: number;
  bytes: number;
}

interface SplitLimits {
  readonly maxRows: number;
  /** Bytes of rows that fit beside the header. */
  readonly maxRowBytes: number;
  readonly maxRowCharacters: number;
}

/** A part of the rows. `total` is what was taken so far, complete when `slices` has ended. */
export interface RowPart {
  readonly total: Readonly<RowTotal>;
  readonly slices: AsyncIterable<Buffer>;
}

function rowDoesNotFit(): Error {
  return configError('file_limits', 'The header and a single row have more bytes than a file may have.', {
    hint: 'Raise maxBytes.',
  });
}

/** What there is to split. Bytes that nobody knows yet must be so few that they ask for no further parts beside those of the rows. */
interface Given {
  readonly rows: number;
  readonly bytes: number | null;
}

/** How many parts the rest needs, as far as one can know before reading it. */
export function partsNeeded(rest: Given, limits: SplitLimits): number {
  return Math.max(1, Math.ceil(rest.rows / limits.maxRows), Math.ceil((rest.bytes ?? 0) / limits.maxRowBytes));
}

/**
 * Where the next part ends: its even share of the rest, by rows or by bytes, whichever needs the more parts. An even share leaves no
 * tiny last part behind; it is worked out anew for every part, since rows differ in length.
 */
function nextGoal(rest: Given, limits: SplitLimits): RowTotal {
  const parts = partsNeeded(rest, limits);
  if (rest.bytes === null || parts === Math.ceil(rest.rows / limits.maxRows)) {
    return { rows: Math.ceil(rest.rows / parts), bytes: limits.maxRowBytes };
  }
  return { rows: limits.maxRows, bytes: Math.ceil(rest.bytes / parts) };
}

/**
 * Splits blocks of whole lines into parts within the limits, between rows, reading once. `given` is what the blocks should hold in
 * all; anything else in them is a bug and is thrown. Each part must be read to its end before the next one is asked for.
 */
export async function* splitRows(blocks: AsyncIterable<Buffer>, given: Given, limits: SplitLimits): AsyncGenerator<RowPart> {
  const source = blocks[Symbol.asyncIterator]();
  let rest: Given = given;
  let block: Buffer = Buffer.alloc(0);
  let at = 0;

  /** Takes lines of the block into the part until its goal; gives where it stopped. */
  function fill(part: RowTotal, goal: RowTotal): number {
    let end = at;
    while (end < block.length && part.rows < goal.rows && part.bytes < goal.bytes) {
      const next = block.indexOf(LF, end) + 1;
      if (part.bytes + next - end > limits.maxRowBytes) {
        if (part.rows === 0) throw rowDoesNotFit();
        return end;
      }
      if (next === end + 1) throw new Error('A row is empty: its identifier type is not one that the layout carries.');
      refuseLongRow(block, end, next - 1, limits.maxRowCharacters);
      part.rows += 1;
      part.bytes += next - end;
      end = next;
    }
    return end;
  }

  async function* slicesOf(part: RowTotal, goal: RowTotal): AsyncGenerator<Buffer> {
    for (;;) {
      if (at === block.length) {
        const next = await source.next();
        if (next.done === true) return;
        block = next.value;
        at = 0;
      }
      const end = fill(part, goal);
      const slice = block.subarray(at, end);
      at = end;
      if (slice.length > 0) yield slice;
      if (end < block.length) return;
    }
  }

  try {
    while (rest.bytes !== 0 && rest.rows > 0) {
      const total = { rows: 0, bytes: 0 };
      yield { total, slices: slicesOf(total, nextGoal(rest, limits)) };
      if (total.rows === 0) break; // The file ended before the rows that were reported.
      rest = { rows: rest.rows - total.rows, bytes: rest.bytes === null ? null : rest.bytes - total.bytes };
    }
    const isMore = at < block.length || (await source.next()).done !== true;
    if (isMore || rest.rows !== 0 || (rest.bytes ?? 0) !== 0) {
      throw new Error(`The lines are not the ${given.rows} rows that the warehouse reported.`);
    }
  } finally {
    await source.return?.();
  }
}
