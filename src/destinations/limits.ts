import { z } from 'zod';

/** How hard a partner may be pressed; part of every adapter's settings, and kept over all workers. */
export const limitFields = {
  limits: z
    .strictObject({
      concurrency: z.int().min(1).max(64).default(4).describe('Runs that go there at once, over all workers.'),
      startsPerMinute: z
        .int()
        .min(1)
        .max(6000)
        .optional()
        .describe('Runs that may begin in a minute, over all workers. By default there is no such limit.'),
    })
    .prefault({})
    .describe('How hard the partner may be pressed.'),
} as const;
