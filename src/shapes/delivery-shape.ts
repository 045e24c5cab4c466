import { z } from 'zod';
import { RUN_STATES } from '../ledger/states.ts';
import { DELIVERY_STATES } from './delivery-states.ts';

/** A standing order as people look at it: what is configured, merged with what the ledger knows. */

const instant = z.string();

export const deliveryOverview = z.strictObject({
  deliveryId: z.string().nullable().describe('the id of the delivery; null while its destination or segment is not known'),
  agencyId: z.string().describe('the agency'),
  advertiserId: z.string().describe('the advertiser'),
  advertiserName: z.string().nullable().describe("the advertiser's name, where the warehouse knows one"),
  destination: z.string().nullable().describe('the destination in aquarius.yaml; null when the advertiser has none'),
  segmentId: z.string().nullable().describe('the segment at the partner; null when it is not known'),
  cadence: z.string().nullable().describe('how often it runs: DAILY, WEEKLY, MONTHLY or CRON with a zone'),
  nextSlot: z.string().nullable().describe('the next scheduled period; null when there is none'),
  nextDueAt: instant.nullable().describe('when the next slot is due; ISO 8601, UTC'),
  state: z.enum(DELIVERY_STATES).describe('`on`, `paused` by a person or after failures, `blocked` by its settings, or `off`'),
  reason: z.string().nullable().describe('why it is not on, as a stable code'),
  detail: z.string().nullable().describe('why it is not on, in words'),
  paused: z
    .strictObject({
      at: instant.describe('since when; ISO 8601, UTC'),
      by: z.string().describe('who paused it'),
      reason: z.string().nullable().describe('why, in their words'),
    })
    .nullable()
    .describe('set while it is paused'),
  failures: z.int().min(0).describe('runs that failed since the last one that was delivered'),
  lastRun: z
    .strictObject({
      runId: z.string().describe('the newest run'),
      slot: z.string().describe('the scheduled period that it is for'),
      state: z.enum(RUN_STATES).describe('how far it came'),
      plannedAt: instant.describe('when it was planned; ISO 8601, UTC'),
    })
    .nullable()
    .describe('the newest run; null when there was none'),
  lastDeliveredAt: instant.nullable().describe('when it was last delivered; ISO 8601, UTC'),
});

export type DeliveryOverview = z.infer<typeof deliveryOverview>;
