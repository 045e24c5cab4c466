import { z } from 'zod';
import type { RecordedConfirmation } from '../ledger/confirmation.ts';

/** What a partner has said of a delivery since. */
export const confirmationOutput = z.strictObject({
  state: z.enum(['pending', 'confirmed', 'doubtful']),
  askAt: z.string().nullable().describe('when the partner is asked next; ISO 8601, UTC'),
  at: z.string().nullable().describe('when it answered last; ISO 8601, UTC'),
  code: z.string().nullable().describe('what is wrong, of a doubtful one'),
  message: z.string().nullable(),
  hint: z.string().nullable(),
  counts: z.record(z.string(), z.int()).describe('the partner’s own counts, by its own names'),
});

export function confirmationShape(said: RecordedConfirmation | null): z.infer<typeof confirmationOutput> | null {
  return said === null ? null : { ...said, counts: { ...said.counts } };
}
