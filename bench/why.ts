/** Why a bar is missed, or what must be known beside its numbers, by its number; printed with the results. */
export const WHY: Readonly<Record<number, string>> = {
  1: 'both cores are busy all the time, on both sides. `COPY` and `pigz` begin with finished rows; ours first finds each device’s newest row among 12.5 million impressions, and which addresses it leaves out, which alone takes two thirds of the peer’s time, and it sorts its lines, so that the same audience gives the same bytes.',
  2: 'the `GROUP BY` reads two columns as they are. Ours first prepares every row, its identifiers parsed and judged and its time read, which no later week does again, and then cuts, counts, writes, packs, stages, sends and logs each audience by itself: some 0.12 s each however small, half of it DuckDB planning the statements. The queries per audience do nothing of that but write a file.',
  3: 'the week’s rows are prepared in a fifth of the first time, since a day’s impressions and the advertisers’ places in the table are looked at again; every audience is then cut and sent whole as the first time, at 0.12 s each.',
  4: 'what bar 1 says of selecting and sorting holds here too.',
  5: 'near by, all of them are as fast as one another, but for what rounds differ: the server’s cipher is the limit. While this was measured, and bars 4 and 7, other programs ran at idle priority, which shows in the spread at 0 ms.',
  6: 'the three are as fast as one another, but for what rounds differ.',
  7: 'JavaScript holds 79 to 117 MB whatever the size, by the probe of V8’s and Node’s own memory. The rest is native memory, DuckDB’s as far as can be told: with 1 million ids it stays below its limit, with 50 million it holds some hundred MB more than the limit counts.',
  8: 'nearly all of it is the one pass over the prepared exposures that counts everybody: a device of each advertiser is found once, and looked up among the opt-outs as itself and as four hashes.',
  10: 'a third of a plan’s time is its start, with a thousand modules; much of the rest is DuckDB compiling the patterns that tell identifiers apart, for each of the demo’s audiences that are not impressions alone.',
};
