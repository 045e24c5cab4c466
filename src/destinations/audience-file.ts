import { z } from 'zod';
import type { Layout } from '../format/layout.ts';
import { activationLayout } from '../format/layouts/activation.ts';
import { eventLogLayout } from '../format/layouts/event-log.ts';
import { readPgpRecipient } from '../format/pgp-recipient.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../identity/identifier-type.ts';
import type { Capabilities, CheckCtx, Secrets } from './destination.ts';
import { secretReference } from './secret-reference.ts';

/** What adapters that hand over audience files as they are have in common: who may go there, and how the file looks. */

export const audienceFileFields = {
  profile: z
    .enum(['event-log', 'activation'])
    .default('event-log')
    .describe(
      "Form of the files: 'event-log' has a row of device id, type, segment and time for each identifier; 'activation' has a file for each identifier type, with a column for the segment.",
    ),
  identifiers: z.array(z.enum(IDENTIFIER_TYPES)).min(1).optional().describe('Identifier types that go there.'),
  allowIp: z.boolean().default(false).describe('Let IP addresses go there.'),
  allowIpv6: z.boolean().default(false).describe('Let IPv6 addresses go there too; needs allowIp.'),
  compression: z.enum(['none', 'gzip']).default('none').describe('Compress files.'),
  pgpPublicKey: secretReference
    .optional()
    .describe('Reference to an armored OpenPGP public key; files are encrypted to it, after compression.'),
  quoting: z
    .enum(['minimal', 'all'])
    .optional()
    .describe("Which values are quoted. By default 'minimal' for event-log and 'all' for activation."),
  header: z.boolean().optional().describe('A header line; only for event-log, where it is there by default.'),
  timestampFormat: z
    .enum(['iso-seconds', 'unix-seconds'])
    .optional()
    .describe("How times are written; only for event-log. By default 'iso-seconds'."),
  nameTemplate: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File name without extension, of {agencyId} {advertiserId} {segmentId} {destination} {identifierType} {slot} {date} {runId} {part}.',
    ),
  minRows: z.int().min(0).default(1).describe('Rows that a file needs at least; smaller ones are not written.'),
  maxRows: z.int().min(1).optional().describe('Rows of a file at most.'),
  maxBytes: z.int().min(1).optional().describe('Bytes of a file at most, before compression.'),
} as const;

export type AudienceFileSettings = z.infer<z.ZodObject<typeof audienceFileFields>>;

/** Rules between those settings; used as `.check(audienceFileRules)` on the adapter's schema. */
export function audienceFileRules({ value, issues }: z.core.ParsePayload<AudienceFileSettings>): void {
  const wrong = (path: keyof AudienceFileSettings, message: string) => {
    issues.push({ code: 'custom', input: value[path], path: [path], message, continue: true });
  };
  if (!value.allowIp && value.identifiers?.includes('IP')) wrong('identifiers', 'IP needs allowIp: true');
  if (!value.allowIp && value.allowIpv6) wrong('allowIpv6', 'allowIpv6 needs allowIp: true');
  if (value.maxRows !== undefined && value.minRows > value.maxRows) wrong('minRows', 'minRows is larger than maxRows');
  if (value.profile === 'event-log') return;
  if (value.header !== undefined) wrong('header', 'header is for the profile event-log only');
  if (value.timestampFormat !== undefined) wrong('timestampFormat', 'timestampFormat is for the profile event-log only');
}

/** What may go there; `usual` are the types without IP that go there when the settings name none. */
export function audienceFileCapabilities(settings: AudienceFileSettings, usual: readonly IdentifierType[]): Capabilities {
  const { identifiers, allowIp, allowIpv6, minRows } = settings;
  return {
    identifiers: identifiers ?? (allowIp ? [...usual, 'IP'] : usual),
    allowIp,
    allowIpv6,
    minRows,
    // A file adds to an audience or replaces it at the partner; it takes no members away.
    refresh: ['full'],
    removes: false,
    optOuts: false,
    ttlDays: null,
    maxTtlDays: null,
  };
}

export async function audienceFileLayout(settings: AudienceFileSettings, secrets: Secrets): Promise<Layout> {
  const { compression, quoting, nameTemplate, minRows, maxRows, maxBytes, header, timestampFormat } = settings;
  const pgpPublicKey = settings.pgpPublicKey === undefined ? undefined : await secrets(settings.pgpPublicKey);
  const options = { compression, pgpPublicKey, quoting, nameTemplate, minRows, maxRows, maxBytes };
  return settings.profile === 'activation' ? activationLayout(options) : eventLogLayout({ ...options, header, timestampFormat });
}

/** Proves that files can be made: the PGP key, if there is one, can be read and encrypted to. Throws a `config` error `pgp_key`. */
export async function checkAudienceFile({ pgpPublicKey }: AudienceFileSettings, { secrets, clock }: CheckCtx): Promise<void> {
  if (pgpPublicKey !== undefined) await readPgpRecipient(await secrets(pgpPublicKey), clock.now());
}
