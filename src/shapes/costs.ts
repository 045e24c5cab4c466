import { z } from 'zod';
import type { RunCost } from '../ledger/costs.ts';
import { STEPS } from '../warehouse/step.ts';

const count = z.int().nonnegative();

/** What a run has cost in the warehouse, step by step. */
export const costsOutput = z.array(
  z.strictObject({
    step: z.string().describe(`what was done: ${STEPS.join(', ')}`),
    statements: count.describe('statements of the warehouse'),
    bytesScanned: count.describe('bytes that they read'),
    elapsedMs: count.describe('how long they took together, waiting included; milliseconds'),
    credits: z.number().nonnegative().describe("an estimate, in the warehouse's unit"),
    sharedBy: count
      .nullable()
      .describe(
        'how many runs share these statements, of which the bytes, the time and the credits are this one’s part; null: its own',
      ),
  }),
);

const WORDS: readonly string[] = STEPS;

/** In the order of the work, what was spent for the run alone first. */
export function costsShape(costs: readonly RunCost[]): z.infer<typeof costsOutput> {
  const place = ({ step, sharedBy }: RunCost): number => (sharedBy === null ? 0 : STEPS.length) + WORDS.indexOf(step);
  return costs.map((cost) => ({ ...cost })).sort((a, b) => place(a) - place(b));
}
