import { z } from 'zod';

/** The part of aquarius.yaml that says what pixels on advertisers' sites do. */

export const pixelSettings = z.strictObject({
  collectorUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address that tags send events to; the instructions for sites have it in them. Aquarius itself receives none.'),
});
