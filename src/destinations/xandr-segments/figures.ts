/** What the partner counts as not taken, in the order in which rows are put down to it. */
export const FIGURES = [
  'num_invalid_format',
  'num_invalid_user',
  'num_invalid_timestamp',
  'num_other_error',
  'num_unauth_segment',
  'num_invalid_segment',
  'num_inactive_segment',
  'num_past_expiration',
] as const;

type Figure = (typeof FIGURES)[number];

/** These count segments, each once, however many rows name it; a file of ours has one segment. */
const OF_SEGMENTS: readonly Figure[] = [
  'num_unauth_segment',
  'num_invalid_segment',
  'num_inactive_segment',
  'num_past_expiration',
];

/** The partner's figures for one finished job. */
export type Figures = Readonly<Record<Figure | 'num_valid', number>>;

/** What became of the rows of a file. accepted + all reasons = rows. */
export interface Outcome {
  readonly accepted: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** The partner's own figures accounted for exactly the rows that were sent. */
  readonly addsUp: boolean;
}

/**
 * Settles the partner's figures with the rows that were sent. Rows are first put down to what counts rows, never more than were sent; of
 * the rest `num_valid` are accepted; what remains is put down to the first figure that counts segments, or is `unexplained`. So a row is
 * never claimed that the partner may have refused.
 */
export function outcomeOf(rows: number, figures: Figures): Outcome {
  const reasons: Record<string, number> = {};
  let left = rows;
  const put = (reason: string, count: number) => {
    if (count === 0) return;
    reasons[reason] = (reasons[reason] ?? 0) + count;
    left -= count;
  };
  const ofRows = FIGURES.filter((figure) => !OF_SEGMENTS.includes(figure));
  for (const figure of ofRows) put(figure, Math.min(left, figures[figure]));
  const accepted = Math.min(left, figures.num_valid);
  left -= accepted;
  const ofSegment = OF_SEGMENTS.find((figure) => figures[figure] > 0);
  const addsUp = figures.num_valid + ofRows.reduce((sum, figure) => sum + figures[figure], 0) === rows - (ofSegment ? left : 0);
  put(ofSegment ?? 'unexplained', left);
  return { accepted, reasons, addsUp };
}
