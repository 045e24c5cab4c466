import { z } from 'zod';

/** What the commands under `suppressions` answer. Fields are added, never renamed or taken away. */

const entries = z.int().min(0);

export const suppressionsOutput = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        agencyId: z.string().describe('the agency that the entries hold for; `*` for all'),
        type: z.string().describe('the type as it was written; `*` for any'),
        entries,
      }),
    )
    .readonly()
    .describe('by agency and type'),
  unusable: entries.describe('entries that can suppress nobody'),
});

export const addedOutput = z.strictObject({ added: entries.describe('entries that are new on the list') });

export const removedOutput = z.strictObject({ removed: entries.describe('entries that were taken off the list') });

export const dropOutput = z.strictObject({
  outcome: z.enum(['nothing', 'synced', 'dryRun']).describe('`nothing`: DROP has no new requests'),
  lists: z
    .array(
      z.strictObject({
        list: z.string().describe("DROP's name of the list"),
        requests: entries,
        added: entries.describe('entries that are new on the list'),
        matched: entries.describe('requests whose device is in the warehouse'),
        answers: z
          .enum(['sent', 'already', 'none', 'notOurs', 'dryRun'])
          .describe('`already`: DROP had them; `notOurs`: a list that device ids cannot answer'),
      }),
    )
    .readonly(),
  removed: entries.describe('entries that were taken off, since the request was taken back'),
  archive: z.string().nullable().describe('the file that DROP gave, where it is still needed'),
});
