/** Why a bar is missed, or what must be known beside its numbers, by its number; printed with the results. */
export const WHY: Readonly<Record<number, string>> = {
  1: 'both cores are busy all the time, on both sides. `COPY` and `pigz` begin with finished rows; ours first finds each device’s newest row among 12.5 million impressions, and which addresses it leaves out, which alone takes two thirds of the peer’s time, and it sorts its lines, so that the same audience gives the same bytes.',
  6: 'the three are as fast as one another, but for what rounds differ.',
  10: 'a third of a plan’s time is its start, with a thousand modules; much of the rest is DuckDB compiling the patterns that tell identifiers apart, for each of the demo’s audiences that are not impressions alone.',
};
