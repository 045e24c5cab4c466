import { pipeline } from 'node:stream/promises';
import type { Ctx } from '../destination.ts';
import type { Member } from '../members/read-members.ts';
import { type Change, count, identifierOf, type Reasons } from './changes.ts';
import type { Encoding } from './encoding.ts';
import type { Spool } from './spool.ts';

/** What went into a file. rows = sent + all refused. */
export interface Filled {
  /** Rows of the set that were taken up. */
  readonly rows: number;
  readonly sent: number;
  /** Rows that cannot be said to the partner, by reason; the members were told. */
  readonly refused: Readonly<Reasons>;
}

/** A file to be made. It ends with the batch of changes that reaches one of its limits. */
export interface FileForm {
  readonly encoding: Encoding;
  readonly maxBytes: number;
  readonly maxRows: number;
  /** The file's own: the same seed and members give the same bytes. */
  readonly seed: string;
}

/** Encodes changes into a file until it is full or there are no more. What is left stays in `changes`. */
export async function fill(
  file: Spool,
  changes: AsyncIterator<Change>,
  { encoding, maxBytes, maxRows, seed }: FileForm,
  { onRejected }: Pick<Ctx, 'onRejected'>,
): Promise<Filled> {
  let rows = 0;
  let sent = 0;
  const refused: Reasons = {};

  async function* chunks(): AsyncGenerator<unknown> {
    while (file.bytes < maxBytes && rows < maxRows) {
      const next = await changes.next();
      if (next.done === true) return;
      const { members, remove } = next.value;
      const [fit, unfit]: [Member[], Member[]] = [[], []];
      for (const member of members) {
        const reason = encoding.refusal(member);
        (reason === undefined ? fit : unfit).push(member);
        if (reason !== undefined) count(refused, { [reason]: 1 });
      }
      if (unfit.length > 0) await onRejected(unfit.map(identifierOf));
      rows += members.length;
      sent += fit.length;
      yield* encoding.chunks(fit, remove);
    }
  }

  await pipeline(chunks, encoding.encoder(seed), async (encoded: AsyncIterable<Buffer>) => {
    for await (const data of encoded) await file.append(data);
  });
  return { rows, sent, refused };
}
