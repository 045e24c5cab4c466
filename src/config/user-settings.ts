import { z } from 'zod';
import { secretReference } from '../destinations/secret-reference.ts';

/** The part of aquarius.yaml that says who may sign in, and how. */

/** An address of this machine may be spoken to without TLS. */
function isSafe(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

const safeUrl = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !URL.canParse(text) || isSafe(text), 'must begin with https://, unless it is of this machine');

const siteUrl = safeUrl.refine((text) => {
  if (!URL.canParse(text)) return true;
  const { pathname, search, hash, username } = new URL(text);
  return pathname === '/' && `${search}${hash}${username}` === '';
}, 'must be a site without a path, such as https://aquarius.example.com');

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain such as example.com');

const oidc = z.strictObject({
  issuer: safeUrl.describe('The provider: the issuer as its tokens name it. What else is needed it tells itself.'),
  clientId: z.string().min(1).describe('The id under which Aquarius is registered there.'),
  clientSecret: secretReference.describe('Reference to the secret that belongs to it.'),
  name: z.string().min(1).max(60).default('single sign-on').describe('What the provider is called on the sign-in page.'),
  allowedDomains: z
    .array(domain)
    .min(1)
    .optional()
    .describe('Domains of the e-mails that may sign in; by default any that the provider vouches for.'),
  defaultRole: z
    .enum(['viewer', 'operator', 'admin'])
    .optional()
    .describe(
      'Role of people who are not users yet. With it, or with roleClaim, they become users when they first sign in; else they are refused.',
    ),
  roleClaim: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Claim of the ID token that names the role (viewer, operator or admin), looked at in every sign-in; a dot leads into it, as in realm_access.roles.',
    ),
  agenciesClaim: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Claim of the ID token with the ids of the agencies that they see, or 'all', looked at in every sign-in. Without it new users see none until an administrator says so.",
    ),
  trustEmail: z
    .boolean()
    .default(false)
    .describe(
      'Takes e-mails that the provider does not call verified, as Microsoft Entra ID does not. Only for a provider whose people cannot choose their e-mail.',
    ),
});

export const userSettings = z.strictObject({
  url: siteUrl.describe('Address of the pages as people open it, such as https://aquarius.example.com.'),
  secret: secretReference.describe('Reference to at least 32 random characters that sign the cookies.'),
  sessionHours: z
    .int()
    .min(1)
    .max(720)
    .default(12)
    .describe('Hours after which people must sign in again, however much they do.'),
  idleMinutes: z
    .int()
    .min(5)
    .max(43_200)
    .default(120)
    .describe('Minutes without anything done after which people must sign in again.'),
  passwords: z
    .boolean()
    .default(true)
    .describe('People can sign in with e-mail and password; false leaves the provider of oidc alone.'),
  trustedProxies: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
    .default([])
    .describe(
      'Addresses of the proxies before the server, such as 10.0.0.0/8: from them the header X-Forwarded-For is believed. Without it, all who come through a proxy share its limit of attempts to sign in.',
    ),
  oidc: oidc.optional().describe('A provider of OpenID Connect at which people can sign in.'),
});

export type UserSettings = z.infer<typeof userSettings>;
