import { z } from 'zod';
import { audienceFileFields } from '../audience-file.ts';
import { privacyFields } from './privacy/settings.ts';
import { REGIONS, type Region } from './regions.ts';

/** The settings of files for LiveRamp, however they get there. */
export const liverampFields = {
  ...audienceFileFields,
  identifiers: audienceFileFields.identifiers.describe(
    'Identifier types that go there. By default IDFA, GAID, MAID and RAMPID, and IP with allowIp.',
  ),
  allowIp: audienceFileFields.allowIp.describe('Let IP addresses go there. LiveRamp matches them only beside TV device ids.'),
  minRows: z.int().min(0).default(25).describe('Rows that a file needs at least. LiveRamp refuses fewer than 25.'),
  maxRows: z
    .int()
    .min(1)
    .optional()
    .describe(
      'Rows of a file at most. By default the limit of liverampRegion: 500,000,000 in us, 100,000,000 in uk, 30,000,000 in eu.',
    ),
  maxBytes: z
    .int()
    .min(1)
    .max(50_000_000_000)
    .optional()
    .describe('Bytes of a file at most, before compression. By default 50,000,000,000, which is the limit.'),
  liverampRegion: z
    .enum(Object.keys(REGIONS) as [Region, ...Region[]])
    .default('us')
    .describe(
      "Where LiveRamp takes the files in, which decides how many rows and how long ones it takes; 'us' is for Australia too.",
    ),
  updateMode: z
    .enum(['incremental', 'segment', 'full'])
    .default('incremental')
    .describe(
      "How LiveRamp updates the audience with each file, as it was set up there: 'incremental' adds, 'segment' replaces the segments that the file names, 'full' replaces the audience.",
    ),
  audiencePer: z
    .enum(['destination', 'segment'])
    .default('destination')
    .describe('Whether all segments of this destination are in one audience at LiveRamp, or each is in one of its own.'),
  forFacebook: z
    .boolean()
    .default(false)
    .describe('Segments go on from LiveRamp to Facebook, which takes names of at most 100 characters instead of 150.'),
  privacyApi: z
    .strictObject(privacyFields)
    .optional()
    .describe(
      "LiveRamp's Privacy API, which is told of delivered device ids that opt out later. Without it they are only left out.",
    ),
} as const;

export type LiverampSettings = z.infer<z.ZodObject<typeof liverampFields>> & {
  /** A place of its own for files of RampIDs, in the terms of the transport. */
  readonly rampIdFolder?: string | undefined;
};

/** Rules between those settings; used as `.check(liverampRules)` on the adapter's schema. */
export function liverampRules({ value, issues }: z.core.ParsePayload<LiverampSettings>): void {
  const wrong = (path: keyof LiverampSettings, message: string) => {
    issues.push({ code: 'custom', input: value[path], path: [path], message, continue: true });
  };
  const { maxRows } = REGIONS[value.liverampRegion];
  if (value.maxRows !== undefined && value.maxRows > maxRows)
    wrong(
      'maxRows',
      `LiveRamp takes at most ${maxRows.toLocaleString('en-US')} rows in a file with liverampRegion: ${value.liverampRegion}`,
    );
  if (value.updateMode === 'full' && value.audiencePer !== 'segment')
    wrong(
      'updateMode',
      'full replaces the whole audience, and each file has one segment: the others would be emptied. Use segment, or audiencePer: segment where each has an audience of its own',
    );
  if (value.rampIdFolder !== undefined && value.profile !== 'activation')
    wrong('rampIdFolder', 'rampIdFolder needs profile: activation, which has a file for each identifier type');
}
