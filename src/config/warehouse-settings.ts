import { z } from 'zod';
import { secretReference } from '../destinations/secret-reference.ts';
import { SDK_LOG_LEVELS } from '../warehouse/snowflake/options.ts';
import { STEPS } from '../warehouse/step.ts';

/** The section `warehouse` of aquarius.yaml: the embedded database, or Snowflake. */

const size = z.string().regex(/^\d+(\.\d+)? ?([KMGT]i?B)$/, 'must be a size such as 4GB');

const duckdb = z.strictObject({
  type: z
    .literal('duckdb')
    // Chosen also where nothing is said.
    .optional()
    .default('duckdb')
    .describe('DuckDB, embedded in the program: one file on this machine. This is meant where no type is given.'),
  path: z.string().min(1).default('warehouse.duckdb').describe('The database file; relative to the data directory.'),
  memoryLimit: size
    .optional()
    .describe(
      'Memory that the engine may use, such as 4GB; what does not fit goes to disk. By default 60% of what the process may use, of the machine or of its container, and 400 MiB less than that at most.',
    ),
  threads: z
    .int()
    .min(1)
    .max(1024)
    .optional()
    .describe('Threads of the engine; by default one for each processor that the process may run on.'),
  tempDirectory: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Where work that does not fit into memory goes; relative to the data directory. By default beside the database file.',
    ),
  maxTempDirectorySize: size
    .optional()
    .describe(
      'Most that work which does not fit into memory may take there, such as 50GB; a statement that needs more is refused. By default what is free on that disk, less a tenth of the disk (at least 2 GiB and at most 10 GiB).',
    ),
});

const auth = z.discriminatedUnion('type', [
  z.strictObject({
    type: z
      .literal('key-pair')
      .describe('An RSA key whose public part the user has in Snowflake (RSA_PUBLIC_KEY). The way for services.'),
    privateKey: secretReference.describe('Secret reference to the private key, a PEM file in PKCS#8 or PKCS#1.'),
    passphrase: secretReference.optional().describe('Secret reference; for an encrypted key.'),
  }),
  z.strictObject({
    type: z.literal('token').describe('A programmatic access token.'),
    token: secretReference.describe('Secret reference.'),
  }),
  z.strictObject({
    type: z.literal('oauth').describe('An access token of an OAuth integration.'),
    token: secretReference.describe(
      'Secret reference; read again for every session, so that a token may be renewed in its file.',
    ),
  }),
  z.strictObject({
    type: z.literal('password').describe('A password alone. Snowflake ends that in 2026; `aquarius doctor` warns of it.'),
    password: secretReference.describe('Secret reference.'),
  }),
]);

const name = z.string().trim().min(1).max(255);

const snowflake = z.strictObject({
  type: z.literal('snowflake').describe('A database in Snowflake.'),
  account: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be an account identifier such as acme-prod or xy12345.eu-central-1')
    .describe('Account identifier: organisation and account name, such as acme-prod, or a locator with its region.'),
  user: name.describe('User who signs in; a user of TYPE = SERVICE.'),
  role: name.describe('Role that everything is done with.'),
  warehouse: name.describe('Virtual warehouse that runs the statements.'),
  database: name.describe('Database of the exposure data and the business tables.'),
  schema: name.describe('Schema for work tables, in which the role may create tables; one of our own.'),
  auth: auth.describe('How the user signs in.'),
  url: z
    .string()
    .regex(/^https?:\/\/[^\s/@?#]+\/?$/, 'must be an http or https URL without a path')
    .optional()
    .describe('Where the account is reached when not under its usual name, such as over a private link.'),
  proxy: z
    .strictObject({
      host: z.string().min(1).describe('Host of the proxy.'),
      port: z.int().min(1).max(65_535).describe('Port of the proxy.'),
      protocol: z.enum(['http', 'https']).default('http').describe('How the proxy itself is spoken to.'),
      user: z.string().min(1).optional().describe('User at the proxy.'),
      password: secretReference.optional().describe('Secret reference; goes with user.'),
    })
    .optional()
    .describe('Proxy towards Snowflake. By default the one that HTTPS_PROXY names, if it names one.'),
  ocsp: z
    .enum(['fail-open', 'fail-closed', 'off'])
    .default('fail-open')
    .describe(
      "Whether it is checked that Snowflake's certificate has not been revoked: 'fail-open' goes on when that cannot be found out, 'fail-closed' does not, 'off' does not ask.",
    ),
  sdkLogLevel: z
    .enum(SDK_LOG_LEVELS)
    .default('off')
    .describe("What goes into our log of that of Snowflake's SDK: the level and the code of each message, never its words."),
  statementTimeoutSeconds: z
    .int()
    .min(1)
    .max(604_800)
    .default(14_400)
    .describe('Seconds after which Snowflake ends a statement of ours.'),
  queuedTimeoutSeconds: z
    .int()
    .min(1)
    .max(604_800)
    .default(1800)
    .describe('Seconds after which Snowflake gives up a statement that waits for the virtual warehouse.'),
  queryTag: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,200}$/, 'must be letters, digits and ._:- only')
    .default('aquarius')
    .describe('What the query tags of our statements begin with; the run and the step follow.'),
  keepAlive: z.boolean().default(true).describe('Keep sessions alive while nothing is asked of them.'),
  externalStage: z
    .strictObject({
      name: z
        .string()
        .regex(/^@[^\s/@]+$/, 'must be such as @DATABASE.SCHEMA.STAGE')
        .describe('External stage over the bucket of stage:, such as @AUDIENCES.AQUARIUS.OUT.'),
      integration: name.optional().describe('Its storage integration, for what `aquarius init` prints.'),
    })
    .optional()
    .describe('Has Snowflake write finished files to the stage itself. Without it lines are streamed through this program.'),
  warehouses: z
    .partialRecord(z.enum(STEPS), name)
    .default({})
    .describe(`Virtual warehouses of single steps, where one is larger or smaller: step: NAME. The steps: ${STEPS.join(', ')}.`),
  creditsPerHour: z
    .number()
    .positive()
    .optional()
    .describe('Credits that an hour of the virtual warehouse takes, for estimates; by default what its size says.'),
});

export const warehouseSettings = z.discriminatedUnion('type', [duckdb, snowflake]);

export type DuckDBSettings = z.infer<typeof duckdb>;
export type SnowflakeSettings = z.infer<typeof snowflake>;
