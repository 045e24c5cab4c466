import { z } from 'zod';
import { READINESS_RULES } from '../../delivery/readiness.ts';
import { DROP_REASONS, IDENTIFIER_TYPES } from '../../identity/identifier-type.ts';
import { HOLD_REASONS } from '../../ledger/hold.ts';
import { idParam, limitParam, offsetParam } from './envelope.ts';

/** What the endpoints of /api/delivery take and answer that stand beside the configuration of an advertiser. */

const count = (meaning: string) => z.int().min(0).describe(meaning);
const instant = (meaning: string) => z.string().describe(`${meaning}; ISO 8601, UTC`);

const rule = z
  .strictObject({
    rule: z.enum(READINESS_RULES).describe('the rule'),
    status: z
      .enum(['PASS', 'WARN', 'FAIL', 'UNKNOWN', 'NOT_CHECKED'])
      .describe('`UNKNOWN`: the check could not be made, which blocks sending; `NOT_CHECKED`: another rule had to pass first'),
    detail: z.string().describe('what was found, in words'),
    advice: z.string().nullable().describe('what to do about it; null when there is nothing to do'),
  })
  .meta({ id: 'ReadinessRule', description: 'One rule of readiness and what came of it.' });

const held = z
  .strictObject({
    reason: z.enum(HOLD_REASONS).describe('which guard'),
    detail: z.string().describe('what it goes by'),
  })
  .nullable()
  .describe('why the run would wait for a person before anything is sent; null when it would not');

export const readinessQuery = z.strictObject({
  agencyId: idParam.describe('the agency'),
  advertiserId: idParam.describe('the advertiser'),
  counts: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true')
    .describe('whether identifiers are counted; without it SOURCE_ROWS and FLOOR are not checked, and the answer comes at once'),
});

export const readinessReport = z
  .strictObject({
    at: instant('when it was looked at'),
    agencyId: z.string().describe('the agency'),
    advertiserId: z.string().describe('the advertiser'),
    advertiserName: z.string().nullable().describe('its name, where one is known'),
    isReady: z.boolean().describe('at least one destination could be delivered to now'),
    entries: z
      .array(
        z.strictObject({
          destination: z.string().nullable().describe('the destination; null when the advertiser has none at all'),
          audienceId: z
            .string()
            .nullable()
            .describe('the segment at the partner; of a split audience what its segments begin with'),
          isReady: z.boolean().describe('no rule blocks, and it is not paused'),
          reason: z.string().nullable().describe('the first thing that blocks, as a stable code'),
          paused: z.string().nullable().describe('who paused it and why; null when nobody did'),
          rules: z.array(rule).describe('every rule, in the order in which they are tried'),
          segments: z
            .array(
              z.strictObject({
                segmentId: z.string().describe('the segment at the partner'),
                identifiers: count('identifiers that would go'),
                needed: count('identifiers that are needed at least'),
                isReady: z.boolean().describe('there are enough'),
                held,
              }),
            )
            .describe('its segments; empty when nothing was counted'),
        }),
      )
      .describe('each entry of DELIVERY_DESTINATIONS'),
  })
  .meta({ id: 'ReadinessReport', description: 'Whether an advertiser can be delivered, rule by rule.' });

export type ReadinessReport = z.infer<typeof readinessReport>;

export const previewRequest = z
  .strictObject({
    agencyId: idParam.describe('the agency'),
    advertiserId: idParam.describe('the advertiser'),
    config: z
      .strictObject({
        deliveryEnabled: z.boolean().optional().describe('whether anything is delivered'),
        deliveryCadence: z.string().max(200).optional().describe('how often'),
        deliveryLookbackDays: z.int().nullable().optional().describe('days that count; null never expires'),
        deliveryDestinations: z
          .array(z.record(z.string(), z.unknown()))
          .max(200)
          .optional()
          .describe('the entries as DELIVERY_DESTINATIONS would have them'),
        exposureSource: z.string().max(40).optional().describe('how people are reached'),
        impressionJoinStrategy: z.string().max(40).optional().describe('how impressions are assigned'),
        attributionWindowDays: z.int().optional().describe('days between an ad and a visit'),
      })
      .default({})
      .describe('values that are not saved yet; what is left out is as it was saved'),
  })
  .meta({ id: 'PreviewRequest', description: 'Whose delivery is to be tried out, and with what.' });

export type PreviewRequest = z.infer<typeof previewRequest>;

