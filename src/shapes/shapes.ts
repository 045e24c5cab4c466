import { z } from 'zod';
import { READINESS_RULES } from '../delivery/readiness.ts';
import { DROP_REASONS, IDENTIFIER_TYPES } from '../identity/identifier-type.ts';
import { HOLD_REASONS } from '../ledger/hold.ts';
import { RUN_STATES } from '../ledger/states.ts';
import { confirmationOutput } from './confirmation.ts';
import { costsOutput } from './costs.ts';

/** The shapes of `--json` output, documented in docs/cli.md. Fields are added, never renamed or taken away. */

const count = z.int().min(0);
const instant = z.string().describe('ISO 8601, UTC');
const dropped = z
  .partialRecord(z.enum([...DROP_REASONS, 'BELOW_FILE_MINIMUM']), count)
  .describe('distinct identifiers left out, by the first reason that applies');
const identifiers = z.partialRecord(z.enum(IDENTIFIER_TYPES), count).describe('distinct identifiers to be delivered, by type');
const readiness = z
  .array(
    z.strictObject({
      rule: z.enum(READINESS_RULES),
      status: z.enum(['PASS', 'WARN', 'FAIL', 'UNKNOWN', 'NOT_CHECKED']),
      detail: z.string(),
    }),
  )
  .describe('every readiness rule');

export const problemShape = z.strictObject({
  path: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  line: z.int().optional(),
});

export const errorOutput = z.strictObject({
  error: z.strictObject({
    kind: z.enum(['config', 'transient', 'rejected', 'bug', 'usage']),
    code: z.string().describe('stable, for programs'),
    message: z.string(),
    hint: z.string().nullable().describe('what to do next'),
    problems: z.array(problemShape),
  }),
});

export const planOutput = z.strictObject({
  at: instant,
  deliveries: z.array(
    z.strictObject({
      agencyId: z.string(),
      advertiserId: z.string(),
      advertiserName: z.string().nullable(),
      destination: z.string(),
      segmentId: z.string(),
      segmentName: z.string(),
      cadence: z.string(),
      slot: z.string(),
      due: z.boolean().describe('false when the slot has been delivered already'),
      nextSlot: z.string(),
      nextDueAt: instant,
      window: z.strictObject({ from: instant.nullable().describe('null: never expires'), to: instant }),
      selected: count.describe('distinct identifiers within the window; = dropped + suppressed + identifiers'),
      dropped,
      suppressed: count,
      identifiers,
      rows: count.describe('rows to be written'),
      estimatedBytes: count.describe('size before compression'),
      lastRun: z
        .strictObject({ runId: z.string(), state: z.enum(RUN_STATES) })
        .nullable()
        .describe("the slot's newest run"),
      readiness,
    }),
  ),
  notDelivered: z.array(
    z.strictObject({
      agencyId: z.string(),
      advertiserId: z.string(),
      advertiserName: z.string().nullable(),
      destination: z.string().nullable(),
      segmentId: z.string().nullable(),
      reason: z.string(),
      detail: z.string(),
      readiness,
    }),
  ),
});

const fileShape = z.strictObject({
  name: z.string(),
  rows: count.describe('header not counted'),
  bytes: count,
  sha256: z.string(),
});

export const receiptShape = z.strictObject({
  accepted: count,
  rejected: count,
  reasons: z.record(z.string(), count),
  reference: z.string(),
  files: z.array(z.strictObject({ name: z.string(), remote: z.string(), bytes: count, outcome: z.enum(['sent', 'already']) })),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export const runShape = z.strictObject({
  runId: z.string(),
  deliveryId: z.string().describe('the standing order that it belongs to'),
  agencyId: z.string(),
  advertiserId: z.string(),
  destination: z.string(),
  segmentId: z.string(),
  segmentName: z.string(),
  slot: z.string(),
  generation: count.describe('0 for the regular run of the slot, 1 and up for those asked for with --force'),
  state: z.enum(RUN_STATES),
  reason: z.string().nullable().describe('of a skipped run'),
  attempts: count,
  failures: count.describe('failed attempts since somebody last asked for the run'),
  plannedAt: instant,
  dueAt: instant.describe('when the slot was due; ISO 8601, UTC'),
  late: z.boolean().describe('planned so long after it was due that the slot counts as missed'),
  deadlineAt: instant.describe('after this it is not tried again by itself; ISO 8601, UTC'),
  retryAt: instant.nullable().describe('when it is tried again, after a failure that may pass; ISO 8601, UTC'),
  hold: z
    .strictObject({ reason: z.enum(HOLD_REASONS), detail: z.string(), at: instant })
    .nullable()
    .describe('set while the run waits for a person'),
  cancelRequested: z.boolean().describe('somebody wants it stopped; its worker does so at the next sign of life'),
  startedAt: instant.nullable(),
  stagedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  confirmedAt: instant.nullable().describe("when the partner's confirmation was recorded; ISO 8601, UTC"),
  selected: count.nullable(),
  dropped: dropped.nullable(),
  suppressed: count.nullable(),
  identifiers: identifiers.nullable(),
  rows: count.describe('rows written to files'),
  files: z.array(fileShape),
  receipt: receiptShape.nullable(),
  error: z
    .strictObject({
      kind: z.enum(['config', 'transient', 'rejected', 'bug']),
      code: z.string(),
      message: z.string(),
      hint: z.string().nullable(),
    })
    .nullable(),
});

const deliverySlot = z.strictObject({
  agencyId: z.string(),
  advertiserId: z.string(),
  destination: z.string(),
  segmentId: z.string(),
  slot: z.string(),
});

export const deliverOutput = z.strictObject({
  at: instant,
  runs: z.array(runShape).describe('what this call worked on'),
  upToDate: z.array(deliverySlot).describe('deliveries whose slot had been delivered before: nothing was sent again'),
  elsewhere: z.array(deliverySlot).describe('deliveries that another process is working on'),
  notDelivered: planOutput.shape.notDelivered,
});

export const runsOutput = z.strictObject({ runs: z.array(runShape) });

export const runOutput = z.strictObject({
  run: runShape,
  manifest: z.unknown().describe('the manifest of the staged set, or null'),
  confirmation: confirmationOutput.nullable().describe('what the partner has said since; null when it is not asked'),
  costs: costsOutput.describe('what it has cost in the warehouse, where that says so'),
  steps: z.array(
    z.strictObject({ seq: count, attempt: count, at: instant, step: z.string(), detail: z.record(z.string(), z.unknown()) }),
  ),
});

export const loadOutput = z.strictObject({
  table: z.string(),
  rows: count.describe('rows added'),
  files: z.array(z.strictObject({ path: z.string(), rows: count, outcome: z.enum(['loaded', 'already']) })),
});

export const doctorOutput = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      check: z.string(),
      status: z.enum(['ok', 'warning', 'error']),
      message: z.string(),
      hint: z.string().nullable(),
    }),
  ),
});

export type PlanOutput = z.infer<typeof planOutput>;
export type DeliverOutput = z.infer<typeof deliverOutput>;
export type RunShape = z.infer<typeof runShape>;
export type DoctorOutput = z.infer<typeof doctorOutput>;
