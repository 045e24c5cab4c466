import { z } from 'zod';
import { IDENTIFIER_TYPES } from '../../identity/identifier-type.ts';
import { partnerUrl } from '../http/partner-url.ts';
import { limitFields } from '../limits.ts';
import { secretReference } from '../secret-reference.ts';

/** Records that Meta takes in one call, from its guide on customer lists. */
const MAX_BATCH = 10_000;

/** Types that have a key in Meta's schema: all three are MADID there. */
export const META_TYPES = ['IDFA', 'GAID', 'MAID'] as const;

const word = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "must be one of Meta's words, in upper case");

export const metaSettings = z
  .strictObject({
    type: z.literal('meta-custom-audience').describe('Custom Audiences at Meta, over the Marketing API.'),
    adAccountId: z
      .string()
      .regex(/^(act_)?\d{1,20}$/, 'must be the number of an ad account, in quotes')
      .describe('Ad account that the audiences belong to.'),
    accessToken: secretReference.describe('Reference to the access token of a system user that may manage ads of the account.'),
    appSecret: secretReference
      .optional()
      .describe('Reference to the secret of the app that the token belongs to; every call is then proved with it.'),
    baseUrl: partnerUrl.default('https://graph.facebook.com').describe('Address of the Graph API.'),
    graphVersion: z
      .string()
      .regex(/^v\d{1,3}\.\d{1,2}$/, "must be a version such as 'v25.0'")
      .default('v25.0')
      .describe('Version of the Graph API.'),
    identifiers: z
      .array(z.enum(IDENTIFIER_TYPES).extract(META_TYPES))
      .min(1)
      .default([...META_TYPES])
      .describe('Identifier types that go there.'),
    createAudience: z
      .boolean()
      .default(false)
      .describe('Make an audience for a segment whose entry has no partnerReference, and find it again afterwards.'),
    customerFileSource: z
      .enum(['USER_PROVIDED_ONLY', 'PARTNER_PROVIDED_ONLY', 'BOTH_USER_AND_PARTNER_PROVIDED'])
      .optional()
      .describe('What Meta is told of where the ids of a new audience come from. Needed with createAudience.'),
    update: z
      .enum(['add', 'replace'])
      .default('add')
      .describe("What a full delivery does: 'add' its members to those that are there, or 'replace' them all."),
    hashing: z
      .enum(['none', 'sha256'])
      .default('none')
      .describe("How device ids are sent: 'none' as lower-case text, or 'sha256' of that."),
    dataSource: z
      .strictObject({
        type: word.default('FILE_IMPORTED').describe('How the audience came about.'),
        subType: word.default('MOBILE_ADVERTISER_IDS').describe('What kind of ids they are.'),
      })
      .optional()
      .describe('What Meta is told of the kind of data (data_source). By default nothing.'),
    limitedDataUse: z.enum(['none', 'all']).default('none').describe("Mark every member for Limited Data Use ('all'), or none."),
    limitedDataUseCountry: z
      .int()
      .min(0)
      .optional()
      .describe("Country of the members by Meta's numbers, with limitedDataUse; without it Meta finds it out."),
    limitedDataUseState: z
      .int()
      .min(0)
      .optional()
      .describe("State of the members by Meta's numbers, with limitedDataUseCountry."),
    customerConsent: z
      .boolean()
      .optional()
      .describe("What Meta is told of the members' consent (customer_consent). By default nothing."),
    batchSize: z.int().min(1).max(MAX_BATCH).default(MAX_BATCH).describe('Members in one call. Meta takes 10,000 at most.'),
    timeoutSeconds: z.int().min(1).max(600).default(120).describe('Longest wait for the answer to one call.'),
    stuckHours: z
      .int()
      .min(1)
      .max(720)
      .default(24)
      .describe('Hours after which an audience that Meta has not taken in yet is reported.'),
    minRows: z.int().min(0).default(1).describe('Members that an audience needs at least to be sent.'),
    ...limitFields,
  })
  .check(({ value, issues }) => {
    const wrong = (path: keyof typeof value, message: string) => {
      issues.push({ code: 'custom', input: value[path], path: [path], message });
    };
    if (value.createAudience && value.customerFileSource === undefined)
      wrong('customerFileSource', 'createAudience needs customerFileSource: a declaration that Meta asks for');
    if (value.limitedDataUse === 'none' && value.limitedDataUseCountry !== undefined)
      wrong('limitedDataUseCountry', 'limitedDataUseCountry needs limitedDataUse: all');
    // Meta reads a state only beside its country.
    if (value.limitedDataUseState !== undefined && value.limitedDataUseCountry === undefined)
      wrong('limitedDataUseState', 'limitedDataUseState needs limitedDataUseCountry');
  });

export type MetaSettings = z.infer<typeof metaSettings>;
