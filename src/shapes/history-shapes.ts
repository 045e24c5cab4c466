import { z } from 'zod';
import { RUN_STATES } from '../ledger/states.ts';

/** The ledger over time, as the API tells it. Fields are added, never renamed or taken away. */

const count = z.int().min(0);
const instant = z.string();

export const runHistory = z
  .strictObject({
    since: instant.describe('the beginning of the first day; ISO 8601, UTC'),
    days: z
      .array(
        z.strictObject({
          day: z.string().describe('the day on which they were planned, in UTC: YYYY-MM-DD'),
          state: z.enum(RUN_STATES).describe('the state that they are in now'),
          runs: count.describe('runs'),
          rows: count.describe('rows in their files'),
        }),
      )
      .describe('by day and state, oldest first; what is not there is none'),
  })
  .meta({ id: 'RunHistory', description: 'What became of the runs of each day.' });

export const sizeHistory = z
  .strictObject({
    since: instant.describe('the beginning of the first day; ISO 8601, UTC'),
    deliveries: z
      .array(
        z.strictObject({
          deliveryId: z.string().describe('the id of the delivery'),
          agencyId: z.string().describe('the agency'),
          advertiserId: z.string().describe('the advertiser'),
          destination: z.string().describe('the destination in aquarius.yaml'),
          segmentId: z.string().describe('the segment at the partner'),
          points: z
            .array(
              z.strictObject({
                runId: z.string().describe('the run'),
                slot: z.string().describe('the scheduled period that it was for'),
                at: instant.describe('when it was delivered; ISO 8601, UTC'),
                rows: count.describe('rows in its files'),
              }),
            )
            .describe('what was delivered, oldest first'),
        }),
      )
      .describe('the largest first'),
  })
  .meta({ id: 'SizeHistory', description: 'Sizes of audiences over time.' });

export type RunHistory = z.infer<typeof runHistory>;
export type SizeHistory = z.infer<typeof sizeHistory>;