export const deliveryPreview = z
  .strictObject({
    at: instant('when it was counted'),
    agencyId: z.string().describe('the agency'),
    advertiserId: z.string().describe('the advertiser'),
    cadence: z.string().describe('how often it would run'),
    nextSlots: z
      .array(
        z.strictObject({
          slot: z.string().describe('the scheduled period'),
          dueAt: instant('when it is due'),
        }),
      )
      .describe('the next slots; empty when the cadence cannot be read'),
    changedFields: z.array(z.string()).describe('columns whose value is another than the saved one'),
    segments: z
      .array(
        z.strictObject({
          destination: z.string().describe('the destination'),
          segmentId: z.string().describe('the segment at the partner'),
          segmentName: z.string().describe('its name there'),
          wouldGo: z.boolean().describe('it would be delivered in the next slot'),
          reason: z.string().nullable().describe('why it would not, as a stable code'),
          detail: z.string().nullable().describe('why it would not, in words'),
          window: z
            .strictObject({
              from: z.string().nullable().describe('the beginning; null never expires'),
              to: z.string().describe('the end'),
            })
            .describe('the times from which rows are taken; ISO 8601, UTC'),
          selected: count('distinct identifiers within the window; = dropped + suppressed + identifiers'),
          dropped: z
            .partialRecord(z.enum(DROP_REASONS), z.int().min(0))
            .describe('distinct identifiers left out, by the first reason that applies'),
          suppressed: count('distinct identifiers left out since their owners opted out'),
          identifiers: z.partialRecord(z.enum(IDENTIFIER_TYPES), z.int().min(0)).describe('what would go, by type'),
          rows: count('rows that would be written'),
          estimatedBytes: count('size before compression'),
          needed: count('identifiers that are needed at least'),
          belowMinimum: z.boolean().describe('there are fewer than that'),
          held,
          last: z
            .strictObject({
              deliveredAt: instant('when it was delivered last'),
              rows: count('identifiers then'),
              change: z.int().describe('how many more there are now; negative for fewer'),
              changePercent: z.number().nullable().describe('the same in percent of then; null when there were none'),
            })
            .nullable()
            .describe('the last delivery; null when there was none'),
        }),
      )
      .describe('what was counted'),
    notCounted: z
      .array(
        z.strictObject({
          destination: z.string().nullable().describe('the destination, or null when there is none'),
          audienceId: z.string().nullable().describe('the segment at the partner'),
          reason: z.string().describe('why, as a stable code'),
          detail: z.string().describe('why, in words'),
          advice: z.string().nullable().describe('what to do about it'),
        }),
      )
      .describe('entries of which nothing can be counted'),
  })
  .meta({ id: 'DeliveryPreview', description: 'What would go out. Nothing was written or sent, and no identifier is in it.' });

export type DeliveryPreview = z.infer<typeof deliveryPreview>;

export const deliveryLogQuery = z.strictObject({
  agencyId: idParam.optional().describe('only of this agency'),
  advertiserId: idParam.optional().describe('only of this advertiser'),
  destination: z.string().min(1).max(256).optional().describe('only to this destination'),
  segmentId: z.string().min(1).max(256).optional().describe('only of this segment'),
  slot: z.string().min(1).max(64).optional().describe('only for this slot'),
  status: z.string().min(1).max(64).optional().describe('only in this status, in any letter case; older words too'),
  from: z.iso.date().optional().describe('only planned on this day or later, UTC'),
  to: z.iso.date().optional().describe('only planned on this day or earlier, UTC'),
  limit: limitParam(50, 500),
  offset: offsetParam,
});

export type DeliveryLogQuery = z.infer<typeof deliveryLogQuery>;

const counts = (meaning: string) => z.record(z.string(), z.number()).nullable().describe(meaning);
const textOrNull = (meaning: string) => z.string().nullable().describe(meaning);
const countOrNull = (meaning: string) => z.int().nullable().describe(meaning);
const instantOrNull = (meaning: string) => z.string().nullable().describe(`${meaning}; ISO 8601, UTC`);

