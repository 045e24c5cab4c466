/** What LiveRamp takes in a file, by where it takes files in (product limits and guidelines). */
export const REGIONS = {
  us: { maxRows: 500_000_000, maxRowCharacters: 10_000 },
  // For the United Kingdom only a number of rows is published; the shorter row of the EU is safe in both.
  uk: { maxRows: 100_000_000, maxRowCharacters: 1_000 },
  eu: { maxRows: 30_000_000, maxRowCharacters: 1_000 },
} as const;

export type Region = keyof typeof REGIONS;
