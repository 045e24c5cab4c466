import { z } from 'zod';

/** What somebody asks for when deliveries are to run now, and what came of it: the same over HTTP and on the command line. */

const day = z.iso.date();

export const triggerRequest = z
  .strictObject({
    agencyId: z.string().min(1).max(256).optional().describe('only deliveries of this agency'),
    advertiserId: z.string().min(1).max(256).optional().describe('only deliveries of this advertiser'),
    destination: z.string().min(1).max(256).optional().describe('only deliveries to this destination of aquarius.yaml'),
    slot: z.string().min(1).max(64).optional().describe('a slot by its name, such as 2026-W47, instead of the current one'),
    from: day.optional().describe('first day of the slots to be made up for; with `to`'),
    to: day.optional().describe('last day of the slots to be made up for; with `from`'),
    force: z.boolean().default(false).describe('run again what its slot has delivered already'),
    dryRun: z.boolean().default(false).describe('only tell what would be delivered; nothing is changed'),
  })
  .superRefine(({ slot, from, to }, context) => {
    const say = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (from !== undefined && to === undefined) say('to', 'is needed with from');
    if (to !== undefined && from === undefined) say('from', 'is needed with to');
    if (from !== undefined && to !== undefined && from > to) say('to', 'must not be before from');
    if (slot !== undefined && (from !== undefined || to !== undefined)) say('slot', 'cannot stand beside from and to');
  });

export const triggerOutcome = z.strictObject({
  runs: z
    .array(
      z.strictObject({
        runId: z.string().describe('the run that will be worked on'),
        deliveryId: z.string().describe('the standing order that it belongs to'),
        slot: z.string().describe('the scheduled period that it is for'),
        created: z.boolean().describe('false when the run was there already'),
      }),
    )
    .describe('the runs that were asked for'),
  notPlanned: z
    .array(
      z.strictObject({
        agencyId: z.string().describe('the agency'),
        advertiserId: z.string().describe('the advertiser'),
        destination: z.string().nullable().describe('the destination, or null when the advertiser has none'),
        segmentId: z.string().nullable().describe('the segment at the partner, or null when it is not known'),
        reason: z.string().describe('why not, as a stable code'),
        detail: z.string().describe('why not, in words'),
      }),
    )
    .describe('what was asked for and is not delivered, each with its reason'),
});

export type TriggerRequest = z.infer<typeof triggerRequest>;
export type TriggerOutcome = z.infer<typeof triggerOutcome>;