export const deliveryLogPage = z
  .strictObject({
    rows: z
      .array(
        z.strictObject({
          deliveryId: z.string().describe('the delivery in its slot'),
          partNo: z.int().describe('number of the part, from 1'),
          partCount: countOrNull('number of parts'),
          runId: textOrNull('the run; null in rows of an earlier system'),
          slot: textOrNull('the scheduled period'),
          agencyId: z.string().describe('the agency'),
          advertiserId: textOrNull('the advertiser'),
          segmentId: textOrNull('the segment at the partner'),
          segmentName: textOrNull('its name there'),
          destination: textOrNull('the destination'),
          destinationType: textOrNull('its adapter'),
          deliveryMode: textOrNull('`full` or `incremental`'),
          pushMode: textOrNull('`merged` or `split`'),
          joinStrategy: textOrNull('how impressions were assigned'),
          exposureSource: textOrNull('how people were reached'),
          lookbackDays: countOrNull('lookback asked for; null never expires'),
          lookbackEffectiveDays: countOrNull('lookback that the data allowed'),
          identifierTypes: z.array(z.string()).describe('the types sent'),
          identifierCounts: counts('identifiers by type'),
          rowsTotal: countOrNull('rows sent'),
          rowsAdded: countOrNull('members added'),
          rowsRemoved: countOrNull('members removed'),
          rowsRejected: countOrNull('rows dropped before sending'),
          rejectReasons: counts('rows dropped, by reason'),
          fileName: textOrNull('the file'),
          fileBytes: countOrNull('its size'),
          fileSha256: textOrNull('its SHA-256'),
          status: z.string().describe('the status as the row has it: unknown older words are shown as they are'),
          isKnownStatus: z.boolean().describe('it is one of the words that this program writes'),
          errorKind: textOrNull('kind of failure'),
          errorMessage: textOrNull('what failed'),
          partnerReference: textOrNull("the partner's name for what it got"),
          attempts: countOrNull('tries'),
          plannedAt: instantOrNull('when it was planned'),
          startedAt: instantOrNull('when it began'),
          stagedAt: instantOrNull('when its files were staged'),
          sentAt: instantOrNull('when they were sent'),
          finishedAt: instantOrNull('when it ended'),
          configVersion: countOrNull('version of the configuration'),
          programVersion: textOrNull('version of the program'),
        }),
      )
      .describe('rows, newest first'),
    total: count('rows of all pages'),
    truncated: z.boolean().describe('there are more than those of this page and the ones before it'),
    warnings: z.array(z.string()).describe('what else to know, in words'),
  })
  .meta({ id: 'DeliveryLog', description: "The warehouse's record of deliveries, a row for each part." });

export type DeliveryLogPage = z.infer<typeof deliveryLogPage>;

export const destinationTest = z
  .strictObject({
    destination: z.string().describe('the destination'),
    type: z.string().describe('the adapter'),
    ok: z.boolean().describe('a delivery could be made'),
    code: z.string().nullable().describe('what keeps it from that, as a stable code'),
    message: z.string().describe('how it went, in words'),
    hint: z.string().nullable().describe('what to do next'),
    problems: z
      .array(z.strictObject({ path: z.string().describe('where'), message: z.string().describe('what is wrong there') }))
      .describe('all that is wrong, where there is more than one thing'),
    testedAt: instant('when it was tried'),
  })
  .meta({ id: 'DestinationTest', description: 'Whether a destination can be reached and used. Nothing was sent to it.' });

export type DestinationTest = z.infer<typeof destinationTest>;

export const hostKeyRequest = z
  .strictObject({
    fingerprint: z
      .string()
      .trim()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, "must be a fingerprint as OpenSSH prints it, 'SHA256:...'")
      .optional()
      .describe('what the partner has published: the answer says whether the server offers it, and the line is for it alone'),
  })
  .meta({ id: 'HostKeyRequest', description: 'Which host key is meant.' });

export const hostKeyReport = z
  .strictObject({
    destination: z.string().describe('the destination'),
    host: z.string().describe('the server'),
    port: z.int().describe('its port'),
    verdict: z
      .enum(['pinned', 'partly_pinned', 'not_pinned', 'published', 'not_offered'])
      .describe(
        '`pinned`: all that it offers stands in aquarius.yaml; `partly_pinned`: one of them does; `not_pinned`: none; with a fingerprint: `published`: it offers that one; `not_offered`: it does not, so do not trust it',
      ),
    message: z.string().describe('the same in words'),
    configured: z.array(z.string()).describe('fingerprints that stand in aquarius.yaml'),
    offered: z
      .array(
        z.strictObject({
          type: z.string().describe('the key type'),
          fingerprint: z.string().describe('as OpenSSH prints it'),
          publicKeyLine: z.string().describe('as in a .pub file'),
          isPinned: z.boolean().describe('it stands in aquarius.yaml'),
        }),
      )
      .describe('keys that the server offers now'),
    path: z.string().describe('the setting in aquarius.yaml'),
    line: z
      .string()
      .nullable()
      .describe('the line to write there, in place of the one that is; null when nothing is to be changed'),
  })
  .meta({ id: 'HostKeyReport', description: 'What a server offers against what is trusted. Nothing is changed by asking.' });

export type HostKeyReport = z.infer<typeof hostKeyReport>;
