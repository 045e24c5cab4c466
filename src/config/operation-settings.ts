import { z } from 'zod';
import { secretReference } from '../destinations/secret-reference.ts';

/** The parts of aquarius.yaml that say how deliveries run by themselves: workers, guards, retention, the server and alerts. */

const breaker = z.strictObject({
  failures: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe('Failures in a row after which nothing is sent to a destination for a while.'),
  coolDownSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe('How long that is at first, in seconds; then one run tries, and each further failure doubles it.'),
  maxCoolDownSeconds: z.int().min(1).max(86_400).default(1800).describe('The longest such wait, in seconds.'),
});

export const workerSettings = z.strictObject({
  parallel: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('Runs that one process works on at once. By default as many as it may use processors, but 2 to 8.'),
  retryFirstSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(5)
    .describe('Wait before a failed run is tried again, in seconds; it doubles with each failure, give or take a fifth.'),
  retryMaxSeconds: z.int().min(1).max(86_400).default(1800).describe('The longest such wait, in seconds.'),
  breaker: breaker.prefault({}).describe('When a destination that keeps failing is left alone; the others go on.'),
  pauseAfterFailures: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe('Failed runs of a delivery in a row, after which it is paused until a person resumes it.'),
  shutdownSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(30)
    .describe('How long runs may go on after the process was asked to stop, in seconds; then they are handed over.'),
});

export const guardSettings = z.strictObject({
  maxSizeChange: z
    .number()
    .gt(0)
    .max(100)
    .nullable()
    .default(0.5)
    .describe(
      'Largest change of the number of identifiers against the last delivered run, as a share of it, up or down; beyond it a run waits for approval. null switches the guard off.',
    ),
  approveFirstRun: z.boolean().default(false).describe('The first run of a delivery waits for approval.'),
});

export const retentionSettings = z.strictObject({
  stagedDays: z.int().min(1).max(3650).default(30).describe('Days after which the staged files of a finished run are removed.'),
  runDetailsDays: z
    .int()
    .min(1)
    .max(3650)
    .default(400)
    .describe('Days after which the steps, manifests and receipts of a finished run are removed; its counts stay.'),
});

export const serveSettings = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on. Any other than a loopback address needs a token.'),
  port: z.int().min(0).max(65_535).default(4780).describe('Port to listen on; 0 takes a free one.'),
  token: secretReference
    .optional()
    .describe('Reference to the token that API calls must bear. By default one is made at start and kept in the data directory.'),
});

const url = z.url({ protocol: /^https?$/ });

export const dropSettings = z.strictObject({
  url: url
    .default('https://api.drop.privacy.ca.gov')
    .describe('Address of the interface; /sandbox after it is the place to try.'),
  apiKey: secretReference.describe("Reference to the key of the data broker's account."),
  reportMatchedAs: z
    .enum(['optedOut', 'deleted', 'exempt'])
    .default('optedOut')
    .describe(
      "What is reported of requests whose device is in the warehouse. Aquarius never delivers it again and deletes nothing: say 'deleted' only where another job deletes its rows.",
    ),
  timeoutSeconds: z.int().min(1).max(3600).default(600).describe('The longest that one call may take, in seconds.'),
});

const channel = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('webhook').describe('A POST of JSON, signed as Standard Webhooks has it.'),
    url: url.describe('Where alerts are posted.'),
    secret: secretReference.describe("Reference to the signing secret, such as 'whsec_...' in base64."),
  }),
  z.strictObject({
    type: z.literal('slack').describe('A message through an incoming webhook of Slack.'),
    url: secretReference.describe("Reference to the webhook's URL, which is a secret itself."),
  }),
  z.strictObject({
    type: z.literal('email').describe('A mail over SMTP.'),
    smtp: secretReference.describe('Reference to the URL of the mail server, such as smtps://user:password@mail.example.com.'),
    from: z.email().describe("Sender's address."),
    to: z.array(z.email()).min(1).describe('Addresses that are told.'),
  }),
]);

export const alertSettings = z.strictObject({
  channels: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens'), channel)
    .default({})
    .describe('Where people are told, by names of your own. Each trouble is told once when it begins and once when it ends.'),
  rejectShare: z.number().min(0).max(1).default(0.05).describe('Share of rows that a partner may reject before people are told.'),
  lateMinutes: z
    .int()
    .min(1)
    .max(44_640)
    .default(180)
    .describe('Minutes after its due time at which a run that is not delivered is told as late.'),
});

/** A channel of `alerts.channels`. */
export type AlertChannel = z.infer<typeof channel>;
