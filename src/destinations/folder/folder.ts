import { resolve } from 'node:path';
import { z } from 'zod';
import {
  audienceFileCapabilities,
  audienceFileFields,
  audienceFileLayout,
  audienceFileRules,
  checkAudienceFile,
} from '../audience-file.ts';
import type { Destination } from '../destination.ts';
import { limitFields } from '../limits.ts';
import { checkFolder } from '../local-folder/check.ts';
import { deliverToFolder } from '../local-folder/deliver.ts';

const settings = z
  .strictObject({
    type: z.literal('folder').describe('A folder on this machine, or a mounted file system with hard links.'),
    path: z.string().min(1).describe('Folder into which files go; relative to the data directory. It must exist.'),
    ...audienceFileFields,
    ...limitFields,
    identifiers: audienceFileFields.identifiers.describe('Identifier types that go there. By default all, IP only with allowIp.'),
  })
  .check(audienceFileRules);

/** A folder, for partners who collect files themselves, and for trying things out. */
export const folder: Destination<z.infer<typeof settings>> = {
  type: 'folder',
  settings,
  placed: (own, home) => ({ ...own, path: resolve(home, own.path) }),
  limits: ({ limits }) => limits,
  capabilities: (own) => audienceFileCapabilities(own, ['IDFA', 'GAID', 'MAID', 'RAMPID', 'UID2', 'UUID2']),
  layout: audienceFileLayout,
  async check(own, ctx) {
    await checkAudienceFile(own, ctx);
    await checkFolder(own.path);
  },
  deliver: (set, { path }, ctx) => deliverToFolder(set, path, ctx),
};
