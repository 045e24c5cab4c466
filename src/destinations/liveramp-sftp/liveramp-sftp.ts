import { z } from 'zod';
import { audienceFileCapabilities, audienceFileFields, audienceFileLayout, audienceFileRules } from '../audience-file.ts';
import type { Destination } from '../destination.ts';
import { limitFields } from '../limits.ts';
import { sftpFields, sftpRules } from '../sftp/settings.ts';

const settings = z
  .strictObject({
    type: z.literal('liveramp-sftp').describe("LiveRamp's file upload over SFTP."),
    ...sftpFields,
    ...audienceFileFields,
    ...limitFields,
    host: sftpFields.host.default('files.liveramp.com'),
    folder: sftpFields.folder.describe('Folder at LiveRamp, such as /uploads/acme. LiveRamp makes it; it must exist.'),
    identifiers: audienceFileFields.identifiers.describe(
      'Identifier types that go there. By default IDFA, GAID, MAID and RAMPID, and IP with allowIp.',
    ),
    allowIp: audienceFileFields.allowIp.describe('Let IP addresses go there. LiveRamp matches them only beside TV device ids.'),
    minRows: z.int().min(0).default(25).describe('Rows that a file needs at least. LiveRamp refuses fewer than 25.'),
    maxRows: z
      .int()
      .min(1)
      .max(500_000_000)
      .optional()
      .describe(
        'Rows of a file at most. By default 500,000,000, the limit in the United States; 100,000,000 in the United Kingdom.',
      ),
    maxBytes: z
      .int()
      .min(1)
      .max(50_000_000_000)
      .optional()
      .describe('Bytes of a file at most, before compression. By default 50,000,000,000, which is the limit.'),
  })
  .check(sftpRules)
  .check(audienceFileRules);

/** LiveRamp, by files over SFTP. */
export const liverampSftp: Destination<z.infer<typeof settings>> = {
  type: 'liveramp-sftp',
  settings,
  limits: ({ limits }) => limits,
  capabilities: (own) => audienceFileCapabilities(own, ['IDFA', 'GAID', 'MAID', 'RAMPID']),
  layout: audienceFileLayout,
  // The SSH client is loaded where it is used: most commands read settings and never connect.
  check: async (own, ctx) => (await import('../sftp/check.ts')).checkSftp(own, ctx),
  deliver: async (set, own, ctx) => (await import('../sftp/deliver.ts')).deliverOverSftp(set, own, ctx),
};
