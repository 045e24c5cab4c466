import { z } from 'zod';
import { partnerUrl } from '../../http/partner-url.ts';
import { secretReference } from '../../secret-reference.ts';

/** Settings of LiveRamp's Privacy API. */
export const privacyFields = {
  url: partnerUrl.default('https://privacy-api.liveramp.com/v1').describe('URL of the API.'),
  tokenUrl: partnerUrl
    .default('https://serviceaccounts.liveramp.com/authn/v1/oauth2/token')
    .describe('URL that gives access tokens.'),
  username: secretReference.describe("Reference to the service account's user name."),
  password: secretReference.describe("Reference to the service account's password, which LiveRamp calls secret key."),
  clientId: z.string().min(1).default('liveramp-api').describe('OAuth client.'),
  scope: z.string().min(1).default('openid').describe('OAuth scope.'),
  orgId: z.string().min(1).describe('Organisation at LiveRamp, sent as LR-Org-ID.'),
  requestType: z
    .enum(['OPT_OUT', 'DELETION'])
    .default('OPT_OUT')
    .describe(
      "What LiveRamp is asked to do with a device id: 'OPT_OUT' to use it no more, 'DELETION' to delete what it has of it.",
    ),
  timeoutSeconds: z.int().min(1).max(600).default(30).describe('Longest wait for an answer.'),
} as const;

export type PrivacySettings = z.infer<z.ZodObject<typeof privacyFields>>;
