import { z } from 'zod';
import { partnerUrl } from '../http/partner-url.ts';
import { limitFields } from '../limits.ts';
import { secretReference } from '../secret-reference.ts';
import { taxonomyFields } from './taxonomy/settings.ts';
import { MAX_TTL_DAYS } from './ttl.ts';

/** What The Trade Desk takes; Xandr's user ids have no field there. */
export const TTD_TYPES = ['IDFA', 'GAID', 'MAID', 'RAMPID', 'UID2', 'IP'] as const;

const id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'must be an id without blanks');
const letterCase = z.enum(['upper', 'lower']);

export const ttdSettings = z
  .strictObject({
    type: z.literal('ttd-api').describe("The Trade Desk's Data API."),
    mode: z
      .enum(['advertiser', 'thirdParty'])
      .describe(
        "Whose data it is: an advertiser's own ('advertiser'), or a data provider's that is sold to buyers ('thirdParty').",
      ),
    advertiserId: id
      .optional()
      .describe("The Trade Desk's id of the advertiser, for every delivery without one in advertiserIds."),
    advertiserIds: z
      .record(z.string().min(1), id)
      .optional()
      .describe("The Trade Desk's ids of advertisers, by '{agencyId}_{advertiserId}'. Needs token."),
    dataProviderId: id
      .optional()
      .describe('Id of the data provider. thirdParty needs it; with advertiser it says who sends on behalf of the advertiser.'),
    brandId: id.optional().describe("The data provider's brand, for opt-outs with thirdParty."),
    dataOwnerId: id
      .optional()
      .describe('DataOwnerId of IP addresses. By default the id of the advertiser, or of the data provider with thirdParty.'),
    token: secretReference.optional().describe('Reference to the Data API token. Either this or the secrets that sign requests.'),
    advertiserSecret: secretReference
      .optional()
      .describe("Reference to the advertiser's secret, with which requests were signed before there were tokens."),
    providerSecret: secretReference.optional().describe("Reference to the data provider's secret, for signed requests."),
    providerSignature: z
      .enum(['TtdSignature', 'TtdSignature-dp'])
      .optional()
      .describe("Header of the data provider's signature. By default TtdSignature-dp, and TtdSignature with thirdParty."),
    region: z
      .enum(['usw', 'use', 'euw', 'sin', 'tok', 'cn'])
      .optional()
      .describe(
        'Where data goes; it reaches the other regions by itself. By default usw, and with thirdParty the host for bulk data.',
      ),
    url: partnerUrl.optional().describe('Address that takes data, in place of the one of region: a private endpoint.'),
    ipUrl: partnerUrl.optional().describe('Address that takes IP addresses. By default url, or the host of region, or usw.'),
    deletionUrl: partnerUrl.optional().describe('Address that takes opt-outs. By default the host of usw.'),
    identifiers: z
      .array(z.enum(TTD_TYPES))
      .min(1)
      .optional()
      .describe('Identifier types that go there. By default IDFA, GAID, MAID, RAMPID and UID2, and IP with allowIp.'),
    allowIp: z.boolean().default(false).describe('Let IP addresses go there, to endpoints of their own.'),
    allowIpv6: z.boolean().default(false).describe('Let IPv6 addresses go there too; needs allowIp.'),
    deviceIdCase: z
      .strictObject({
        IDFA: letterCase.default('upper').describe('Letters of IDFA.'),
        GAID: letterCase.default('lower').describe('Letters of GAID.'),
        MAID: letterCase.default('lower').describe('Letters of devices of unknown platform.'),
      })
      .prefault({})
      .describe('Letter case of device ids, which The Trade Desk does not state.'),
    uid2As: z.enum(['UID2', 'UID2Token']).default('UID2').describe('What the UID2 in the source are: raw ids or tokens.'),
    segmentNameFrom: z
      .enum(['segmentId', 'segmentName'])
      .default('segmentId')
      .describe(
        'What a segment is called there unless the delivery has a partnerReference. Another name makes another segment. thirdParty has segmentId only.',
      ),
    ttlDays: z
      .int()
      .min(1)
      .max(MAX_TTL_DAYS)
      .default(90)
      .describe("Days that a member is kept unless it is sent again. A delivery's own ttlDays goes before it."),
    optOutRequest: z
      .enum(['OptOut', 'Deletion'])
      .default('OptOut')
      .describe('What is asked for those who have opted out: that no data is taken any more, or that what is there is deleted.'),
    parallel: z
      .int()
      .min(1)
      .max(4)
      .default(4)
      .describe('Calls at the same time. The Trade Desk allows four for an endpoint, from all runs and programs together.'),
    maxItems: z.int().min(1).max(10_000).default(1_000).describe('Identifiers in a call at most.'),
    maxBytes: z.int().min(1_000).max(10_000_000).default(2_000_000).describe('Bytes of a call at most, before compression.'),
    addressesPerItem: z
      .int()
      .min(1)
      .max(1_000)
      .default(100)
      .describe(
        'IP addresses in one item. If a refusal does not name the address, those of its item are sent once more, one by one.',
      ),
    gzipBodies: z.boolean().default(false).describe('Compress what is sent. Ask whether your endpoint takes it.'),
    timeoutSeconds: z.int().min(1).max(600).default(60).describe('The longest that one call may take.'),
    checkByCall: z
      .boolean()
      .default(true)
      .describe('Let a check make a call without any item. Without it, only settings and secrets are looked at.'),
    ...taxonomyFields,
    minRows: z.int().min(0).default(1).describe('Rows that a delivery needs at least.'),
    limits: limitFields.limits
      .unwrap()
      .extend({
        concurrency: z
          .int()
          .min(1)
          .max(64)
          .default(1)
          .describe(
            'Runs that go there at once, over all workers. Each makes up to parallel calls, and four are allowed in all.',
          ),
      })
      .prefault({})
      .describe('How hard the partner may be pressed.'),
  })
  .check(({ value, issues }) => {
    const wrong = (path: keyof typeof value, message: string) => {
      issues.push({ code: 'custom', input: value[path], path: [path], message });
    };
    const { mode, token, advertiserSecret, providerSecret } = value;
    const ownSecret = mode === 'advertiser' ? 'advertiserSecret' : 'providerSecret';
    if (token === undefined && value[ownSecret] === undefined) wrong('token', `needs token, or ${ownSecret} for signed requests`);
    if (token !== undefined && (advertiserSecret ?? providerSecret) !== undefined)
      wrong('token', 'token goes without advertiserSecret and providerSecret');
    if (mode === 'thirdParty') {
      if (value.dataProviderId === undefined) wrong('dataProviderId', 'thirdParty needs dataProviderId');
      for (const field of ['advertiserId', 'advertiserIds', 'advertiserSecret'] as const)
        if (value[field] !== undefined) wrong(field, `${field} is for mode: advertiser`);
      if (value.segmentNameFrom !== 'segmentId') wrong('segmentNameFrom', "thirdParty needs the element's id as the name");
    } else {
      if (value.advertiserId === undefined && Object.keys(value.advertiserIds ?? {}).length === 0)
        wrong('advertiserId', 'advertiser needs advertiserId or advertiserIds');
      if (value.advertiserIds !== undefined && token === undefined)
        wrong('advertiserIds', 'a secret signs for one advertiser only');
      if (value.brandId !== undefined) wrong('brandId', 'brandId is for mode: thirdParty');
      if (value.taxonomy !== undefined) wrong('taxonomy', 'taxonomy is for mode: thirdParty');
      if (providerSecret !== undefined && value.dataProviderId === undefined)
        wrong('providerSecret', 'providerSecret needs dataProviderId');
    }
    if (!value.allowIp && value.identifiers?.includes('IP')) wrong('identifiers', 'IP needs allowIp: true');
    if (!value.allowIp && value.allowIpv6) wrong('allowIpv6', 'allowIpv6 needs allowIp: true');
  });

export type TtdSettings = z.infer<typeof ttdSettings>;
