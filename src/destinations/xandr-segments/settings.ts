import { z } from 'zod';
import { configError } from '../../errors.ts';
import { partnerUrl } from '../http/partner-url.ts';
import { secretReference } from '../secret-reference.ts';
import { textSettings } from './text-settings.ts';

/** Identifier types that the partner takes, in the order in which they are documented. */
const TYPES = ['IDFA', 'GAID', 'RAMPID', 'UUID2'] as const;

/** The longest that the partner keeps a member: 259,200 minutes. */
export const MAX_TTL_DAYS = 180;

const MAX_INT = 2_147_483_647;

export const settings = z
  .strictObject({
    type: z
      .literal('xandr-segments')
      .describe("Segments of Microsoft Monetize and Curate (Xandr), by the partner's batch uploads."),
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Must be true for anything to go there: the buying platform Invest closed on 2026-02-28; seats of Monetize and Curate go on.',
      ),
    apiUrl: partnerUrl
      .default('https://api.appnexus.com')
      .describe('Address of the API. Anything but https is for this machine only.'),
    memberId: z.int().min(1).max(MAX_INT).describe("Number of the seat at the partner ('member')."),
    username: secretReference.describe('Reference to the user name of the API user.'),
    password: secretReference.describe('Reference to its password.'),
    format: z
      .enum(['avro', 'text'])
      .default('avro')
      .describe("Form of the files: 'avro', or the older 'text', whose form is part of the account's set-up at the partner."),
    text: textSettings.optional().describe("The account's set-up for text files; only for format: text."),
    identifiers: z
      .array(z.enum(TYPES))
      .min(1)
      .optional()
      .describe('Identifier types that go there. By default IDFA, GAID and UUID2, and RAMPID with avro.'),
    createSegment: z.boolean().default(false).describe("Make a segment that is missing; its code is the delivery's segmentId."),
    segmentWaitMinutes: z
      .int()
      .min(0)
      .max(1440)
      .default(20)
      .describe('Minutes that a new or changed segment is left alone, so that all servers of the partner know it.'),
    ttlDays: z
      .int()
      .min(0)
      .max(MAX_TTL_DAYS)
      .default(MAX_TTL_DAYS)
      .describe("Days that the partner keeps a member that is not sent again; 0 is the partner's maximum, 180."),
    timestamp: z
      .enum(['cut', 'last-seen'])
      .default('cut')
      .describe("The time from which that is counted: when the audience was cut, or the member's newest exposure."),
    value: z.int().min(0).max(MAX_INT).default(0).describe('Value that each member has in the segment.'),
    maxFileBytes: z
      .int()
      .min(1_000)
      .max(450_000_000)
      .default(250_000_000)
      .describe('Bytes after which a new file is begun. The partner takes no file above 500,000,000.'),
    pollSeconds: z.int().min(1).max(3600).default(60).describe('Seconds between questions whether a file is processed.'),
    slaHours: z.int().min(1).max(168).default(24).describe('Hours that the partner has to process a file.'),
    timeoutSeconds: z.int().min(1).max(600).default(60).describe('Longest that one call may take.'),
    uploadTimeoutMinutes: z.int().min(1).max(90).default(90).describe('Longest that the upload of one file may take.'),
    minRows: z.int().min(0).default(1).describe('Members that an audience needs at least.'),
    limits: z
      .strictObject({
        concurrency: z
          .int()
          .min(1)
          .max(8)
          .default(1)
          .describe('Runs that go there at once. The partner has one upload open at a time.'),
        startsPerMinute: z.int().min(1).max(60).default(1).describe('Runs that may begin in a minute.'),
      })
      .prefault({})
      .describe('How hard the partner may be pressed, over all workers.'),
  })
  .check(({ value, issues }) => {
    const wrong = (path: keyof typeof value, message: string) => {
      issues.push({ code: 'custom', input: value[path], path: [path], message });
    };
    if (value.format === 'avro' && value.text !== undefined) wrong('text', 'text is for format: text only');
    if (value.format === 'text' && value.identifiers?.includes('RAMPID')) wrong('identifiers', 'RAMPID needs format: avro');
  });

export type XandrSettings = z.infer<typeof settings>;

/** Types that go there with these settings. */
export function typesOf({ identifiers, format }: XandrSettings): readonly (typeof TYPES)[number][] {
  return TYPES.filter((type) => identifiers?.includes(type) ?? (type !== 'RAMPID' || format === 'avro'));
}

/** A `config` error `xandr_disabled` unless somebody has said that this seat goes on. */
export function requireEnabled({ enabled }: XandrSettings): void {
  if (enabled) return;
  throw configError('xandr_disabled', 'Deliveries to Xandr are switched off.', {
    hint: "Xandr's buying platform Invest closed on 2026-02-28. If you have a seat of Monetize or Curate, set enabled: true for this destination; otherwise take it out of the deliveries.",
  });
}
