import { z } from 'zod';
import { IDENTIFIER_TYPES } from '../identity/identifier-type.ts';
import { ALERT_KINDS } from '../ledger/alert.ts';
import { rejectionsOutput } from './rejections.ts';
import { runOutput, runShape } from './shapes.ts';

/** The answers of the HTTP API that are not those of a command. Fields are added, never renamed or taken away. */

const instant = z.string();
const next = z.string().nullable().describe('path and query of the next page; null on the last one');
const detail = z.record(z.string(), z.unknown());

const namedRun = runShape.meta({ id: 'Run', description: 'One execution of a delivery for one slot.' });

export const runPage = z
  .strictObject({ runs: z.array(namedRun).describe('runs, newest first'), next })
  .meta({ id: 'RunPage', description: 'A page of runs.' });

export const runDetail = z
  .strictObject({ ...runOutput.shape, run: namedRun })
  .meta({ id: 'RunDetail', description: 'A run with the manifest of its files and its story.' });

export const rejectionList = rejectionsOutput.meta({
  id: 'RejectionList',
  description: 'Why a partner refused rows of a run.',
});

export const changedRun = z
  .strictObject({ run: namedRun })
  .meta({ id: 'ChangedRun', description: 'The run as it is after the change.' });

/** A destination as the ledger has seen it. */
export const destinationState = z.strictObject({
  name: z.string().describe('its name in aquarius.yaml'),
  type: z.string().describe('the adapter'),
  limits: z
    .strictObject({
      concurrency: z.int().min(1).describe('runs that go there at once, over all workers'),
      startsPerMinute: z.int().min(1).nullable().describe('runs that may begin in a minute, over all workers; null for no limit'),
    })
    .describe('how hard it may be pressed'),
  breaker: z
    .enum(['closed', 'open', 'probing'])
    .describe('`closed`: in order; `open`: nothing is sent before openUntil; `probing`: one run may try'),
  failures: z.int().min(0).describe('failures since the last success'),
  openedAt: instant.nullable().describe('since when nothing is sent; ISO 8601, UTC'),
  openUntil: instant.nullable().describe('when one run may try again; ISO 8601, UTC'),
  errorCode: z.string().nullable().describe('stable code of the newest failure'),
  errorMessage: z.string().nullable().describe('the newest failure in words'),
});

const days = z.int().min(1).nullable();

export const destinationList = z
  .strictObject({
    destinations: z
      .array(
        z.strictObject({
          ...destinationState.shape,
          lastSuccessAt: instant.nullable().describe('when a delivery went there last; ISO 8601, UTC'),
          waiting: z.int().min(0).describe('runs in the queue that nobody works on and that wait for no person'),
          working: z.int().min(0).describe('runs that are being worked on'),
          held: z.int().min(0).describe('runs that wait for a person'),
          hostKeys: z
            .array(z.string())
            .nullable()
            .describe('fingerprints of the host keys that are trusted; null where there are no host keys'),
          capabilities: z
            .strictObject({
              identifiers: z.array(z.enum(IDENTIFIER_TYPES)).describe('identifier types that it takes'),
              allowIp: z.boolean().describe('addresses may go there'),
              allowIpv6: z.boolean().describe('IPv6 addresses too'),
              minRows: z.int().min(0).describe('rows that a delivery needs at least'),
              refresh: z.array(z.enum(['full', 'incremental'])).describe('whole audiences, or what was added and removed'),
              removes: z.boolean().describe('single members can be taken away'),
              optOuts: z.boolean().describe('it is told who has opted out'),
              ttlDays: days.describe('days that it keeps a member that is not sent again; null for good'),
              maxTtlDays: days.describe('the longest that a delivery may ask for; null when it cannot ask'),
              confirms: z.boolean().describe('it can be asked what became of a delivery'),
              taxonomy: z.boolean().describe('segments and prices are kept there apart from members'),
            })
            .describe('what it can do'),
        }),
      )
      .describe('all destinations of aquarius.yaml'),
  })
  .meta({ id: 'DestinationList', description: 'The destinations and how they are doing.' });

export const alertList = z
  .strictObject({
    alerts: z
      .array(
        z.strictObject({
          key: z.string().describe('what it is about: the same key is the same trouble'),
          kind: z.enum(ALERT_KINDS).describe('the kind of trouble'),
          state: z.enum(['firing', 'resolved']).describe('`firing` while it lasts'),
          agencyId: z.string().nullable().describe('the agency that it concerns; null when it concerns all'),
          message: z.string().describe('what is wrong, in a line'),
          detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).describe('the facts by name'),
          firedAt: instant.describe('when it began; ISO 8601, UTC'),
          resolvedAt: instant.nullable().describe('when it ended; ISO 8601, UTC'),
          acknowledged: z
            .strictObject({
              at: instant.describe('when; ISO 8601, UTC'),
              by: z.string().describe('who'),
              note: z.string().describe('what they say'),
            })
            .nullable()
            .describe('who has taken it on; null when nobody has'),
        }),
      )
      .describe('alerts, newest first'),
    more: z.boolean().describe('there are more than these: ask for a larger limit'),
  })
  .meta({ id: 'AlertList', description: 'What is wrong now, and what was.' });

export const auditPage = z
  .strictObject({
    entries: z
      .array(
        z.strictObject({
          id: z.string().describe('the id of the entry; sorts by time'),
          at: instant.describe('when it was done; ISO 8601, UTC'),
          actor: z.string().describe('who did it'),
          via: z.enum(['cli', 'api', 'engine']).describe('by what way; `engine` is the program itself'),
          action: z.string().describe('what was done, such as run.cancel'),
          agencyId: z.string().nullable().describe('the agency that it concerns'),
          subjectKind: z
            .string()
            .describe('what it was done to: run, delivery, suppression, destination, user, key, session or alert'),
          subjectId: z.string().describe('the id of what it was done to'),
          reason: z.string().nullable().describe('why, in their words'),
          before: detail.nullable().describe('what it was before'),
          after: detail.nullable().describe('what it is since'),
        }),
      )
      .describe('entries, newest first'),
    next,
  })
  .meta({ id: 'AuditPage', description: 'A page of the audit log.' });

export const progressEvent = z
  .strictObject({
    step: z.string().describe('what the run is doing: selecting, writing, packing, staging, sending and the like'),
    done: z.number().nullable().describe('how much of the step is done, in its unit'),
    total: z.number().nullable().describe('how much there is to do, in its unit'),
    unit: z.enum(['rows', 'bytes', 'share']).nullable().describe('what is counted'),
    rate: z.number().nullable().describe('units per second since the step began'),
    secondsLeft: z.int().nullable().describe('seconds that the step will take yet at this rate; null when it cannot be told'),
  })
  .describe('Data of the event `progress`.');

export const readiness = z
  .strictObject({
    ok: z.boolean().describe('all is there'),
    checks: z
      .array(
        z.strictObject({
          name: z.string().describe('what was looked at'),
          ok: z.boolean().describe('it is there'),
          message: z.string().describe('how it is, in words'),
        }),
      )
      .describe('each thing that the program needs'),
  })
  .meta({ id: 'Readiness', description: 'Whether the program can work.' });

export type ProgressEvent = z.infer<typeof progressEvent>;
