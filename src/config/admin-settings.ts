import { z } from 'zod';

/** The part of aquarius.yaml that says how configuration and mappings are kept. */

export const adminSettings = z.strictObject({
  brandLibraryAgency: z
    .union([z.string().trim().min(1), z.int()])
    .default('1949')
    .transform(String)
    .describe('The agency whose places are a library for all: of a brand, these are offered and assigned first.'),
});
